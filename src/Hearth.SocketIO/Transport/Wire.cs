using System.Net.Sockets;

namespace Hearth.SocketIO.Transport;

/// <summary>
/// How bytes reach a client: by the upgraded stream, or straight to the socket beneath it, which is several times cheaper
/// and never waits. The socket is null where there is none to send to as it is: TLS.
/// </summary>
internal sealed class Wire
{
    private const int KernelBytes = 64 * 1024;

    private readonly Stream stream;
    private readonly System.Net.Sockets.Socket? socket;

    public Wire(Stream stream, System.Net.Sockets.Socket? socket)
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

    /// <summary>How many frames have gone into the stream.</summary>
    public int StreamFrames { get; private set; }

    /// <summary>From now on bytes go to the socket. Nothing may be left in the stream, and nothing else may write to either.</summary>
    /// <returns>False when the connection is gone.</returns>
    public bool GoDirect()
    {
        try
        {
            socket!.Blocking = false;
            return IsDirect = true;
        }
        catch (Exception e) when (IsGone(e))
        {
            return false;
        }
    }

    /// <summary>Sends what the socket takes at once.</summary>
    /// <returns>How many bytes, 0 when it takes none now; -1 when the connection is gone.</returns>
    public int TrySend(ReadOnlySpan<byte> bytes)
    {
        if (!IsDirect)
            return 0;
        try
        {
            var sent = socket!.Send(bytes, SocketFlags.None, out var error);
            return error switch
            {
                SocketError.Success => sent,
                SocketError.WouldBlock => 0,
                _ => -1,
            };
        }
        catch (Exception e) when (IsGone(e))
        {
            return -1;
        }
    }

    /// <summary>Sends all of it, however long that takes.</summary>
    /// <returns>False when the connection is gone.</returns>
    public async Task<bool> SendAll(List<ArraySegment<byte>> frames)
    {
        try
        {
            if (IsDirect)
                return await socket!.SendAsync(frames, SocketFlags.None) == frames.Sum(frame => frame.Count);
            IsStreamUsed = true;
            StreamFrames += frames.Count;
            foreach (var frame in frames)
                await stream.WriteAsync(frame);
            return true;
        }
        catch (Exception e) when (IsGone(e))
        {
            return false;
        }
    }

    /// <summary>Says that nothing more will come.</summary>
    /// <returns>Whether that could be said.</returns>
    public bool EndSending()
    {
        if (!IsDirect)
            return false;
        try
        {
            socket!.Shutdown(SocketShutdown.Send);
            return true;
        }
        catch (Exception e) when (IsGone(e))
        {
            return false;
        }
    }

    private static bool IsGone(Exception e) =>
        e is SocketException or IOException or InvalidOperationException or OperationCanceledException;
}
