using Hearth.Jobs;
using Hearth.Ledger;
using Hearth.Platform;
using Hearth.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Features.Engagement;

public sealed class BadgeTests(HearthApp app) : IClassFixture<HearthApp>
{
    private const string Path = "/api/engagement/badges/";

    [Fact]
    public async Task Badges_are_earned_at_the_row_that_reaches_them_and_kept_but_for_void_rows()
    {
        var amina = await app.SignUp("amina");
        var fans = new List<Person>();
        for (var i = 0; i < 10; i++)
            fans.Add(await app.SignUp("fan"));
        await app.Append(fans.Take(9).Select((fan, i) => Community.Like(fan, 80_000 + i, amina)));
        Assert.DoesNotContain("ten_likes", await Badges(amina));
        var tenth = await app.Append(Community.Like(fans[9], 80_009, amina));
        Assert.Contains("ten_likes", await Badges(amina));
        await app.Append(Community.Unlike(fans[0], 80_000, amina));
        Assert.Contains("ten_likes", await Badges(amina));
        await app.Append(new Entry(Verb.Void, ObjectKind.Ledger, 1) { Actor = 1, Voids = tenth });
        Assert.DoesNotContain("ten_likes", await Badges(amina));
        await app.Append(new Entry(Verb.Unvoid, ObjectKind.Ledger, 1) { Actor = 1, Voids = tenth });
        Assert.Contains("ten_likes", await Badges(amina));
    }

    [Fact]
    public async Task The_contracts_badges_have_their_bars()
    {
        var baraka = await app.SignUp("baraka");
        var writer = await app.SignUp("writer");
        await app.Append(Enumerable.Range(0, 9).Select(i => Comment(baraka, 90_000 + i, 900, writer)));
        Assert.Equal(["first_comment"], await Badges(baraka));
        await app.Append(Comment(baraka, 90_009, 900, writer));
        Assert.Equal(["commenter", "first_comment"], await Badges(baraka));
        await app.Append(Enumerable.Range(0, 20).Select(i => new Entry(Verb.LikeComment, ObjectKind.Comment, 91_000 + i) { Actor = writer.Id, Subject = baraka.Id }));
        Assert.Contains("helpful_contributor", await Badges(baraka));
        await app.Append(Enumerable.Range(0, 5).Select(i => new Entry(Verb.MentionUser, ObjectKind.Post, 92_000 + i) { Actor = writer.Id, Subject = baraka.Id }));
        Assert.Contains("mentioned", await Badges(baraka));
        await app.Append(new Entry(Verb.FoundGroup, ObjectKind.Group, 93_000) { Actor = baraka.Id });
        Assert.Contains("group_starter", await Badges(baraka));
        await app.Append(
            from post in Enumerable.Range(0, 5)
            from fan in Enumerable.Range(0, post == 4 ? 9 : 10)
            select new Entry(Verb.LikePost, ObjectKind.Post, 94_000 + post) { Actor = 700_000 + fan, Subject = baraka.Id });
        Assert.DoesNotContain("community_voice", await Badges(baraka));
        await app.Append(Comment(writer, 94_900, 94_004, baraka));
        Assert.Contains("community_voice", await Badges(baraka));
    }

    [Fact]
    public async Task Who_is_given_a_badge_reads_its_title()
    {
        var gasira = await app.SignUp("gasira");
        var admin = await app.SignUp("head", Roles.Admin);
        (await admin.Post(Path + "community_voice/award/", new { user = gasira.Id })).Is(201);
        var told = (await gasira.Get("/api/v1/notifications/")).Is(200);
        Assert.Equal("You earned the badge Community voice", told["results.0.message"].GetString());
        Assert.Equal("Community voice", told["results.0.object.title"].GetString());
    }

    [Fact]
    public async Task An_influencer_has_a_hundred_followers_or_reached_a_thousand_in_thirty_days()
    {
        var chausiku = await app.SignUp("chausiku");
        var dalila = await app.SignUp("dalila");
        await app.Append(Enumerable.Range(0, 99).Select(i => new Entry(Verb.Follow, ObjectKind.User, chausiku.Id) { Actor = 710_000 + i, Subject = chausiku.Id }));
        Assert.DoesNotContain("influencer", await Badges(chausiku));
        await app.Append(new Entry(Verb.Follow, ObjectKind.User, chausiku.Id) { Actor = 710_099, Subject = chausiku.Id });
        Assert.Contains("influencer", await Badges(chausiku));

        var day = DateTime.UtcNow.AddDays(-2);
        await app.Append(Views(600, 720_000, day.AddDays(-40)));
        await app.Append(Views(999, 730_000, day));
        Assert.DoesNotContain("influencer", await Badges(dalila));
        await app.Append(Views(500, 730_000, day, post: 95_001));
        Assert.DoesNotContain("influencer", await Badges(dalila));
        await app.Append(Views(1, 740_000, day));
        Assert.Contains("influencer", await Badges(dalila));

        IEnumerable<Entry> Views(int count, long from, DateTime at, long post = 95_000) =>
            Enumerable.Range(0, count).Select(i => new Entry(Verb.ViewPost, ObjectKind.Post, post) { Actor = from + i, Subject = dalila.Id, At = at });
    }

