using Hearth.Ledger;
using Hearth.Platform;
using Hearth.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using static Hearth.Tests.Features.Skills.SkillsApp;

namespace Hearth.Tests.Features.Skills;

/// <summary>Who may see a skill, everywhere it could appear; and what moderation makes of it.</summary>
public sealed class SkillVisibilityTests(SkillsApp app) : IClassFixture<SkillsApp>
{
    private const string Social = "/api/v1/social";

    [Fact]
    public async Task Each_visibility_is_honoured_on_every_route()
    {
        var (amina, follower, stranger, blocked, moderator) = (
            await app.SignUp("amina"), await app.SignUp("follower"), await app.SignUp("stranger"), await app.SignUp("blocked"),
            await app.SignUp("mod", Roles.Moderator));
        await app.Follow(follower, amina);
        (await amina.Post($"/api/v1/users/{blocked.Uuid}/block")).Is(201);
        var open = await Share(amina, "Open bread");
        var followers = await Share(amina, "Bread for friends", "followers");
        var secret = await Share(amina, "Secret bread", "private");

        await Sees(amina, amina, open, followers, secret);
        await Sees(follower, amina, open, followers);
        await Sees(stranger, amina, open);
        await Sees(blocked, amina);
        await Sees(moderator, amina, open, followers);
        foreach (var hidden in new[] { followers, secret })
            await IsNoSkillFor(stranger, hidden);
        await IsNoSkillFor(blocked, open);

        (await follower.Delete($"/api/v1/follow/{amina.Id}")).Is(204);
        await Sees(follower, amina, open);
        (await amina.Put($"{Social}/skills/{open}", new { visibility = "private" })).Is(200);
        await Sees(stranger, amina);
        (await blocked.Post($"/api/v1/users/{stranger.Uuid}/block")).Is(201);
        await app.VerifySkills();
    }

    [Fact]
    public async Task What_is_hidden_is_for_its_author_and_moderators()
    {
        var (amina, bilal, moderator) = (await app.SignUp("amina"), await app.SignUp("bilal"), await app.SignUp("mod", Roles.Moderator));
        var id = await Share(amina, "Bread");
        var comment = (await bilal.Post($"{Social}/skills/{id}/comments", new { text = "Spam" })).Is(201)["id"].GetString()!;
        (await amina.Post($"{Social}/skills/{id}/comments", new { text = "Hm", parent = comment })).Is(201);
        var task = (await bilal.Post($"{Social}/skills/{id}/tasks", new { day = 1, title = "Spam" })).Is(201)["id"].GetString()!;

        await Moderate(ObjectKind.SkillComment, "skill_comments", comment, moderator, hidden: true);
        await Moderate(ObjectKind.Task, "skill_tasks", task, moderator, hidden: true);
        Assert.Equal(0, (await amina.Get($"{Social}/skills/{id}/comments")).Is(200)["results"].GetArrayLength());
        Assert.Equal(1, (await bilal.Get($"{Social}/skills/{id}/comments")).Is(200)["results"].GetArrayLength());
        Assert.Equal(1, (await amina.Get($"{Social}/skills/{id}"))["comment_count"].GetInt32());
        (await amina.Post($"{Social}/tasks/{task}/vote", new { value = 1 })).Is(404);
        (await bilal.Post($"{Social}/tasks/{task}/vote", new { value = 1 })).Is(200);
        await app.VerifySkills();

        await Moderate(ObjectKind.SkillComment, "skill_comments", comment, moderator, hidden: false);
        await Moderate(ObjectKind.Skill, "skills", id, moderator, hidden: true);
        await IsNoSkillFor(bilal, id);
        await Sees(amina, amina, id);
        await Sees(moderator, amina, id);
        await Moderate(ObjectKind.Skill, "skills", id, moderator, hidden: false);
        await Sees(bilal, amina, id);
        await app.VerifySkills();

        foreach (var (kind, table, what) in new[] { (ObjectKind.SkillComment, "skill_comments", comment), (ObjectKind.Task, "skill_tasks", task), (ObjectKind.Skill, "skills", id) })
        {
            var number = await app.Db.Scalar<long>($"select id from {table} where uuid = $1", Guid.Parse(what));
            await using var write = await app.Services.GetRequiredService<Writes>().Begin();
            Assert.NotNull(await Skills.Remove(write, kind, number, moderator.Id, CancellationToken.None));
            await app.Settled(await write.Commit());
            await app.VerifySkills();
        }

        await IsNoSkillFor(amina, id);
    }

