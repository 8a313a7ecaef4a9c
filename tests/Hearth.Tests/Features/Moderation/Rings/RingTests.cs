using System.Text.Json;
using Hearth.Jobs;
using Hearth.Ledger;
using Hearth.Platform;
using Hearth.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Features.Moderation.Rings;

public sealed class RingTests(HearthApp app) : IClassFixture<HearthApp>
{
    [Fact]
    public async Task A_ring_among_friends_is_found_once_stays_quiet_when_dismissed_and_is_told_of_again_when_it_has_grown()
    {
        var mona = await app.SignUp("mona", Roles.Moderator);
        await Crowd("quiet", 60);
        var ring = await Ring("zuri", 5, 3);

        await Look();
        await Look();

        var item = Assert.Single(await Waiting(mona), IsTheirs);
        Assert.Equal(("ring", "automatic", "reaction_ring"), (Text(item, "content_type"), Text(item, "source"), Text(item, "reason")));
        var found = item.GetProperty("ring");
        Assert.Equal(
            ring.Select(person => $"{person.Uuid}").Order(StringComparer.Ordinal),
            found.GetProperty("members").EnumerateArray().Select(one => one.GetProperty("person").GetProperty("id").GetString()!).Order(StringComparer.Ordinal));
        Assert.Equal((60, 60), (found.GetProperty("inside").GetInt32(), found.GetProperty("given").GetInt32()));
        Assert.Equal(1, found.GetProperty("reciprocity").GetDouble());
        Assert.Equal(1, await Count($"select count(*) from ledger l join rings r on r.id = l.object_id where l.verb = 130 and l.object_kind = 21 and r.uuid = '{Text(item, "content_id")}'"));

        // Whoever is in it neither decides about it nor is told while it is open.
        await app.Grant(ring[0], Roles.Moderator);
        (await ring[0].Post(Review(item), new { action = "dismiss" })).Is(403);
        Assert.Equal(0, (await ring[1].Get("/api/v1/moderation/decisions/my"))["results"].GetArrayLength());
        (await mona.Post(Review(item), new { action = "hide" })).Is(400);
        (await mona.Post(Review(item), new { action = "dismiss" })).Is(200);
        await Look();
        Assert.DoesNotContain(await Waiting(mona), IsTheirs);

        await React(ring, 3);
        await Look();
        var again = Assert.Single(await Waiting(mona), IsTheirs);
        Assert.NotEqual(Text(item, "id"), Text(again, "id"));
        Assert.Equal(120, again.GetProperty("ring").GetProperty("inside").GetInt32());
        (await mona.Post(Review(again), new { action = "dismiss" })).Is(200);
        // Nobody of the crowd is in any ring.
        Assert.Equal(0, await Count("select count(*) from ring_members m join users u on u.id = m.user_id where u.username similar to '(quiet|even|calm)[0-9]*'"));

        bool IsTheirs(JsonElement one) => Members(one).Contains(ring[0].Uuid);
    }

    [Fact]
    public async Task A_void_takes_back_points_and_counters_and_an_appeal_gives_them_back()
    {
        var (mona, musa) = (await app.SignUp("mona", Roles.Moderator), await app.SignUp("musa", Roles.Moderator));
        await Crowd("even", 60);
        var ring = await Ring("asha", 4, 4);
        var (first, post) = (ring[0], await app.Db.Scalar<long>("select max(id) from posts where author = $1", ring[0].Id));
        var before = await Score(first);
        await Look();
        var item = (await Waiting(mona)).Single(one => Members(one).Contains(first.Uuid));

        (await mona.Post(Review(item), new { action = "void" })).Is(200);

        Assert.Equal(before - (3 * 4 * 2), await Score(first));
        Assert.Equal(0, (await mona.Get($"/api/ventroom/posts/{post}/"))["reaction_summary"].GetArrayLength());
        Assert.Equal("A moderator took back reactions between you and others", (await first.Get("/api/v1/notifications"))["results.0.message"].GetString());
        var decided = (await mona.Get($"/api/v1/moderation/reports/{Text(item, "id")}")).Is(200);
        Assert.Equal(JsonValueKind.Number, decided["report.ring.void_id"].ValueKind);
        // What is void is no ring any more.
        await Look();
        Assert.DoesNotContain(await Waiting(mona), one => Members(one).Contains(first.Uuid));

        Assert.Equal("void", (await ring[2].Get("/api/v1/moderation/decisions/my"))["results.0.action"].GetString());
        (await ring[2].Post($"/api/v1/moderation/reports/{Text(item, "id")}/appeal", new { text = "We are a reading circle." })).Is(201);
        (await mona.Post(Review(item), new { action = "dismiss" })).Is(403);
        (await musa.Post(Review(item), new { action = "dismiss" })).Is(200);

        Assert.Equal(before, await Score(first));
        Assert.Equal(1, (await mona.Get($"/api/ventroom/posts/{post}/"))["reaction_summary"].GetArrayLength());
        await Look();
        Assert.DoesNotContain(await Waiting(mona), one => Members(one).Contains(first.Uuid));
    }

