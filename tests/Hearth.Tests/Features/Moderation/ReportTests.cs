using Hearth.Platform;
using Hearth.Tests.Harness;

namespace Hearth.Tests.Features.Moderation;

public sealed class ReportTests(HearthApp app) : IClassFixture<HearthApp>
{
    [Fact]
    public async Task Reporting_twice_is_as_once_and_more_people_raise_the_priority()
    {
        var (amina, bilal, chidi) = (await app.SignUp("amina"), await app.SignUp("bilal"), await app.SignUp("chidi"));
        var post = await Write(amina, "Buy my watches");

        var first = (await bilal.Post("/api/v1/moderation/report", new { content_type = "post", content_id = post, reason = "spam" })).Is(201);
        var again = (await bilal.Post("/api/v1/moderation/report", new { content_type = "post", content_id = $"{post}", reason = "hate" })).Is(201);
        var other = (await chidi.Post("/api/v1/moderation/report", new { content_type = "post", content_id = post, reason = "spam", details = "Again." })).Is(201);

        Assert.Equal(first["id"].GetGuid(), again["id"].GetGuid());
        Assert.Equal("open", first["status"].GetString());
        Assert.True(other["priority"].GetInt32() > first["priority"].GetInt32());
        Assert.Equal("spam", Assert.Single((await bilal.Get("/api/v1/moderation/reports/my"))["results"].EnumerateArray()).GetProperty("reason").GetString());
    }

    [Fact]
    public async Task What_is_wrong_is_named()
    {
        var amina = await app.SignUp("amina");
        var post = await Write(amina, "Mine");

        Assert.Contains("content_type", (await amina.Post("/api/v1/moderation/report", new { content_type = "song", content_id = post, reason = "spam" })).Is(400).Text);
        Assert.Contains("reason", (await amina.Post("/api/v1/moderation/report", new { content_type = "post", content_id = post, reason = "dull" })).Is(400).Text);
        Assert.Contains("content_id", (await amina.Post("/api/v1/moderation/report", new { content_type = "post", content_id = post, reason = "spam" })).Is(400).Text);
        (await amina.Post("/api/v1/moderation/report", new { content_type = "post", content_id = 999_999, reason = "spam" })).Is(404);
        (await amina.Post("/api/v1/moderation/report", new { content_type = "post", content_id = new[] { 1 }, reason = "spam" })).Is(400);
        (await amina.Get("/api/v1/moderation/queue")).Is(403);
        (await app.Anyone.Post("/api/v1/moderation/report", new { content_type = "post", content_id = post, reason = "spam" })).Is(401);
        Assert.Equal("healthy", (await app.Anyone.Get("/api/v1/moderation/health")).Is(200)["status"].GetString());
    }

    [Fact]
    public async Task Hiding_decides_all_reports_tells_the_owner_and_an_appeal_shows_it_again()
    {
        var (amina, bilal, chidi) = (await app.SignUp("amina"), await app.SignUp("bilal"), await app.SignUp("chidi"));
        var (mona, musa) = (await app.SignUp("mona", Roles.Moderator), await app.SignUp("musa", Roles.Moderator));
        var post = await Write(amina, "Something rude");
        foreach (var person in new[] { bilal, chidi })
            (await person.Post("/api/v1/moderation/report", new { content_type = "post", content_id = post, reason = "harassment" })).Is(201);
        var item = (await mona.Get("/api/v1/moderation/queue"))["results"].EnumerateArray().Single(one => one.GetProperty("content_id").GetString() == $"{post}");
        Assert.Equal(2, item.GetProperty("reports").GetInt32());
        Assert.Equal(2, item.GetProperty("reasons").GetProperty("harassment").GetInt32());
        Assert.Equal("Something rude", item.GetProperty("content").GetProperty("text").GetString());
        var report = item.GetProperty("id").GetGuid();

        (await mona.Post($"/api/v1/moderation/reports/{report}/claim")).Is(200);
        (await musa.Post($"/api/v1/moderation/reports/{report}/review", new { action = "dismiss" })).Is(409);
        Assert.InRange(item.GetProperty("content").GetProperty("scores").GetProperty("offensive").GetDouble(), 0, 1);
        var decision = (await mona.Post($"/api/v1/moderation/reports/{report}/review", new { action = "hide", note = "Be kind." })).Is(200);
        Assert.Contains((await mona.Get("/api/v1/moderation/stats")).Is(200)["scorer"].EnumerateArray(), one => one.GetProperty("decisions").GetInt64() > 0);

        Assert.Equal(2, decision["reports"].GetInt32());
        (await bilal.Get($"/api/ventroom/posts/{post}/")).Is(404);
        (await amina.Get($"/api/ventroom/posts/{post}/")).Is(200);
        (await mona.Post($"/api/v1/moderation/reports/{report}/review", new { action = "warn" })).Is(409);
        Assert.Equal("A moderator hid your post", (await amina.Get("/api/v1/notifications"))["results.0.message"].GetString());
        var mine = Assert.Single((await amina.Get("/api/v1/moderation/decisions/my"))["results"].EnumerateArray());
        Assert.True(mine.GetProperty("can_appeal").GetBoolean());

        (await bilal.Post($"/api/v1/moderation/reports/{report}/appeal", new { text = "?" })).Is(404);
        (await amina.Post($"/api/v1/moderation/reports/{report}/appeal", new { text = "It was a quotation." })).Is(201);
        (await amina.Post($"/api/v1/moderation/reports/{report}/appeal", new { text = "Once more." })).Is(409);
        (await mona.Post($"/api/v1/moderation/reports/{report}/review", new { action = "dismiss" })).Is(403);
        (await musa.Post($"/api/v1/moderation/reports/{report}/review", new { action = "dismiss" })).Is(200);

        (await bilal.Get($"/api/ventroom/posts/{post}/")).Is(200);
        var history = (await musa.Get($"/api/v1/moderation/reports/{report}")).Is(200);
        Assert.Equal(["claim", "hide", "appeal", "dismiss"], history["actions"].EnumerateArray().Select(one => one.GetProperty("action").GetString()));
    }

