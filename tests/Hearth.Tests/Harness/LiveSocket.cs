using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;

namespace Hearth.Tests.Harness;

/// <summary>A WebSocket of a person's at <c>/ws/</c>. Waiting has a limit of 30 seconds and then fails with what did come.</summary>
public sealed class LiveSocket : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ClientWebSocket socket = new();
    private readonly Channel<JsonElement> incoming = Channel.CreateUnbounded<JsonElement>();
    private readonly List<JsonElement> passedOver = [];
    private Task reading = Task.CompletedTask;

    private LiveSocket()
    {
    }

    /// <summary>Messages that <see cref="Next(string)"/> went past, in their order.</summary>
    public IReadOnlyList<JsonElement> PassedOver => passedOver;

    internal static async Task<LiveSocket> Connect(Person person, string query)
    {
        var live = new LiveSocket();
        if (person.Token is not null)
            live.socket.Options.SetRequestHeader("Authorization", $"Bearer {person.Token}");
        var address = new UriBuilder(person.Node.Address) { Scheme = "ws", Path = "/ws/", Query = query.TrimStart('?') };
        using var limit = new CancellationTokenSource(Patience);
        await live.socket.ConnectAsync(address.Uri, limit.Token);
        live.reading = live.Read();
        return live;
    }

    public async Task Send(object message)
    {
        var bytes = message is string text ? Encoding.UTF8.GetBytes(text) : JsonSerializer.SerializeToUtf8Bytes(message, message.GetType(), Reply.AsWritten);
        using var limit = new CancellationTokenSource(Patience);
        await socket.SendAsync(bytes, WebSocketMessageType.Text, endOfMessage: true, limit.Token);
    }

    /// <summary>The next message of a type; what comes before it is passed over.</summary>
    public async Task<JsonElement> Next(string type)
    {
        while (true)
        {
            var message = await Next();
            if (string.Equals(TypeOf(message), type, StringComparison.Ordinal))
                return message;
            passedOver.Add(message);
        }
    }

    /// <summary>The very next message, which must be of the type.</summary>
    public async Task<JsonElement> Expect(string type)
    {
        var message = await Next();
        Assert.True(string.Equals(TypeOf(message), type, StringComparison.Ordinal), $"Expected {type}, and got {message}");
        return message;
    }

    /// <summary>
    /// What has come and not been read, up to now: asks for a pong and returns what is before it. After
    /// <see cref="HearthApp.Settled"/> it is all that follows from what was written; but for notifications, which come by a way of
    /// their own, and when they are made: a test that is about them waits for them by name.
    /// </summary>
    public async Task<IReadOnlyList<JsonElement>> Drain()
    {
        await Send(new { type = "ping" });
        var before = passedOver.Count;
        await Next("pong");
        var came = passedOver[before..];
        passedOver.RemoveRange(before, came.Count);
        return [.. came.Where(one => one.GetProperty("type").GetString() != "notification")];
    }

    /// <summary>Waits until the server closes the connection.</summary>
    /// <returns>The close code; 0 when it broke off without one.</returns>
    public async Task<int> Closed()
    {
        await reading.WaitAsync(Patience);
        return (int?)socket.CloseStatus ?? 0;
    }

    public async ValueTask DisposeAsync()
    {
        socket.Abort();
        await reading;
        socket.Dispose();
    }

    private async Task<JsonElement> Next()
    {
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            return await incoming.Reader.ReadAsync(limit.Token);
        }
        catch (Exception problem) when (problem is OperationCanceledException or ChannelClosedException)
        {
            var why = problem is ChannelClosedException
                ? string.Create(CultureInfo.InvariantCulture, $"The socket was closed ({(int?)socket.CloseStatus} {socket.CloseStatusDescription})")
                : "Nothing came in 30 seconds";
            Assert.Fail($"{why}. Passed over: {string.Join('\n', passedOver)}");
            throw;
        }
    }

    private async Task Read()
    {
        var buffer = new byte[64 << 10];
        using var message = new MemoryStream();
        try
        {
            while (true)
            {
                var part = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
                if (part.MessageType == WebSocketMessageType.Close)
                    break;
                message.Write(buffer, 0, part.Count);
                if (!part.EndOfMessage)
                    continue;
                using var document = JsonDocument.Parse(message.GetBuffer().AsMemory(0, (int)message.Length));
                incoming.Writer.TryWrite(document.RootElement.Clone());
                message.SetLength(0);
            }

            if (socket.State == WebSocketState.CloseReceived)
                await socket.CloseOutputAsync(socket.CloseStatus ?? WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        }
        catch (Exception broken) when (broken is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            incoming.Writer.TryComplete();
        }
        finally
        {
            incoming.Writer.TryComplete();
        }
    }

    private static string? TypeOf(JsonElement message) =>
        message.ValueKind == JsonValueKind.Object && message.TryGetProperty("type", out var type) ? type.GetString() : null;
}
