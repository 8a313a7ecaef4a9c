using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Hearth.Bench;

/// <summary>Many WebSocket clients that count the events they get, and how long after its publication each came.</summary>
/// <param name="socketIo">Whether they speak Socket.IO.</param>
internal sealed class Listeners(bool socketIo = false) : IAsyncDisposable
{
    private const int AtOnce = 64;

    private readonly List<Socket> sockets = [];
    private readonly List<int> latencies = [];
    private readonly Lock gate = new();
    private long received;
    private int joined;

    public long Received => Volatile.Read(ref received);

    public async Task Connect(IPEndPoint server, int count, Func<int, string> path)
    {
        // A few at a time: the listen queue of a server is bounded.
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async _ =>
        {
            int n;
            while ((n = Interlocked.Increment(ref next)) < count)
                await One(server, path(n));
        }));
        await Until(() => Volatile.Read(ref joined) == count, TimeSpan.FromSeconds(60));
    }

    /// <summary>Waits until so many events came in all; false when they did not within the time.</summary>
    public async Task<bool> Got(long count, TimeSpan patience) => await Until(() => Received >= count, patience);

    /// <summary>Latencies in microseconds since the last call, in order.</summary>
    public int[] Take()
    {
        lock (gate)
        {
            var taken = latencies.Order().ToArray();
            latencies.Clear();
            return taken;
        }
    }

    public ValueTask DisposeAsync()
    {
        foreach (var socket in sockets)
            socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private static async Task<bool> Until(Func<bool> done, TimeSpan patience)
    {
        var start = Stopwatch.StartNew();
        while (!done())
        {
            if (start.Elapsed > patience)
                return false;
            await Task.Delay(2);
        }

        return true;
    }

    private async Task One(IPEndPoint server, string path)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(server);
        await socket.SendAsync(Encoding.ASCII.GetBytes(
            $"GET {path} HTTP/1.1\r\nHost: bench\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"));
        var buffer = new byte[8_192];
        var filled = 0;
        int end;
        while ((end = buffer.AsSpan(0, filled).IndexOf("\r\n\r\n"u8)) < 0)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(filled));
            filled += read;
            if (read == 0)
                throw new IOException("No upgrade: " + Encoding.ASCII.GetString(buffer, 0, filled));
        }

        if (!buffer.AsSpan().StartsWith("HTTP/1.1 101"u8))
            throw new IOException("No upgrade: " + Encoding.ASCII.GetString(buffer, 0, filled));
        if (!socketIo)
            await socket.SendAsync(Masked("{\"type\":\"join_ventroom\"}"));
        lock (gate)
            sockets.Add(socket);
        // What came along with the head is a frame already.
        buffer.AsSpan(end + 4, filled - end - 4).CopyTo(buffer);
        _ = Task.Run(() => Listen(socket, buffer, filled - end - 4));
    }

    private static byte[] Masked(string text)
    {
        var payload = Encoding.UTF8.GetBytes(text);
        // A mask of zeros leaves the bytes as they are, and is a mask all the same.
        return [0x81, (byte)(0x80 | payload.Length), 0, 0, 0, 0, .. payload];
    }

    private async Task Listen(Socket socket, byte[] buffer, int filled)
    {
        try
        {
            while (true)
            {
                var used = Frames(socket, buffer.AsSpan(0, filled));
                buffer.AsSpan(used, filled - used).CopyTo(buffer);
                filled -= used;
                if (filled == buffer.Length)
                    Array.Resize(ref buffer, buffer.Length * 2);
                var read = await socket.ReceiveAsync(buffer.AsMemory(filled));
                if (read == 0)
                    return;
                filled += read;
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return;
        }
    }

    private int Frames(Socket socket, ReadOnlySpan<byte> bytes)
    {
        var used = 0;
        while (bytes.Length - used >= 2)
        {
            var frame = bytes[used..];
            int length = frame[1], head = 2;
            if (length == 126)
            {
                if (frame.Length < 4)
                    break;
                length = BinaryPrimitives.ReadUInt16BigEndian(frame[2..]);
                head = 4;
            }

            if (frame.Length < head + length)
                break;
            Frame(socket, frame.Slice(head, length));
            used += head + length;
        }

        return used;
    }

    private void Frame(Socket socket, ReadOnlySpan<byte> payload)
    {
        var at = payload.IndexOf("bench-"u8);
        if (at < 0)
        {
            if (socketIo && payload.StartsWith("0{"u8))
                socket.Send(Masked("40"));
            else if (socketIo ? payload.StartsWith("40{"u8) : payload.IndexOf("ventroom_joined"u8) >= 0)
                Interlocked.Increment(ref joined);
            return;
        }

        System.Buffers.Text.Utf8Parser.TryParse(payload[(at + 6)..], out long sent, out _);
        var micros = (int)Stopwatch.GetElapsedTime(sent).TotalMicroseconds;
        Interlocked.Increment(ref received);
        lock (gate)
            latencies.Add(micros);
    }
}
