using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Hearth.SocketIO.Tests.Harness;

/// <summary>A WebSocket client that does only what it is told.</summary>
internal sealed class Wire : IDisposable
{
    private readonly ClientWebSocket socket = new();
    private readonly byte[] buffer = new byte[4 << 20];

    public ClientWebSocket Socket => socket;

    /// <summary>Opens a WebSocket, and a session unless there is one.</summary>
    public static async Task<Wire> Connect(EchoServer server, string path = "/engine.io", string? sid = null)
    {
        var wire = new Wire();
        var query = sid is null ? "" : $"&sid={sid}";
        await wire.socket.ConnectAsync(new Uri($"ws://{server.Address.Authority}{path}/?EIO=4&transport=websocket{query}"), default).Soon();
        return wire;
    }

    /// <summary>One whose session is open.</summary>
    public static async Task<Wire> Open(EchoServer server, string path = "/engine.io")
    {
        var wire = await Connect(server, path);
        Assert.StartsWith("0{", await wire.Text());
        return wire;
    }

    /// <summary>One that is in a namespace and has read its auth event.</summary>
    public static async Task<Wire> Join(EchoServer server, string ns = "", string auth = "")
    {
        var wire = await Open(server, "/socket.io");
        await wire.Enter(ns, auth);
        return wire;
    }

    /// <returns>The socket's id.</returns>
    public async Task<string> Enter(string ns = "", string auth = "")
    {
        await Send($"40{ns}{auth}");
        var answer = await Text();
        Assert.StartsWith($"40{ns}{{", answer);
        Assert.StartsWith($"42{ns}[\"auth\"", await Text());
        return JsonDocument.Parse(answer[(2 + ns.Length)..]).RootElement.GetProperty("sid").GetString()!;
    }

    public Task Send(string text) => socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, default).Soon();

    public Task Send(byte[] data) => socket.SendAsync(data, WebSocketMessageType.Binary, true, default).Soon();

    public async Task<string> Text()
    {
        var (type, bytes) = await Next();
        Assert.Equal(WebSocketMessageType.Text, type);
        return Encoding.UTF8.GetString(bytes);
    }

    public async Task<byte[]> Binary()
    {
        var (type, bytes) = await Next();
        Assert.Equal(WebSocketMessageType.Binary, type);
        return bytes;
    }

    /// <summary>Reads until the server has closed.</summary>
    public async Task IsClosed()
    {
        try
        {
            while (true)
            {
                var (type, _) = await Next();
                if (type != WebSocketMessageType.Close)
                    continue;
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, default).Soon();
                break;
            }
        }
        catch (WebSocketException)
        {
            // Closed without a word is closed, too.
        }
    }

    public void Dispose() => socket.Dispose();

    private async Task<(WebSocketMessageType Type, byte[] Bytes)> Next()
    {
        var length = 0;
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(length), default).AsTask().Soon();
            length += part.Count;
            if (part.EndOfMessage || part.MessageType == WebSocketMessageType.Close)
                return (part.MessageType, buffer[..length]);
        }
    }
}
