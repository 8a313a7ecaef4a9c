using Hearth.Platform;
using Hearth.Tests.Harness;

namespace Hearth.Tests.Features.Engagement;

public sealed class ReputationTests(HearthApp app) : IClassFixture<HearthApp>
{
    [Fact]
    public async Task Points_are_as_the_rules_say_and_the_statement_sums_to_the_score()
    {
        var amina = await app.SignUp("amina");
        var baraka = await app.SignUp("baraka");
        var chausiku = await app.SignUp("chausiku");
        var post = await amina.Writes();
        Assert.Equal(2, await Score(amina));
        await baraka.Likes(post);
        Assert.Equal(4, await Score(amina));
        var comment = await chausiku.Comments(post, text: $"Well said, @{amina.Name}");
        Assert.Equal(8, await Score(amina));
        Assert.Equal(1, await Score(chausiku));
        await amina.Comments(post, comment);
        Assert.Equal((9, 3), (await Score(amina), await Score(chausiku)));
        await amina.LikesComment(comment);
        Assert.Equal(4, await Score(chausiku));
        await baraka.Shares(post);
        await baraka.Bookmarks(post);
        await baraka.Follows(amina);
        Assert.Equal(17, await Score(amina));
        (await amina.Post("/api/community/groups/", new { name = "Founders" })).Is(201);
        Assert.Equal(22, await Score(amina));
        // Nothing from oneself but for what one makes.
        await amina.Likes(post);
        await amina.Comments(post);
        Assert.Equal(23, await Score(amina));
        await baraka.Unlikes(post);
        Assert.Equal(21, await Score(amina));

        var statement = (await amina.Get("/api/engagement/reputation/statement/")).Is(200);
        Assert.Equal(21, statement["score"].GetInt32());
        Assert.Equal(21, statement["results"].EnumerateArray().Sum(point => point.GetProperty("points").GetInt32()));
        Assert.Equal(["ledger_id", "at", "action", "counterpart", "points", "rule_version", "capped"], Community.Names(statement["results.0"]));
        Assert.Equal("comment_post", statement["results.0.action"].GetString());
        Assert.All(statement["results"].EnumerateArray(), point => Assert.Equal(1, point.GetProperty("rule_version").GetInt32()));
        Assert.Contains(statement["results"].EnumerateArray(), point =>
            point.GetProperty("action").GetString() == "share_post" && point.GetProperty("counterpart").GetProperty("username").GetString() == baraka.Name);
        var csv = (await amina.Get("/api/engagement/reputation/statement/?format=csv")).Is(200);
        Assert.Equal("text/csv; charset=utf-8", csv.Header("Content-Type"));
        var marked = await amina.Http.GetByteArrayAsync("/api/engagement/reputation/statement/?format=csv&bom=true", TestContext.Current.CancellationToken);
        Assert.Equal([0xEF, 0xBB, 0xBF, .. csv.Bytes], marked);
        Assert.Equal(21, csv.Text.Trim().Split('\n').Skip(1).Sum(line => int.Parse(line.Split(',')[5], System.Globalization.CultureInfo.InvariantCulture)));
        (await baraka.Get($"/api/engagement/reputation/statement/?user={amina.Id}")).Is(403);
        (await app.Anyone.Get("/api/engagement/reputation/statement/")).Is(401);
    }

    [Fact]
    public async Task One_person_gives_another_at_most_twenty_points_a_day()
    {
        var dalila = await app.SignUp("dalila");
        var eshe = await app.SignUp("eshe");
        var farida = await app.SignUp("farida");
        var today = DateTime.UtcNow.Date.AddMinutes(1);
        await app.Append(Enumerable.Range(0, 11).Select(i => Community.Like(eshe, 50_000 + i, dalila, today)));
        Assert.Equal(20, await Score(dalila));
        await app.Append(Community.Like(farida, 50_000, dalila, today));
        Assert.Equal(22, await Score(dalila));
        await app.Append(new[] { -1, -60, -900 }.Select((day, i) => Community.Like(eshe, 51_000 + i, dalila, today.AddDays(day))));
        Assert.Equal(28, await Score(dalila));
        // What the cap kept back comes forward when something else is taken back.
        await app.Append(Community.Unlike(eshe, 50_000, dalila));
        Assert.Equal(28, await Score(dalila));
        await app.Append(Community.Unlike(eshe, 50_001, dalila));
        Assert.Equal(26, await Score(dalila));
        var statement = (await dalila.Get("/api/engagement/reputation/statement/?limit=4")).Is(200);
        var sum = 0;
        for (var page = statement; ; page = (await dalila.Get(page["next"].GetString()!)).Is(200))
        {
            sum += page["results"].EnumerateArray().Sum(point => point.GetProperty("points").GetInt32());
            if (page["next"].GetRawText() == "null")
                break;
        }

        Assert.Equal(26, sum);
    }

