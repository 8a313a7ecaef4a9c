using Microsoft.AspNetCore.Http;

namespace Hearth.SocketIO;

/// <summary>The ways by which a client may connect.</summary>
[Flags]
public enum Transports
{
    /// <summary>HTTP long-polling.</summary>
    Polling = 1,

    /// <summary>WebSocket.</summary>
    WebSocket = 2,

    /// <summary>Both; a polling client may go on by WebSocket.</summary>
    All = Polling | WebSocket,
}

/// <summary>Decides whether a client may open a session. It is asked before the session exists.</summary>
/// <returns>Null to let it in; else what it is told.</returns>
public delegate ValueTask<string?> AllowRequest(HttpContext http);

/// <summary>What an Engine.IO server is set to. Every default is that of the original, where it has one.</summary>
public class EngineOptions
{
    /// <summary>The transports that are enabled.</summary>
    public Transports Transports { get; set; } = Transports.All;

    /// <summary>Whether a polling client is told that it may go on by WebSocket.</summary>
    public bool AllowUpgrades { get; set; } = true;

    /// <summary>The time from an answered ping to the next.</summary>
    public TimeSpan PingInterval { get; set; } = TimeSpan.FromSeconds(25);

    /// <summary>How long a client may take to answer a ping.</summary>
    public TimeSpan PingTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How long a polling client's new WebSocket may take to become its transport.</summary>
    public TimeSpan UpgradeTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The largest body of a POST and the largest WebSocket message, in bytes; clients are told.</summary>
    public int MaxHttpBufferSize { get; set; } = 1_000_000;

    /// <summary>How many packets may wait for one client. Beyond that its session is closed: it does not read.</summary>
    public int MaxQueuedPackets { get; set; } = 10_000;

    /// <summary>How many bytes may wait for one client. A single larger packet is sent when nothing else waits.</summary>
    public long MaxQueuedBytes { get; set; } = 4 << 20;

    /// <summary>How many sessions may be open at once; more are refused with 503.</summary>
    public int MaxSessions { get; set; } = 100_000;

    /// <summary>Whether answers to polls of 1 KiB and more are compressed for clients that can read it.</summary>
    public bool HttpCompression { get; set; } = true;

    /// <summary>Which pages of other origins may connect; null: none, and no header says anything about it.</summary>
    public CorsOptions? Cors { get; set; }

    /// <summary>The name of a cookie with the session's id, for load balancers that keep a client on its node; null: none is set.</summary>
    public string? Cookie { get; set; }

    /// <summary>Asked about each client that wants to open a session; null: all may.</summary>
    public AllowRequest? AllowRequest { get; set; }
}
