namespace Hearth.SocketIO.Transport;

/// <summary>What waits for a slow socket, in order and bounded. Its owner locks.</summary>
internal sealed class SendQueue(SendPolicy policy)
{
    private const int FramesPerSend = 16;
    private const int BytesPerSend = 64 * 1024;

    private readonly List<(ArraySegment<byte> Bytes, bool Keep)> chunks = [];
    private int inFlight;
    private int barrier = -1;
    private int kept;
    private long bytes;

    public bool IsEmpty => chunks.Count == 0;

    /// <summary>Events are dropped until the word of it is on its way to the client: what comes after that, it may not miss unawares.</summary>
    public bool IsLagging { get; private set; }

    /// <summary>Adds an event; without room for it, what may be dropped is dropped and the client is told.</summary>
    /// <returns>False when there is no room and nothing may be dropped.</returns>
    public bool Add(ArraySegment<byte> frame)
    {
        if (IsLagging)
        {
            policy.Dropped(1);
            return true;
        }

        // A frame that is larger than all the room there is goes alone.
        if (chunks.Count < policy.MostFrames && (bytes + frame.Count <= policy.MostBytes || (chunks.Count == 0 && policy.Resync is null)))
            Push(frame, keep: false);
        else if (policy.Resync is null)
            return false;
        else
            Drop(1);
        return true;
    }

    /// <summary>Adds what must arrive: a control frame, an answer, the rest of a frame.</summary>
    /// <returns>False when too many of them wait: the client asks and never reads.</returns>
    public bool Keep(ArraySegment<byte> frame)
    {
        if (kept >= policy.MostKept)
            return false;
        Push(frame, keep: true);
        return true;
    }

    /// <summary>Gives up on the events that wait: the client is told to fetch anew.</summary>
    public void Drop(int more = 0)
    {
        var dropped = more;
        var place = 0;
        for (var i = 0; i < chunks.Count; i++)
        {
            var chunk = chunks[i];
            // What is on its way, or proves that the stream has run dry, stays whole and in its place.
            if (chunk.Keep || i < inFlight || i < barrier)
            {
                chunks[place++] = chunk;
                continue;
            }

            bytes -= chunk.Bytes.Count;
            dropped++;
        }

        chunks.RemoveRange(place, chunks.Count - place);
        IsLagging = true;
        Push(policy.Resync!, keep: true);
        policy.Dropped(dropped);
        policy.Resynced();
    }

    /// <summary>Nothing after what is queued now is given out until <see cref="Open"/>.</summary>
    public void Bar() => barrier = chunks.Count;

    public void Open() => barrier = -1;

    /// <summary>Takes what the next send carries; <see cref="Sent"/> removes it.</summary>
    /// <returns>Nothing when nothing may be sent now.</returns>
    public List<ArraySegment<byte>> Next()
    {
        var next = new List<ArraySegment<byte>>();
        var size = 0;
        var end = Math.Min(barrier < 0 ? chunks.Count : barrier, FramesPerSend);
        for (var i = 0; i < end && (i == 0 || size + chunks[i].Bytes.Count <= BytesPerSend); i++)
        {
            next.Add(chunks[i].Bytes);
            size += chunks[i].Bytes.Count;
            if (IsResync(chunks[i].Bytes))
                IsLagging = false;
        }

        inFlight = next.Count;
        return next;
    }

    /// <returns>Whether anything had been taken.</returns>
    public bool Sent()
    {
        if (inFlight == 0)
            return false;
        for (var i = 0; i < inFlight; i++)
        {
            bytes -= chunks[i].Bytes.Count;
            if (chunks[i].Keep)
                kept--;
        }

        chunks.RemoveRange(0, inFlight);
        if (barrier >= 0)
            barrier -= inFlight;
        inFlight = 0;
        return true;
    }

    /// <summary>Puts its events behind what the other queue holds.</summary>
    public void MoveTo(SendQueue other)
    {
        if (IsLagging)
            other.Drop();
        else
            chunks.ForEach(chunk => _ = other.Add(chunk.Bytes));
    }

    private bool IsResync(ArraySegment<byte> chunk) => policy.Resync is { } resync && ReferenceEquals(chunk.Array, resync);

    private void Push(ArraySegment<byte> frame, bool keep)
    {
        chunks.Add((frame, keep));
        bytes += frame.Count;
        if (keep)
            kept++;
    }
}
