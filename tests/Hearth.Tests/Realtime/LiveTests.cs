using System.Text.Json;
using Hearth.Ledger;
using Hearth.Platform;
using Hearth.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Realtime;

/// <summary>From a write to sockets on every node, through the ledger.</summary>
public sealed class LiveTests(HearthApp app) : IClassFixture<HearthApp>
{
    [Fact]
    public async Task A_post_reaches_the_feed_on_every_node_and_its_author_once()
    {
        var node = await app.StartNode();
        var amina = await app.SignUp("amina");
        var bruno = await app.SignUp("bruno");
        var near = await JoinFeed(amina);
        var far = await JoinFeed(amina.At(node));
        var own = await JoinFeed(bruno);

        var post = await Write(bruno, "Hello");
        await app.Settled();

        foreach (var socket in new[] { near, far, own })
        {
            var live = Assert.Single(await socket.Drain(), message => Type(message) == "new_ventroom_post");
            Assert.Equal(post, live.GetProperty("data").GetProperty("id").GetInt64());
            Assert.Equal(16, Id(live).Length);
            Assert.EndsWith("Z", live.GetProperty("timestamp").GetString(), StringComparison.Ordinal);
        }

        await app.StopNode(node);
    }

    [Fact]
    public async Task A_post_that_is_not_there_cannot_be_joined()
    {
        var amina = await app.SignUp("amina");
        var bruno = await app.SignUp("bruno");
        var post = await Write(bruno, "Soon hidden");
        await app.Db.Execute("update posts set is_hidden = true where id = $1", post);
        var socket = await app.Socket(amina);

        await Join(socket, 0);
        Assert.Equal("Post not found.", (await socket.Expect("error")).GetProperty("data").GetProperty("detail").GetString());
        await Join(socket, post);
        await socket.Expect("error");
        var author = await app.Socket(bruno);
        await Join(author, post);
        await author.Expect("ventroom_post_joined");
    }

    [Fact]
    public async Task A_suspension_a_new_role_and_a_logout_everywhere_close_the_persons_sockets_on_every_node()
    {
        var node = await app.StartNode();
        var admin = await app.SignUp("chen", Roles.Admin);
        var amina = await app.SignUp("amina");
        var bruno = await app.SignUp("bruno");
        var other = await JoinFeed(admin);
        var suspended = new[] { await JoinFeed(amina), await JoinFeed(amina.At(node)) };
        var promoted = new[] { await JoinFeed(bruno), await JoinFeed(bruno.At(node)) };

        (await admin.Patch($"/api/admin/users/{amina.Uuid}", new { is_active = false })).Is(200);
        (await admin.Patch($"/api/admin/users/{bruno.Uuid}", new { roles = new[] { "individual", "facilitator" } })).Is(200);
        await app.Settled();

        foreach (var socket in suspended.Concat(promoted))
            Assert.Equal(4401, await socket.Closed());
        Assert.Empty(await other.Drain());
        await app.StopNode(node);
    }

    [Fact]
    public async Task Whoever_comes_back_gets_what_was_missed_of_the_own_group_at_once_and_of_others_after_joining()
    {
        var amina = await app.SignUp("amina");
        var bruno = await app.SignUp("bruno");
        var post = await Write(amina, "Mine");
        var since = await Since(bruno);
        await Write(bruno, "Missed");
        var comment = (await bruno.Post($"/api/ventroom/posts/{post}/comments/", new { text = "First" })).Is(201)["id"].GetInt64();
        await Write(amina, "Mine, too");
        await app.Settled();

        var socket = await app.Socket(amina, $"?since={since}");
        await socket.Send(new { type = "join_ventroom" });
        await Join(socket, post);
        await socket.Send(new { type = "leave_ventroom" });
        await socket.Send(new { type = "join_ventroom" });

        var came = await socket.Drain();
        Assert.Equal(
            ["new_comment_on_user_post", "new_ventroom_post", "ventroom_joined", "new_ventroom_post", "ventroom_post_joined", "new_ventroom_comment", "ventroom_joined"],
            came.Select(Type));
        Assert.Equal("Mine, too", came[1].GetProperty("data").GetProperty("content").GetString());
        Assert.Equal("Missed", came[3].GetProperty("data").GetProperty("content").GetString());
        Assert.Equal(comment, came[5].GetProperty("data").GetProperty("id").GetInt64());
    }

