using Hearth.Platform;
using Hearth.Tests.Harness;

namespace Hearth.Tests.Features.Moderation;

public sealed class RuleTests(HearthApp app) : IClassFixture<HearthApp>
{
    private static readonly string[] Texts = ["post", "comment"];

    [Fact]
    public async Task A_rule_refuses_hides_or_reports_what_it_finds()
    {
        var (amina, mona) = (await app.SignUp("amina"), await app.SignUp("mona", Roles.Moderator));
        await Rule(mona, new { name = "Casinos", keywords = new[] { "free casino" }, content_types = Texts, action = "reject", severity = 4 });
        await Rule(mona, new { name = "Numbers", pattern = @"\+\d{9,}", content_types = Texts, action = "hide", severity = 3 });
        await Rule(mona, new { name = "Doubtful", keywords = new[] { "bitcoin" }, content_types = Texts, action = "flag", severity = 1 });

        var refused = (await amina.Post("/api/ventroom/posts/", new { content = "Visit the FREE   casino!" })).Is(400);
        Assert.Contains("content", refused.Text);
        (await amina.Post("/api/ventroom/posts/", new { content = "A carefree casinos evening" })).Is(201);
        var hidden = (await amina.Post("/api/ventroom/posts/", new { content = "Call +255123456789" })).Is(201)["id"].GetInt64();
        var flagged = (await amina.Post("/api/ventroom/posts/", new { content = "What is Bitcoin?" })).Is(201)["id"].GetInt64();

        var bilal = await app.SignUp("bilal");
        (await bilal.Get($"/api/ventroom/posts/{hidden}/")).Is(404);
        (await bilal.Get($"/api/ventroom/posts/{flagged}/")).Is(200);
        var mine = new[] { $"{hidden}", $"{flagged}" };
        var queue = (await mona.Get("/api/v1/moderation/queue?limit=100"))["results"].EnumerateArray().Where(item => mine.Contains(item.GetProperty("content_id").GetString())).ToList();
        Assert.Equal([$"{hidden}", $"{flagged}"], queue.Select(item => item.GetProperty("content_id").GetString()));
        (await mona.Post($"/api/v1/moderation/reports/{queue[0].GetProperty("id").GetGuid()}/review", new { action = "dismiss" })).Is(200);
        (await bilal.Get($"/api/ventroom/posts/{hidden}/")).Is(200);

        (await amina.Patch($"/api/ventroom/posts/{flagged}/", new { content = "Free casino" })).Is(400);
        (await amina.Post($"/api/ventroom/posts/{flagged}/comments/", new { text = "free casino" })).Is(400);
    }

    [Fact]
    public async Task A_rule_names_the_kinds_that_it_looks_at()
    {
        var mona = await app.SignUp("mona", Roles.Moderator);
        var rule = new { name = "Nothing", keywords = new[] { "x" }, content_types = new string?[] { null }, action = "flag", severity = 1 };
        Assert.Equal("content_types", Assert.Single((await mona.Post("/api/v1/moderation/auto-rules", rule)).Is(400)["errors"].EnumerateObject()).Name);
    }

    [Fact]
    public async Task A_rule_that_is_changed_or_removed_holds_at_once()
    {
        var (amina, mona) = (await app.SignUp("amina"), await app.SignUp("mona", Roles.Moderator));
        var id = await Rule(mona, new { name = "Word", keywords = new[] { "zanzibarbarian" }, content_types = Texts, action = "reject", severity = 2 });
        (await amina.Post("/api/ventroom/posts/", new { content = "zanzibarbarian" })).Is(400);

        (await mona.Patch($"/api/v1/moderation/auto-rules/{id}", new { is_active = false })).Is(200);
        (await amina.Post("/api/ventroom/posts/", new { content = "zanzibarbarian" })).Is(201);
        (await mona.Delete($"/api/v1/moderation/auto-rules/{id}")).Is(204);
        (await mona.Delete($"/api/v1/moderation/auto-rules/{id}")).Is(404);
    }

