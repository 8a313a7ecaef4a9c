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
        var queue = (await mona.Get("/api/v1/moderation/queue"))["results"].EnumerateArray().ToList();
        Assert.Equal([$"{hidden}", $"{flagged}"], queue.Select(item => item.GetProperty("content_id").GetString()));
        (await mona.Post($"/api/v1/moderation/reports/{queue[0].GetProperty("id").GetGuid()}/review", new { action = "dismiss" })).Is(200);
        (await bilal.Get($"/api/ventroom/posts/{hidden}/")).Is(200);

        (await amina.Patch($"/api/ventroom/posts/{flagged}/", new { content = "Free casino" })).Is(400);
        (await amina.Post($"/api/ventroom/posts/{flagged}/comments/", new { text = "free casino" })).Is(400);
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

    private static async Task<Guid> Rule(Person moderator, object rule) =>
        (await moderator.Post("/api/v1/moderation/auto-rules", rule)).Is(201)["id"].GetGuid();
}
