using Hearth.Ledger;
using Npgsql;

namespace Hearth.Realtime.Sockets;

/// <summary>
/// Turns ledger rows into what Socket.IO clients hear; one per kind of news, asked on every node. Content is read as it is now, and
/// so is who may see it: <see cref="SocketPeople"/> tells who is there.
/// </summary>
internal interface ISocketEvents
{
    /// <summary>The verbs whose rows it wants; a row that voids or restores one comes, too.</summary>
    IReadOnlySet<Verb> Verbs { get; }

    /// <summary>Adds what is to be told of these rows, in their order.</summary>
    Task Compose(NpgsqlConnection db, IReadOnlyList<LedgerRow> rows, ICollection<SocketNews> news, CancellationToken ct);
}

/// <summary>An event for the sockets in any of some rooms.</summary>
/// <param name="Row">The row it follows from.</param>
/// <param name="Event">Its name, as the contract words it.</param>
/// <param name="Data">Its argument.</param>
/// <param name="Rooms">Whom it goes to: see <see cref="SocketRooms"/>; none is everybody.</param>
internal sealed record SocketNews(long Row, string Event, object Data, IReadOnlyList<string> Rooms)
{
    /// <summary>Rooms whose members do not get it.</summary>
    public IReadOnlyList<string> Except { get; init; } = [];
}

/// <summary>The names of rooms.</summary>
internal static class SocketRooms
{
    /// <summary>Moderators' sockets; joined on connecting.</summary>
    public const string Moderators = "moderators";

    /// <summary>All sockets of a person; joined on connecting.</summary>
    public static string Person(long id) => $"person {id}";

    /// <summary>A person's sockets that asked for notifications.</summary>
    public static string Personal(long id) => $"personal {id}";

    /// <summary>Sockets that follow a skill.</summary>
    public static string Skill(long id) => $"skill {id}";
}
