using System.Buffers;
using System.Net.Sockets;
using Hearth.SocketIO.Transport;

namespace Hearth.SocketIO.Engine;

/// <summary>Takes a whole message.</summary>
/// <param name="isText">Whether it is text.</param>
/// <param name="message">It, until the returned task has ended.</param>
internal delegate ValueTask TakeMessage(bool isText, ReadOnlyMemory<byte> message);

/// <summary>Reads one WebSocket until either side has closed it. While nothing comes it holds no buffer.</summary>
internal sealed class SocketLink(Stream stream, Outlet outlet, int limit, TimeProvider time) : IDisposable
{
    private const int ReadBytes = 4 * 1024;
    private const int ManyBytes = 64 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(250);

    private readonly FrameReader frames = new(limit);
    private ValueTask<int> something;
    private bool closed;
    private bool expecting;

    public void Dispose() => frames.Dispose();

    /// <returns>Whether the client closed properly; false when its connection broke.</returns>
    /// <param name="take">Takes each message.</param>
    public async Task<bool> Run(TakeMessage take)
    {
        try
        {
            expecting = true;
            Listen();
            await Converse(take);
            return closed;
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            outlet.Die();
            return false;
        }
    }

    /// <summary>Waits until what is queued, the close frame above all, is out.</summary>
    public async Task Flushed()
    {
        try
        {
            await outlet.Drained().WaitAsync(Patience, time);
        }
        catch (TimeoutException)
        {
            outlet.Abort();
        }
    }

    /// <summary>Something was written that the client is to answer: what has come already cannot be that answer.</summary>
    public void ExpectAnswer() => expecting = true;

    private async Task Converse(TakeMessage take)
    {
        try
        {
            while (!closed && await Read(take))
            {
                if (!closed)
                    Listen();
            }
        }
        catch (FrameError error)
        {
            outlet.Close((ushort)error.Code, error.Message);
            await Flushed();
            // A connection that is closed with unread bytes is reset, which can cost the client the close frame.
            await ReadAway(outlet.EndSending() ? Patience : Moment);
        }
    }

    /// <returns>False when the client has ended.</returns>
    private async Task<bool> Read(TakeMessage take)
    {
        _ = await something;
        var buffer = ArrayPool<byte>.Shared.Rent(frames.Missing > ReadBytes ? ManyBytes : ReadBytes);
        try
        {
            var count = await stream.ReadAsync(buffer);
            if (count == 0)
                return false;
            var at = 0;
            while (at < count && !closed)
            {
                var opcode = Next(buffer.AsSpan(0, count), ref at);
                if (opcode is not (Opcode.Text or Opcode.Binary))
                    continue;
                await take(opcode == Opcode.Text, frames.Message);
                if (expecting && at < count)
                    SpokeEarly();
            }

            outlet.Heard();
            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private Opcode? Next(ReadOnlySpan<byte> bytes, ref int at)
    {
        var whole = frames.TryRead(bytes[at..], out var taken, out var incoming);
        at += taken;
        if (!whole)
            return null;
        switch (incoming.Opcode)
        {
            case Opcode.Close:
                outlet.Close(incoming.CloseCode);
                closed = true;
                break;
            case Opcode.Pong:
                outlet.Pong(incoming.Payload);
                break;
            case Opcode.Ping:
                outlet.Reply(Frame.Build(Opcode.Pong, incoming.Payload));
                break;
        }

        return incoming.Opcode;
    }

    private async Task ReadAway(TimeSpan limit)
    {
        var over = Task.Delay(limit, time);
        var buffer = ArrayPool<byte>.Shared.Rent(ReadBytes);
        try
        {
            Task<int> read;
            do
            {
                read = stream.ReadAsync(buffer).AsTask();
                if (await Task.WhenAny(read, over) == over)
                    return;
            }
            while (await read > 0);
        }
        finally
        {
            // A read that is not over may still write into it.
            if (!over.IsCompleted)
                ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Reading nothing waits until there is something to read.</summary>
    private void Listen()
    {
        something = stream.ReadAsync(Memory<byte>.Empty);
        if (expecting && something.IsCompleted)
            SpokeEarly();
        expecting = false;
    }

    private void SpokeEarly()
    {
        expecting = false;
        outlet.SpokeEarly();
    }
}
