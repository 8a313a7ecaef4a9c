using Hearth.Features.Engagement.Rollups;
using Hearth.Ledger;
using Npgsql;

namespace Hearth.Features.Engagement.Actions;

/// <summary>The statements on the actions that count, and on those taken back.</summary>
internal static class ActionStore
{
    private const string Keys = "unnest($1::bigint[], $2::smallint[], $3::bigint[], $4::bigint[], $5::smallint[])";

    private const string PresentSql =
        $"""
        -- engagement.actions.present
        select k.n::int, a.id, a.at, a.subject, a.post_id, a.post_author, a.group_id, a.course_id, a.campaign_id, a.within
          from {Keys} with ordinality as k (actor, verb, object_id, target, kind, n)
          join engagement_actions a
            on a.actor = k.actor and a.verb = k.verb and a.object_id = k.object_id and a.target = k.target and a.object_kind = k.kind
        """;

    private const string RemoveSql =
        $"""
        -- engagement.actions.remove
        delete from engagement_actions a using {Keys} as k (actor, verb, object_id, target, kind)
         where a.actor = k.actor and a.verb = k.verb and a.object_id = k.object_id and a.target = k.target and a.object_kind = k.kind
        """;

    private const string AddSql =
        """
        -- engagement.actions.add
        insert into engagement_actions (actor, verb, object_id, target, object_kind, id, at, subject, post_id, post_author, group_id, course_id, campaign_id,
                                        within)
        select * from unnest($1::bigint[], $2::smallint[], $3::bigint[], $4::bigint[], $5::smallint[], $6::bigint[], $7::timestamptz[],
                             $8::bigint[], $9::bigint[], $10::bigint[], $11::int[], $12::int[], $13::int[], $14::bigint[])
        """;

    private const string ForgetSql =
        """
        -- engagement.taken_back.forget
        delete from engagement_taken_back where id = any($1)
        """;

    private const string AddTakenBackSql =
        """
        -- engagement.taken_back.add
        insert into engagement_taken_back (actor, verb, object_id, target, object_kind, id, at, subject, ended)
        select * from unnest($1::bigint[], $2::smallint[], $3::bigint[], $4::bigint[], $5::smallint[], $6::bigint[], $7::timestamptz[],
                             $8::bigint[], $9::bigint[])
        """;

    private const string HistorySql =
        """
        -- engagement.history
        with mine as materialized (
          select id, object_kind, object_id from ledger where actor = any($1) and verb = any($2) and id < $3)
        select m.id from mine m join unnest($4::smallint[], $5::bigint[]) as o (kind, id) on o.kind = m.object_kind and o.id = m.object_id
        """;

    /// <returns>What counts now of these.</returns>
    public static async Task<List<Deed>> Present(NpgsqlConnection db, IReadOnlyList<DeedKey> keys, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(db);
        batch.Command(PresentSql).Keyed(keys, key => key);
        var found = new List<Deed>();
        await using var reader = await batch.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var key = keys[reader.GetInt32(0) - 1];
            found.Add(new Deed(key, reader.GetInt64(1), reader.GetDateTime(2))
            {
                Subject = Long(reader, 3),
                Post = Long(reader, 4) ?? Deed.PostOf(key, null),
                PostAuthor = key.Verb == Verb.ReplyComment ? Long(reader, 5) : Long(reader, 3),
                Group = Int(reader, 6),
                Course = Int(reader, 7),
                Campaign = Int(reader, 8),
                Within = Long(reader, 9),
            });
        }

        return found;
    }

    /// <returns>Every ledger row before an id that is about these actions (and a few that only look like it), in order.</returns>
    public static async Task<List<LedgerRow>> History(NpgsqlConnection db, IReadOnlyList<DeedKey> keys, long before, CancellationToken ct)
    {
        var objects = keys.Select(key => (key.Kind, key.ObjectId)).Distinct().ToList();
        await using var batch = new NpgsqlBatch(db);
        // Both sides may be long here.
        batch.Command("set local enable_hashjoin = on");
        batch.Command(HistorySql)
            .Value<long[]>([.. keys.Select(key => key.Actor).Distinct()])
            .Value(Deeds.Verbs)
            .Value(before)
            .Column(objects, one => (short)one.Kind)
            .Column(objects, one => one.ObjectId);
        batch.Command("set local enable_hashjoin = off");
        var ids = new List<long>();
        await using (var reader = await batch.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
                ids.Add(reader.GetInt64(0));
        }

        return await Removals.Without(db, await LedgerStore.Named(db, ids, ct), ct);
    }

    public static void Remove(NpgsqlBatch batch, List<DeedKey> keys)
    {
        if (keys.Count > 0)
            batch.Command(RemoveSql).Keyed(keys, key => key);
    }

    public static void Add(NpgsqlBatch batch, List<Deed> deeds)
    {
        if (deeds.Count == 0)
            return;
        batch.Command(AddSql).Keyed(deeds, deed => deed.Key)
            .Column(deeds, deed => deed.Id)
            .Column(deeds, deed => deed.At)
            .Column(deeds, deed => deed.Subject)
            .Column(deeds, deed => InThread(deed) ? deed.Post : null)
            .Column(deeds, deed => InThread(deed) ? deed.PostAuthor : null)
            .Column(deeds, deed => deed.Group)
            .Column(deeds, deed => deed.Course)
            .Column(deeds, deed => deed.Campaign)
            .Column(deeds, deed => deed.Within);
    }

    public static void ForgetTakenBack(NpgsqlBatch batch, long[] ids)
    {
        if (ids.Length > 0)
            batch.Command(ForgetSql).Value(ids);
    }

    public static void AddTakenBack(NpgsqlBatch batch, List<TakenBack> rows)
    {
        if (rows.Count == 0)
            return;
        batch.Command(AddTakenBackSql).Keyed(rows, row => row.Deed.Key)
            .Column(rows, row => row.Deed.Id)
            .Column(rows, row => row.Deed.At)
            .Column(rows, row => row.Deed.Subject)
            .Column(rows, row => row.Ended);
    }

    private static bool InThread(Deed deed) => deed.Verb is Verb.CommentPost or Verb.ReplyComment;

    private static NpgsqlBatchCommand Keyed<T>(this NpgsqlBatchCommand command, IReadOnlyList<T> rows, Func<T, DeedKey> key) =>
        command
            .Column(rows, row => key(row).Actor)
            .Column(rows, row => (short)key(row).Verb)
            .Column(rows, row => key(row).ObjectId)
            .Column(rows, row => key(row).Target)
            .Column(rows, row => (short)key(row).Kind);

    private static long? Long(NpgsqlDataReader reader, int i) => reader.IsDBNull(i) ? null : reader.GetInt64(i);

    private static int? Int(NpgsqlDataReader reader, int i) => reader.IsDBNull(i) ? null : reader.GetInt32(i);
}
