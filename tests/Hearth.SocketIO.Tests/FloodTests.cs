using System.Net;
using System.Net.Sockets;
using System.Text;
using Hearth.SocketIO.Tests.Harness;

namespace Hearth.SocketIO.Tests;

/// <summary>Who does not read, does not poll or does not go on costs little, disturbs nobody, and is forgotten.</summary>
public sealed class FloodTests
{
    [Fact]
    public async Task Half_open_polls_leave_nothing_behind()
    {
        await using var server = await EchoServer.Start(options =>
        {
            options.PingInterval = TimeSpan.FromMilliseconds(500);
            options.PingTimeout = TimeSpan.FromMilliseconds(500);
        });
        for (var round = 0; round < 10; round++)
        {
            var sockets = new List<TcpClient>();
            foreach (var polls in await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Polls.Open(server, "/socket.io"))))
            {
                var socket = new TcpClient();
                await socket.ConnectAsync(IPAddress.Loopback, server.Address.Port);
                await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
                    (round % 2 == 0 ? $"GET {polls.Url} HTTP/1.1\r\n" : $"POST {polls.Url} HTTP/1.1\r\nContent-Length: 1000\r\n") + "Host: x\r\n\r\n"));
                sockets.Add(socket);
            }

            sockets.ForEach(socket => socket.Dispose());
        }

        await Eventually.Holds(() => server.Io.SessionCount == 0);
    }

    [Fact]
    public async Task A_client_that_reads_nothing_is_closed_and_slows_nobody()
    {
        var gone = new TaskCompletionSource<DisconnectReason>();
        await using var server = await EchoServer.Start(
            options => options.MaxQueuedBytes = 500_000,
            io => io.OnConnection(socket =>
            {
                if (socket.Handshake.Query.ContainsKey("slow"))
                    socket.OnDisconnect(gone.SetResult);
            }));
        using var slow = new Wire();
        await slow.Socket.ConnectAsync(new Uri($"ws://{server.Address.Authority}/socket.io/?EIO=4&transport=websocket&slow=1"), default);
        await slow.Text();
        await slow.Enter();
        using var other = await Wire.Join(server);
        var text = new string('x', 50_000);
        for (var n = 0; n < 200; n++)
        {
            server.Io.Emit("large", n, text);
            Assert.StartsWith($"42[\"large\",{n},", await other.Text());
        }

        Assert.Equal(DisconnectReason.TransportError, await gone.Task.Soon());
        await Eventually.Holds(() => server.Io.SessionCount == 1);
    }

    [Fact]
    public async Task A_client_that_does_not_poll_is_closed_when_too_much_waits()
    {
        await using var server = await EchoServer.Start(options => options.MaxQueuedPackets = 10);
        await Polls.Join(server);
        for (var n = 0; n < 12; n++)
            server.Io.Emit("n", n);
        await Eventually.Holds(() => server.Io.SessionCount == 0);
    }

    [Fact]
    public async Task Events_that_nobody_has_time_for_are_not_read()
    {
        var go = new TaskCompletionSource();
        var handled = 0;
        await using var server = await EchoServer.Start(
            options =>
            {
                if (options is SocketIOOptions io)
                    io.MaxWaitingEvents = 5;
            },
            io => io.Main.On("n", async _ =>
            {
                await go.Task;
                Interlocked.Increment(ref handled);
            }));
        using var wire = await Wire.Join(server);
        for (var n = 0; n < 100; n++)
            await wire.Send("""42["n"]""");
        go.SetResult();
        await wire.Send("""42["message"]""");
        Assert.Equal("""42["message-back"]""", await wire.Text());
        Assert.Equal(100, handled);
    }

    [Fact]
    public async Task A_flood_of_pings_that_are_never_read_is_cut_off()
    {
        await using var server = await EchoServer.Start();
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, server.Address.Port);
        var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"));
        await Eventually.Holds(() => server.Io.SessionCount == 1);
        byte[] ping = [0x89, 0xFD, 0, 0, 0, 0, .. new byte[125]];
        var many = Enumerable.Repeat(ping, 500).SelectMany(bytes => bytes).ToArray();
        try
        {
            for (var n = 0; n < 2_000 && server.Io.SessionCount > 0; n++)
                await stream.WriteAsync(many).AsTask().Soon();
        }
        catch (IOException)
        {
            // Cut off.
        }

        await Eventually.Holds(() => server.Io.SessionCount == 0);
    }
}
