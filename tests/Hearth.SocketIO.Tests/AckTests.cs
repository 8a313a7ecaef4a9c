using Hearth.SocketIO.Tests.Harness;

namespace Hearth.SocketIO.Tests;

public sealed class AckTests
{
    [Fact]
    public async Task The_server_waits_for_the_clients_answer()
    {
        await using var server = await EchoServer.Start();
        using var wire = await Wire.Join(server);
        var socket = server.Io.Main.Sockets.Single();
        var first = socket.EmitWithAck<string>("ask", ["how?"]);
        var second = socket.EmitWithAck("ask", [new byte[] { 7 }]);
        Assert.Equal("""420["ask","how?"]""", await wire.Text());
        Assert.Equal("""451-1["ask",{"_placeholder":true,"num":0}]""", await wire.Text());
        await wire.Binary();
        await wire.Send("""461-1[{"_placeholder":true,"num":0},"x"]""");
        await wire.Send([8]);
        await wire.Send("""430["so"]""");
        // A second answer is nobody's.
        await wire.Send("""430["not so"]""");
        Assert.Equal("so", await first.Soon());
        var arguments = await second.Soon();
        Assert.Equal([8], arguments.Get<byte[]>(0)!);
        Assert.Equal("x", arguments.Get<string>(1));
        Assert.Equal(2, arguments.Count);
        await wire.Send("""42["message"]""");
        Assert.Equal("""42["message-back"]""", await wire.Text());
    }

    [Fact]
    public async Task An_answer_may_be_awaited_while_an_event_is_handled()
    {
        await using var server = await EchoServer.Start(use: io => io.Main.On("begin", async e =>
            e.Ack(await e.Socket.EmitWithAck<int>("how-many", []))));
        using var wire = await Wire.Join(server);
        await wire.Send("""425["begin"]""");
        Assert.Equal("""420["how-many"]""", await wire.Text());
        await wire.Send("430[3]");
        Assert.Equal("435[3]", await wire.Text());
    }

    [Fact]
    public async Task An_answer_that_does_not_come_in_time_is_given_up()
    {
        await using var server = await EchoServer.Start();
        using var wire = await Wire.Join(server);
        var socket = server.Io.Main.Sockets.Single();
        await Assert.ThrowsAsync<TimeoutException>(() => socket.EmitWithAck("ask", [], TimeSpan.FromMilliseconds(20)));
        using var cancelled = new CancellationTokenSource();
        var waiting = socket.EmitWithAck("ask", [], cancellation: cancelled.Token);
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task An_answer_cannot_come_from_who_has_left()
    {
        await using var server = await EchoServer.Start();
        using var wire = await Wire.Join(server);
        var socket = server.Io.Main.Sockets.Single();
        var waiting = socket.EmitWithAck("ask", []);
        await wire.Send("41");
        await Assert.ThrowsAsync<SocketIOException>(() => waiting.Soon());
        await Assert.ThrowsAsync<SocketIOException>(() => socket.EmitWithAck("ask", []).Soon());
    }

    [Fact]
    public async Task A_socket_may_owe_only_so_many()
    {
        await using var server = await EchoServer.Start(options =>
        {
            if (options is SocketIOOptions io)
                io.MaxPendingAcks = 1;
        });
        using var wire = await Wire.Join(server);
        var socket = server.Io.Main.Sockets.Single();
        var first = socket.EmitWithAck("ask", []);
        await Assert.ThrowsAsync<SocketIOException>(() => socket.EmitWithAck("ask", []));
        await wire.Send("430[]");
        await first.Soon();
    }

    [Fact]
    public async Task A_broadcast_collects_each_sockets_answer_once()
    {
        await using var server = await EchoServer.Start();
        using var amina = await Wire.Join(server);
        using var bo = await Wire.Join(server);
        using var chen = await Wire.Join(server);
        var waiting = server.Io.Main.EmitWithAck("count", ["?"]);
        Assert.Equal("""420["count","?"]""", await amina.Text());
        Assert.Equal("""420["count","?"]""", await bo.Text());
        await amina.Send("430[1]");
        await amina.Send("430[100]");
        await amina.Send("""42["message"]""");
        Assert.Equal("""42["message-back"]""", await amina.Text());
        await bo.Send("430[2]");
        // She leaves instead.
        await chen.Send("41");
        var answers = await waiting.Soon();
        Assert.Equal(3, answers.Asked);
        Assert.False(answers.IsComplete);
        Assert.Equal([1, 2], answers.Answers.Select(answer => answer.Get<int>(0)).Order());
        Assert.Equal(0, (await server.Io.To("nobody").EmitWithAck("count", [])).Asked);
        var late = await server.Io.Main.EmitWithAck("count", [], TimeSpan.FromMilliseconds(20));
        Assert.Empty(late.Answers);
        Assert.Equal(2, late.Asked);
    }
}
