using System.Diagnostics;
using Hearth.SocketIO.Tests.Harness;

namespace Hearth.SocketIO.Tests;

/// <summary>Clients as anyone has them: npm's, NuGet's and Debian's Python one.</summary>
public sealed class StockClientTests
{
    private const string Python = "/usr/bin/python3";

    [Theory]
    [InlineData("talk", "polling")]
    [InlineData("talk", "websocket")]
    [InlineData("talk", "upgrade")]
    [InlineData("burst", "polling")]
    [InlineData("burst", "websocket")]
    [InlineData("burst", "upgrade")]
    [InlineData("namespaces", "upgrade")]
    [InlineData("ask", "polling")]
    [InlineData("ask", "upgrade")]
    [InlineData("heartbeat", "polling")]
    [InlineData("heartbeat", "upgrade")]
    [InlineData("reconnect", "polling")]
    [InlineData("reconnect", "upgrade")]
    public async Task The_npm_client_is_served(string scenario, string kind)
    {
        await using var server = await Start();
        await Run("node", Path.Combine(Clients(), "stock.mjs"), server.Address.ToString().TrimEnd('/'), scenario, kind);
    }

    [Theory]
    [InlineData("polling")]
    [InlineData("websocket")]
    [InlineData("upgrade")]
    public async Task The_npm_client_goes_on_where_it_was(string kind)
    {
        await using var server = await Start(recovery: true);
        await Run("node", Path.Combine(Clients(), "stock.mjs"), server.Address.ToString().TrimEnd('/'), "recovery", kind);
    }

    [Theory]
    [InlineData("polling")]
    [InlineData("websocket")]
    [InlineData("upgrade")]
    public async Task The_Python_client_is_served(string kind)
    {
        if (!HasPython())
        {
            if (Environment.GetEnvironmentVariable("CI") is null)
                TestContext.Current.SendDiagnosticMessage("There is no Python client for Socket.IO: this is not tried.");
            return;
        }

        await using var server = await Start();
        await Run(Python, Path.Combine(Clients(), "stock.py"), server.Address.ToString().TrimEnd('/'), kind);
    }

    [Theory]
    [InlineData(SocketIOClient.Transport.TransportProtocol.Polling, false)]
    [InlineData(SocketIOClient.Transport.TransportProtocol.WebSocket, false)]
    [InlineData(SocketIOClient.Transport.TransportProtocol.Polling, true)]
    public async Task The_NuGet_client_is_served(SocketIOClient.Transport.TransportProtocol transport, bool upgrade)
    {
        await using var server = await Start();
        using var client = new SocketIOClient.SocketIO(server.Address, new SocketIOClient.SocketIOOptions
        {
            Transport = transport,
            AutoUpgrade = upgrade,
            Reconnection = false,
            Auth = new Dictionary<string, string> { ["who"] = "amina" },
        });
        var auth = new TaskCompletionSource<string>();
        client.On("auth", answer => auth.TrySetResult(answer.ToString()));
        await client.ConnectAsync().Soon();
        Assert.Contains("amina", await auth.Task.Soon());
        var back = new TaskCompletionSource<(int, byte[])>();
        client.On("message-back", answer => back.TrySetResult((answer.GetValue<int>(0), answer.GetValue<byte[]>(1))));
        await client.EmitAsync("message", 7, new byte[] { 1, 2, 3 }).Soon();
        var (number, bytes) = await back.Task.Soon();
        Assert.Equal(7, number);
        Assert.Equal([1, 2, 3], bytes);
        var acknowledged = new TaskCompletionSource<string>();
        await client.EmitAsync("message-with-ack", answer => acknowledged.TrySetResult(answer.GetValue<string>()), "answer").Soon();
        Assert.Equal("answer", await acknowledged.Task.Soon());
        await client.DisconnectAsync().Soon();
    }

    private static Task<EchoServer> Start(bool recovery = false) => EchoServer.Start(
        options =>
        {
            options.PingInterval = TimeSpan.FromMilliseconds(500);
            options.Cors = new CorsOptions { Origins = { "*" } };
            if (options is SocketIOOptions io && recovery)
                io.Recovery = new RecoveryOptions();
        },
        io =>
        {
            io.Main.On("ask-me", async e =>
            {
                var answer = await e.Socket.EmitWithAck("ask", [41]);
                e.Socket.Emit("asked", answer);
            });
            io.Main.On("put-me-out", e => e.Socket.Disconnect());
            io.Main.On<int>("count-for-me", (socket, count) =>
            {
                for (var n = 0; n < count; n++)
                    socket.Emit("n", n);
                socket.OnDisconnect(_ => socket.Emit("n", count));
            });
        });

    private static string Clients()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Hearth.slnx")))
            folder = Path.GetDirectoryName(folder)!;
        return Path.Combine(folder, "tests", "Hearth.SocketIO.Tests", "clients");
    }

    private static bool HasPython()
    {
        if (!File.Exists(Python))
            return false;
        using var process = Process.Start(new ProcessStartInfo(Python, ["-c", "import socketio, requests, websocket"]) { RedirectStandardError = true, UseShellExecute = false })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    private static async Task Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        try
        {
            await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(90));
        }
        catch (TimeoutException)
        {
            process.Kill();
        }

        Assert.True(process.ExitCode == 0, await output + await error);
    }
}
