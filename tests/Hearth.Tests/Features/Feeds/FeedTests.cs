using Hearth.Ledger;
using Hearth.Platform;
using Hearth.Tests.Features.Skills;
using Hearth.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Features.Feeds;

/// <summary>What feeds tell, to whom, and in which order.</summary>
public sealed class FeedTests(SkillsApp app) : IClassFixture<SkillsApp>
{
    private const string Feed = "/api/v1/feed";

    [Fact]
    public async Task One_is_told_what_people_do_whom_one_follows()
    {
        var (amina, bilal, chen) = (await app.SignUp("amina"), await app.SignUp("bilal"), await app.SignUp("chen"));
        await app.Follow(amina, bilal);
        var post = await Post(bilal, "A quiet morning");
        var foreign = await Post(chen, "Elsewhere");
        (await bilal.Post($"/api/ventroom/posts/{foreign}/comments/", new { text = "Well said." })).Is(201);
        (await bilal.Post($"/api/ventroom/posts/{foreign}/share/")).Is(201);
        var skill = await SkillsApp.Share(bilal, "Bread");
        var group = (await bilal.Post("/api/community/groups/", new { name = "Bakers" })).Is(201)["id"].GetInt64();
        await app.Follow(bilal, chen);

        var items = (await amina.Get(Feed)).Is(200)["results"].EnumerateArray().ToList();
        Assert.Equal(
            [
                $"follow_user user {chen.Uuid} chen", $"found_group group {group} Bakers", $"share_skill skill {skill} Bread",
                $"share_post post {foreign} Elsewhere", $"comment_post post {foreign} Elsewhere", $"create_post post {post} A quiet morning",
            ],
            items.Where(item => item.GetProperty("verb").GetString() != "join_group").Select(Told));
        Assert.All(items, item => Assert.Equal(bilal.Uuid, item.GetProperty("actor").GetProperty("id").GetGuid()));
        Assert.Equal(0, (await chen.Get(Feed)).Is(200)["results"].GetArrayLength());

        (await amina.Delete($"/api/v1/follow/{bilal.Uuid}")).Is(204);
        Assert.Equal(0, (await amina.Get(Feed)).Is(200)["results"].GetArrayLength());
        Assert.Contains($"share_skill skill {skill} Bread", await Of(amina, $"{Feed}/discovery?limit=100", bilal));
        Assert.Contains($"follow_user user {chen.Uuid} chen", await Of(amina, $"{Feed}/global?limit=100", bilal));
        Assert.DoesNotContain($"follow_user user {chen.Uuid} chen", await Of(amina, $"{Feed}/discovery?limit=100", bilal));
    }

    [Fact]
    public async Task Nobody_is_told_what_is_not_for_them()
    {
        var (amina, friend, stranger, mona) = (
            await app.SignUp("amina"), await app.SignUp("friend"), await app.SignUp("stranger"), await app.SignUp("mona", Roles.Moderator));
        await app.Follow(friend, amina);
        var open = await SkillsApp.Share(amina, "Open");
        var some = await SkillsApp.Share(amina, "For friends", "followers");
        var secret = await SkillsApp.Share(amina, "Secret", "private");
        await Sees(stranger, amina, open);
        await Sees(friend, amina, some, open);
        await Sees(mona, amina, some, open);
        await Sees(amina, amina, secret, some, open);

        await Hide(open, mona, hidden: true);
        await Sees(stranger, amina);
        await Sees(friend, amina, some);
        await Sees(mona, amina, some, open);
        await Hide(open, mona, hidden: false);

        await Activity(amina, "followers");
        await Sees(stranger, amina);
        await Sees(friend, amina, some, open);
        Assert.Equal(2, (await friend.Get(Feed)).Is(200)["results"].GetArrayLength());
        await Activity(amina, "private");
        await Sees(friend, amina);
        Assert.Equal(0, (await friend.Get(Feed)).Is(200)["results"].GetArrayLength());
        await Sees(amina, amina, secret, some, open);
        await Activity(amina, "public");

        (await mona.Post($"/api/v1/users/{amina.Uuid}/block")).Is(201);
        await Sees(mona, amina, some, open);
        (await stranger.Post($"/api/v1/users/{amina.Uuid}/block")).Is(201);
        await Sees(stranger, amina);
        (await stranger.Delete($"/api/v1/users/{amina.Uuid}/block")).Is(204);
        (await amina.Post($"/api/v1/users/{stranger.Uuid}/block")).Is(201);
        await Sees(stranger, amina);
        // Nor what a third person did to something of theirs.
        (await friend.Post($"/api/v1/social/skills/{open}/comments", new { text = "Thank you." })).Is(201);
        Assert.DoesNotContain($"comment_skill skill {open} Open", await Of(stranger, $"{Feed}/global?limit=100", friend));
        Assert.Contains($"comment_skill skill {open} Open", await Of(mona, $"{Feed}/global?limit=100", friend));

        (await amina.Delete($"/api/v1/social/skills/{open}")).Is(204);
        await Sees(friend, amina, some);
        Assert.DoesNotContain($"comment_skill skill {open} Open", await Of(mona, $"{Feed}/global?limit=100", friend));
    }

