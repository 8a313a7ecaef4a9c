using Hearth.Ledger;
using Hearth.Tests.Harness;
using static Hearth.Tests.Features.Skills.SkillsApp;

namespace Hearth.Tests.Features.Skills;

/// <summary>What people are told of skills.</summary>
public sealed class SkillNewsTests(SkillsApp app) : IClassFixture<SkillsApp>
{
    private const string Social = "/api/v1/social";

    [Fact]
    public async Task An_author_is_told_of_likes_comments_ratings_and_votes()
    {
        var (amina, bilal) = (await app.SignUp("amina"), await app.SignUp("bilal"));
        var id = await Share(amina, "Bread");
        var task = (await amina.Post($"{Social}/skills/{id}/tasks", new { day = 1, title = "Flour" })).Is(201)["id"].GetString()!;

        (await bilal.Post($"{Social}/skills/{id}/like")).Is(200);
        (await bilal.Post($"{Social}/skills/{id}/rate", new { rating = 4 })).Is(200);
        (await bilal.Post($"{Social}/skills/{id}/comments", new { text = "How warm?" })).Is(201);
        (await bilal.Post($"{Social}/tasks/{task}/vote", new { value = -1 })).Is(200);
        (await amina.Post($"{Social}/skills/{id}/like")).Is(200);

        var list = (await amina.Get("/api/v1/notifications")).Is(200);
        Assert.Equal(
            ["task_voted", "comment_received", "rating_received", "like_received"],
            list["results"].EnumerateArray().Select(one => one.GetProperty("type").GetString()!));
        Assert.Equal("task", list["results.0.object.kind"].GetString());
        Assert.Equal(task, list["results.0.object.id"].GetString());
        Assert.Equal(id, list["results.0.object.skill"].GetString());
        Assert.Equal("How warm?", list["results.1.object.title"].GetString());
        Assert.Equal("skill", list["results.3.object.kind"].GetString());
        Assert.Equal("Bread", list["results.3.object.title"].GetString());
        Assert.Equal($"{bilal.Name} liked your skill", list["results.3.message"].GetString());
        Assert.Equal(4, await app.Unread(amina));
        await app.Verify();
    }

    [Fact]
    public async Task What_is_taken_back_or_said_anew_is_told_once()
    {
        var (amina, bilal) = (await app.SignUp("amina"), await app.SignUp("bilal"));
        var id = await Share(amina, "Bread");
        var task = (await amina.Post($"{Social}/skills/{id}/tasks", new { day = 1, title = "Flour" })).Is(201)["id"].GetString()!;

        (await bilal.Post($"{Social}/skills/{id}/like")).Is(200);
        (await bilal.Post($"{Social}/skills/{id}/like")).Is(200);
        foreach (var rating in new[] { 2, 4, 5 })
            (await bilal.Post($"{Social}/skills/{id}/rate", new { rating })).Is(200);
        foreach (var value in new[] { 1, -1, 0 })
            (await bilal.Post($"{Social}/tasks/{task}/vote", new { value })).Is(200);

        Assert.Equal([$"{bilal.Name} rated your skill"], await app.Messages(amina));
        await app.Verify();
        (await amina.Delete($"{Social}/skills/{id}")).Is(204);
        Assert.Empty(await app.Messages(amina));
        await app.Verify();
    }

    [Fact]
    public async Task A_reply_is_told_to_whom_it_answers_and_to_the_skills_author()
    {
        var (amina, bilal, chidi) = (await app.SignUp("amina"), await app.SignUp("bilal"), await app.SignUp("chidi"));
        var id = await Share(amina, "Bread");
        var parent = (await bilal.Post($"{Social}/skills/{id}/comments", new { text = "How warm?" })).Is(201)["id"].GetString();

        var reply = (await chidi.Post($"{Social}/skills/{id}/comments", new { text = "Very", parent })).Is(201)["id"].GetString();

        Assert.Equal([$"{chidi.Name} replied to your comment"], await app.Messages(bilal));
        Assert.Equal([$"{chidi.Name} commented on your skill", $"{bilal.Name} commented on your skill"], await app.Messages(amina));
        (await chidi.Delete($"{Social}/skills/{id}/comments/{reply}")).Is(204);
        Assert.Empty(await app.Messages(bilal));
        await app.Verify();
    }

    [Fact]
    public async Task Whoever_a_comment_names_is_told_if_they_may_see_the_skill_and_until_it_names_them_no_more()
    {
        var (amina, bilal, chidi, dana) = (await app.SignUp("amina"), await app.SignUp("bilal"), await app.SignUp("chidi"), await app.SignUp("dana"));
        var id = await Share(amina, "Bread", visibility: "followers");
        (await bilal.Post("/api/v1/follow", new { user_id = amina.Uuid })).Is(201);
        (await chidi.Post("/api/v1/follow", new { user_id = amina.Uuid })).Is(201);

        var text = $"@{chidi.Name} and @{dana.Name}: look, @{amina.Name} bakes. @{bilal.Name} `@{chidi.Name}`";
        var comment = (await bilal.Post($"{Social}/skills/{id}/comments", new { text })).Is(201)["id"].GetString();

        var told = (await chidi.Get("/api/v1/notifications?type=mention_received")).Is(200);
        Assert.Equal($"{bilal.Name} mentioned you in a comment on a skill", told["results.0.message"].GetString());
        Assert.Equal(id, told["results.0.object.skill"].GetString());
        Assert.Equal([$"{bilal.Name} commented on your skill"], (await app.Messages(amina))[..1]);
        Assert.Empty(await app.Messages(dana));
        Assert.Empty(await app.Messages(bilal));
        await app.Verify();

        (await bilal.Put($"{Social}/skills/{id}/comments/{comment}", new { text = $"@{amina.Name} bakes" })).Is(200);
        Assert.Empty(await app.Messages(chidi));
        (await bilal.Put($"{Social}/skills/{id}/comments/{comment}", new { text = $"@{amina.Name} bakes, @{chidi.Name}" })).Is(200);
        Assert.Single(await app.Messages(chidi));
        Assert.Equal(1, await app.Unread(chidi));
        (await bilal.Delete($"{Social}/skills/{id}/comments/{comment}")).Is(204);
        Assert.Empty(await app.Messages(chidi));
        await app.Verify();
    }

    [Fact]
    public async Task The_tenth_download_is_a_milestone_and_the_ninth_is_not()
    {
        var amina = await app.SignUp("amina");
        var id = await app.Number(await Share(amina, "Bread"));

        await app.Write([.. Enumerable.Range(1, 9).Select(n => Download(id, 1_000_000 + n, amina, n))]);
        Assert.Empty(await app.Messages(amina));
        await app.Write(Download(id, 1_000_010, amina, 10));
        await app.Write(Download(id, 1_000_020, amina, 20));

        Assert.Equal(["Your skill reached 10 downloads"], await app.Messages(amina));
        await app.Verify();
    }

    private static Entry Download(long skill, long who, Person author, int nth) =>
        new(Verb.DownloadSkill, ObjectKind.Skill, skill) { Actor = who, Subject = author.Id, Value = nth };
}
