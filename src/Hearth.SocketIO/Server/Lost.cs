using System.Security.Claims;

namespace Hearth.SocketIO.Server;

/// <summary>A client that was lost, as it was then.</summary>
internal sealed class Lost
{
    private readonly ClaimsPrincipal cameAs;

    public Lost(Socket socket)
    {
        SocketId = socket.Id;
        Rooms = [.. socket.JoinedRooms];
        Data = socket.Data;
        User = socket.User;
        cameAs = socket.Handshake.User;
    }

    public string SocketId { get; }

    public string[] Rooms { get; }

    public IDictionary<string, object?> Data { get; }

    public ClaimsPrincipal User { get; }

    /// <summary>The place of the last event that it says it got.</summary>
    public long Place { get; set; }

    /// <summary>Whether the new connection was authenticated as the same person, by the application or, where they were asked, by the middlewares.</summary>
    public bool IsSameAs(Socket socket, bool skipped) =>
        Name(cameAs) == Name(socket.Handshake.User) && (skipped || Name(User) == Name(socket.User));

    public bool IsMeant(BroadcastTarget target) =>
        (target.Rooms.Count == 0 || target.Rooms.Any(IsIn)) && !target.Except.Any(IsIn);

    private static string? Name(ClaimsPrincipal user) => user.FindFirst(ClaimTypes.NameIdentifier)?.Value ?? user.Identity?.Name;

    private bool IsIn(string room) => room == SocketId || Rooms.Contains(room, StringComparer.Ordinal);
}
