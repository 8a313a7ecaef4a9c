using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading.Channels;
using SocketIOClient.Transport;

namespace Hearth.Tests.Harness;

/// <summary>A stock Socket.IO client of a person's. Waiting has a limit of 30 seconds and then fails with what did come.</summary>
public sealed class SocketClient : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly SocketIOClient.SocketIO socket;
    private readonly Channel<(string Name, JsonElement Data)> incoming = Channel.CreateUnbounded<(string, JsonElement)>();
    private readonly ConcurrentQueue<string> passedOver = new();
    private readonly TaskCompletionSource<string> closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private SocketClient(Uri address, SocketIOClient.SocketIOOptions options)
    {
        socket = new SocketIOClient.SocketIO(address, options);
        socket.OnAny((name, answer) => incoming.Writer.TryWrite((name, answer.GetValue<JsonElement>().Clone())));
        socket.OnDisconnected += (_, reason) => closed.TrySetResult(reason);
    }

    /// <summary>Connects as the person, with the token where the options say nothing else.</summary>
    public static async Task<SocketClient> Connect(Person person, Action<SocketIOClient.SocketIOOptions>? change = null)
    {
        var options = new SocketIOClient.SocketIOOptions
        {
            Transport = TransportProtocol.WebSocket,
            Reconnection = false,
            ConnectionTimeout = Patience,
            Auth = person.Token is null ? null : new Dictionary<string, string> { ["token"] = person.Token },
        };
        change?.Invoke(options);
        var client = new SocketClient(person.Node.Address, options);
        var connected = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        client.socket.OnConnected += (_, _) => connected.TrySetResult();
        client.socket.OnError += (_, message) => connected.TrySetException(new InvalidOperationException(message));
        await client.socket.ConnectAsync().WaitAsync(Patience);
        await connected.Task.WaitAsync(Patience);
        // The server answers when it has taken the client in.
        await client.Ask("leave_skill_room", new { skill_id = "" });
        return client;
    }

    /// <summary>Tries to connect, which the server refuses.</summary>
    /// <returns>Why, in its words.</returns>
    public static async Task<string> Refused(Person person, Action<SocketIOClient.SocketIOOptions>? change = null)
    {
        var options = new SocketIOClient.SocketIOOptions
        {
            Transport = TransportProtocol.WebSocket,
            Reconnection = false,
            Auth = person.Token is null ? null : new Dictionary<string, string> { ["token"] = person.Token },
        };
        change?.Invoke(options);
        await using var client = new SocketClient(person.Node.Address, options);
        var refused = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        client.socket.OnError += (_, message) => refused.TrySetResult(message);
        _ = client.socket.ConnectAsync();
        return await refused.Task.WaitAsync(Patience);
    }

    /// <summary>Sends an event and waits for its acknowledgement.</summary>
    public async Task<JsonElement> Ask(string name, object argument)
    {
        var answer = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        await socket.EmitAsync(name, reply => answer.TrySetResult(reply.GetValue<JsonElement>().Clone()), argument);
        return await answer.Task.WaitAsync(Patience);
    }

    /// <summary>Sends an event that asks for no acknowledgement.</summary>
    public Task Say(string name, object argument) => socket.EmitAsync(name, argument);

    /// <summary>Joins a room, which is granted.</summary>
    public async Task Join(string name, object argument) => Assert.True((await Ask(name, argument)).GetProperty("ok").GetBoolean());

    /// <summary>The next event of a name; what comes before it is passed over.</summary>
    public async Task<JsonElement> Next(string name)
    {
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            while (true)
            {
                var (came, data) = await incoming.Reader.ReadAsync(limit.Token);
                if (came == name)
                    return data;
                passedOver.Enqueue($"{came} {data}");
            }
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"No {name} came in 30 seconds. Passed over: {string.Join('\n', passedOver)}");
            throw;
        }
    }

    /// <summary>What has come up to now: everything that was sent before the answer to a question. Presence comes by a way of its own, and is left out.</summary>
    public async Task<List<(string Name, JsonElement Data)>> Drain()
    {
        await Ask("leave_skill_room", new { skill_id = "" });
        var came = new List<(string, JsonElement)>();
        while (incoming.Reader.TryRead(out var one))
        {
            if (one.Name != "user_presence")
                came.Add(one);
        }

        return came;
    }

    /// <summary>Waits until the server has ended the connection.</summary>
    public Task<string> Closed() => closed.Task.WaitAsync(Patience);

    public async ValueTask DisposeAsync()
    {
        await socket.DisconnectAsync();
        socket.Dispose();
    }
}
