using Hearth.Ledger;
using Hearth.Platform;
using Hearth.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Features.Follows;

public sealed class FollowTests(HearthApp app) : IClassFixture<HearthApp>
{
    private static readonly string[] Checks = ["follows.counts", "follows.ledger", "blocks.ledger"];

    [Fact]
    public async Task Following_twice_is_as_once()
    {
        var (amina, bilal) = (await app.SignUp("amina"), await app.SignUp("bilal"));

        Assert.True((await amina.Post("/api/v1/follow", new { user_id = bilal.Uuid })).Is(201)["following"].GetBoolean());
        (await amina.Post("/api/v1/follow", new { user_id = bilal.Id })).Is(201);
        (await amina.Post("/api/v1/follow", new { user_id = $"{bilal.Id}" })).Is(201);

        Assert.Equal(1, await Rows(Verb.Follow, amina));
        Assert.Equal(["0|1"], await Counts(amina));
        Assert.Equal(["1|0"], await Counts(bilal));
        var status = (await amina.Get($"/api/v1/follow/status/{bilal.Uuid}")).Is(200);
        Assert.Equal("""{"following":true,"followed_by":false,"blocked":false}""", status.Text);
        Assert.True((await bilal.Get($"/api/v1/follow/status/{amina.Id}"))["followed_by"].GetBoolean());
    }

    [Fact]
    public async Task Unfollowing_whom_one_does_not_follow_changes_nothing()
    {
        var (amina, bilal) = (await app.SignUp("amina"), await app.SignUp("bilal"));
        await Follow(amina, bilal);

        (await amina.Delete($"/api/v1/follow/{bilal.Uuid}")).Is(204);
        (await amina.Delete($"/api/v1/follow/{bilal.Uuid}")).Is(204);

        Assert.Equal(1, await Rows(Verb.Unfollow, amina));
        Assert.Equal(["0|0"], await Counts(amina));
    }

    [Fact]
    public async Task Who_is_not_there_and_oneself_cannot_be_followed()
    {
        var amina = await app.SignUp("amina");

        (await amina.Post("/api/v1/follow", new { user_id = Guid.NewGuid() })).Is(404);
        Assert.Equal("application/problem+json", (await amina.Post("/api/v1/follow", new { user_id = amina.Id })).Is(400).Header("Content-Type"));
        Assert.Equal("user_id", Assert.Single((await amina.Post("/api/v1/follow", new { user_id = true })).Is(400)["errors"].EnumerateObject()).Name);
        (await amina.Post("/api/v1/follow", new { })).Is(400);
        (await amina.Delete("/api/v1/follow/nobody")).Is(404);
        (await app.Anyone.Post("/api/v1/follow", new { user_id = amina.Id })).Is(401);
    }

    [Fact]
    public async Task A_block_ends_following_both_ways_and_keeps_it_ended()
    {
        var (amina, bilal) = (await app.SignUp("amina"), await app.SignUp("bilal"));
        await Follow(amina, bilal);
        await Follow(bilal, amina);

        (await amina.Post($"/api/v1/users/{bilal.Uuid}/block")).Is(201);
        (await amina.Post($"/api/v1/users/{bilal.Uuid}/block")).Is(201);

        Assert.Equal(["0|0"], await Counts(amina));
        Assert.Equal(["0|0"], await Counts(bilal));
        (await bilal.Post("/api/v1/follow", new { user_id = amina.Id })).Is(403);
        (await amina.Post("/api/v1/follow", new { user_id = bilal.Id })).Is(403);
        Assert.True((await amina.Get($"/api/v1/follow/status/{bilal.Id}"))["blocked"].GetBoolean());
        Assert.False((await bilal.Get($"/api/v1/follow/status/{amina.Id}"))["blocked"].GetBoolean());

        (await amina.Delete($"/api/v1/users/{bilal.Uuid}/block")).Is(204);
        (await bilal.Post("/api/v1/follow", new { user_id = amina.Id })).Is(201);
        await Verify();
    }

    [Fact]
    public async Task Follows_and_blocks_at_once_end_in_a_state_that_is_right()
    {
        var people = new List<Person>();
        foreach (var name in new[] { "amina", "bilal", "chidi", "dana" })
            people.Add(await app.SignUp(name));
        var random = new Random(7);
        var acts = Enumerable.Range(0, 120).Select(_ => (Who: people[random.Next(4)], Whom: people[random.Next(4)], Kind: random.Next(5)))
            .Where(act => act.Who != act.Whom).ToList();

        foreach (var some in acts.Chunk(12))
        {
            var replies = await Task.WhenAll(some.Select(act => act.Kind switch
            {
                0 or 1 => act.Who.Post("/api/v1/follow", new { user_id = act.Whom.Id }),
                2 => act.Who.Delete($"/api/v1/follow/{act.Whom.Id}"),
                3 => act.Who.Post($"/api/v1/users/{act.Whom.Id}/block"),
                _ => act.Who.Delete($"/api/v1/users/{act.Whom.Id}/block"),
            }));
            Assert.All(replies, reply => Assert.Contains(reply.Status, new[] { 201, 204, 403 }));
        }

        await Verify();
        Assert.Empty(await app.Db.Rows(
            "select f.follower from follows f join blocks b on (b.blocker = f.follower and b.blocked = f.followed) or (b.blocker = f.followed and b.blocked = f.follower)"));
    }

