using System.Diagnostics.Metrics;

namespace Hearth.Realtime;

/// <summary>What <c>/metrics</c> shows of the sockets of this node.</summary>
internal static class RealtimeMetrics
{
    public static readonly Meter Meter = new("Hearth.Realtime");

    public static readonly UpDownCounter<long> Connections =
        Meter.CreateUpDownCounter<long>("hearth_sockets", description: "Open sockets.");

    public static readonly Counter<long> Frames =
        Meter.CreateCounter<long>("hearth_socket_frames_total", description: "Event frames handed to sockets; several that waited together count as one.");

    public static readonly Counter<long> Dropped =
        Meter.CreateCounter<long>("hearth_socket_frames_dropped_total", description: "Event frames that a slow socket did not get.");

    public static readonly Counter<long> Resyncs =
        Meter.CreateCounter<long>("hearth_socket_resyncs_total", description: "Sockets told that they missed events.");

    public static readonly Counter<long> Aborted =
        Meter.CreateCounter<long>("hearth_sockets_aborted_total", description: "Sockets cut off: no progress, no sign of life, or no answer to a close.");

    public static readonly Counter<long> Events =
        Meter.CreateCounter<long>("hearth_live_events_total", description: "Events that were framed for this node's sockets.");

    public static readonly Counter<long> SocketEvents =
        Meter.CreateCounter<long>("hearth_socketio_events_total", description: "Events handed to Socket.IO clients, by name; one for a room counts once.");

    public static readonly Gauge<long> Online =
        Meter.CreateGauge<long>("hearth_people_online", description: "People who are connected to any node.");
}
