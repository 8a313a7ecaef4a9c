using Hearth.Database;
using Npgsql;

namespace Hearth.Features.Analytics.Presence;

/// <summary>The statements by which the projection writes.</summary>
internal static class AnalyticsStore
{
    private const string ThereSql =
        """
        -- analytics.there
        insert into analytics_presence (user_id, slot) select * from unnest($1::bigint[], $2::int[]) on conflict do nothing
        """;

    private const string ForgetSql =
        """
        -- analytics.forget
        delete from analytics_presence p using unnest($1::bigint[], $2::int[]) as k (user_id, slot) where p.user_id = k.user_id and p.slot = k.slot
        """;

    // A person's rows are read once, however many of the slots are theirs.
    private const string AgainSql =
        """
        -- analytics.again
        insert into analytics_presence (user_id, slot)
        select distinct l.actor, floor(extract(epoch from l.at) / 300)::int
          from ledger l
         where l.actor = any ($3) and l.id <= $4 and l.verb not in (100, 101) and not coalesce(l.detail @> '{"import": true}', false)
           and (l.actor, floor(extract(epoch from l.at) / 300)::int) in (select * from unnest($1::bigint[], $2::int[]))
           and coalesce((select v.verb = 101 from ledger v where v.voids = l.id and v.id > l.id and v.id <= $4 order by v.id desc limit 1), true)
        """;

    public static void Add(NpgsqlBatch batch, List<(long User, int Slot)> slots)
    {
        if (slots.Count > 0)
            Add(batch, ThereSql, Sql.Array(slots, one => one.User), Sql.Array(slots, one => one.Slot));
    }

    /// <summary>Looks at the ledger, as it stood after the row <paramref name="upTo"/>, whether anything that counts was done in these.</summary>
    public static void Doubt(NpgsqlBatch batch, List<(long User, int Slot)> slots, long upTo)
    {
        Add(batch, ForgetSql, Sql.Array(slots, one => one.User), Sql.Array(slots, one => one.Slot));
        Add(
            batch, AgainSql, Sql.Array(slots, one => one.User), Sql.Array(slots, one => one.Slot),
            Sql.Value(slots.Select(one => one.User).Distinct().ToArray()), Sql.Value(upTo));
    }

    /// <summary>Adds to the counts; what became all zero goes.</summary>
    public static void Add(NpgsqlBatch batch, string table, string key, string[] columns, DaySums sums)
    {
        var changed = sums.Changed;
        if (changed.Count == 0)
            return;
        var (keys, days) = (changed.Select(one => one.Id).ToArray(), changed.Select(one => one.Day).ToArray());
        var arrays = string.Join(", ", columns.Select((_, i) => $"${i + 3}::bigint[]"));
        Add(
            batch,
            $"""
             -- analytics.add
             insert into {table} as t ({key}, day, {string.Join(", ", columns)}) select * from unnest($1::bigint[], $2::date[], {arrays})
             on conflict ({key}, day) do update set {string.Join(", ", columns.Select(column => $"{column} = t.{column} + excluded.{column}"))}
             """,
            [Sql.Value(keys), Sql.Value(days), .. columns.Select((_, i) => Sql.Array(changed, one => one.Counts[i]))]);
        Add(
            batch,
            $"""
             -- analytics.empty
             delete from {table} t using unnest($1::bigint[], $2::date[]) as k (id, day)
              where t.{key} = k.id and t.day = k.day and {string.Join(" and ", columns.Select(column => $"t.{column} = 0"))}
             """,
            Sql.Value(keys),
            Sql.Value(days));
    }

    private static void Add(NpgsqlBatch batch, string sql, params NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.AddRange(parameters);
        batch.BatchCommands.Add(command);
    }
}
