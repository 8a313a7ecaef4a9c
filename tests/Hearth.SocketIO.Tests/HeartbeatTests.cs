using Hearth.SocketIO.Tests.Harness;

namespace Hearth.SocketIO.Tests;

public sealed class HeartbeatTests
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    [Fact]
    public async Task A_polling_client_is_pinged_and_goes_on_as_long_as_it_answers()
    {
        await using var server = await EchoServer.Start(Often);
        var polls = await Polls.Open(server);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal("2", await polls.Next());
            await polls.Send("3");
        }
    }

    [Fact]
    public async Task A_WebSocket_client_is_pinged_and_goes_on_as_long_as_it_answers()
    {
        await using var server = await EchoServer.Start(Often);
        using var wire = await Wire.Open(server);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal("2", await wire.Text());
            await wire.Send("3");
        }
    }

    [Fact]
    public async Task A_WebSocket_client_that_does_not_answer_is_closed()
    {
        var reason = new TaskCompletionSource<DisconnectReason>();
        var time = new StoppedTime();
        await using var server = await EchoServer.Start(
            use: io => io.OnConnection(socket => socket.OnDisconnect(why => reason.TrySetResult(why))), time: time);
        using var wire = await Wire.Join(server);
        time.Pass(TimeSpan.FromSeconds(25));
        server.Tick();
        Assert.Equal("2", await wire.Text());
        // Something else buys time once.
        time.Pass(TimeSpan.FromSeconds(19));
        await wire.Send("""42["message"]""");
        Assert.Equal("""42["message-back"]""", await wire.Text());
        time.Pass(TimeSpan.FromSeconds(19));
        server.Tick();
        await wire.Send("""42["message"]""");
        Assert.Equal("""42["message-back"]""", await wire.Text());
        time.Pass(TimeSpan.FromSeconds(1));
        server.Tick();
        await wire.IsClosed();
        Assert.Equal(DisconnectReason.PingTimeout, await reason.Task.Soon());
        await Eventually.Holds(() => server.Io.SessionCount == 0);
    }

    [Fact]
    public async Task A_session_that_never_answered_is_gone_at_its_time_even_if_no_timer_rang()
    {
        var time = new StoppedTime();
        await using var server = await EchoServer.Start(time: time);
        var polls = await Polls.Open(server);
        time.Pass(TimeSpan.FromSeconds(45) - Moment);
        await polls.Send("4hello");
        Assert.Equal("4hello", await polls.Next());
        time.Pass(Moment);
        await polls.IsUnknown();
    }

    [Fact]
    public async Task A_flood_of_pongs_changes_nothing()
    {
        var time = new StoppedTime();
        await using var server = await EchoServer.Start(time: time);
        var polls = await Polls.Open(server);
        await polls.Send(string.Join('\u001e', Enumerable.Repeat("3", 10_000)));
        time.Pass(TimeSpan.FromSeconds(45));
        await polls.IsUnknown();
    }

    [Fact]
    public async Task An_abandoned_session_is_forgotten()
    {
        await using var server = await EchoServer.Start(Short);
        await Polls.Open(server, "/socket.io");
        await Eventually.Holds(() => server.Io.SessionCount == 0);
    }

    private static void Often(EngineOptions options)
    {
        options.PingInterval = TimeSpan.FromMilliseconds(100);
        options.PingTimeout = TimeSpan.FromSeconds(20);
    }

    private static void Short(EngineOptions options)
    {
        options.PingInterval = TimeSpan.FromMilliseconds(200);
        options.PingTimeout = TimeSpan.FromMilliseconds(200);
    }
}
