using Hearth.SocketIO.Engine;
using Hearth.SocketIO.Transport;
using Microsoft.AspNetCore.Http;

namespace Hearth.SocketIO;

/// <summary>One client's ordered channel in both directions, by polling or by WebSocket. Anyone may send at any time; nobody ever waits.</summary>
public sealed class EngineSession
{
    private readonly Lock gate = new();
    private readonly EngineServer server;
    private volatile Outlet? outlet;
    private PollingSide? polling;
    private Heartbeat heartbeat;
    private long alarmAt = long.MaxValue;
    private bool closed;

    internal EngineSession(EngineServer server, string id, Handshake handshake, Outlet? outlet)
    {
        this.server = server;
        this.outlet = outlet;
        Id = id;
        Handshake = handshake;
        polling = outlet is null ? new PollingSide(server.Options) : null;
        heartbeat = new Heartbeat(server.Intervals, server.Now);
        Handler = null!;
    }

    /// <summary>What the first request said.</summary>
    public Handshake Handshake { get; }

    /// <summary>Whether the session is over.</summary>
    public bool IsClosed => Volatile.Read(ref closed);

    /// <summary>Whether it goes by WebSocket now.</summary>
    public bool IsWebSocket => outlet is not null;

    /// <summary>A secret of the client's: whoever knows it may speak in its name.</summary>
    internal string Id { get; }

    internal EngineHandler Handler { get; set; }

    /// <summary>Whether what is sent now leaves at once.</summary>
    internal bool IsWritable
    {
        get
        {
            if (outlet is { } socket)
                return socket.IsIdle;
            lock (gate)
                return polling is { IsPolled: true };
        }
    }

    /// <summary>Which packets of the sending thread's turn it gets; that thread alone uses it.</summary>
    internal int Bundle { get; set; } = -1;

    /// <summary>The last packet that the sending thread took up for it.</summary>
    internal long Mark { get; set; }

    /// <summary>When <see cref="EngineHandler.OnAlarm"/> is to be called once: a timestamp of the server's time.</summary>
    internal long Alarm
    {
        set
        {
            lock (gate)
                alarmAt = value;
        }
    }

    /// <summary>Sends a text message.</summary>
    public void SendText(ReadOnlySpan<byte> utf8)
    {
        var packet = new byte[utf8.Length + 1];
        packet[0] = (byte)'4';
        utf8.CopyTo(packet.AsSpan(1));
        Send(Packet.OfText(packet));
    }

    /// <summary>Sends a binary message.</summary>
    public void SendBinary(ReadOnlySpan<byte> data) => Send(Packet.OfBinary(data));

    /// <summary>Ends the session; the client is told.</summary>
    public void Close() => Close(DisconnectReason.ForcedClose);

    internal void Send(Packet packet)
    {
        if (outlet is { } socket)
        {
            socket.Send(packet.Bytes);
            return;
        }

        // Whoever sends may hold locks that those need who are told of the end.
        if (!Queue(packet))
            ThreadPool.UnsafeQueueUserWorkItem(session => session.Close(DisconnectReason.TransportError), this, preferLocal: false);
    }

    /// <summary>Sends frames that were put together from several packets.</summary>
    /// <param name="frames">The frames, for a session that goes by WebSocket.</param>
    internal void Send(byte[] frames) => outlet!.Send(frames);

    /// <param name="reason">Why.</param>
    /// <param name="answer">What a GET that waits is answered; null: that the session is closed.</param>
    /// <param name="silently">Whether a client that polls no more need not learn of it.</param>
    internal void Close(DisconnectReason reason, PollAnswer? answer = null, bool silently = false)
    {
        HttpContext? post;
        Outlet? candidate;
        bool told;
        lock (gate)
        {
            if (closed)
                return;
            Volatile.Write(ref closed, true);
            told = polling?.Answer(answer ?? PollAnswer.Close) ?? true;
            polling?.Forget();
            candidate = polling?.Candidate;
            polling?.EndTrial();
            post = polling is { IsReading: true } side ? side.Post : null;
        }

        server.Remove(this, farewell: !told && !silently && reason is not (DisconnectReason.PingTimeout or DisconnectReason.TransportClose or DisconnectReason.TransportError));
        post?.Abort();
        End(candidate);
        End(outlet);
        Handler?.OnClosed(reason);
        server.Closed(reason);
    }

