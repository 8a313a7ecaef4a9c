using Hearth.Ledger;
using Npgsql;

namespace Hearth.Realtime;

/// <summary>Closes the sockets of those whose token counts no more: a changed role, a suspension, a logout everywhere.</summary>
internal sealed class AccountWatch(Hub hub, NpgsqlDataSource source, TimeProvider time)
{
    private static readonly TimeSpan Recently = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private readonly Dictionary<long, long> changed = [];

    public async Task Check(IReadOnlyList<LedgerRow> rows, CancellationToken ct)
    {
        var people = rows
            .Where(row => row is { Verb: Verb.ChangeAccount or Verb.EndSessions, Kind: ObjectKind.User })
            .Select(row => row.ObjectId)
            .ToHashSet();
        if (people.Count == 0)
            return;
        Remember(people);
        // Whoever connects from now on is checked by CheckNew.
        var peers = people.SelectMany(user => hub.Members(Groups.User(user))).ToList();
        if (peers.Count > 0)
            await Check(peers, ct);
    }

    /// <summary>Checks a socket that was let in while its person's account was changing.</summary>
    public Task CheckNew(Peer peer)
    {
        lock (gate)
        {
            if (!changed.ContainsKey(peer.Caller.UserId))
                return Task.CompletedTask;
        }

        return Check([peer], CancellationToken.None);
    }

    private async Task Check(IReadOnlyList<Peer> peers, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        var standings = await RealtimeStore.Standings(db, [.. peers.Select(peer => peer.Caller.UserId).Distinct()], ct);
        foreach (var peer in peers)
        {
            if (!standings.TryGetValue(peer.Caller.UserId, out var now) || now != Standing.Of(peer.Caller))
                peer.Outlet.Close(LiveClose.SignedOut, "The token counts no more.");
        }
    }

    private void Remember(HashSet<long> people)
    {
        var now = time.GetTimestamp();
        lock (gate)
        {
            foreach (var (user, at) in changed)
            {
                if (time.GetElapsedTime(at, now) > Recently)
                    changed.Remove(user);
            }

            foreach (var user in people)
                changed[user] = now;
        }
    }
}
