using Hearth.Ledger;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Follows;

/// <summary>
/// Who follows whom after rows are voided or restored: what the last row about the two says that still counts. A block between them stands.
/// </summary>
internal sealed class FollowVoids : IVoidable
{
    // The compensating rows are appended after this: $3 is what they name, $4 whether they void it.
    private static readonly string StandingSql =
        $"""
        -- follows.standing
        with pairs as (select distinct * from unnest($1::bigint[], $2::bigint[]) as p (follower, followed))
        select p.follower, p.followed, s.at,
               coalesce(s.verb = 60, false)
                 and not {Blocks.Part("p.follower", "p.followed")}
          from pairs p
          left join lateral (
            select l.verb, l.at from ledger l
             where l.object_kind = 1 and l.object_id = p.followed and l.actor = p.follower and l.verb in (60, 61)
               and case when l.id = any ($3) then not $4
                        else coalesce((select v.verb = 101 from ledger v where v.voids = l.id and v.id > l.id order by v.id desc limit 1), true) end
             order by l.id desc limit 1) s on true
         order by p.follower, p.followed
        """;

    public async Task Follow(NpgsqlConnection db, IReadOnlyList<LedgerRow> rows, bool voided, CancellationToken ct)
    {
        var mine = rows.Where(row => row.Verb is Verb.Follow or Verb.Unfollow && row.Actor is not null).ToList();
        if (mine.Count == 0)
            return;
        await FollowStore.Lock(db, mine.Select(row => (row.Actor!.Value, row.ObjectId)), ct);
        await FollowStore.Set(db, await Standing(db, mine, voided, ct), ct);
    }

    private static async Task<List<Tie>> Standing(NpgsqlConnection db, List<LedgerRow> rows, bool voided, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(StandingSql, db)
        {
            Parameters =
            {
                new NpgsqlParameter<long[]> { TypedValue = [.. rows.Select(row => row.Actor!.Value)] },
                new NpgsqlParameter<long[]> { TypedValue = [.. rows.Select(row => row.ObjectId)] },
                new NpgsqlParameter<long[]> { TypedValue = [.. rows.Select(row => row.Id)] },
                new NpgsqlParameter<bool> { TypedValue = voided },
            },
        };
        var ties = new List<Tie>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            ties.Add(new Tie(reader.GetInt64(0), reader.GetInt64(1), reader.GetBoolean(3), reader.IsDBNull(2) ? null : reader.GetDateTime(2)));
        return ties;
    }
}
