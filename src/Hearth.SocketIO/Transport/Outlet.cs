namespace Hearth.SocketIO.Transport;

/// <summary>
/// The sending side of one socket. Anyone may send at any time and nobody ever waits: what the wire does not take at once is
/// queued, bounded, and drained behind the caller's back.
/// </summary>
/// <remarks>
/// Bytes go by the stream at first, because the answer 101 may still lie in the server's own pipe, which a send to the socket would
/// overtake. What the client sends first proves that it has the 101. Where events went into the stream before that, a ping goes
/// last into it, all else waits, and the pong proves that the stream has run dry.
/// </remarks>
internal sealed class Outlet(Wire wire, SendPolicy policy, Action abort, TimeProvider time)
{
    private static readonly byte[] Probe = Frame.Build(Opcode.Ping, "dry?"u8);
    private static readonly byte[] EmptyPing = Frame.Build(Opcode.Ping, []);

    private readonly Lock gate = new();
    private readonly SendQueue queue = new(policy);
    private SendQueue? held;
    private TaskCompletionSource? drained;
    private bool draining;
    private bool spokeEarly;
    private bool unanswered;
    private bool dead;
    private long progressAt;

    /// <summary>When its close frame was queued: a timestamp of the provider; 0 while it is open.</summary>
    public long ClosingAt { get; private set; }

    /// <summary>When the probe was sent whose pong is awaited; 0 while none is.</summary>
    public long ProbedAt { get; private set; }

    /// <summary>Whether a frame that is sent now goes out at once, as far as is known.</summary>
    public bool IsIdle
    {
        get
        {
            lock (gate)
                return queue.IsEmpty && !dead;
        }
    }

    /// <summary>When what is queued last moved; 0 while nothing is.</summary>
    public long StuckAt
    {
        get
        {
            lock (gate)
                return queue.IsEmpty ? 0 : progressAt;
        }
    }

    /// <summary>Sends an event, unless the client reads too slowly: it then misses it and is told so.</summary>
    public void Send(ArraySegment<byte> frame)
    {
        lock (gate)
        {
            if (held is not null)
                _ = held.Add(frame);
            else
                Pass(frame, keep: false);
        }
    }

    /// <summary>Sends an event of a replay: it goes before those that are held back.</summary>
    public void SendAhead(ArraySegment<byte> frame)
    {
        lock (gate)
            Pass(frame, keep: false);
    }

    /// <summary>Sends an answer or a control frame, which is never dropped.</summary>
    public void Reply(ArraySegment<byte> frame)
    {
        lock (gate)
            Pass(frame, keep: true);
    }

    /// <summary>Tells the client that it misses events; those that wait are dropped.</summary>
    public void Resync()
    {
        lock (gate)
        {
            if (dead || ClosingAt != 0)
                return;
            held = null;
            queue.Drop();
            Drain();
        }
    }

    /// <summary>Sends the close frame after what is queued, and nothing after it.</summary>
    public void Close(ushort? code, string reason = "")
    {
        lock (gate)
        {
            if (ClosingAt != 0)
                return;
            Uncork();
            // Nothing comes after it that could be sent directly, and a client that closes answers no ping.
            EndProbe();
            Pass(Frame.Close(code, reason), keep: true);
            ClosingAt = time.GetTimestamp();
        }
    }

    public void Close(CloseCode code, string reason) => Close((ushort)code, reason);

    /// <summary>Holds events back, so that a replay and answers go first.</summary>
    public void Cork()
    {
        lock (gate)
            held ??= new SendQueue(policy);
    }

    public void Uncork()
    {
        lock (gate)
        {
            if (held is not { } waiting)
                return;
            held = null;
            waiting.MoveTo(queue);
            Drain();
        }
    }

    public void Ping()
    {
        lock (gate)
        {
            if (!TryProbe())
                Pass(EmptyPing, keep: true);
        }
    }

