using Hearth.Ledger;
using Npgsql;

namespace Hearth.Features.Notifications.Making;

/// <summary>What one row says about a membership, a block or muted types.</summary>
internal readonly record struct Tie(short Kind, long Owner, long Other, long Row, int Value);

/// <summary>
/// Who is in which group, who blocks whom and who muted what, as of the row that is being looked at. A projection may not
/// look into the tables of others, which are ahead of it: it keeps what it needs.
/// </summary>
internal sealed class Ties
{
    private const short Member = 1;
    private const short Blocks = 2;
    private const short Mutes = 3;

    /// <summary>Who left for good.</summary>
    public const short Left = 4;

    private readonly Dictionary<(short, long, long), int> values = [];
    private readonly Dictionary<long, SortedSet<long>> members = [];
    private readonly List<Tie> news = [];

    private Ties()
    {
    }

    /// <summary>Loads what these rows may need.</summary>
    public static async Task<Ties> Load(NpgsqlConnection db, IReadOnlyList<LedgerRow> rows, CancellationToken ct)
    {
        var ties = new Ties();
        var news = rows.Where(Causes.IsGroupNews).ToList();
        var groups = news.Select(row => (long)row.Group!.Value).Distinct().ToArray();
        foreach (var (group, member) in await TieStore.Members(db, groups, ct))
            ties.Enter(group, member);

        var pairs = new HashSet<(long, long)>();
        foreach (var row in rows)
        {
            foreach (var cause in Causes.Of(row))
                pairs.Add((cause.User, cause.Actor ?? 0));
        }

        var joining = rows.Where(row => row.Verb is Verb.JoinGroup or Verb.FoundGroup && row.Actor is not null).Select(row => row.Actor!.Value).ToList();
        foreach (var row in news)
        {
            foreach (var reader in ties.MembersOf(row.Group!.Value).Concat(joining))
                pairs.Add((reader, row.Actor ?? 0));
        }

        foreach (var (tie, value) in await TieStore.Current(db, Blocks, pairs, ct))
            ties.values[(Blocks, tie.Owner, tie.Other)] = value;
        foreach (var (tie, value) in await TieStore.Current(db, Mutes, [.. pairs.Select(pair => (pair.Item1, 0L)).Distinct()], ct))
            ties.values[(Mutes, tie.Owner, 0)] = value;
        foreach (var (tie, value) in await TieStore.Current(db, Left, [.. pairs.Select(pair => (pair.Item1, 0L)).Distinct()], ct))
            ties.values[(Left, tie.Owner, 0)] = value;
        return ties;
    }

    /// <summary>What the row says of a membership, a block or muted types; null for others.</summary>
    public static Tie? Of(LedgerRow row) => row switch
    {
        { Verb: Verb.JoinGroup or Verb.FoundGroup, Actor: { } actor } => new Tie(Member, row.ObjectId, actor, row.Id, 1),
        { Verb: Verb.LeaveGroup, Actor: { } actor } => new Tie(Member, row.ObjectId, actor, row.Id, 0),
        { Verb: Verb.Block, Actor: { } actor } => new Tie(Blocks, actor, row.ObjectId, row.Id, 1),
        { Verb: Verb.Unblock, Actor: { } actor } => new Tie(Blocks, actor, row.ObjectId, row.Id, 0),
        { Verb: Verb.MuteNotifications, Actor: { } actor } => new Tie(Mutes, actor, 0, row.Id, row.Value ?? 0),
        _ => null,
    };

    public void Follow(Tie tie)
    {
        news.Add(tie);
        if (tie.Kind != Member)
            values[(tie.Kind, tie.Owner, tie.Other)] = tie.Value;
        else if (tie.Value == 1)
            Enter(tie.Owner, tie.Other);
        else
            MembersOf(tie.Owner).Remove(tie.Other);
    }

    public SortedSet<long> MembersOf(long group) => members.TryGetValue(group, out var found) ? found : [];

    public bool Admits(Cause cause) =>
        !values.ContainsKey((Left, cause.User, 0)) && (cause.Actor is not { } actor || values.GetValueOrDefault((Blocks, cause.User, actor)) == 0);

    public bool IsMuted(Cause cause) => (values.GetValueOrDefault((Mutes, cause.User, 0)) & cause.Type.Bit()) != 0;

    public Task Save(NpgsqlConnection db, CancellationToken ct) => news.Count == 0 ? Task.CompletedTask : TieStore.Add(db, news, ct);

    private void Enter(long group, long member)
    {
        if (!members.TryGetValue(group, out var found))
            members[group] = found = [];
        found.Add(member);
    }
}
