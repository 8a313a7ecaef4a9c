using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;

namespace Hearth.Bench;

/// <summary>
/// A 600-byte event to all sockets, 20,000 deliveries a second offered, then a burst. A delivery's time runs from the sending of the request that
/// makes the event: for Hearth that holds the commit and the ledger's tail, for Node's ws only the loop over its sockets.
/// </summary>
internal sealed class FanOut(Stage stage)
{
    private const int Offered = 20_000;

    // A server that was just started compiles for as long what it runs often.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(20);

    public async Task Run(int sockets)
    {
        Report.Heading($"Fan-out to {sockets} sockets");
        await One("Hearth", stage.Hearth, stage.HearthPid, sockets, n => $"/ws/?token={stage.Tokens[n % stage.Tokens.Length]}", HearthEvent);
        var (ws, port) = await stage.StartWs();
        try
        {
            await One("Node's ws", new IPEndPoint(IPAddress.Loopback, port), ws.Id, sockets, _ => "/ws/", WsEvent);
        }
        finally
        {
            await Processes.Stop(ws);
        }
    }

    private static string Now => Stopwatch.GetTimestamp().ToString(CultureInfo.InvariantCulture);

    private byte[] HearthEvent(int n) => Load.Request(
        "POST", "/api/ventroom/posts/", stage.Tokens[n % stage.Tokens.Length], $"{{\"title\":\"bench-{Now}\",\"content\":\"{new string('x', 190)}\"}}");

    /// <summary>An event as Node's servers take it.</summary>
    public static byte[] WsEvent(int n) => Load.Request(
        "POST", "/publish", null, $"{{\"type\":\"new_ventroom_post\",\"n\":{n},\"title\":\"bench-{Now} \",\"content\":\"{new string('x', 530)}\"}}");

    private static async Task One(string name, IPEndPoint server, int pid, int sockets, Func<int, string> path, Func<int, byte[]> make)
    {
        await using var listeners = new Listeners();
        await listeners.Connect(server, sockets, path);
        await Measure(name, server, pid, sockets, listeners, make);
    }

    /// <summary>Offers events at a pace to clients that are connected, then a burst.</summary>
    public static async Task Measure(string name, IPEndPoint server, int pid, int sockets, Listeners listeners, Func<int, byte[]> make)
    {
        using var publisher = new Publisher(server);
        var each = TimeSpan.FromSeconds((double)sockets / Offered);
        await Paced(publisher, listeners, make, sockets, each, WarmUp);
        listeners.Take();
        var cpu = Processes.CpuSeconds(pid);
        var events = await Paced(publisher, listeners, make, sockets, each, TimeSpan.FromSeconds(8));
        cpu = Processes.CpuSeconds(pid) - cpu;
        var latencies = listeners.Take();
        Report.Line(
            name + ", paced",
            string.Create(CultureInfo.InvariantCulture, $"p50 {At(latencies, 50):0.0} ms, p99 {At(latencies, 99):0.0} ms, {cpu * 1e6 / latencies.Length:0.0} µs of server time a delivery, {latencies.Length} of {events * (long)sockets}"));

        var before = listeners.Received;
        var start = Stopwatch.GetTimestamp();
        await publisher.Burst([.. Enumerable.Range(0, 100).Select(make)]);
        var whole = await listeners.Got(before + (100L * sockets), TimeSpan.FromSeconds(30));
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Report.Line(
            name + ", burst of 100",
            string.Create(CultureInfo.InvariantCulture, $"{(listeners.Received - before) / seconds:#,0} deliveries/s{(whole ? "" : " (not all came: sockets were told to resync)")}, {Processes.PrivateBytes(pid) >> 20} MB"));
    }

    private static double At(int[] latencies, int percent) =>
        latencies.Length == 0 ? 0 : latencies[Math.Min(latencies.Length - 1, latencies.Length * percent / 100)] / 1_000.0;

    private static async Task<int> Paced(
        Publisher publisher, Listeners listeners, Func<int, byte[]> make, int sockets, TimeSpan each, TimeSpan time)
    {
        var before = listeners.Received;
        var start = Stopwatch.StartNew();
        var events = 0;
        while (start.Elapsed < time)
        {
            await publisher.Send(make(events));
            events++;
            var due = (each * events) - start.Elapsed;
            if (due > TimeSpan.Zero)
                await Task.Delay(due);
        }

        await listeners.Got(before + (events * (long)sockets), TimeSpan.FromSeconds(10));
        return events;
    }
}

/// <summary>Publishes over keep-alive connections.</summary>
internal sealed class Publisher : IDisposable
{
    private readonly List<(System.Net.Sockets.Socket Socket, AnswerReader Answers)> connections = [];

    public Publisher(IPEndPoint server)
    {
        for (var n = 0; n < 10; n++)
        {
            var socket = new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp) { NoDelay = true };
            socket.Connect(server);
            connections.Add((socket, new AnswerReader(socket)));
        }
    }

    public async Task Send(byte[] request, int connection = 0)
    {
        var (socket, answers) = connections[connection];
        await socket.SendAsync(request);
        var status = await answers.Read();
        if (status is < 200 or > 299)
            throw new InvalidOperationException($"The event was refused with {status}: {Encoding.UTF8.GetString(request)}");
    }

    public Task Burst(byte[][] requests) => Task.WhenAll(connections.Select(async (_, connection) =>
    {
        for (var n = connection; n < requests.Length; n += connections.Count)
            await Send(requests[n], connection);
    }));

    public void Dispose() => connections.ForEach(connection => connection.Socket.Dispose());
}