    /// <summary>The client sent something, so it has the 101.</summary>
    public void Heard()
    {
        if (wire.IsDirect || !wire.MayGoDirect || ProbedAt != 0)
            return;
        lock (gate)
        {
            if (wire.IsStreamUsed)
                TryProbe();
            else
                GoDirect();
        }
    }

    /// <summary>What the client sends first came along with its request: that proves nothing.</summary>
    public void SpokeEarly()
    {
        wire.IsStreamUsed = true;
        spokeEarly = true;
    }

    /// <summary>
    /// The client sent what only answers the first frame: if nothing else has gone into the stream, the stream has run dry.
    /// </summary>
    public void Answered()
    {
        if (wire.IsDirect || !wire.MayGoDirect || spokeEarly || ProbedAt != 0)
            return;
        lock (gate)
        {
            if (queue.IsEmpty && wire.StreamFrames == 1)
                GoDirect();
        }
    }

    public void Pong(ReadOnlySpan<byte> payload)
    {
        if (ProbedAt == 0 || !payload.SequenceEqual(Probe.AsSpan(2)))
            return;
        lock (gate)
        {
            GoDirect();
            EndProbe();
        }
    }

    /// <summary>What waits behind the probe goes on; by the stream, when its pong has not come.</summary>
    public void EndProbe()
    {
        lock (gate)
        {
            // Who does not answer one does not answer another.
            unanswered |= ProbedAt != 0 && !wire.IsDirect;
            ProbedAt = 0;
            queue.Open();
            Drain();
        }
    }

    /// <summary>Ends when everything queued has been sent, or cannot be any more.</summary>
    public Task Drained()
    {
        lock (gate)
        {
            if (dead || queue.IsEmpty)
                return Task.CompletedTask;
            drained ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return drained.Task;
        }
    }

    /// <summary>Says that nothing more will come, while the rest of what the client sent is read away.</summary>
    /// <returns>Whether it could be said.</returns>
    public bool EndSending()
    {
        lock (gate)
            return !dead && wire.EndSending();
    }

    public void Abort()
    {
        policy.Aborted();
        Die();
        abort();
    }

    /// <summary>Nothing is sent any more: the connection has ended.</summary>
    public void Die()
    {
        lock (gate)
        {
            dead = true;
            drained?.TrySetResult();
        }
    }

    private void Pass(ArraySegment<byte> frame, bool keep)
    {
        if (dead || ClosingAt != 0)
            return;
        if (queue.IsEmpty)
        {
            var sent = wire.TrySend(frame);
            if (sent < 0)
                Die();
            if (sent < 0 || sent == frame.Count)
                return;
            // The rest of a frame must follow.
            keep |= sent > 0;
            frame = frame[sent..];
            progressAt = time.GetTimestamp();
        }

        if (keep ? queue.Keep(frame) : queue.Add(frame))
            Drain();
        else
            Abort();
    }

    private void GoDirect()
    {
        if (!draining && !dead && !wire.GoDirect())
            Die();
    }

    private bool TryProbe()
    {
        if (unanswered || wire.IsDirect || !wire.MayGoDirect || ProbedAt != 0 || held is not null || ClosingAt != 0)
            return false;
        Pass(Probe, keep: true);
        queue.Bar();
        ProbedAt = time.GetTimestamp();
        return true;
    }

    private void Drain()
    {
        if (draining || dead || queue.IsEmpty)
            return;
        draining = true;
        _ = DrainAll();
    }

    private async Task DrainAll()
    {
        for (var next = Next(); next.Count > 0; next = Next())
        {
            if (!await wire.SendAll(next))
                Die();
        }
    }

    private List<ArraySegment<byte>> Next()
    {
        lock (gate)
        {
            if (queue.Sent())
                progressAt = time.GetTimestamp();
            var next = dead ? [] : queue.Next();
            draining = next.Count > 0;
            if (queue.IsEmpty)
                drained?.TrySetResult();
            return next;
        }
    }
}
