using System.Text.Encodings.Web;
using System.Text.Json;

namespace Hearth.SocketIO;

/// <summary>What a Socket.IO server is set to.</summary>
public sealed class SocketIOOptions : EngineOptions
{
    /// <summary>How long a client may take to join its first namespace.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(45);

    /// <summary>How many byte arrays one packet of a client's may carry.</summary>
    public int MaxAttachments { get; set; } = 10;

    /// <summary>How many bytes the byte arrays of one packet of a client's may have together.</summary>
    public long MaxAttachmentBytes { get; set; } = 4_000_000;

    /// <summary>How long the byte arrays of a packet may take to come.</summary>
    public TimeSpan AttachmentTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How deep the JSON of a client's may be nested.</summary>
    public int MaxJsonDepth { get; set; } = 64;

    /// <summary>
    /// How many events of one socket are handled at the same time. With 1 an event is handled when the one before it is; with more, they are
    /// still begun in order.
    /// </summary>
    public int MaxConcurrentEvents { get; set; } = 1;

    /// <summary>How many events of one socket may wait to be handled; while they do nothing more is read from the client.</summary>
    public int MaxWaitingEvents { get; set; } = 256;

    /// <summary>How many acknowledgements one socket may owe.</summary>
    public int MaxPendingAcks { get; set; } = 1_000;

    /// <summary>How long acknowledgements are waited for where nothing else is said.</summary>
    public TimeSpan AckTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many rooms one socket may be in, besides its own.</summary>
    public int MaxRooms { get; set; } = 1_000;

    /// <summary>How arguments become JSON and back. Byte arrays travel as such, whatever is set here.</summary>
    public JsonSerializerOptions Json { get; set; } = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Lets clients that come back soon go on where they were; null: off. Every event then carries one argument more.</summary>
    public RecoveryOptions? Recovery { get; set; }

    /// <summary>Makes each namespace's adapter; null: one that knows this node alone.</summary>
    public Func<SocketNamespace, ISocketIOAdapter>? Adapter { get; set; }
}

/// <summary>How much is kept for clients that come back.</summary>
public sealed class RecoveryOptions
{
    /// <summary>How long after it was lost a client may come back.</summary>
    public TimeSpan MaxDisconnection { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Whether a client that comes back skips the namespace's middlewares. What they authenticated last time counts on.</summary>
    public bool SkipMiddlewares { get; set; } = true;

    /// <summary>How many events each namespace keeps.</summary>
    public int MaxPackets { get; set; } = 10_000;

    /// <summary>How many bytes of events each namespace keeps.</summary>
    public long MaxBytes { get; set; } = 16 << 20;

    /// <summary>How many lost clients each namespace remembers.</summary>
    public int MaxSessions { get; set; } = 10_000;
}