    [Fact]
    public async Task Suspending_a_ring_takes_its_accounts_out_of_use_and_what_a_crash_left_the_job_does()
    {
        var mona = await app.SignUp("mona", Roles.Moderator);
        await Crowd("calm", 60);
        var ring = await Ring("tano", 3, 6);
        await Look();
        var item = (await Waiting(mona)).Single(one => Members(one).Contains(ring[0].Uuid));

        (await mona.Post(Review(item), new { action = "suspend" })).Is(200);

        foreach (var member in ring)
            (await member.Get("/api/auth/me")).Is(401);
        // As if the node had died between the decision and the void.
        await app.Db.Execute("update rings set settled = false where uuid = $1", Guid.Parse(Text(item, "content_id")));
        var rows = await Count("select sum(rows)::bigint from voids");
        await Look();
        Assert.Equal(rows, await Count("select sum(rows)::bigint from voids"));
        Assert.Equal(0, await Count("select count(*) from rings where not settled"));
        Assert.Equal(0, await Count(
            """
            select count(*) from engagement_actions a
              join ring_members one on one.user_id = a.actor
              join ring_members other on other.user_id = a.subject and other.ring_id = one.ring_id
              join rings r on r.id = one.ring_id and r.voided
             where a.verb in (1, 3)
            """));
    }

    [Fact]
    public async Task Likes_of_skills_make_a_ring_too_and_a_void_takes_them_back()
    {
        var mona = await app.SignUp("mona", Roles.Moderator);
        await Crowd("slow", 60);
        var ring = new List<Person>();
        for (var i = 0; i < 4; i++)
            ring.Add(await app.SignUp("nuru"));
        var skills = new List<string>();
        foreach (var author in ring)
        {
            for (var i = 0; i < 4; i++)
            {
                skills.Add((await author.Post("/api/v1/social/skills", new { title = $"Skill {i} of {author.Name}" })).Is(201)["id"].GetString()!);
                foreach (var other in ring.Where(one => one != author))
                    (await other.Post($"/api/v1/social/skills/{skills[^1]}/like")).Is(200);
            }
        }

        await Look();
        var item = (await Waiting(mona)).Single(one => Members(one).Contains(ring[0].Uuid));
        Assert.Equal((48, 48), (item.GetProperty("ring").GetProperty("inside").GetInt32(), item.GetProperty("ring").GetProperty("given").GetInt32()));
        (await mona.Post(Review(item), new { action = "void" })).Is(200);

        foreach (var skill in skills)
            Assert.Equal(0, (await mona.Get($"/api/v1/social/skills/{skill}"))["likes"].GetInt32());
    }

    /// <summary>People of one name who post, and like all that the others post.</summary>
    private async Task<List<Person>> Ring(string name, int people, int posts)
    {
        var ring = new List<Person>();
        for (var i = 0; i < people; i++)
            ring.Add(await app.SignUp(name));
        await React(ring, posts);
        return ring;
    }

    private async Task React(List<Person> ring, int posts)
    {
        foreach (var author in ring)
        {
            for (var i = 0; i < posts; i++)
            {
                var post = (await author.Post("/api/ventroom/posts/", new { content = $"Number {i} of {author.Name}" })).Is(201)["id"].GetInt64();
                foreach (var other in ring.Where(one => one != author))
                    (await other.Post("/api/ventroom/reactions/", new { content_type = "ventpost", object_id = post, reaction_type = "👍" })).Is(201);
            }
        }

        await app.Settled();
    }

    /// <summary>Ordinary friendships: four friends each, who like each other's posts, and as many posts of others again.</summary>
    private async Task Crowd(string name, int people)
    {
        var crowd = new List<long>();
        for (var i = 0; i < people; i++)
            crowd.Add((await app.SignUp(name)).Id);
        // Posts that nobody reads: what the ledger says of them is all that is looked at.
        long post = 1_000_000_000L + (crowd[0] * 100_000);
        await using var write = await app.Services.GetRequiredService<Writes>().Begin();
        for (var i = 0; i < people; i++)
        {
            for (var step = 1; step <= people / 2; step++)
            {
                var author = crowd[(i + step) % people];
                for (var n = 0; n < (step <= 2 ? 4 : 1); n++)
                {
                    write.Append(new Entry(Verb.LikePost, ObjectKind.Post, post++) { Actor = crowd[i], Subject = author, Value = 1 });
                    if (step <= 2)
                        write.Append(new Entry(Verb.LikePost, ObjectKind.Post, post++) { Actor = author, Subject = crowd[i], Value = 1 });
                }
            }
        }

        await app.Settled(await write.Commit());
    }

    private async Task Look()
    {
        await app.Settled();
        await app.Services.GetServices<ScheduledJob>().Single(job => job.Name == "reaction_rings").Run(CancellationToken.None);
        await app.Settled(await app.Db.Scalar<long>("select max(id) from ledger"));
    }

    private static async Task<List<JsonElement>> Waiting(Person moderator) =>
        [.. (await moderator.Get("/api/v1/moderation/queue?limit=100")).Is(200)["results"].EnumerateArray()];

    private static List<Guid> Members(JsonElement item) =>
        [.. item.GetProperty("ring").GetProperty("members").EnumerateArray().Select(one => one.GetProperty("person").GetProperty("id").GetGuid())];

    private static async Task<int> Score(Person person) => (await person.Get($"/api/engagement/reputation/{person.Uuid}/")).Is(200)["reputation_score"].GetInt32();

    private Task<long> Count(string sql) => app.Db.Scalar<long>(sql);

    private static string Review(JsonElement item) => $"/api/v1/moderation/reports/{Text(item, "id")}/review";

    private static string Text(JsonElement item, string name) => item.GetProperty(name).GetString()!;
}
