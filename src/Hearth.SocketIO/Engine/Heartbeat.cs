namespace Hearth.SocketIO.Engine;

/// <summary>Times in ticks of the provider's timestamps.</summary>
internal sealed record Intervals(long Ping, long Pong, long Upgrade, long Slack, long Stuck, long Probe);

/// <summary>
/// When a session's next ping is due and by when its answer must come. A few numbers, whatever the client sends; its session locks.
/// </summary>
internal struct Heartbeat(Intervals intervals, long now)
{
    private long pingAt = now + intervals.Ping;
    private long pongBy;
    private bool extended;

    /// <summary>When something is to be done next.</summary>
    public readonly long Due => pongBy != 0 ? pongBy : pingAt;

    /// <summary>Whether the client is lost. It is so, too, when the ping itself is late.</summary>
    public readonly bool IsLost(long now) => now >= (pongBy != 0 ? pongBy : pingAt + intervals.Pong);

    public readonly bool IsPingDue(long now) => pongBy == 0 && now >= pingAt;

    public void Pinged(long now)
    {
        // The client's time runs from when the ping was due, unless it was late by more than timers are.
        pongBy = (now - pingAt <= intervals.Slack ? pingAt : now) + intervals.Pong;
        extended = false;
    }

    /// <summary>Puts the ping off a little.</summary>
    public void Postpone(long now) => pingAt = now + intervals.Slack;

    public void Ponged(long now)
    {
        if (pongBy == 0)
            return;
        pongBy = 0;
        pingAt = now + intervals.Ping;
    }

    /// <summary>Something else came: the client lives, and may take its time once more.</summary>
    public void Heard(long now)
    {
        if (pongBy == 0 || extended)
            return;
        extended = true;
        pongBy = now + intervals.Pong;
    }

    /// <summary>The session has another transport: the ping that was sent by the old one may be lost.</summary>
    public void Upgraded(long now)
    {
        if (pongBy == 0)
            return;
        pongBy = 0;
        pingAt = now + intervals.Ping;
    }
}