    [Fact]
    public async Task A_custom_badge_is_given_to_past_deeds_too()
    {
        var admin = await app.SignUp("head", Roles.Admin);
        var eshe = await app.SignUp("eshe");
        var farida = await app.SignUp("farida");
        await app.Append(Community.Joins(eshe, 3, DateTime.UtcNow.AddDays(-90)));
        var badge = (await admin.Post(Path, new { name = "joiner", title = "Joiner", description = "Joins", rule = new { action_type = "join_group", count = 3 } })).Is(201);
        Assert.Equal(["name", "title", "description", "rule", "holders", "created_at"], Community.Names(badge.Json));
        Assert.Contains("joiner", await Badges(eshe));
        await app.Append(Community.Joins(farida, 2));
        Assert.DoesNotContain("joiner", await Badges(farida));
        await app.Append(Community.Joins(farida, 1, null, 6_000_000));
        Assert.Contains("joiner", await Badges(farida));

        (await admin.Post(Path, new { name = "busy_week", title = "Busy", rule = new { action_type = "join_group", count = 3, days = 7 } })).Is(201);
        Assert.Contains("busy_week", await Badges(farida));
        Assert.Contains("busy_week", await Badges(eshe));
        Assert.Equal(12, (await eshe.Get(Path)).Is(200)["results"].EnumerateArray().Count());
        Assert.Equal(["name"], Community.Names((await admin.Post(Path, new { name = "joiner", title = "Again", rule = new { action_type = "join_group", count = 3 } })).Is(400).Json));
        Assert.Equal(["rule.action_type"], Community.Names((await admin.Post(Path, new { name = "a", title = "A", rule = new { action_type = "unlike_post", count = 3 } })).Is(400).Json));
        (await eshe.Post(Path, new { name = "mine", title = "Mine", rule = new { action_type = "join_group", count = 1 } })).Is(403);
        (await app.Anyone.Get(Path)).Is(401);
    }

    [Fact]
    public async Task A_badges_name_is_one_line()
    {
        var admin = await app.SignUp("head", Roles.Admin);
        var badge = new { name = "early_bird\n", title = "Early bird", description = "", rule = new { action_type = "like_post", count = 1 } };
        Assert.Equal(["name"], Community.Names((await admin.Post("/api/engagement/badges/", badge)).Is(400).Json));
    }

    [Fact]
    public async Task An_administrator_awards_a_badge_once()
    {
        var admin = await app.SignUp("chief", Roles.Admin);
        var gasira = await app.SignUp("gasira");
        (await admin.Post(Path + "community_voice/award/", new { user = gasira.Uuid })).Is(201);
        (await admin.Post(Path + "community_voice/award/", new { user = gasira.Id })).Is(200);
        Assert.Contains("community_voice", await Badges(gasira));
        (await admin.Post(Path + "nothing/award/", new { user = gasira.Id })).Is(404);
        Assert.Equal(["user"], Community.Names((await admin.Post(Path + "commenter/award/", new { user = 999_999 })).Is(400).Json));
        (await gasira.Post(Path + "commenter/award/", new { user = gasira.Id })).Is(403);
    }

    [Fact]
    public async Task The_top_tenth_of_the_engaged_is_judged_again_and_again()
    {
        var halima = await app.SignUp("halima");
        var imani = await app.SignUp("imani");
        await app.Append(Community.Joins(halima, 4_000, null, 7_000_000));
        var judge = app.Services.GetServices<ScheduledJob>().Single(job => job.Name == "top_engagers");
        await judge.Run(CancellationToken.None);
        Assert.Contains("top_engager", await Badges(halima));
        Assert.DoesNotContain("top_engager", await Badges(imani));
        await app.Append(Leaves(10, 4_000));
        Assert.Contains("top_engager", await Badges(halima));
        // With fewer than ten nobody waits for the day's judgement, and who has them again has lost nothing.
        var before = await Holders();
        await app.Append(Leaves(9, 10));
        Assert.DoesNotContain("top_engager", await Badges(halima));
        Assert.Equal(before - 1, await Holders());
        await app.Append(new Entry(Verb.JoinGroup, ObjectKind.Group, 7_000_009) { Actor = halima.Id });
        Assert.Contains("top_engager", await Badges(halima));
        await app.Append(Leaves(0, 10));
        await judge.Run(CancellationToken.None);
        Assert.DoesNotContain("top_engager", await Badges(halima));
        // To whom it was awarded it stays, and they are among its holders, too.
        var admin = await app.SignUp("head", Roles.Admin);
        (await admin.Post(Path + "top_engager/award/", new { user = imani.Id })).Is(201);
        Assert.Contains("top_engager", await Badges(imani));
        Assert.Equal(before, await Holders());

        async Task<long> Holders() => (await imani.Get(Path)).Is(200)["results"].EnumerateArray()
            .Single(badge => badge.GetProperty("name").GetString() == "top_engager").GetProperty("holders").GetInt64();

        IEnumerable<Entry> Leaves(int from, int to) =>
            Enumerable.Range(from, to - from).Select(i => new Entry(Verb.LeaveGroup, ObjectKind.Group, 7_000_000 + i) { Actor = halima.Id });
    }

    private static Entry Comment(Person who, long id, long post, Person author) => new(Verb.CommentPost, ObjectKind.Comment, id)
    {
        Actor = who.Id,
        Subject = author.Id,
        Detail = $$"""{"post":{{post}}}""",
    };

    private static async Task<List<string>> Badges(Person who)
    {
        var mine = (await who.Get("/api/engagement/analytics/my_reputation/")).Is(200);
        return [.. mine["badges"].EnumerateArray().Select(badge => badge.GetString()!).Order(StringComparer.Ordinal)];
    }
}