    [Fact]
    public async Task A_badge_is_news_of_whoever_earned_it()
    {
        var (amina, bilal, root) = (await app.SignUp("amina"), await app.SignUp("bilal"), await app.SignUp("root", Roles.Admin));
        await app.Follow(amina, bilal);
        var rule = new { action_type = "like_post", count = 1_000 };
        (await root.Post("/api/engagement/badges/", new { name = "early_bird", title = "Early bird", description = "Was there first", rule })).Is(201);
        (await root.Post("/api/engagement/badges/early_bird/award/", new { user = bilal.Uuid })).Is(201);

        var item = Assert.Single((await amina.Get(Feed)).Is(200)["results"].EnumerateArray());
        Assert.Equal(("earn_badge", bilal.Uuid), (item.GetProperty("verb").GetString(), item.GetProperty("actor").GetProperty("id").GetGuid()));
        Assert.Equal(("badge", "Early bird"), (item.GetProperty("object").GetProperty("kind").GetString(), item.GetProperty("object").GetProperty("title").GetString()));
    }

    [Fact]
    public async Task What_is_void_is_not_told_until_it_is_restored()
    {
        var (amina, bilal, mona) = (await app.SignUp("amina"), await app.SignUp("bilal"), await app.SignUp("mona", Roles.Moderator));
        await app.Follow(amina, bilal);
        var post = await Post(bilal, "Buy this");
        var made = (await mona.Post("/api/v1/moderation/void", new { user = bilal.Uuid, reason = "A bot." })).Is(201)["id"].GetInt64();
        Assert.Equal(0, (await amina.Get(Feed)).Is(200)["results"].GetArrayLength());
        (await mona.Delete($"/api/v1/moderation/void/{made}")).Is(200);
        Assert.Equal([$"create_post post {post} Buy this"], (await amina.Get(Feed)).Is(200)["results"].EnumerateArray().Select(Told));
    }

    [Fact]
    public async Task What_trends_comes_first_at_once_and_refresh_says_what_it_made_anew()
    {
        var (amina, bilal, chen) = (await app.SignUp("amina"), await app.SignUp("bilal"), await app.SignUp("chen"));
        var (much, little, skill) = (await Post(amina, "Much"), await Post(amina, "Little"), await SkillsApp.Share(amina, "Kneading"));
        (await bilal.Post($"/api/ventroom/posts/{little}/bookmark/")).Is(201);
        foreach (var person in new[] { bilal, chen })
        {
            (await person.Post($"/api/ventroom/posts/{much}/share/")).Is(201);
            (await person.Post($"/api/v1/social/skills/{skill}/download")).Is(200);
        }

        var items = (await bilal.Get($"{Feed}/trending?limit=100")).Is(200)["results"].EnumerateArray()
            .Where(item => item.GetProperty("actor").GetProperty("id").GetGuid() == amina.Uuid).ToList();
        Assert.Equal([$"share_skill skill {skill} Kneading", $"create_post post {much} Much", $"create_post post {little} Little"], items.Select(Told));
        Assert.Equal(6 / 16.0, items[1].GetProperty("score").GetDouble(), 0.01);
        var first = (await bilal.Get($"{Feed}/trending?limit=1")).Is(200);
        Assert.NotEqual(Told(first["results.0"]), Told((await bilal.Get(first["next"].GetString()!)).Is(200)["results.0"]));

        var refreshed = (await bilal.Post($"{Feed}/refresh")).Is(200);
        Assert.True(refreshed["refreshed"].GetBoolean());
        Assert.Equal("trending", refreshed["recomputed.0"].GetString());
        Assert.Equal("healthy", (await app.Anyone.Get($"{Feed}/health")).Is(200)["status"].GetString());
        (await app.Anyone.Get(Feed)).Is(401);
        (await bilal.Get($"{Feed}?cursor=x")).Is(400);
    }

