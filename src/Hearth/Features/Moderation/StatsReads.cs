using Dapper;
using Npgsql;

namespace Hearth.Features.Moderation;

/// <summary>The statements on how moderation fares.</summary>
internal static class StatsReads
{
    private const string WaitingSql =
        """
        -- moderation.waiting
        select count(*) filter (where not claimed and not appealed)::int as Open, count(*) filter (where claimed and not appealed)::int as Claimed, count(*) filter (where appealed)::int as Appealed
          from (select bool_or(status = 'appealed') as appealed, coalesce(bool_or(claimed_at > now() - interval '30 minutes'), false) as claimed
                  from reports where status <> 'resolved' group by object_kind, object_id) w
        """;

    private const string DecidedSql =
        """
        -- moderation.decided
        select count(*)::int as Decided, percentile_cont(0.5) within group (order by extract(epoch from decided_at - created_at) / 3600) as Hours,
               avg((action <> 'dismiss')::int)::float8 as Upheld
          from reports where status = 'resolved' and decided_at > now() - interval '30 days'
        """;

    public static async Task<ModerationStats> Read(NpgsqlConnection db, int rules, IReadOnlyList<ScorerStats> scorer)
    {
        var (open, claimed, appealed) = await db.QuerySingleAsync<(int, int, int)>(WaitingSql);
        var (decided, hours, upheld) = await db.QuerySingleAsync<(int, double?, double?)>(DecidedSql);
        var reasons = await Counts(db, "-- moderation.reasons\nselect reason, count(*)::int from reports where created_at > now() - interval '30 days' group by 1 order by 1");
        var actions = await Counts(
            db, "-- moderation.actions\nselect action, count(*)::int from reports where status = 'resolved' and decided_at > now() - interval '30 days' group by 1 order by 1");
        return new ModerationStats(open, claimed, appealed, decided, reasons, actions, Rounded(hours), Rounded(upheld), rules, scorer);
    }

    public static async Task<int> Waiting(NpgsqlConnection db)
    {
        var (open, claimed, appealed) = await db.QuerySingleAsync<(int, int, int)>(WaitingSql);
        return open + claimed + appealed;
    }

    /// <returns>Whether it may be restored; null where there is none.</returns>
    public static Task<bool?> MayRestore(NpgsqlConnection db, long id) =>
        db.QuerySingleOrDefaultAsync<bool?>("-- voids.may_restore\nselect not is_final from voids where id = @id", new { id });

    private static async Task<Dictionary<string, int>> Counts(NpgsqlConnection db, string sql) =>
        (await db.QueryAsync<(string Name, int Count)>(sql)).ToDictionary(row => row.Name, row => row.Count, StringComparer.Ordinal);

    private static double? Rounded(double? value) => value is { } number ? Math.Round(number, 2) : null;
}
