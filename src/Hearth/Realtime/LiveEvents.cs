using Hearth.Ledger;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Realtime;

/// <summary>
/// Turns ledger rows into the events that sockets see; one per feature, asked by the fan-out on every node.
/// Content is read as it is now, in one statement per batch.
/// </summary>
internal interface ILiveEvents
{
    /// <summary>The verbs whose rows it wants; <see cref="Verb.Void"/> and <see cref="Verb.Unvoid"/> rows come when the row they name has one of these.</summary>
    IReadOnlySet<Verb> Verbs { get; }

    /// <summary>
    /// The groups that the row's events may go to, as far as the row alone tells; null where it does not tell.
    /// Content is not read while nobody on this node is in them, and a replay reads only what its group may see.
    /// </summary>
    IReadOnlyList<string>? Audience(LedgerRow row) => null;

    /// <summary>
    /// Rows with one key follow each other with the same kind of news, of which only the last is worth telling when several
    /// wait (the views of a post); null for rows that all count.
    /// </summary>
    string? Supersedes(LedgerRow row) => null;

    /// <summary>
    /// Adds the events of these rows, in their order; none for content that is gone or hidden. Of two events of one row and
    /// type a socket gets the first that one of its groups is in: put the more personal one first.
    /// </summary>
    Task Compose(NpgsqlConnection db, IReadOnlyList<LedgerRow> rows, ICollection<LiveEvent> events, CancellationToken ct);
}

/// <summary>
/// One event and who gets it. A socket in several of <paramref name="Groups"/> gets it once.
/// </summary>
/// <param name="Row">The ledger row it follows from: its id is the event's id, its time the timestamp.</param>
/// <param name="Type">The event's name, as the contract words it.</param>
/// <param name="Data">The event's data, as finished UTF-8 JSON.</param>
/// <param name="Groups">Group names: see <see cref="Groups"/>.</param>
internal sealed record LiveEvent(LedgerRow Row, string Type, ReadOnlyMemory<byte> Data, IReadOnlyList<string> Groups)
{
    /// <summary>People who do not get it, by their integer ids; null for none. Moderators get it all the same.</summary>
    public IReadOnlySet<long>? Except { get; init; }

    /// <summary>Whether it is for this person, if it is for one of their groups.</summary>
    public bool IsFor(Caller caller) => Except is null || caller.IsModerator || !Except.Contains(caller.UserId);

    /// <summary>Whether it is the same event in another form: a socket gets one of them.</summary>
    public bool IsSameAs(LiveEvent other) => Row.Id == other.Row.Id && string.Equals(Type, other.Type, StringComparison.Ordinal);
}

/// <summary>The names of groups of sockets.</summary>
internal static class Groups
{
    public const string Feed = "ventroom_feed";

    public static string Post(long id) => $"vent_post_{id}";

    /// <summary>Joined on connecting.</summary>
    public static string User(long id) => $"user_{id}";
}
