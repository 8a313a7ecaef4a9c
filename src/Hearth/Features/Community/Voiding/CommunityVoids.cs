using Hearth.Ledger;
using Npgsql;

namespace Hearth.Features.Community;

/// <summary>
/// Reactions, views, bookmarks and shares after rows are voided or restored: what the rows that still count say, for each
/// person and object. What people wrote and whom they joined stays: hiding and removing are acts of their own.
/// </summary>
internal sealed class CommunityVoids : IVoidable
{
    private const short Reactions = 0;
    private const short Views = 1;
    private const short Bookmarks = 2;
    private const short Shares = 3;

    // A reaction and a bookmark are what their last row says; a view and a share are there since the first.
    // The compensating rows are appended after this: $5 is what they name, $6 whether they void it.
    private const string StandingSql =
        """
        -- community.standing
        with asked as materialized (
          select distinct * from unnest($1::bigint[], $2::smallint[], $3::bigint[], $4::smallint[]) as a (actor, kind, object_id, family)),
        standing as (
          select distinct on (a.family, a.kind, a.object_id, a.actor) a.family, a.kind, a.object_id, a.actor, l.verb, l.value, l.at
            from asked a join ledger l on l.actor = a.actor and l.object_kind = a.kind and l.object_id = a.object_id
           where l.actor = any ($1) and l.verb in (1, 2, 3, 4, 10, 11, 12, 13, 25)
             and a.family = case l.verb when 10 then 1 when 11 then 3 when 12 then 2 when 13 then 2 else 0 end
             and case when l.id = any ($5) then not $6
                      else coalesce((select v.verb = 101 from ledger v where v.voids = l.id and v.id > l.id order by v.id desc limit 1), true) end
           order by a.family, a.kind, a.object_id, a.actor, case when a.family in (1, 3) then l.id else -l.id end)
        select a.family, a.kind, a.object_id, a.actor, s.verb, s.value, s.at
          from asked a left join standing s using (family, kind, object_id, actor)
         order by a.kind, a.object_id, a.actor
        """;

    public async Task Follow(NpgsqlConnection db, IReadOnlyList<LedgerRow> rows, bool voided, CancellationToken ct)
    {
        var mine = rows.Where(row => Family(row.Verb) is not null && row.Actor is not null).ToList();
        if (mine.Count == 0)
            return;
        await Lock(db, mine, ct);
        var standing = await Standing(db, mine, voided, ct);
        await ReactionStore.Restate(
            db,
            [.. standing.Where(one => one.Family == Reactions).Select(one => new Reaction(one.Kind, one.Id, one.Actor, one.Reaction, IsModerator: true))],
            ct);
        await ViewStore.Restate(db, [.. standing.Where(one => one.Family == Views).Select(one => (one.Id, one.Actor, one.At))], ct);
        await MarkStore.Restate(db, [.. standing.Where(one => one.Family is Bookmarks or Shares).Select(Mark)], ct);
    }

    private static short? Family(Verb verb) => verb switch
    {
        Verb.LikePost or Verb.UnlikePost or Verb.LikeComment or Verb.UnlikeComment or Verb.ChangeReaction => Reactions,
        Verb.ViewPost => Views,
        Verb.BookmarkPost or Verb.UnbookmarkPost => Bookmarks,
        Verb.SharePost => Shares,
        _ => null,
    };

    private static PostMark Mark(State one)
    {
        var verb = one.Family == Shares
            ? one.At is null ? MarkVerb.Unshare : MarkVerb.Share
            : one.Verb == Verb.BookmarkPost ? MarkVerb.Bookmark : MarkVerb.Unbookmark;
        return new PostMark(verb, one.Id, one.Actor, IsModerator: true);
    }

    /// <summary>Locks everything that is to change, posts before comments and each by id, before the ledger is read.</summary>
    private static async Task Lock(NpgsqlConnection db, List<LedgerRow> rows, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(db);
        foreach (var (kind, table) in (ReadOnlySpan<(ObjectKind, string)>)[(ObjectKind.Post, "posts"), (ObjectKind.Comment, "comments")])
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand($"select id from {table} where id = any($1) order by id for no key update")
            {
                Parameters = { new NpgsqlParameter<long[]> { TypedValue = [.. rows.Where(row => row.Kind == kind).Select(row => row.ObjectId).Distinct()] } },
            });
        }

        await batch.ExecuteNonQueryAsync(ct);
    }

    private static async Task<List<State>> Standing(NpgsqlConnection db, List<LedgerRow> rows, bool voided, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(StandingSql, db)
        {
            Parameters =
            {
                new NpgsqlParameter<long[]> { TypedValue = [.. rows.Select(row => row.Actor!.Value)] },
                new NpgsqlParameter<short[]> { TypedValue = [.. rows.Select(row => (short)row.Kind)] },
                new NpgsqlParameter<long[]> { TypedValue = [.. rows.Select(row => row.ObjectId)] },
                new NpgsqlParameter<short[]> { TypedValue = [.. rows.Select(row => Family(row.Verb)!.Value)] },
                new NpgsqlParameter<long[]> { TypedValue = [.. rows.Select(row => row.Id)] },
                new NpgsqlParameter<bool> { TypedValue = voided },
            },
        };
        var states = new List<State>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            states.Add(new State(
                reader.GetInt16(0), (ObjectKind)reader.GetInt16(1), reader.GetInt64(2), reader.GetInt64(3),
                reader.IsDBNull(4) ? null : (Verb)reader.GetInt16(4), reader.IntOrNull(5), reader.IsDBNull(6) ? null : reader.GetDateTime(6)));
        }

        return states;
    }

    /// <summary>The row that decides; no verb where no row counts.</summary>
    private sealed record State(short Family, ObjectKind Kind, long Id, long Actor, Verb? Verb, int? Value, DateTime? At)
    {
        public byte Reaction => Verb is null or Hearth.Ledger.Verb.UnlikePost or Hearth.Ledger.Verb.UnlikeComment ? (byte)0 : (byte)(Value ?? 0);
    }
}
