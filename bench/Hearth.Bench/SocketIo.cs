using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace Hearth.Bench;

/// <summary>Hearth.SocketIO and the original, one after the other, each with the same clients.</summary>
internal sealed class SocketIo(Settings settings)
{
    private const int Connections = 2_000;

    // Both runtimes compile what runs often while it runs: only then do they cost what they cost from then on.
    private const int Rounds = 20;

    private const string Path = "/socket.io/?EIO=4&transport=websocket";

    public async Task Run()
    {
        Directory.CreateDirectory(settings.Work);
        foreach (var sockets in (int[])[1_000, 5_000])
        {
            Report.Heading($"Socket.IO, {sockets} sockets");
            await One("Hearth.SocketIO", sockets, "dotnet", settings.SocketIoServer);
            await One("npm socket.io", sockets, "node", "--expose-gc", settings.SocketIoOriginal);
        }

        Report.Heading("Socket.IO, 10000 sockets");
        await One("Hearth.SocketIO", 10_000, "dotnet", settings.SocketIoServer);
    }

    private async Task One(string name, int sockets, string program, params string[] arguments)
    {
        var port = Processes.FreePort();
        var process = Processes.Start(
            Processes.ServerCore, program, arguments,
            new Dictionary<string, string>(StringComparer.Ordinal) { ["PORT"] = port.ToString(CultureInfo.InvariantCulture) },
            System.IO.Path.Combine(settings.Work, "socketio.log"));
        var server = new IPEndPoint(IPAddress.Loopback, port);
        try
        {
            await Processes.Answers(new Uri($"http://127.0.0.1:{port}/health"), process, TimeSpan.FromSeconds(20));
            await Idle(name, server, process.Id, sockets);
            await Connect(name, server, process.Id);
            await using var listeners = new Listeners(socketIo: true);
            await listeners.Connect(server, sockets, _ => Path);
            await FanOut.Measure(name, server, process.Id, sockets, listeners, FanOut.WsEvent);
        }
        finally
        {
            await Processes.Stop(process);
        }
    }

    /// <summary>What the server's own memory grows by, for each: before anything else, so that nothing lies free from earlier ones.</summary>
    private static async Task Idle(string name, IPEndPoint server, int pid, int sockets)
    {
        await using var listeners = new Listeners(socketIo: true);
        var before = await Memory(server, pid);
        await listeners.Connect(server, sockets, _ => Path);
        var each = (await Memory(server, pid) - before) / 1024.0 / sockets;
        Report.Line(name + ", idle connection", string.Create(CultureInfo.InvariantCulture, $"{each:0.0} KiB"));
    }

    /// <summary>Connections a second, and what each costs the server: the last round counts.</summary>
    private static async Task Connect(string name, IPEndPoint server, int pid)
    {
        var (seconds, cpu) = (0.0, 0.0);
        for (var round = 0; round < Rounds; round++)
        {
            var before = Processes.CpuSeconds(pid);
            var start = Stopwatch.GetTimestamp();
            await using var listeners = new Listeners(socketIo: true);
            await listeners.Connect(server, Connections, _ => Path);
            seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            cpu = Processes.CpuSeconds(pid) - before;
        }

        Report.Line(
            name + ", connections",
            string.Create(CultureInfo.InvariantCulture, $"{Connections / seconds:#,0}/s, {cpu * 1e6 / Connections:0} µs of server time each"));
        await Task.Delay(TimeSpan.FromSeconds(1));
    }

    private static async Task<long> Memory(IPEndPoint server, int pid)
    {
        using var http = new HttpClient();
        for (var round = 0; round < 2; round++)
        {
            await Task.Delay(TimeSpan.FromSeconds(1));
            (await http.PostAsync(new Uri($"http://{server}/collect"), null)).EnsureSuccessStatusCode();
        }

        return Processes.PrivateBytes(pid);
    }
}
