using System.Net.Sockets;

namespace Hearth.Realtime;

/// <summary>
/// How bytes reach a client: by the upgraded stream, or straight to the socket beneath it, which is several times cheaper
/// and never waits. The socket is null where there is none to send to as it is: TLS.
/// </summary>
internal sealed class Wire
{
    private const int KernelBytes = 64 * 1024;

    private readonly Stream stream;
    private readonly Socket? socket;

    public Wire(Stream stream, Socket? socket)
    {
        this.stream = stream;
        this.socket = socket;
        // Without a bound the kernel takes megabytes for a client that does not read, and nobody notices that it lags.
        if (socket is not null)
            socket.SendBufferSize = KernelBytes;
    }

    /// <summary>What the client sends comes by the stream in any case.</summary>
    public Stream Stream => stream;

    public bool MayGoDirect => socket is not null;

    public bool IsDirect { get; private set; }

    /// <summary>Whether bytes may still lie in the stream, whatever the client has said.</summary>
    public bool IsStreamUsed { get; set; }

    /// <summary>From now on bytes go to the socket. Nothing may be left in the stream, and nothing else may write to either.</summary>
    public void GoDirect()
    {
        socket!.Blocking = false;
        IsDirect = true;
    }

    /// <summary>Sends what the socket takes at once.</summary>
    /// <returns>How many bytes; 0 when it takes none now.</returns>
    /// <exception cref="SocketException">The connection is gone; likewise an <see cref="ObjectDisposedException"/>.</exception>
    public int TrySend(ReadOnlySpan<byte> bytes)
    {
        if (!IsDirect)
            return 0;
        var sent = socket!.Send(bytes, SocketFlags.None, out var error);
        return error switch
        {
            SocketError.Success => sent,
            SocketError.WouldBlock => 0,
            _ => throw new SocketException((int)error),
        };
    }

    /// <summary>Sends all of it, however long that takes.</summary>
    public async Task SendAll(List<ArraySegment<byte>> frames)
    {
        if (IsDirect)
        {
            var sent = await socket!.SendAsync(frames, SocketFlags.None);
            if (sent != frames.Sum(frame => frame.Count))
                throw new IOException("The socket took a part only.");
            return;
        }

        IsStreamUsed = true;
        foreach (var frame in frames)
            await stream.WriteAsync(frame);
    }

    /// <summary>Says that nothing more will come.</summary>
    public void EndSending()
    {
        if (IsDirect)
            socket!.Shutdown(SocketShutdown.Send);
    }
}
