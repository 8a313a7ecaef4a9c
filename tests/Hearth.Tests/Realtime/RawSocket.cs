using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Hearth.SocketIO.Transport;

namespace Hearth.Tests.Realtime;

/// <summary>A frame as the server sent it.</summary>
internal sealed record ServerFrame(Opcode Opcode, byte[] Payload)
{
    public string Text => Encoding.UTF8.GetString(Payload);

    public int? CloseCode => Payload.Length < 2 ? null : BinaryPrimitives.ReadUInt16BigEndian(Payload);

    public JsonElement Json => JsonDocument.Parse(Payload).RootElement;

    public string? Type => Json.GetProperty("type").GetString();
}

/// <summary>A WebSocket client by hand over TCP: it sends what it is told, right or wrong, and shows every frame that comes.</summary>
internal sealed class RawSocket : IDisposable
{
    private const string SampleKey = "dGhlIHNhbXBsZSBub25jZQ==";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TcpClient tcp = new() { NoDelay = true };
    private readonly byte[] buffer = new byte[64 * 1024];
    private NetworkStream stream = null!;
    private int start;
    private int end;

    /// <summary>Status line and headers of the answer to the handshake.</summary>
    public string Head { get; private set; } = "";

    public int Status => int.Parse(Head.AsSpan(9, 3), System.Globalization.CultureInfo.InvariantCulture);

    /// <param name="receiveBuffer">What the kernel may take in for a client that does not read.</param>
    /// <param name="behind">Bytes sent in one piece with the request.</param>
    public static async Task<RawSocket> Connect(
        Uri server, string path, string[]? headers = null, int receiveBuffer = 0, byte[]? behind = null)
    {
        var socket = new RawSocket();
        if (receiveBuffer > 0)
            socket.tcp.ReceiveBufferSize = receiveBuffer;
        await socket.tcp.ConnectAsync(server.Host, server.Port);
        socket.stream = socket.tcp.GetStream();
        headers ??= ["Upgrade: websocket", "Connection: Upgrade", $"Sec-WebSocket-Key: {SampleKey}", "Sec-WebSocket-Version: 13"];
        var request = $"GET {path} HTTP/1.1\r\nHost: {server.Authority}\r\n{string.Join("\r\n", headers)}\r\n\r\n";
        await socket.Send([.. Encoding.ASCII.GetBytes(request), .. behind ?? []]);
        while (!socket.Head.EndsWith("\r\n\r\n", StringComparison.Ordinal))
            socket.Head += (char)(await socket.Take(1))[0];
        return socket;
    }

    public async Task Send(params byte[] bytes) => await stream.WriteAsync(bytes);

    public Task Send(string text) => Send(ClientFrames.Text(text));

    public async Task<ServerFrame> Receive()
    {
        var head = await Take(2);
        Assert.Equal(0x80, head[0] & 0xF0);
        Assert.Equal(0, head[1] & 0x80);
        var length = (head[1] & 0x7F) switch
        {
            126 => BinaryPrimitives.ReadUInt16BigEndian(await Take(2)),
            127 => (int)BinaryPrimitives.ReadUInt64BigEndian(await Take(8)),
            var small => small,
        };
        return new ServerFrame((Opcode)(head[0] & 0x0F), await Take(length));
    }

    /// <summary>The next message; pings on the way are answered.</summary>
    public async Task<ServerFrame> Message()
    {
        while (true)
        {
            var frame = await Receive();
            if (frame.Opcode != Opcode.Ping)
                return frame;
            await Send(ClientFrames.Frame(0x8A, frame.Payload));
        }
    }

    /// <returns>The message of that type, which must be the next.</returns>
    public async Task<ServerFrame> Message(string type)
    {
        var message = await Message();
        Assert.Equal(type, message.Type);
        return message;
    }

    /// <summary>Says ping and waits for the pong: whatever was sent before has been handled, and nothing else came.</summary>
    public async Task Settle()
    {
        await Send("""{"type":"ping"}""");
        await Message("pong");
    }

    /// <summary>The rest of an HTTP answer of this length.</summary>
    public async Task<string> Body()
    {
        var length = Head.Split("\r\n").First(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)).Split(':')[1];
        return Encoding.UTF8.GetString(await Take(int.Parse(length, System.Globalization.CultureInfo.InvariantCulture)));
    }

    /// <summary>Waits until the server has ended the connection; whatever else comes is read away.</summary>
    public async Task Ended()
    {
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            while (await stream.ReadAsync(buffer, limit.Token) > 0)
            {
            }
        }
        catch (IOException)
        {
            // A reset ends it as well.
            return;
        }
    }

    /// <summary>Ends the sending side.</summary>
    public void EndSending() => stream.Socket.Shutdown(SocketShutdown.Send);

    public void Dispose() => tcp.Dispose();

    private async Task<byte[]> Take(int count)
    {
        using var limit = new CancellationTokenSource(Patience);
        var bytes = new byte[count];
        for (var at = 0; at < count;)
        {
            if (start == end)
            {
                start = 0;
                end = await stream.ReadAsync(buffer, limit.Token);
                if (end == 0)
                    throw new EndOfStreamException("The server has ended the connection.");
            }

            var part = Math.Min(count - at, end - start);
            buffer.AsSpan(start, part).CopyTo(bytes.AsSpan(at));
            start += part;
            at += part;
        }

        return bytes;
    }
}
