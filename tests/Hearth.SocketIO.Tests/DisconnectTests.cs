using Hearth.SocketIO.Tests.Harness;

namespace Hearth.SocketIO.Tests;

public sealed class DisconnectTests
{
    [Theory]
    [InlineData("41", DisconnectReason.ClientNamespaceDisconnect)]
    [InlineData("1", DisconnectReason.TransportClose)]
    [InlineData("abc", DisconnectReason.ParseError)]
    [InlineData("4abc", DisconnectReason.ParseError)]
    [InlineData("42/nowhere,[\"x\"]", DisconnectReason.ForcedServerClose)]
    [InlineData("40", DisconnectReason.ForcedServerClose)]
    [InlineData("2", DisconnectReason.TransportError)]
    public async Task The_application_learns_once_why_a_client_has_left(string last, DisconnectReason reason)
    {
        var log = new Log();
        await using var server = await EchoServer.Start(use: log.Listen);
        using var wire = await Wire.Join(server);
        await wire.Send(last);
        Assert.Equal([$"leaving {reason} in 2 rooms", $"left {reason} in 0 rooms"], await log.Of(2));
    }

    [Fact]
    public async Task A_connection_that_closes_or_breaks_ends_its_sockets()
    {
        var log = new Log();
        await using var server = await EchoServer.Start(use: log.Listen);
        var wire = await Wire.Join(server);
        await wire.Socket.CloseAsync(System.Net.WebSockets.WebSocketCloseStatus.NormalClosure, null, default);
        Assert.Contains("left TransportClose in 0 rooms", await log.Of(2));
        var other = await Wire.Join(server);
        other.Socket.Abort();
        Assert.Contains("left TransportError in 0 rooms", await log.Of(4));
    }

    [Fact]
    public async Task A_socket_that_the_server_puts_out_is_told_and_the_session_stays()
    {
        var log = new Log();
        await using var server = await EchoServer.Start(use: log.Listen);
        using var wire = await Wire.Join(server);
        await wire.Enter("/custom,");
        server.Io.Of("/custom").Sockets.Single().Disconnect();
        Assert.Equal("41/custom,", await wire.Text());
        server.Io.Emit("farewell");
        server.Io.Main.Sockets.Single().Disconnect();
        Assert.Equal("""42["farewell"]""", await wire.Text());
        Assert.Equal("41", await wire.Text());
        Assert.Contains("left ServerNamespaceDisconnect in 0 rooms", await log.Of(2));
        await wire.Enter();
    }

    [Fact]
    public async Task The_server_may_end_the_session_with_it()
    {
        await using var server = await EchoServer.Start();
        using var wire = await Wire.Join(server);
        await wire.Enter("/custom,");
        server.Io.Main.Sockets.Single().Disconnect(close: true);
        Assert.Equal("41", await wire.Text());
        Assert.Equal("41/custom,", await wire.Text());
        await wire.IsClosed();
        Assert.Empty(server.Io.Of("/custom").Sockets);
    }

    [Fact]
    public async Task A_polling_client_that_is_closed_while_it_is_away_learns_of_it_once()
    {
        await using var server = await EchoServer.Start();
        var polls = await Polls.Join(server);
        server.Io.Main.Sockets.Single().Disconnect(close: true);
        await Eventually.Holds(() => server.Io.SessionCount == 0);
        Assert.Equal("6\u001e1", await polls.Next());
        await polls.IsUnknown();
    }

    [Fact]
    public async Task A_poll_that_waits_learns_of_it_at_once()
    {
        await using var server = await EchoServer.Start();
        var polls = await Polls.Join(server);
        var held = await polls.Hold(server);
        server.Io.CloseAll();
        Assert.Equal("1", await (await held).Content.ReadAsStringAsync());
        await polls.IsUnknown();
    }

    [Fact]
    public async Task A_server_that_stops_says_so()
    {
        var log = new Log();
        var server = await EchoServer.Start(use: log.Listen);
        using var wire = await Wire.Join(server);
        var polls = await Polls.Join(server);
        var held = await polls.Hold(server);
        var stopping = server.Stop();
        await wire.IsClosed();
        Assert.Equal("1", await (await held).Content.ReadAsStringAsync());
        var told = await log.Of(4);
        Assert.Equal(2, told.Count(line => line == "left ServerShuttingDown in 0 rooms"));
        await stopping.Soon();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task Events_that_came_before_the_end_are_handled_before_it()
    {
        var log = new Log();
        await using var server = await EchoServer.Start(use: io =>
        {
            log.Listen(io);
            io.Main.On("slow", async _ =>
            {
                await Task.Yield();
                log.Add("handled");
            });
        });
        using var wire = await Wire.Join(server);
        await wire.Send("""42["slow"]""");
        await wire.Send("""42["slow"]""");
        await wire.Send("41");
        Assert.Equal(["handled", "handled", "leaving ClientNamespaceDisconnect in 2 rooms"], (await log.Of(4))[..3]);
    }

    [Fact]
    public async Task What_works_for_a_client_can_be_cancelled_with_it()
    {
        var stopped = new TaskCompletionSource();
        await using var server = await EchoServer.Start(use: io => io.Main.On("work", async e =>
        {
            e.Ack();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new TaskCompletionSource().Task.WaitAsync(e.Socket.Disconnected));
            stopped.SetResult();
        }));
        using var wire = await Wire.Join(server);
        await wire.Send("""421["work"]""");
        Assert.Equal("431[]", await wire.Text());
        await wire.Send("1");
        await stopped.Task.Soon();
    }

    private sealed class Log
    {
        private readonly List<string> lines = [];

        public void Listen(SocketIOServer io) => io.OnConnection(socket =>
        {
            socket.Join("room");
            socket.OnDisconnecting(reason => Told("leaving", socket, reason));
            socket.OnDisconnect(reason => Told("left", socket, reason));
        });

        public void Add(string line)
        {
            lock (lines)
                lines.Add(line);
        }

        public async Task<List<string>> Of(int count)
        {
            await Eventually.Holds(() =>
            {
                lock (lines)
                    return lines.Count >= count;
            });
            lock (lines)
                return [.. lines];
        }

        private Task Told(string what, Socket socket, DisconnectReason reason)
        {
            Add($"{what} {reason} in {socket.Rooms.Count} rooms");
            return Task.CompletedTask;
        }
    }
}