    [Fact]
    public async Task A_skill_is_reported_hidden_and_shown_again()
    {
        var (amina, bilal, mona) = (await app.SignUp("amina"), await app.SignUp("bilal"), await app.SignUp("mona", Roles.Moderator));
        var skill = (await amina.Post("/api/v1/social/skills", new
        {
            title = "Baking bread",
            description = "In three days.",
            category = "Cooking",
            difficulty = "beginner",
            tags = new[] { "bread" },
            visibility = "public",
            days = new[] { new { day = 1, title = "Flour", tasks = new[] { "Buy flour" } } },
        })).Is(201)["id"].GetGuid();

        var report = (await bilal.Post("/api/v1/moderation/report", new { content_type = "skill", content_id = skill, reason = "misinformation" })).Is(201)["id"].GetGuid();
        var item = (await mona.Get($"/api/v1/moderation/reports/{report}")).Is(200);
        Assert.StartsWith("Baking bread", item["report.content.text"].GetString(), StringComparison.Ordinal);
        (await mona.Post($"/api/v1/moderation/reports/{report}/review", new { action = "hide" })).Is(200);
        (await bilal.Get($"/api/v1/social/skills/{skill}")).Is(404);
        (await amina.Get($"/api/v1/social/skills/{skill}")).Is(200);
    }

    [Fact]
    public async Task A_suspension_takes_effect_at_once_and_an_administrator_cannot_be_suspended()
    {
        var (amina, bilal, admin) = (await app.SignUp("amina"), await app.SignUp("bilal"), await app.SignUp("ada", Roles.Admin));
        var mona = await app.SignUp("mona", Roles.Moderator);
        var report = (await bilal.Post("/api/v1/moderation/report", new { content_type = "user", content_id = amina.Uuid, reason = "harassment" })).Is(201)["id"].GetGuid();
        var against = (await bilal.Post("/api/v1/moderation/report", new { content_type = "user", content_id = admin.Uuid, reason = "other" })).Is(201)["id"].GetGuid();

        (await mona.Post($"/api/v1/moderation/reports/{report}/review", new { action = "hide" })).Is(400);
        (await mona.Post($"/api/v1/moderation/reports/{against}/review", new { action = "suspend" })).Is(403);
        (await mona.Post($"/api/v1/moderation/reports/{report}/review", new { action = "suspend" })).Is(200);

        (await amina.Get("/api/auth/me")).Is(401);
        var stats = (await mona.Get("/api/v1/moderation/stats")).Is(200);
        Assert.Equal(1, stats["by_action.suspend"].GetInt32());
    }

    [Fact]
    public async Task What_moderators_decided_is_not_voided()
    {
        var (amina, bilal, mona, musa) = (await app.SignUp("amina"), await app.SignUp("bilal"), await app.SignUp("mona", Roles.Moderator), await app.SignUp("musa", Roles.Moderator));
        var post = await Write(amina, "Decided");
        var report = (await bilal.Post("/api/v1/moderation/report", new { content_type = "post", content_id = post, reason = "other" })).Is(201)["id"].GetGuid();
        (await mona.Post($"/api/v1/moderation/reports/{report}/review", new { action = "warn" })).Is(200);

        (await musa.Post("/api/v1/moderation/void", new { user = mona.Uuid, reason = "By mistake." })).Is(201);

        Assert.Equal("A moderator warns you about your post", (await amina.Get("/api/v1/notifications"))["results.0.message"].GetString());
        Assert.Equal(0L, await app.Db.Scalar<long>("select count(*) from ledger v join ledger l on l.id = v.voids where l.verb between 130 and 139"));
    }

    [Fact]
    public async Task Two_moderators_at_once_decide_once()
    {
        var (amina, bilal) = (await app.SignUp("amina"), await app.SignUp("bilal"));
        var (mona, musa) = (await app.SignUp("mona", Roles.Moderator), await app.SignUp("musa", Roles.Moderator));
        var post = await Write(amina, "Twice");
        var report = (await bilal.Post("/api/v1/moderation/report", new { content_type = "post", content_id = post, reason = "spam" })).Is(201)["id"].GetGuid();

        var answers = await Task.WhenAll(
            mona.Post($"/api/v1/moderation/reports/{report}/review", new { action = "remove" }),
            musa.Post($"/api/v1/moderation/reports/{report}/review", new { action = "remove" }));

        Assert.Equal([200, 409], answers.Select(answer => answer.Status).Order());
        (await amina.Get($"/api/ventroom/posts/{post}/")).Is(404);
    }

    private static async Task<long> Write(Person person, string text) =>
        (await person.Post("/api/ventroom/posts/", new { content = text })).Is(201)["id"].GetInt64();
}
