using System.Globalization;
using Hearth.Features.Engagement.Actions;
using Npgsql;

namespace Hearth.Features.Engagement.Rollups;

/// <summary>The rollups' upserts: differences are added; a row that became all zero goes.</summary>
internal static class RollupStore
{
    /// <summary>The place of the sum of engagements behind the tallies.</summary>
    public static readonly int Engagements = Tallies.Columns.Length;

    /// <summary>How many counts a row of days has; one of totals has its reach behind them.</summary>
    public static readonly int Width = Tallies.Columns.Length + 1;

    public static readonly int Reach = Width;

    private const string ZeroSql = "(engagements | views | posts | clicks | conversions) = 0";

    private static readonly string[] DayColumns = [.. Tallies.Columns, "engagements"];
    private static readonly string[] TotalColumns = [.. DayColumns, "reach"];

    private static readonly string DaysSql = Upsert(
        "engagement.days.add", "engagement_days", ["scope smallint", "scope_id bigint", "day date"], DayColumns);

    private static readonly string TotalsSql = Upsert(
        "engagement.totals.add", "engagement_totals", ["scope smallint", "scope_id bigint"], TotalColumns);

    private static readonly string ParticipantsSql = Upsert(
        "engagement.participants.add", "engagement_participants", ["course_id bigint", "day date", "user_id bigint"], ["actions"]);

    private const string EmptyDaysSql =
        $"""
        -- engagement.days.empty
        delete from engagement_days d using unnest($1::smallint[], $2::bigint[], $3::date[]) as k (scope, scope_id, day)
         where d.scope = k.scope and d.scope_id = k.scope_id and d.day = k.day and {ZeroSql}
        """;

    private const string EmptyTotalsSql =
        $"""
        -- engagement.totals.empty
        delete from engagement_totals t using unnest($1::smallint[], $2::bigint[]) as k (scope, scope_id)
         where t.scope = k.scope and t.scope_id = k.scope_id and {ZeroSql}
        """;

    private const string TidyDaysSql =
        $"""
        -- engagement.days.tidy
        delete from engagement_days where scope = $1 and scope_id = $2 and {ZeroSql}
        """;

    private const string TidyTotalsSql =
        $"""
        -- engagement.totals.tidy
        delete from engagement_totals where scope = $1 and scope_id = $2 and {ZeroSql}
        """;

    private const string EmptyParticipantsSql =
        """
        -- engagement.participants.empty
        delete from engagement_participants p using unnest($1::int[], $2::date[], $3::bigint[]) as k (course_id, day, user_id)
         where p.course_id = k.course_id and p.day = k.day and p.user_id = k.user_id and actions = 0
        """;

    public static void AddDays(NpgsqlBatch batch, List<KeyValuePair<(Scope Scope, long Id, DateOnly Day), int[]>> rows)
    {
        if (rows.Count == 0)
            return;
        var command = batch.Command(DaysSql)
            .Column(rows, row => (short)row.Key.Scope).Column(rows, row => row.Key.Id).Column(rows, row => row.Key.Day);
        for (var i = 0; i < Width; i++)
            command.Column(rows, row => row.Value[i]);
        var lowered = rows.FindAll(row => Lowers(row.Value));
        if (lowered.Count > 0)
        {
            batch.Command(EmptyDaysSql)
                .Column(lowered, row => (short)row.Key.Scope).Column(lowered, row => row.Key.Id).Column(lowered, row => row.Key.Day);
        }
    }

    public static void AddTotals(NpgsqlBatch batch, List<KeyValuePair<(Scope Scope, long Id), int[]>> rows)
    {
        if (rows.Count == 0)
            return;
        var command = batch.Command(TotalsSql).Column(rows, row => (short)row.Key.Scope).Column(rows, row => row.Key.Id);
        for (var i = 0; i <= Reach; i++)
            command.Column(rows, row => row.Value[i]);
        var lowered = rows.FindAll(row => Lowers(row.Value));
        if (lowered.Count > 0)
            batch.Command(EmptyTotalsSql).Column(lowered, row => (short)row.Key.Scope).Column(lowered, row => row.Key.Id);
    }

    public static void AddParticipants(NpgsqlBatch batch, List<KeyValuePair<(int Course, DateOnly Day, long User), int>> rows)
    {
        if (rows.Count == 0)
            return;
        Keyed(batch.Command(ParticipantsSql), rows).Column(rows, row => row.Value);
        var lowered = rows.FindAll(row => row.Value < 0);
        if (lowered.Count > 0)
            Keyed(batch.Command(EmptyParticipantsSql), lowered);

        static NpgsqlBatchCommand Keyed(NpgsqlBatchCommand command, List<KeyValuePair<(int Course, DateOnly Day, long User), int>> rows) =>
            command.Column(rows, row => row.Key.Course).Column(rows, row => row.Key.Day).Column(rows, row => row.Key.User);
    }

    /// <summary>Removes what is all zero of a place, where there is one.</summary>
    public static void Tidy(NpgsqlBatch batch, Scope scope, int? id)
    {
        if (id is not { } place)
            return;
        batch.Command(TidyDaysSql).Value((short)scope).Value((long)place);
        batch.Command(TidyTotalsSql).Value((short)scope).Value((long)place);
    }

    private static bool Lowers(int[] counts) => Array.Exists(counts, count => count < 0);

    /// <summary>An insert of key columns and counts from arrays that adds to the counts of a row that is there.</summary>
    private static string Upsert(string name, string table, string[] keys, string[] counts)
    {
        var names = keys.Select(key => key.Split(' ')[0]).ToArray();
        var types = keys.Select(key => key.Split(' ')[1]).Concat(counts.Select(_ => "int"));
        var arrays = types.Select((type, i) => string.Create(CultureInfo.InvariantCulture, $"${i + 1}::{type}[]"));
        return $"""
            -- {name}
            insert into {table} as t ({string.Join(", ", names)}, {string.Join(", ", counts)})
            select * from unnest({string.Join(", ", arrays)})
            on conflict ({string.Join(", ", names)}) do update set {string.Join(", ", counts.Select(count => $"{count} = t.{count} + excluded.{count}"))}
            """;
    }
}