    [Fact]
    public async Task Voided_deeds_count_no_more_and_all_is_as_before_when_restored()
    {
        var (amina, ring, moderator) = (await app.SignUp("amina"), await app.SignUp("ring"), await app.SignUp("mod"));
        var id = await Share(amina, "Bread");
        var task = (await amina.Post($"{Social}/skills/{id}/tasks", new { day = 1, title = "Flour" })).Is(201)["id"].GetString()!;
        await ring.Send(HttpMethod.Get, $"{Social}/skills/{id}", null, ("Prefer", "wait"));
        for (var i = 0; i < 3; i++)
            (await ring.Post($"{Social}/skills/{id}/like")).Is(200);
        (await ring.Post($"{Social}/skills/{id}/download")).Is(200);
        (await ring.Post($"{Social}/skills/{id}/rate", new { rating = 3 })).Is(200);
        (await ring.Post($"{Social}/skills/{id}/rate", new { rating = 5, review = "Best" })).Is(200);
        (await ring.Post($"{Social}/tasks/{task}/vote", new { value = 1 })).Is(200);
        const string State = "select likes, downloads, views, rating_sum, rating_count from skills where uuid = $1";
        var before = await app.Db.Rows(State, Guid.Parse(id));
        Assert.Equal(["1|1|1|5|1"], before);

        var voids = app.Services.GetRequiredService<Voids>();
        var made = await voids.Make(new VoidRequest(moderator.Id, "a ring") { User = ring.Id }, CancellationToken.None);
        Assert.Equal(["0|0|0|0|0"], await app.Db.Rows(State, Guid.Parse(id)));
        Assert.Equal(0, (await amina.Get($"{Social}/skills/{id}/tasks"))["results.0.votes"].GetInt32());
        await app.VerifySkills();
        await app.Verify();

        await voids.Restore(made.Id, moderator.Id, CancellationToken.None);
        Assert.Equal(before, await app.Db.Rows(State, Guid.Parse(id)));
        Assert.Equal(["5|Best"], await app.Db.Rows("select rating, review from skill_ratings where user_id = $1", ring.Id));
        await app.VerifySkills();
        await app.Verify();
    }

    private IModerated Skills => app.Services.GetServices<IModerated>().Single(one => one.Kinds.Contains(ObjectKind.Skill));

    private async Task Moderate(ObjectKind kind, string table, string uuid, Person moderator, bool hidden)
    {
        var id = await app.Db.Scalar<long>($"select id from {table} where uuid = $1", Guid.Parse(uuid));
        await using var write = await app.Services.GetRequiredService<Writes>().Begin();
        Assert.True(await Skills.Hide(write, kind, id, hidden, moderator.Id, CancellationToken.None));
        await app.Settled(await write.Commit());
    }

    private static async Task Sees(Person reader, Person author, params string[] skills)
    {
        var listed = (await reader.Get($"{Social}/skills?author={author.Uuid}&limit=100")).Is(200)["results"].EnumerateArray();
        Assert.Equal(skills.Order(), listed.Select(one => one.GetProperty("id").GetString()!).Order());
        foreach (var skill in skills)
            (await reader.Get($"{Social}/skills/{skill}")).Is(200);
    }

    private static async Task IsNoSkillFor(Person reader, string skill)
    {
        (await reader.Get($"{Social}/skills/{skill}")).Is(404);
        (await reader.Post($"{Social}/skills/{skill}/like")).Is(404);
        (await reader.Post($"{Social}/skills/{skill}/download")).Is(404);
        (await reader.Post($"{Social}/skills/{skill}/rate", new { rating = 3 })).Is(404);
        (await reader.Get($"{Social}/skills/{skill}/comments")).Is(404);
        (await reader.Post($"{Social}/skills/{skill}/comments", new { text = "x" })).Is(404);
        (await reader.Get($"{Social}/skills/{skill}/tasks")).Is(404);
        (await reader.Post($"{Social}/skills/{skill}/tasks", new { day = 1, title = "x" })).Is(404);
        (await reader.Put($"{Social}/skills/{skill}", new { title = "x" })).Is(404);
        (await reader.Delete($"{Social}/skills/{skill}")).Is(404);
    }

    [Fact]
    public async Task What_one_may_not_see_cannot_be_reported_nor_read_by_reporting_it()
    {
        var (amina, friend, stranger, blocked, moderator) = (
            await app.SignUp("amina"), await app.SignUp("friend"), await app.SignUp("stranger"), await app.SignUp("blocked"), await app.SignUp("mod", Roles.Moderator));
        await app.Follow(friend, amina);
        (await amina.Post($"/api/v1/users/{blocked.Uuid}/block")).Is(201);
        var (open, followers, secret) = (await Share(amina, "Open"), await Share(amina, "For friends", "followers"), await Share(amina, "Secret", "private"));
        var comment = (await amina.Post($"{Social}/skills/{secret}/comments", new { text = "Mine" })).Is(201)["id"].GetString();
        var task = (await friend.Post($"{Social}/skills/{followers}/tasks", new { day = 1, title = "Knead" })).Is(201)["id"].GetString();

        await Reports(stranger, 404, ("skill", followers), ("skill", secret), ("comment", comment!), ("task", task!));
        await Reports(moderator, 404, ("skill", secret), ("comment", comment!));
        await Reports(friend, 201, ("skill", followers));
        await Reports(stranger, 201, ("skill", open));
        await Reports(blocked, 201, ("skill", open));
        await Reports(moderator, 201, ("task", task!));
        Assert.Equal(2, (await moderator.Get($"/api/v1/users/{amina.Uuid}"))["stats.skills"].GetInt32());
    }

    private static async Task Reports(Person who, int status, params (string Type, string Id)[] what)
    {
        foreach (var (type, id) in what)
            (await who.Post("/api/v1/moderation/report", new { content_type = type, content_id = id, reason = "spam" })).Is(status);
    }
}