    [Fact]
    public async Task A_replay_shows_content_as_it_is_now_leaves_out_what_is_gone_and_tells_views_once_per_post()
    {
        var amina = await app.SignUp("amina");
        var bruno = await app.SignUp("bruno");
        var since = await Since(amina);
        var kept = await Write(bruno, "Before");
        var gone = await Write(bruno, "Gone");
        (await bruno.Patch($"/api/ventroom/posts/{kept}/", new { content = "After" })).Is(200);
        (await bruno.Delete($"/api/ventroom/posts/{gone}/")).Is(204);
        foreach (var name in new[] { "dalia", "emeka", "farid" })
            (await (await app.SignUp(name)).Post("/api/ventroom/posts/mark_as_viewed/", new { post_ids = new[] { kept } })).Is(200);
        await app.Settled();

        var socket = await app.Socket(amina, $"?since={since}");
        await socket.Send(new { type = "join_ventroom" });

        var came = await socket.Drain();
        Assert.Equal(
            ["ventroom_joined", "new_ventroom_post", "ventroom_post_updated", "ventroom_post_deleted", "ventroom_post_view_updated"], came.Select(Type));
        Assert.Equal("After", came[1].GetProperty("data").GetProperty("content").GetString());
        Assert.Equal(3, came[4].GetProperty("data").GetProperty("views").GetInt32());
        Assert.Equal(came.Skip(1).Select(Id).Order(StringComparer.Ordinal), came.Skip(1).Select(Id));
    }

    [Fact]
    public async Task Beyond_a_day_or_with_an_id_never_given_out_the_client_is_told_to_fetch_anew_once()
    {
        var amina = await app.SignUp("amina");
        var post = await Write(amina, "Old");
        long edited;
        await using (var write = await app.Services.GetRequiredService<Writes>().Begin())
        {
            write.Append(new Entry(Verb.EditPost, ObjectKind.Post, post) { Actor = amina.Id, At = DateTime.UtcNow.AddDays(-2) });
            write.Append(new Entry(Verb.EditPost, ObjectKind.Post, post) { Actor = amina.Id });
            edited = await write.Commit();
            await app.Settled(edited);
        }

        var fresh = await Since(amina);
        await Write(amina, "New");
        await app.Settled();
        foreach (var position in new[] { Position.Format(edited - 2), Position.Format(1L << 40) })
        {
            var socket = await app.Socket(amina, $"?since={position}");
            await socket.Send(new { type = "join_ventroom" });
            Assert.Equal(["resync", "ventroom_joined"], (await socket.Drain()).Select(Type));
        }

        var recent = await app.Socket(amina, $"?since={fresh}");
        await recent.Expect("new_ventroom_post");
    }

    [Fact]
    public async Task Coming_and_going_while_others_write_leaves_no_gap_and_nothing_comes_twice()
    {
        var node = await app.StartNode();
        var amina = await app.SignUp("amina");
        var authors = new[] { await app.SignUp("bruno"), (await app.SignUp("chen")).At(node) };
        var since = await Since(amina);
        var writing = Task.WhenAll(authors.Select(async author =>
        {
            var written = new List<long>();
            for (var i = 0; i < 60; i++)
                written.Add(await Write(author, "More"));
            return written;
        }));

        var random = new Random(11);
        var seen = new List<(string Id, long Post)>();
        for (var visit = 0; !writing.IsCompleted; visit++)
        {
            var reader = visit % 2 == 0 ? amina : amina.At(node);
            await using var socket = await app.Socket(reader, $"?since={since}");
            await socket.Send(new { type = "join_ventroom" });
            await socket.Expect("ventroom_joined");
            for (var left = random.Next(1, 12); left > 0 && seen.Count < 120; left--)
            {
                Assert.Empty(socket.PassedOver);
                seen.Add(Seen(await socket.Expect("new_ventroom_post")));
            }

            since = seen.Count > 0 ? seen[^1].Id : since;
        }

        var written = (await writing).SelectMany(posts => posts).Order().ToList();
        await using var last = await app.Socket(amina, $"?since={since}");
        await last.Send(new { type = "join_ventroom" });
        await app.Settled();
        seen.AddRange((await last.Drain()).Where(message => Type(message) == "new_ventroom_post").Select(Seen));

        Assert.Equal(written, seen.Select(live => live.Post).Order());
        Assert.Equal(seen.Select(live => live.Id).Order(StringComparer.Ordinal), seen.Select(live => live.Id));
        await app.StopNode(node);
    }

    private async Task<LiveSocket> JoinFeed(Person person)
    {
        var socket = await app.Socket(person);
        await socket.Send(new { type = "join_ventroom" });
        await socket.Expect("ventroom_joined");
        return socket;
    }

    private static Task Join(LiveSocket socket, long post) => socket.Send(new { type = "join_ventroom_post", data = new { post_id = post } });

    private static async Task<long> Write(Person author, string content) =>
        (await author.Post("/api/ventroom/posts/", new { content })).Is(201)["id"].GetInt64();

    /// <summary>The id of an event, after which everything is missed.</summary>
    private async Task<string> Since(Person person)
    {
        var socket = await app.Socket(person);
        var post = await Write(person, "Here I go");
        var live = await socket.Expect("new_ventroom_post");
        Assert.Equal(post, live.GetProperty("data").GetProperty("id").GetInt64());
        await app.Settled();
        return Id(live);
    }

    private static (string Id, long Post) Seen(JsonElement live) => (Id(live), live.GetProperty("data").GetProperty("id").GetInt64());

    private static string Type(JsonElement message) => message.GetProperty("type").GetString()!;

    private static string Id(JsonElement message) => message.GetProperty("id").GetString()!;
}
