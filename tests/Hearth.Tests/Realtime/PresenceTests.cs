using Hearth.Platform;
using Hearth.Tests.Harness;

namespace Hearth.Tests.Realtime;

/// <summary>Who is online, on all nodes together.</summary>
public sealed class PresenceTests(SocketApp app) : IClassFixture<SocketApp>
{
    [Fact]
    public async Task Mutual_follows_hear_of_each_other_across_nodes()
    {
        var other = await app.StartNode();
        var (amina, bilal) = (await app.SignUp("amina"), await app.SignUp("bilal"));
        await SocketApp.Befriend(amina, bilal);
        await using var here = await SocketClient.Connect(amina);

        var there = await SocketClient.Connect(bilal.At(other));
        await Hears(here, bilal, "online");
        await there.DisposeAsync();
        await Hears(here, bilal, "offline");

        await using var again = await app.Socket(bilal.At(other));
        await Hears(here, bilal, "online");
        await app.StopNode(other);
        await Hears(here, bilal, "offline");
    }

    [Fact]
    public async Task People_of_a_node_that_died_go_offline()
    {
        var (amina, bilal) = (await app.SignUp("amina"), await app.SignUp("bilal"));
        await SocketApp.Befriend(amina, bilal);
        await using var here = await SocketClient.Connect(amina);

        // A node that said so and then nothing more: the last thing that is known of it is old, as others find it.
        var node = Guid.NewGuid();
        await app.Db.Execute("insert into nodes (id, name, seen_at) values ($1, 'dead', now() + interval '1 hour')", node);
        await app.Db.Execute("insert into presence (user_id, node) values ($1, $2)", bilal.Id, node);
        await app.Db.Execute("select pg_notify('hearth_presence', $1)", $"{bilal.Id}");
        await Hears(here, bilal, "online");
        await app.Db.Execute("update nodes set seen_at = now() - interval '1 minute' where id = $1", node);

        await Hears(here, bilal, "offline");
        Assert.Equal(0, await app.Db.Scalar<long>("select count(*) from presence where node = $1", node));
    }

    [Fact]
    public async Task Becoming_and_ceasing_to_be_mutual_follows_is_told_and_so_is_what_one_shows()
    {
        var (amina, bilal) = (await app.SignUp("amina"), await app.SignUp("bilal"));
        await using var one = await SocketClient.Connect(amina);
        await using var two = await SocketClient.Connect(bilal);
        await SocketApp.Seen(amina, bilal, online: true);
        await SocketApp.Seen(bilal, amina, online: true);

        await SocketApp.Befriend(amina, bilal);
        await Hears(one, bilal, "online");
        await Hears(two, amina, "online");
        (await bilal.Put("/api/v1/users/me", new { privacy = new { activity = "private" } })).Is(200);
        await Hears(one, bilal, "offline");
        await SocketApp.Seen(amina, bilal, online: false);
        (await bilal.Put("/api/v1/users/me", new { privacy = new { activity = "followers" } })).Is(200);
        await Hears(one, bilal, "online");
        (await bilal.Post($"/api/v1/users/{amina.Uuid}/block")).Is(201);
        await Hears(one, bilal, "offline");
        await Hears(two, amina, "offline");
        await SocketApp.Seen(amina, bilal, online: false);
        await SocketApp.Seen(bilal, amina, online: false);
    }

    [Fact]
    public async Task The_list_shows_whom_the_caller_may_see_and_administrators_see_nodes()
    {
        var (amina, bilal, chidi) = (await app.SignUp("amina"), await app.SignUp("bilal"), await app.SignUp("chidi"));
        var root = await app.SignUp("root", Roles.Admin);
        (await bilal.Put("/api/v1/users/me", new { privacy = new { activity = "followers" } })).Is(200);
        await using var one = await SocketClient.Connect(bilal);
        await using var two = await SocketClient.Connect(chidi);

        await SocketApp.Seen(amina, chidi, online: true);
        await SocketApp.Seen(amina, bilal, online: false);
        await SocketApp.Follow(amina, bilal);
        await SocketApp.Seen(amina, bilal, online: true);
        var page = (await amina.Get("/api/v1/websocket/online?limit=1")).Is(200);
        Assert.True(page["count"].GetInt32() >= 2);
        Assert.Single((await amina.Get(page["next"].GetString()!)).Is(200)["results"].EnumerateArray());

        (await amina.Get("/api/v1/websocket/status")).Is(403);
        (await app.Anyone.Get("/api/v1/websocket/online")).Is(401);
        var status = (await root.Get("/api/v1/websocket/status")).Is(200);
        Assert.True(status["sockets"].GetInt32() >= 2);
        Assert.Contains(status["nodes"].EnumerateArray(), node => node.GetProperty("socket_io_sockets").GetInt32() >= 2 && node.GetProperty("people").GetInt32() >= 2);
        Assert.Contains("socketio_sockets", (await app.Anyone.Get("/metrics")).Is(200).Text);
    }

    /// <summary>Waits until the client hears that of the person; the same may be told twice.</summary>
    private static async Task Hears(SocketClient client, Person whom, string status)
    {
        while (true)
        {
            var presence = await client.Next("user_presence");
            if (presence.GetProperty("user_id").GetGuid() == whom.Uuid && presence.GetProperty("status").GetString() == status)
                return;
        }
    }
}
