using System.Collections.Concurrent;
using Hearth.SocketIO.Transport;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Hearth.SocketIO.Engine;

/// <summary>The sessions of one endpoint, and the one timer that looks after them all.</summary>
internal sealed partial class EngineServer : IDisposable
{
    private const int MostFarewells = 10_000;
    private static readonly TimeSpan FarewellsFor = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ClosingFor = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ProbingFor = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan StuckFor = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, EngineSession> sessions = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> farewells = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Outlet, long> closing = new();
    private readonly Func<EngineSession, EngineHandler> open;
    private readonly TimeProvider time;
    private readonly ILogger log;
    private readonly SendPolicy policy;
    private readonly ITimer timer;
    private volatile bool stopping;
    private int sweeping;
    private int count;
    private int outletsClosing;

    public EngineServer(EngineOptions options, Func<EngineSession, EngineHandler> open, TimeProvider time, ILogger log)
    {
        Options = options;
        this.open = open;
        this.time = time;
        this.log = log;
        Cors = options.Cors is { } cors ? new Cors(cors) : null;
        Intervals = new Intervals(Ticks(options.PingInterval), Ticks(options.PingTimeout), Ticks(options.UpgradeTimeout), Ticks(TimeSpan.FromMilliseconds(50)), Ticks(StuckFor), Ticks(ProbingFor));
        policy = new ConnectionPolicy { MostFrames = options.MaxQueuedPackets, MostBytes = options.MaxQueuedBytes };
        var shortest = Math.Min(options.PingInterval.TotalMilliseconds, options.PingTimeout.TotalMilliseconds);
        var period = TimeSpan.FromMilliseconds(Math.Clamp(shortest / 40, 5, 500));
        timer = time.CreateTimer(_ => Sweep(), null, period, period);
    }

    public EngineOptions Options { get; }

    public Cors? Cors { get; }

    public Intervals Intervals { get; }

    public TimeProvider Time => time;

    public long Now => time.GetTimestamp();

    public int Count => Volatile.Read(ref count);

    public bool IsFull => stopping || Count >= Options.MaxSessions;

    public long Ticks(TimeSpan span) => (long)(span.TotalSeconds * time.TimestampFrequency);

    public EngineSession? Find(string id) => sessions.GetValueOrDefault(id);

    /// <summary>Whether the session was closed while nobody polled; said once.</summary>
    public bool TakeFarewell(string id) => farewells.TryRemove(id, out var until) && until > Now;

    public Outlet NewOutlet(Wire wire, HttpContext http) => new(wire, policy, http.Abort, time);

    public EngineSession Open(Handshake handshake, Outlet? outlet, string id)
    {
        var session = new EngineSession(this, id, handshake, outlet);
        session.Handler = open(session);
        sessions[id] = session;
        Interlocked.Increment(ref count);
        SocketIOMetrics.Sessions.Add(1);
        SocketIOMetrics.Opened.Add(1);
        return session;
    }

    public void Remove(EngineSession session, bool farewell)
    {
        sessions.TryRemove(session.Id, out _);
        if (farewell && farewells.Count < MostFarewells)
            farewells[session.Id] = Now + Ticks(FarewellsFor);
    }

    /// <summary>Nothing is left of a session.</summary>
    public void Closed(DisconnectReason reason)
    {
        Interlocked.Decrement(ref count);
        SocketIOMetrics.Sessions.Add(-1);
        SocketIOMetrics.Closed.Add(1, new KeyValuePair<string, object?>("reason", reason.ToText()));
        SessionClosed(log, reason);
    }

    /// <summary>A connection whose close frame is out, or on its way: it is cut off when the client does not close it soon.</summary>
    public void Closing(Outlet outlet)
    {
        closing[outlet] = Now + Ticks(ClosingFor);
        Volatile.Write(ref outletsClosing, 1);
    }

    public void Ended(Outlet outlet) => closing.TryRemove(outlet, out _);

    /// <summary>Opens no session any more, and closes those that are open.</summary>
    public void Stop()
    {
        stopping = true;
        CloseAll(DisconnectReason.ServerShuttingDown);
    }

    /// <summary>Closes every session.</summary>
    public void CloseAll(DisconnectReason reason)
    {
        foreach (var (_, session) in sessions)
            session.Close(reason);
    }

    public void Dispose()
    {
        timer.Dispose();
        Stop();
    }

    public void Sweep()
    {
        if (Interlocked.Exchange(ref sweeping, 1) != 0)
            return;
        try
        {
            var now = Now;
            foreach (var (_, session) in sessions)
                session.Tick(now);
            if (!farewells.IsEmpty)
                Forget(now);
            if (Volatile.Read(ref outletsClosing) != 0)
                CutOff(now);
        }
        catch (Exception e)
        {
            SweepFailed(log, e);
        }
        finally
        {
            Volatile.Write(ref sweeping, 0);
        }
    }

    private void Forget(long now)
    {
        foreach (var (id, until) in farewells)
        {
            if (until <= now)
                farewells.TryRemove(id, out _);
        }
    }

    private void CutOff(long now)
    {
        Volatile.Write(ref outletsClosing, 0);
        foreach (var (outlet, until) in closing)
        {
            if (until > now)
                Volatile.Write(ref outletsClosing, 1);
            else if (closing.TryRemove(outlet, out _))
                outlet.Abort();
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "A session closed: {Reason}.")]
    private static partial void SessionClosed(ILogger log, DisconnectReason reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Looking after the sessions failed.")]
    private static partial void SweepFailed(ILogger log, Exception e);

    private sealed class ConnectionPolicy : SendPolicy
    {
        public override void Aborted() => SocketIOMetrics.Aborted.Add(1);
    }
}