    [Fact]
    public async Task A_score_is_also_told_as_it_stood_at_a_time()
    {
        var gasira = await app.SignUp("gasira");
        var halima = await app.SignUp("halima");
        var day = DateTime.UtcNow.Date.AddDays(-10);
        await app.Append(
            Community.Like(halima, 60_000, gasira, day.AddHours(8)),
            Community.Like(halima, 60_001, gasira, day.AddHours(10)),
            Community.Unlike(halima, 60_000, gasira, day.AddDays(3)),
            Community.Like(halima, 60_002, gasira, day.AddDays(5)));
        await app.Append(Community.Joins(gasira, 11, day.AddHours(9), 5_000_000));
        async Task<(int, string?, int)> At(DateTime time)
        {
            var mine = (await gasira.Get($"/api/engagement/analytics/my_reputation/?as_of={Community.Text(time)}")).Is(200);
            return (mine["reputation_score"].GetInt32(), mine["activity_level"].GetString(), mine["total_engagements"].GetInt32());
        }

        Assert.Equal((0, "inactive", 0), await At(day.AddHours(7)));
        Assert.Equal((2, "inactive", 0), await At(day.AddHours(8.5)));
        Assert.Equal((2, "active", 11), await At(day.AddHours(9.5)));
        Assert.Equal((4, "active", 11), await At(day.AddHours(11)));
        Assert.Equal((4, "active", 11), await At(day.AddDays(2)));
        Assert.Equal((2, "active", 11), await At(day.AddDays(4)));
        Assert.Equal((4, "active", 11), await At(day.AddDays(6)));
        var board = (await halima.Get($"/api/engagement/leaderboards/?as_of={Community.Text(day.AddDays(2))}")).Is(200);
        Assert.Equal(4, Of(board, gasira));
        Assert.Equal(2, Of((await halima.Get($"/api/engagement/leaderboards/?days=1&as_of={Community.Text(day.AddHours(9))}")).Is(200), gasira));
        Assert.Equal(4, Of((await halima.Get("/api/engagement/leaderboards/?by=reputation&limit=100")).Is(200), gasira));

        static int? Of(Reply board, Person who) => board["results"].EnumerateArray()
            .Where(place => place.GetProperty("user_id").GetInt64() == who.Id).Select(place => (int?)place.GetProperty("value").GetInt32()).FirstOrDefault();
    }

    [Theory]
    [InlineData("analytics/my_reputation/")]
    [InlineData("reputation/1/")]
    [InlineData("leaderboards/")]
    [InlineData("leaderboards/?by=engagements&days=365")]
    public async Task What_is_no_time_that_things_stood_at_is_named(string path)
    {
        var kito = await app.SignUp("kito");
        foreach (var time in new[] { "0001-01-01T00:00:00Z", "0001-01-20", "1899-12-31", "12:00", "01/02/2026", "Monday", "2026-13-01", "2026-01-01Z", "2026-01-01T25:00:00Z" })
        {
            var reply = (await kito.Get($"/api/engagement/{path}{(path.Contains('?') ? '&' : '?')}as_of={Uri.EscapeDataString(time)}")).Is(400);
            Assert.Equal(["as_of"], Community.Names(reply.Json));
        }

        (await kito.Get($"/api/engagement/{path}{(path.Contains('?') ? '&' : '?')}as_of=1900-01-01")).Is(200);
    }

    [Fact]
    public async Task Others_see_score_level_and_badges_unless_one_is_private()
    {
        var imani = await app.SignUp("imani");
        var juma = await app.SignUp("juma");
        var post = await imani.Writes();
        await juma.Likes(post);
        await juma.Comments(post);
        var seen = (await imani.Get($"/api/engagement/reputation/{juma.Id}/")).Is(200);
        Assert.Equal(
            [
                "id", "user_id", "username", "display_name", "profile_photo", "bio", "since", "reputation_score", "activity_level", "activity_level_display",
                "badges", "badges_display",
            ], Community.Names(seen.Json));
        Assert.Equal("""["first_like","first_comment"]""", seen["badges"].GetRawText());
        Assert.Equal(["name", "awarded_at"], Community.Names(seen["badges_display.0"]));
        Assert.Equal(seen.Text, (await imani.Get($"/api/engagement/reputation/{juma.Uuid}/")).Is(200).Text);
        (await imani.Get("/api/engagement/reputation/999999/")).Is(404);
        (await imani.Get("/api/engagement/reputation/nobody/")).Is(404);
        (await app.Anyone.Get($"/api/engagement/reputation/{juma.Id}/")).Is(401);
        (await juma.Patch("/api/auth/me", new { is_private = true })).Is(200);
        (await imani.Get($"/api/engagement/reputation/{juma.Id}/")).Is(404);
        (await juma.Get($"/api/engagement/reputation/{juma.Id}/")).Is(200);
        var mine = (await juma.Get("/api/engagement/analytics/my_reputation/")).Is(200);
        Assert.Equal(
            ["id", "user_id", "reputation_score", "total_engagements", "activity_level", "activity_level_display", "badges", "badges_display", "last_updated"],
            Community.Names(mine.Json));
    }

    private static async Task<int> Score(Person who) =>
        (await who.Get("/api/engagement/analytics/my_reputation/")).Is(200)["reputation_score"].GetInt32();

    [Fact]
    public async Task Badges_of_the_past_are_those_that_were_held_then_whatever_was_void_since()
    {
        var admin = await app.SignUp("admin", Roles.Admin | Roles.Moderator);
        var simba = await app.SignUp("simba");
        var post = await admin.Writes();
        await simba.Likes(post);
        await simba.Comments(post);
        var before = DateTime.UtcNow;
        var id = (await admin.Post("/api/v1/moderation/void", new { user = simba.Id, reason = "A robot" })).Is(201)["id"].GetInt64();
        var meanwhile = DateTime.UtcNow;
        async Task<string> Badges(DateTime? at) => string.Join(
            " ",
            (await simba.Get($"/api/engagement/analytics/my_reputation/{(at is { } time ? $"?as_of={Community.Text(time)}" : "")}")).Is(200)["badges"].EnumerateArray().Select(badge => badge.GetString()));
        Assert.Equal("", await Badges(null));
        Assert.Equal("", await Badges(meanwhile));
        Assert.Equal("first_like first_comment", await Badges(before));
        (await admin.Delete($"/api/v1/moderation/void/{id}")).Is(200);
        Assert.Equal("first_like first_comment", await Badges(null));
        Assert.Equal("", await Badges(meanwhile));
        Assert.Equal("first_like first_comment", await Badges(before));
    }
}