    [Fact]
    public async Task Lists_page_through_followers_the_latest_first_and_back()
    {
        var star = await app.SignUp("star");
        var fans = new List<Person>();
        for (var i = 0; i < 5; i++)
        {
            fans.Add(await app.SignUp("fan"));
            await Follow(fans[i], star);
        }

        await Follow(star, fans[4]);
        var first = (await star.Get("/api/v1/follow/followers?limit=2")).Is(200);
        Assert.Equal([fans[4].Name, fans[3].Name], Names(first));
        Assert.Equal(fans[4].Uuid, first["results.0.id"].GetGuid());
        Assert.True(first["results.0.following"].GetBoolean());
        Assert.False(first["results.1.following"].GetBoolean());
        var second = (await star.Get(first["next"].GetString()!)).Is(200);
        Assert.Equal([fans[2].Name, fans[1].Name], Names(second));
        Assert.Equal(Names(first), Names((await star.Get(second["previous"].GetString()!)).Is(200)));
        Assert.Equal([star.Name], Names((await fans[0].Get("/api/v1/follow/following")).Is(200)));
        Assert.Equal(5, Names((await fans[0].Get($"/api/v1/follow/followers?user_id={star.Uuid}")).Is(200)).Length);
    }

    [Fact]
    public async Task A_private_persons_lists_are_for_followers()
    {
        var (amina, bilal) = (await app.SignUp("amina"), await app.SignUp("bilal"));
        await app.Db.Execute("update users set is_private = true where id = $1", amina.Id);

        (await bilal.Get($"/api/v1/follow/followers?user_id={amina.Id}")).Is(403);
        await Follow(bilal, amina);
        (await bilal.Get($"/api/v1/follow/followers?user_id={amina.Id}")).Is(200);
    }

    [Fact]
    public async Task Voided_follows_count_no_more_and_again_when_restored()
    {
        var (ring, star, moderator) = (await app.SignUp("ring"), await app.SignUp("star"), await app.SignUp("mod"));
        await Follow(ring, star);
        (await ring.Delete($"/api/v1/follow/{star.Id}")).Is(204);
        await Follow(ring, star);
        var before = await app.Db.Rows("select follower, followed, at from follows where follower = $1", ring.Id);

        var voids = app.Services.GetRequiredService<Voids>();
        var made = await voids.Make(new VoidRequest(moderator.Id, "a ring") { User = ring.Id }, TestContext.Current.CancellationToken);
        Assert.Equal(["0|0"], await Counts(star));
        await Verify();

        await voids.Restore(made.Id, moderator.Id, TestContext.Current.CancellationToken);
        Assert.Equal(["1|0"], await Counts(star));
        Assert.Equal([ring.Name], Names((await star.Get("/api/v1/follow/followers")).Is(200)));
        Assert.Equal(before.Count, (await app.Db.Rows("select follower from follows where follower = $1", ring.Id)).Count);
        await Verify();
    }

    private static async Task Follow(Person who, Person whom) => (await who.Post("/api/v1/follow", new { user_id = whom.Uuid })).Is(201);

    private static string[] Names(Reply reply) => [.. reply["results"].EnumerateArray().Select(one => one.GetProperty("username").GetString()!)];

    private Task<IReadOnlyList<string>> Counts(Person person) =>
        app.Db.Rows("select followers, following from follow_counts where user_id = $1", person.Id);

    private async Task<long> Rows(Verb verb, Person actor) =>
        await app.Db.Scalar<long>("select count(*) from ledger where verb = $1 and actor = $2", (short)verb, actor.Id);

    private async Task Verify()
    {
        await app.Settled();
        foreach (var name in Checks)
        {
            var result = await app.Services.GetRequiredService<Verification>().Run(name, TestContext.Current.CancellationToken);
            Assert.True(result.Differences == 0, $"{name}: {string.Join(", ", result.Examples)}");
        }
    }

    [Fact]
    public async Task Lists_of_others_are_shown_as_profiles_are_and_name_nobody_who_hides_from_the_reader()
    {
        var (amina, bilal, chidi, dana, mod) = (
            await app.SignUp("amina"), await app.SignUp("bilal"), await app.SignUp("chidi"), await app.SignUp("dana"), await app.SignUp("mod", Roles.Moderator));
        foreach (var person in new[] { bilal, chidi, dana })
            await Follow(person, amina);
        (await dana.Post($"/api/v1/users/{bilal.Uuid}/block")).Is(201);
        (await chidi.Put("/api/v1/users/me", new { privacy = new { profile = "private" } })).Is(200);

        Assert.Equal([bilal.Name], await Followers(bilal, amina));
        Assert.Equal([dana.Name], await Followers(dana, amina));
        Assert.Equal([dana.Name, chidi.Name, bilal.Name], await Followers(amina, amina));
        Assert.Equal([dana.Name, chidi.Name, bilal.Name], await Followers(mod, amina));

        (await amina.Put("/api/v1/users/me", new { privacy = new { profile = "private" } })).Is(200);
        (await bilal.Get($"/api/v1/follow/followers?user_id={amina.Uuid}")).Is(403);
        (await bilal.Get($"/api/v1/follow/following?user_id={dana.Uuid}")).Is(404);
        (await dana.Get($"/api/v1/follow/following?user_id={bilal.Uuid}")).Is(404);
    }

    private static async Task<List<string?>> Followers(Person reader, Person whose) =>
        [.. (await reader.Get($"/api/v1/follow/followers?user_id={whose.Uuid}")).Is(200)["results"].EnumerateArray().Select(one => one.GetProperty("username").GetString())];
}