    /// <summary>Whether the client is lost, even if nobody has looked since: it is closed then.</summary>
    internal bool IsOverdue()
    {
        lock (gate)
        {
            if (closed || !heartbeat.IsLost(server.Now) || polling is { IsProbed: true })
                return closed;
        }

        Close(DisconnectReason.PingTimeout);
        return true;
    }

    /// <summary>Does what is due.</summary>
    internal void Tick(long now)
    {
        if (outlet is { ProbedAt: not 0 and var probed } unproved && now - probed > server.Intervals.Probe)
            unproved.EndProbe();
        if (now < Math.Min(heartbeat.Due, Math.Min(alarmAt, polling is { Candidate: not null } side ? side.CandidateUntil : long.MaxValue)))
            return;
        var lost = false;
        var alarm = false;
        Outlet? late = null;
        lock (gate)
        {
            if (closed)
                return;
            if (polling is { Candidate: { } candidate } trial && now >= trial.CandidateUntil)
            {
                late = candidate;
                trial.EndTrial();
            }

            alarm = now >= alarmAt;
            if (alarm)
                alarmAt = long.MaxValue;
            if (heartbeat.IsPingDue(now))
                Ping(now);
            else
                lost = now >= heartbeat.Due;
        }

        End(late);
        if (alarm)
            Handler.OnAlarm();
        if (lost)
            Close(DisconnectReason.PingTimeout);
        else if (outlet is { StuckAt: not 0 and var stuck } && now - stuck > server.Intervals.Stuck)
            Close(DisconnectReason.TransportError);
    }

    /// <summary>A text packet came, by either transport.</summary>
    internal ValueTask Receive(ReadOnlyMemory<byte> packet)
    {
        switch (packet.IsEmpty ? (byte)0 : packet.Span[0])
        {
            case (byte)'4':
                Heard();
                return Handler.OnText(packet[1..]);
            case (byte)'3':
                Ponged();
                break;
            case (byte)'1':
                Close(DisconnectReason.TransportClose, PollAnswer.Noop, silently: true);
                break;
            case (byte)'2':
                Close(DisconnectReason.TransportError);
                break;
            case (byte)'0' or (byte)'5' or (byte)'6':
                Heard();
                break;
            default:
                Close(DisconnectReason.ParseError, silently: true);
                break;
        }

        return ValueTask.CompletedTask;
    }

    internal ValueTask ReceiveBinary(ReadOnlyMemory<byte> data)
    {
        Heard();
        return Handler.OnBinary(data);
    }

    /// <summary>Lets the caller look at and change the polling side, if the session has one still.</summary>
    internal T Polling<T>(Func<PollingSide?, T> use)
    {
        lock (gate)
            return use(closed ? null : polling);
    }

    /// <summary>The POST at hand needs no more of its body: it is answered, whatever becomes of the session.</summary>
    internal void PostRead()
    {
        lock (gate)
            polling?.PostRead();
    }

    /// <summary>The POST at hand has been handled.</summary>
    internal void EndPost()
    {
        lock (gate)
            polling?.EndPost();
    }

    /// <summary>The WebSocket on trial becomes the transport: what waits goes first, in order.</summary>
    /// <returns>False when the session has ended or the trial is over.</returns>
    internal bool Upgrade(Outlet candidate)
    {
        lock (gate)
        {
            if (closed || polling?.Candidate != candidate)
                return false;
            polling.Upgraded(server.Now);
            candidate.Answered();
            polling.MoveTo(candidate);
            heartbeat.Upgraded(server.Now);
            polling = null;
            outlet = candidate;
            return true;
        }
    }

    private bool Queue(Packet packet)
    {
        lock (gate)
        {
            if (closed)
                return true;
            if (outlet is null)
                return polling!.Add(packet);
            outlet.Send(packet.Bytes);
            return true;
        }
    }

    private void Ping(long now)
    {
        // A client that changes its transport may lose it.
        if (polling is { IsProbed: true })
        {
            heartbeat.Postpone(now);
            return;
        }

        heartbeat.Pinged(now);
        if (outlet is { } socket)
            socket.Reply(Packet.Ping.Bytes);
        else
            polling!.Add(Packet.Ping);
    }

    private void Heard()
    {
        lock (gate)
            heartbeat.Heard(server.Now);
    }

    private void Ponged()
    {
        lock (gate)
            heartbeat.Ponged(server.Now);
    }

    private void End(Outlet? socket)
    {
        if (socket is null)
            return;
        socket.Close(code: null);
        server.Closing(socket);
    }
}
