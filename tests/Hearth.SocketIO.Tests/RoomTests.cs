using Hearth.SocketIO.Tests.Harness;

namespace Hearth.SocketIO.Tests;

public sealed class RoomTests
{
    [Fact]
    public async Task Everyone_gets_what_is_sent_to_the_namespace_by_any_transport()
    {
        await using var server = await EchoServer.Start();
        using var amina = await Wire.Join(server);
        var bo = await Polls.Join(server);
        using var elsewhere = await Wire.Join(server, "/custom,");
        server.Io.Emit("news", 1, "grün", new byte[] { 1, 2, 3, 4 });
        Assert.Equal("451-[\"news\",1,\"grün\",{\"_placeholder\":true,\"num\":0}]", await amina.Text());
        Assert.Equal([1, 2, 3, 4], await amina.Binary());
        Assert.Equal("451-[\"news\",1,\"grün\",{\"_placeholder\":true,\"num\":0}]\u001ebAQIDBA==", await bo.Next());
        server.Io.Of("/custom").Emit("last");
        Assert.Equal("""42/custom,["last"]""", await elsewhere.Text());
    }

    [Fact]
    public async Task Each_member_of_any_of_the_rooms_gets_it_once_without_the_excepted()
    {
        await using var server = await EchoServer.Start(use: io => io.Main.On<string[]>("join", (socket, rooms) =>
        {
            foreach (var room in rooms!)
                socket.Join(room);
            socket.Emit("joined");
        }));
        using var amina = await Joined(server, "red", "blue");
        using var bo = await Joined(server, "blue");
        using var chen = await Joined(server, "green");
        using var dora = await Joined(server, "red", "quiet");
        server.Io.To("red").To("blue").Except("quiet").Emit("once");
        server.Io.Emit("end");
        Assert.Equal(["once", "end"], await Names(amina, 2));
        Assert.Equal(["once", "end"], await Names(bo, 2));
        Assert.Equal(["end"], await Names(chen, 1));
        Assert.Equal(["end"], await Names(dora, 1));
        Assert.Equal(2, server.Io.To("red").Sockets().Count);
        server.Io.To("red").Leave("red");
        Assert.Empty(server.Io.To("red").Sockets());
    }

    [Fact]
    public async Task A_socket_that_sends_to_others_does_not_hear_itself()
    {
        await using var server = await EchoServer.Start(use: io => io.Main.On("tell", e =>
        {
            e.Socket.Broadcast.Emit("all-others");
            e.Socket.To("room").Emit("others-in-room");
            e.Socket.Emit("done");
        }));
        using var amina = await Wire.Join(server);
        using var bo = await Wire.Join(server);
        foreach (var socket in server.Io.Main.Sockets)
            socket.Join("room");
        await amina.Send("""42["tell"]""");
        Assert.Equal(["done"], await Names(amina, 1));
        Assert.Equal(["all-others", "others-in-room"], await Names(bo, 2));
    }

    [Fact]
    public async Task A_sockets_id_is_its_own_room()
    {
        await using var server = await EchoServer.Start();
        using var amina = await Wire.Open(server, "/socket.io");
        var id = await amina.Enter();
        using var bo = await Wire.Join(server);
        server.Io.To(id).Emit("private");
        server.Io.Except(id).Emit("others");
        Assert.Equal(["private"], await Names(amina, 1));
        Assert.Equal(["others"], await Names(bo, 1));
    }

    [Fact]
    public async Task What_one_caller_sends_arrives_in_that_order_whomever_it_goes_to()
    {
        const int rounds = 300;
        await using var server = await EchoServer.Start();
        var wires = new List<Wire>();
        for (var i = 0; i < 20; i++)
            wires.Add(await Wire.Join(server));
        var sockets = server.Io.Main.Sockets;
        for (var n = 0; n < rounds; n++)
        {
            server.Io.Emit("all", n);
            foreach (var socket in sockets)
                socket.Emit("one", n);
        }

        foreach (var wire in wires)
        {
            for (var n = 0; n < rounds; n++)
            {
                Assert.Equal($"42[\"all\",{n}]", await wire.Text());
                Assert.Equal($"42[\"one\",{n}]", await wire.Text());
            }

            wire.Dispose();
        }
    }

    [Fact]
    public async Task Who_leaves_after_a_broadcast_has_it_and_who_joins_after_it_has_not()
    {
        await using var server = await EchoServer.Start();
        var wires = new List<Wire>();
        for (var i = 0; i < 10; i++)
            wires.Add(await Wire.Join(server));
        var sockets = server.Io.Main.Sockets.ToArray();
        foreach (var socket in sockets[..9])
            socket.Join("room");
        server.Io.To("room").Emit("before");
        foreach (var socket in sockets[..9])
            socket.Leave("room");
        sockets[9].Join("room");
        server.Io.To("room").Emit("after");
        server.Io.Emit("end");
        var heard = new List<string>();
        foreach (var wire in wires)
        {
            var names = await Names(wire, 2);
            Assert.Equal("end", names[1]);
            heard.Add(names[0]);
        }

        Assert.Equal(9, heard.Count(name => name == "before"));
        Assert.Single(heard, "after");
        wires.ForEach(wire => wire.Dispose());
    }

    [Fact]
    public async Task A_room_without_members_is_gone_and_so_are_the_rooms_of_who_left()
    {
        await using var server = await EchoServer.Start();
        using (await Wire.Join(server))
        {
            var socket = server.Io.Main.Sockets.Single();
            socket.Join("room");
            socket.Join("room");
            Assert.Equal([socket.Id, "room"], socket.Rooms);
        }

        await Eventually.Holds(() => server.Io.Main.Sockets.Count == 0);
        Assert.Empty(server.Io.To("room").Sockets());
    }

    [Fact]
    public async Task A_socket_may_be_in_only_so_many_rooms()
    {
        await using var server = await EchoServer.Start(options =>
        {
            if (options is SocketIOOptions io)
                io.MaxRooms = 2;
        });
        using var wire = await Wire.Join(server);
        var socket = server.Io.Main.Sockets.Single();
        socket.Join("one");
        socket.Join("two");
        Assert.Throws<SocketIOException>(() => socket.Join("three"));
    }

    [Fact]
    public async Task A_volatile_event_is_dropped_when_nobody_polls()
    {
        await using var server = await EchoServer.Start();
        var polls = await Polls.Join(server);
        var socket = server.Io.Main.Sockets.Single();
        socket.EmitVolatile("lost");
        server.Io.Main.EmitVolatile("lost");
        socket.Emit("kept");
        Assert.Equal("""42["kept"]""", await polls.Next());
        var held = await polls.Hold(server);
        socket.EmitVolatile("heard");
        socket.EmitVolatile("lost");
        Assert.Equal("""42["heard"]""", await (await held).Content.ReadAsStringAsync());
    }

    private static async Task<Wire> Joined(EchoServer server, params string[] rooms)
    {
        var wire = await Wire.Join(server);
        await wire.Send($"42[\"join\",[{string.Join(',', rooms.Select(room => $"\"{room}\""))}]]");
        Assert.Equal("""42["joined"]""", await wire.Text());
        return wire;
    }

    private static async Task<List<string>> Names(Wire wire, int count)
    {
        var names = new List<string>();
        for (var i = 0; i < count; i++)
            names.Add((await wire.Text()).Split('"')[1]);
        return names;
    }
}
