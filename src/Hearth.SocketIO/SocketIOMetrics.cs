using System.Diagnostics.Metrics;

namespace Hearth.SocketIO;

/// <summary>What can be measured, under the meter <c>Hearth.SocketIO</c>.</summary>
internal static class SocketIOMetrics
{
    public static readonly Meter Meter = new("Hearth.SocketIO");

    public static readonly UpDownCounter<long> Sessions = Meter.CreateUpDownCounter<long>("socketio_sessions", description: "Open sessions.");

    public static readonly UpDownCounter<long> Sockets =
        Meter.CreateUpDownCounter<long>("socketio_sockets", description: "Sockets that are in a namespace.");

    public static readonly Counter<long> Opened = Meter.CreateCounter<long>("socketio_sessions_opened_total", description: "Sessions that were opened.");

    public static readonly Counter<long> Closed =
        Meter.CreateCounter<long>("socketio_sessions_closed_total", description: "Sessions that ended, by reason.");

    public static readonly Counter<long> Refused =
        Meter.CreateCounter<long>("socketio_requests_refused_total", description: "Requests that were refused, by code.");

    public static readonly Counter<long> Received =
        Meter.CreateCounter<long>("socketio_events_received_total", description: "Events that clients sent.");

    public static readonly Counter<long> Sent =
        Meter.CreateCounter<long>("socketio_packets_sent_total", description: "Packets handed to sessions; each recipient counts.");

    public static readonly Counter<long> Volatile =
        Meter.CreateCounter<long>("socketio_volatile_dropped_total", description: "Volatile packets that a busy client did not get.");

    public static readonly Counter<long> Aborted =
        Meter.CreateCounter<long>("socketio_connections_aborted_total", description: "Connections cut off: too much waits, or no answer to a close.");
}
