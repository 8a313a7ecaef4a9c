using Hearth.Database;
using Hearth.Ledger;
using Npgsql;

namespace Hearth.Features.Feeds;

/// <summary>The statements by which the projection writes.</summary>
internal static class FeedStore
{
    private const string EndSql =
        """
        -- feeds.end
        delete from feed_entries e using unnest($1::bigint[], $2::smallint[], $3::smallint[], $4::bigint[]) as k (actor, verb, kind, object)
         where e.object_kind = k.kind and e.object_id = k.object and e.verb = k.verb and e.actor = k.actor
        """;

    private const string BeginSql =
        """
        -- feeds.begin
        insert into feed_entries (actor, verb, object_kind, object_id, id, at, parent_id)
        select * from unnest($1::bigint[], $2::smallint[], $3::smallint[], $4::bigint[], $5::bigint[], $6::timestamptz[], $7::bigint[])
        on conflict (object_kind, object_id, verb, actor) do nothing
        """;

    private const string DeleteSql =
        """
        -- feeds.delete
        delete from feed_entries where object_kind = $1 and object_id = $2
        """;

    private const string DeleteBelowSql =
        """
        -- feeds.delete_below
        delete from feed_entries where object_kind = $1 and parent_id = $2 and parent_id is not null
        """;

    // The first row of the deed that counts, that no later one takes back, and whose object was not deleted since, as the ledger stood at $6.
    private const string TellSql =
        """
        -- feeds.tell
        with asked as materialized (
          select * from unnest($1::bigint[], $2::smallint[], $3::smallint[], $4::bigint[], $5::smallint[]) as k (actor, deed, kind, object, undone)),
        concerned as (
          select k.*, l.id, l.at, l.verb, l.detail from asked k
            join ledger l on l.actor = k.actor and l.object_kind = k.kind and l.object_id = k.object and l.verb in (k.deed, k.undone)
             and l.verb in (5, 8, 9, 11, 20, 27, 30, 60, 61, 110, 117)
           where k.deed <> 81 and l.id <= $6
          union all
          select k.*, l.id, l.at, l.verb, l.detail from asked k
            join ledger l on l.subject = k.actor and l.object_kind = k.kind and l.object_id = k.object and l.verb = k.deed and l.verb = 81
           where k.deed = 81 and l.id <= $6),
        counting as materialized (
          select c.* from concerned c
           where coalesce((select v.verb = 101 from ledger v where v.voids = c.id and v.id > c.id and v.id <= $6 order by v.id desc limit 1), true)),
        parented as (
          select c.*, case when jsonb_typeof(c.parent) = 'number' then c.parent::bigint end as parent_id
            from (select k.*, case k.deed when 5 then k.detail -> 'post' when 117 then k.detail -> 'skill' end as parent from counting k) c)
        insert into feed_entries (actor, verb, object_kind, object_id, id, at, parent_id)
        select distinct on (c.actor, c.deed, c.kind, c.object) c.actor, c.deed, c.kind, c.object, c.id, c.at, c.parent_id
          from parented c
         where c.verb = c.deed
           and not exists (select from counting u
                            where u.verb = u.undone and u.actor = c.actor and u.deed = c.deed and u.kind = c.kind and u.object = c.object and u.id > c.id)
           and not exists (select from ledger d
                            where d.object_kind = c.kind and d.object_id = c.object and d.verb in (22, 24, 29, 32, 112, 119) and d.id > c.id and d.id <= $6)
           and not exists (select from ledger d
                            where d.object_kind = case c.deed when 5 then 2 when 117 then 13 end and d.object_id = c.parent_id and d.verb in (22, 24, 29, 32, 112, 119)
                              and d.id > c.id and d.id <= $6)
         order by c.actor, c.deed, c.kind, c.object, c.id
        """;

    private const string ProbeSql =
        "set local enable_hashjoin = off; set local enable_mergejoin = off; set local enable_seqscan = off";

    private const string PlanSql =
        "set local enable_hashjoin = on; set local enable_mergejoin = on; set local enable_seqscan = on";

    /// <summary>Every lookup is by key: loops over the index, whatever the statistics of a table made a moment ago say.</summary>
    public static void Probe(NpgsqlBatch batch, bool on)
    {
        foreach (var setting in (on ? ProbeSql : PlanSql).Split("; "))
            batch.BatchCommands.Add(new NpgsqlBatchCommand(setting));
    }

    public static void End(NpgsqlBatch batch, FeedKey[] keys)
    {
        if (keys.Length > 0)
            Add(batch, EndSql, Keys(keys));
    }

    public static void Begin(NpgsqlBatch batch, FeedEntry[] entries)
    {
        if (entries.Length == 0)
            return;
        Add(batch, BeginSql, [
            .. Keys([.. entries.Select(entry => entry.Key)]),
            Sql.Array(entries, entry => entry.Id),
            Sql.Times(entries, entry => entry.At),
            Sql.Array(entries, entry => entry.Parent),
        ]);
    }

    public static void Delete(NpgsqlBatch batch, LedgerRow row)
    {
        var (kind, child) = FeedDeeds.Deletion(row)!.Value;
        Add(batch, DeleteSql, [Sql.Value((short)kind), Sql.Value(row.ObjectId)]);
        if (child != default)
            Add(batch, DeleteBelowSql, [Sql.Value((short)child), Sql.Value(row.ObjectId)]);
    }

    /// <summary>Tells the deeds anew, as the ledger stood after the row <paramref name="upTo"/>.</summary>
    public static void Tell(NpgsqlBatch batch, FeedKey[] keys, long upTo)
    {
        Add(batch, EndSql, Keys(keys));
        Add(batch, TellSql, [.. Keys(keys), Sql.Array(keys, key => (short?)FeedDeeds.EndOf(key.Verb)), Sql.Value(upTo)]);
    }

    private static NpgsqlParameter[] Keys(FeedKey[] keys) =>
    [
        Sql.Array(keys, key => key.Actor),
        Sql.Array(keys, key => (short)key.Verb),
        Sql.Array(keys, key => (short)key.Kind),
        Sql.Array(keys, key => key.ObjectId),
    ];

    private static void Add(NpgsqlBatch batch, string sql, NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.AddRange(parameters);
        batch.BatchCommands.Add(command);
    }
}
