using Hearth.Ledger;
using Hearth.Platform;
using Hearth.Tests.Harness;

namespace Hearth.Tests.Features.Engagement;

public sealed class UserMetricsTests(HearthApp app) : IClassFixture<HearthApp>
{
    private const string Path = "/api/engagement/analytics/user_metrics/";

    private static readonly string[] Fields =
        ["total_engagements", "likes", "comments", "mentions", "group_joins", "comment_likes", "comment_replies", "period", "average_per_day"];

    [Fact]
    public async Task What_a_person_did_is_counted_by_kind_and_each_thing_once()
    {
        var amina = await app.SignUp("amina");
        var baraka = await app.SignUp("baraka");
        var post = await baraka.Writes();
        var other = await baraka.Writes();
        await amina.Views(post, other);
        await amina.Likes(post);
        await amina.Unlikes(post);
        await amina.Likes(post);
        await amina.Likes(other);
        await amina.Unlikes(other);
        var comment = await amina.Comments(post, text: $"Hello @{baraka.Name}, and @{baraka.Name} again");
        var answer = await baraka.Comments(post, comment);
        await amina.Comments(post, answer);
        await amina.LikesComment(answer);
        await amina.Bookmarks(post);
        await amina.Shares(post);
        await amina.Shares(post);
        var group = (await baraka.Post("/api/community/groups/", new { name = "Readers" })).Is(201)["id"].GetInt32();
        (await amina.Post($"/api/community/groups/{group}/join/")).Is(200);

        var metrics = (await amina.Get(Path)).Is(200);
        Assert.Equal(["user_id", "username", "metrics"], Community.Names(metrics.Json));
        Assert.Equal(Fields, Community.Names(metrics["metrics"]));
        Assert.Equal(amina.Id, metrics["user_id"].GetInt64());
        Assert.Equal(amina.Name, metrics["username"].GetString());
        // Like, comment, mention, join, comment like, reply, bookmark, share.
        Assert.Equal([8, 1, 1, 1, 1, 1, 1], Community.Figures(metrics["metrics"], Fields[..7]));
        Assert.Equal("30 days", metrics["metrics.period"].GetString());
        Assert.Equal(0.3, metrics["metrics.average_per_day"].GetDouble());

        var likes = (await amina.Get(Path + "?action_type=like_post")).Is(200);
        Assert.Equal([1, 1, 0, 0, 0, 0, 0], Community.Figures(likes["metrics"], Fields[..7]));
        Assert.Equal(1, (await amina.Get(Path + "?action_type=share_post&days=7")).Is(200)["metrics.total_engagements"].GetInt32());
        Assert.Equal(2, (await amina.Get(Path + "?action_type=view_post")).Is(200)["metrics.total_engagements"].GetInt32());
        Assert.Equal(0, (await amina.Get(Path + "?action_type=unlike_post")).Is(200)["metrics.total_engagements"].GetInt32());
    }

    [Fact]
    public async Task A_window_is_today_and_the_days_before_it()
    {
        var chausiku = await app.SignUp("chausiku");
        var today = DateTime.UtcNow.Date.AddSeconds(1);
        await app.Append(
            Community.Joins(chausiku, 3, today, 2_000_000)
                .Concat(Community.Joins(chausiku, 5, today.AddDays(-6), 2_000_100))
                .Concat(Community.Joins(chausiku, 7, today.AddDays(-7), 2_000_200))
                .Concat(Community.Joins(chausiku, 11, today.AddDays(-29), 2_000_300))
                .Concat(Community.Joins(chausiku, 13, today.AddDays(-31), 2_000_400)));
        async Task<int> Of(int days) => (await chausiku.Get($"{Path}?days={days}")).Is(200)["metrics.group_joins"].GetInt32();
        Assert.Equal(3, await Of(1));
        Assert.Equal(8, await Of(7));
        Assert.Equal(15, await Of(8));
        Assert.Equal(26, await Of(30));
        Assert.Equal(39, await Of(60));
    }

    [Theory]
    [InlineData(0, "inactive", "Inactive")]
    [InlineData(1, "novice", "Novice")]
    [InlineData(10, "novice", "Novice")]
    [InlineData(11, "active", "Active")]
    [InlineData(50, "active", "Active")]
    [InlineData(51, "power_user", "Power User")]
    [InlineData(200, "power_user", "Power User")]
    [InlineData(201, "community_leader", "Community Leader")]
    public async Task Levels_begin_where_the_contract_says(int engagements, string level, string display)
    {
        var dalila = await app.SignUp("dalila");
        var old = DateTime.UtcNow.Date.AddDays(-40);
        if (engagements > 0)
            await app.Append(Community.Joins(dalila, engagements).Concat(Community.Joins(dalila, 300, old, 3_000_000)));
        var mine = (await dalila.Get("/api/engagement/analytics/my_reputation/")).Is(200);
        Assert.Equal(level, mine["activity_level"].GetString());
        Assert.Equal(display, mine["activity_level_display"].GetString());
        Assert.Equal(engagements == 0 ? 0 : engagements + 300, mine["total_engagements"].GetInt32());
        Assert.Equal(engagements, (await dalila.Get(Path)).Is(200)["metrics.total_engagements"].GetInt32());
    }

    [Fact]
    public async Task Void_rows_do_not_count_and_count_again_when_restored()
    {
        var eshe = await app.SignUp("eshe");
        var last = await app.Append(Community.Joins(eshe, 12));
        async Task<int> Total() => (await eshe.Get(Path)).Is(200)["metrics.total_engagements"].GetInt32();
        Assert.Equal(12, await Total());
        await app.Append(new Entry(Verb.Void, ObjectKind.Ledger, 1) { Actor = 1, Voids = last }, new Entry(Verb.Void, ObjectKind.Ledger, 1) { Actor = 1, Voids = last - 1 });
        Assert.Equal(10, await Total());
        Assert.Equal("novice", (await eshe.Get("/api/engagement/analytics/my_reputation/")).Is(200)["activity_level"].GetString());
        await app.Append(new Entry(Verb.Unvoid, ObjectKind.Ledger, 1) { Actor = 1, Voids = last });
        Assert.Equal(11, await Total());
    }

    [Fact]
    public async Task Only_oneself_and_administrators_see_them()
    {
        var farida = await app.SignUp("farida");
        var gasira = await app.SignUp("gasira");
        var admin = await app.SignUp("head", Roles.Admin);
        await app.Append(Community.Joins(farida, 2, null, 4_000_000));
        (await app.Anyone.Get(Path)).Is(401);
        (await gasira.Get($"{Path}?user={farida.Id}")).Is(403);
        (await gasira.Get($"{Path}?user=999999")).Is(403);
        (await farida.Get($"{Path}?user={farida.Uuid}")).Is(200);
        Assert.Equal(2, (await admin.Get($"{Path}?user={farida.Id}")).Is(200)["metrics.total_engagements"].GetInt32());
        (await admin.Get($"{Path}?user=999999")).Is(404);
    }

    [Theory]
    [InlineData("?days=0", "days")]
    [InlineData("?days=many", "days")]
    [InlineData("?days=99999", "days")]
    [InlineData("?action_type=dance", "action_type")]
    public async Task What_cannot_be_asked_is_named(string query, string field)
    {
        var halima = await app.SignUp("halima");
        Assert.Equal([field], Community.Names((await halima.Get(Path + query)).Is(400).Json));
    }
}
