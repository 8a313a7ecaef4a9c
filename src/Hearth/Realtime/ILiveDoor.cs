using Hearth.Platform;

namespace Hearth.Realtime;

/// <summary>An open socket: for whom it was opened, and how it is closed when that counts no more.</summary>
internal readonly record struct OpenDoor(Caller Caller, Action Close);

/// <summary>A way by which people are connected to this node: WebSockets, or Socket.IO.</summary>
internal interface ILiveDoor
{
    /// <summary>The open sockets of a person.</summary>
    IEnumerable<OpenDoor> Open(long user);

    /// <summary>All open sockets.</summary>
    IEnumerable<OpenDoor> Open();
}

/// <summary>The sockets at <c>/ws/</c>.</summary>
internal sealed class HubDoor(Hub hub) : ILiveDoor
{
    public IEnumerable<OpenDoor> Open(long user) => hub.Members(Groups.User(user)).Select(Of);

    public IEnumerable<OpenDoor> Open() => hub.Everyone().Select(Of);

    public static OpenDoor Of(Peer peer) => new(peer.Caller, () => peer.Outlet.Close(LiveClose.SignedOut, "The token counts no more."));
}