    [Fact]
    public async Task Whom_somebody_follows_is_told_to_those_who_may_see_that_person()
    {
        var (amina, hidden, reader) = (await app.SignUp("amina"), await app.SignUp("hidden"), await app.SignUp("reader"));
        await app.Follow(amina, hidden);
        var told = $"follow_user user {hidden.Uuid} hidden";
        Assert.Contains(told, await Of(reader, $"{Feed}/global?limit=100", amina));
        await Profile(hidden, "followers");
        Assert.DoesNotContain(told, await Of(reader, $"{Feed}/global?limit=100", amina));
        await app.Follow(reader, hidden);
        Assert.Contains(told, await Of(reader, $"{Feed}/global?limit=100", amina));
        await Profile(hidden, "private");
        Assert.DoesNotContain(told, await Of(reader, $"{Feed}/global?limit=100", amina));
        Assert.Contains(told, await Of(hidden, $"{Feed}/global?limit=100", amina));
    }

    private static async Task Profile(Person person, string visibility) =>
        (await person.Put("/api/v1/users/me", new { privacy = new { profile = visibility } })).Is(200);

    private static async Task<long> Post(Person author, string title) =>
        (await author.Post("/api/ventroom/posts/", new { title, content = "What I want to say." })).Is(201)["id"].GetInt64();

    private static string Told(System.Text.Json.JsonElement item)
    {
        var about = item.GetProperty("object");
        var title = about.GetProperty("title").GetString()!;
        return $"{item.GetProperty("verb").GetString()} {about.GetProperty("kind").GetString()} {about.GetProperty("id")} {title.TrimEnd("0123456789".ToCharArray())}";
    }

    private static async Task<List<string>> Of(Person reader, string path, Person actor) =>
    [
        .. (await reader.Get(path)).Is(200)["results"].EnumerateArray()
            .Where(item => item.GetProperty("actor").GetProperty("id").GetGuid() == actor.Uuid).Select(Told),
    ];

    private static async Task Sees(Person reader, Person author, params string[] skills)
    {
        var found = (await reader.Get($"{Feed}/global?limit=100")).Is(200)["results"].EnumerateArray()
            .Where(item => item.GetProperty("actor").GetProperty("id").GetGuid() == author.Uuid && item.GetProperty("verb").GetString() == "share_skill")
            .Select(item => item.GetProperty("object").GetProperty("id").GetString()!);
        Assert.Equal(skills, found);
    }

    private static async Task Activity(Person person, string visibility) =>
        (await person.Put("/api/v1/users/me", new { privacy = new { activity = visibility } })).Is(200);

    private async Task Hide(string skill, Person moderator, bool hidden)
    {
        var moderated = app.Services.GetServices<IModerated>().First(one => one.Kinds.Contains(ObjectKind.Skill));
        await using var write = await app.Services.GetRequiredService<Writes>().Begin();
        Assert.True(await moderated.Hide(write, ObjectKind.Skill, await app.Number(skill), hidden, moderator.Id, CancellationToken.None));
        await app.Settled(await write.Commit());
    }
}