    [Fact]
    public async Task Edits_that_a_rule_finds_and_decisions_at_once_wait_for_each_other_in_one_order()
    {
        var (amina, bilal, mona) = (await app.SignUp("amina"), await app.SignUp("bilal"), await app.SignUp("mona", Roles.Moderator));
        await Rule(mona, new { name = "Flagged", keywords = new[] { "quarrelsome" }, content_types = Texts, action = "flag", severity = 1 });
        foreach (var action in new[] { "hide", "dismiss", "remove", "hide", "warn", "remove" })
        {
            var post = (await amina.Post("/api/ventroom/posts/", new { content = "A quarrelsome text" })).Is(201)["id"].GetInt64();
            var report = (await bilal.Post("/api/v1/moderation/report", new { content_type = "post", content_id = post, reason = "spam" })).Is(201)["id"].GetGuid();
            var answers = await Task.WhenAll(
                mona.Post($"/api/v1/moderation/reports/{report}/review", new { action }),
                amina.Patch($"/api/ventroom/posts/{post}/", new { content = "More quarrelsome" }),
                amina.Patch($"/api/ventroom/posts/{post}/", new { content = "Most quarrelsome" }),
                bilal.Post("/api/v1/moderation/report", new { content_type = "post", content_id = post, reason = "hate" }));
            answers[0].Is(200);
            Assert.All(answers[1..3], answer => Assert.Contains(answer.Status, new[] { 200, 404 }));
            Assert.Contains(answers[3].Status, new[] { 201, 404 });
        }
    }

    [Fact]
    public async Task Profiles_tasks_and_comments_on_skills_are_looked_at_too()
    {
        var (amina, mona) = (await app.SignUp("amina"), await app.SignUp("mona", Roles.Moderator));
        await Rule(mona, new { name = "Everywhere", keywords = new[] { "grumblewort" }, content_types = new[] { "comment", "skill", "task", "user" }, action = "reject", severity = 2 });
        await Rule(mona, new { name = "Hidden", keywords = new[] { "mumblewort" }, content_types = new[] { "comment", "user" }, action = "hide", severity = 2 });
        var skill = (await amina.Post("/api/v1/social/skills", Skill("Patience"))).Is(201)["id"].GetGuid();

        (await amina.Post("/api/v1/social/skills", Skill("Grumblewort"))).Is(400);
        (await amina.Post($"/api/v1/social/skills/{skill}/comments", new { text = "grumblewort" })).Is(400);
        (await amina.Post($"/api/v1/social/skills/{skill}/tasks", new { day = 1, title = "grumblewort" })).Is(400);
        (await amina.Put("/api/v1/users/me", new { bio = "grumblewort" })).Is(400);
        (await amina.Patch("/api/auth/me", new { bio = "grumblewort" })).Is(400);

        var comment = (await amina.Post($"/api/v1/social/skills/{skill}/comments", new { text = "mumblewort" })).Is(201)["id"].GetGuid();
        (await amina.Put("/api/v1/users/me", new { bio = "mumblewort" })).Is(200);
        (await amina.Get("/api/auth/me")).Is(200);
        var queue = (await mona.Get("/api/v1/moderation/queue?limit=100"))["results"].EnumerateArray().ToList();
        Assert.Contains(queue, item => item.GetProperty("content_type").GetString() == "user" && item.GetProperty("content_id").GetString() == $"{amina.Uuid}");
        var hidden = Assert.Single(queue, item => item.GetProperty("content_id").GetString() == $"{comment}");
        Assert.Equal("comment", hidden.GetProperty("content_type").GetString());
        Assert.True(hidden.GetProperty("content").GetProperty("is_hidden").GetBoolean());
        Assert.Equal(0, (await mona.Get($"/api/v1/social/skills/{skill}"))["comment_count"].GetInt32());
    }

    [Fact]
    public async Task A_pattern_that_could_take_for_ever_is_refused()
    {
        var mona = await app.SignUp("mona", Roles.Moderator);

        foreach (var pattern in new[] { @"(a+)+\1", "(?<=a)b", "(", "", "a*" })
        {
            var answer = await mona.Post("/api/v1/moderation/auto-rules", new { name = "Bad", pattern, content_types = Texts, action = "flag", severity = 1 });
            Assert.Contains("pattern", answer.Is(400).Text);
        }

        Assert.Contains("severity", (await mona.Post("/api/v1/moderation/auto-rules", new { name = "Bad", pattern = "b", content_types = Texts, action = "flag", severity = 9 })).Is(400).Text);
        (await mona.Post("/api/v1/moderation/auto-rules", new { name = "Bad", content_types = Texts, action = "flag", severity = 1 })).Is(400);
    }

