using Hearth.Platform;
using Hearth.SocketIO.Transport;

namespace Hearth.Realtime;

/// <summary>One open socket: who it is, what it listens to, and its sending side.</summary>
internal sealed class Peer(Caller caller, Outlet outlet, TimeProvider time)
{
    /// <summary>Who it is; a newer token of the same person renews it.</summary>
    public Caller Caller { get; set; } = caller;

    public Outlet Outlet => outlet;

    /// <summary>The groups it is in, a few; the hub changes them.</summary>
    public List<string> Groups { get; } = [];

    /// <summary>What it had before it connected: events up to this position do not come again.</summary>
    public long Floor { get; set; }

    /// <summary>When the client last sent anything: a timestamp of the provider.</summary>
    public long HeardAt { get; private set; } = time.GetTimestamp();

    public long PingedAt { get; private set; } = time.GetTimestamp();

    /// <summary>The last event that the hub took up for it, and which bytes of the hub's turn it gets; the hub's thread alone uses them.</summary>
    public (long Event, int Bundle) Mark = (0, -1);

    public bool IsIn(string group) => Groups.Contains(group, StringComparer.Ordinal);

    public void Heard()
    {
        HeardAt = time.GetTimestamp();
        outlet.Heard();
    }

    public void Ping()
    {
        PingedAt = time.GetTimestamp();
        outlet.Ping();
    }
}
