using Hearth.Ledger;
using Npgsql;

namespace Hearth.Realtime;

/// <summary>Closes the sockets of those whose token counts no more: a changed role, a suspension, a logout everywhere.</summary>
internal sealed class AccountWatch(IEnumerable<ILiveDoor> doors, NpgsqlDataSource source, TimeProvider time)
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
        var open = people.SelectMany(user => doors.SelectMany(door => door.Open(user))).ToList();
        if (open.Count > 0)
            await Check(open, ct);
    }

    /// <summary>Checks everyone: rows were lost, and any of them may have changed an account.</summary>
    public Task CheckAll(CancellationToken ct)
    {
        var open = doors.SelectMany(door => door.Open()).ToList();
        return open.Count > 0 ? Check(open, ct) : Task.CompletedTask;
    }

    /// <summary>Checks a socket that was let in while its person's account was changing.</summary>
    public Task CheckNew(OpenDoor socket)
    {
        lock (gate)
        {
            if (!changed.ContainsKey(socket.Caller.UserId))
                return Task.CompletedTask;
        }

        return Check([socket], CancellationToken.None);
    }

    private async Task Check(IReadOnlyList<OpenDoor> open, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        var standings = await RealtimeStore.Standings(db, [.. open.Select(socket => socket.Caller.UserId).Distinct()], ct);
        foreach (var socket in open)
        {
            if (!standings.TryGetValue(socket.Caller.UserId, out var now) || now != Standing.Of(socket.Caller))
                socket.Close();
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