    [Fact]
    public async Task A_void_takes_back_what_a_person_did_and_restores_it_exactly()
    {
        var (amina, bilal, mona) = (await app.SignUp("amina"), await app.SignUp("bilal"), await app.SignUp("mona", Roles.Moderator));
        var post = (await amina.Post("/api/ventroom/posts/", new { content = "Hello" })).Is(201)["id"].GetInt64();
        (await bilal.Post("/api/ventroom/reactions/", new { content_type = "ventpost", object_id = post, reaction_type = "👍" })).Is(201);

        var made = (await mona.Post("/api/v1/moderation/void", new { user = bilal.Uuid, reason = "A bot." })).Is(201);
        Assert.Equal(0, (await amina.Get($"/api/ventroom/posts/{post}/"))["reaction_summary"].GetArrayLength());
        (await mona.Delete($"/api/v1/moderation/void/{made["id"].GetInt64()}")).Is(200);
        Assert.Equal(1, (await amina.Get($"/api/ventroom/posts/{post}/"))["reaction_summary"].GetArrayLength());

        (await mona.Post("/api/v1/moderation/void", new { reason = "Nobody." })).Is(400);
        (await mona.Delete("/api/v1/moderation/void/999999")).Is(404);
        (await amina.Post("/api/v1/moderation/void", new { user = bilal.Uuid, reason = "No." })).Is(403);
    }

    private static object Skill(string title) => new
    {
        title,
        description = "In three days.",
        category = "Life",
        difficulty = "beginner",
        tags = new[] { "calm" },
        visibility = "public",
        days = new[] { new { day = 1, title = "Breathe", tasks = new[] { "Breathe" } } },
    };

    private static async Task<Guid> Rule(Person moderator, object rule) =>
        (await moderator.Post("/api/v1/moderation/auto-rules", rule)).Is(201)["id"].GetGuid();

    [Fact]
    public async Task Every_word_of_a_skill_and_of_its_reviews_is_looked_at()
    {
        var (amina, bilal, mona) = (await app.SignUp("amina"), await app.SignUp("bilal"), await app.SignUp("mona", Roles.Moderator));
        foreach (var (word, action) in new[] { ("quuxino", "reject"), ("quuxmarked", "flag"), ("quuxveiled", "hide") })
            await Rule(mona, new { name = word, keywords = new[] { word }, content_types = new[] { "skill", "comment" }, action, severity = 3 });
        foreach (var skill in new object[]
                 {
                     new { title = "One", tags = new[] { "quuxino" } }, new { title = "Two", category = "quuxino" },
                     new { title = "Three", days = new[] { new { day = 1, title = "Quuxino", tasks = Array.Empty<string>() } } },
                     new { title = "Four", days = new[] { new { day = 1, title = "First", tasks = new[] { "Visit the quuxino" } } } },
                 })
        {
            (await amina.Post("/api/v1/social/skills", skill)).Is(400);
        }

        var rate = $"/api/v1/social/skills/{(await amina.Post("/api/v1/social/skills", new { title = "Bread" })).Is(201)["id"].GetString()}/rate";
        foreach (var refused in new[] { "Better than a quuxino", "quuxveiled" })
            Assert.Contains("review", (await bilal.Post(rate, new { rating = 1, review = refused })).Is(400).Text);
        (await bilal.Post(rate, new { rating = 4, review = "So quuxmarked" })).Is(200);
        var queue = (await mona.Get("/api/v1/moderation/queue?limit=100")).Is(200)["results"].EnumerateArray();
        Assert.Contains("So quuxmarked", Assert.Single(queue, item => item.GetProperty("content_id").GetString() == $"{bilal.Uuid}").GetProperty("details").GetString());
    }
}
