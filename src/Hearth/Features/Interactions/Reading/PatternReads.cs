using Hearth.Database;
using Npgsql;

namespace Hearth.Features.Interactions;

/// <summary>Reads patterns in one pass over the person's own rows of the range, and never anybody else's.</summary>
internal static class PatternReads
{
    /// <summary>What the database knows no zone by.</summary>
    private const string UnknownZone = "22023";

    private const string ZoneSql = "-- interactions.zone\nselect coalesce(time_zone, 'UTC') from users where id = $1";

    // An opinion: 1 for what says yes, -1 for what says no, none for what says neither.
    private const string PatternsSql =
        """
        -- interactions.patterns
        with mine as materialized (
          select type, seconds, intensity, created_at, content_id, extract(hour from created_at at time zone $4)::int as hour,
                 case when type in (2, 4, 5, 8) then 1 when type in (3, 6) then -1 when type = 9 then case when value > 5 then 1 else -1 end end as opinion
            from interactions
           where user_id = $1 and standing and ($2::timestamptz is null or created_at >= $2) and ($3::timestamptz is null or created_at <= $3)),
        span as (select min(created_at) as first, max(created_at) as last, coalesce($2, min(created_at)) as a, coalesce($3, max(created_at)) as z from mine),
        seen as materialized (
          select m.*, extract(epoch from created_at) * 2 >= extract(epoch from s.a) + extract(epoch from s.z) as later, intensity is not null and opinion is not null as pair
            from mine m cross join span s),
        halves as (
          select count(*) as n, count(*) filter (where later) as later, avg(seconds)::double precision as seconds,
                 corr(intensity, opinion) as r, count(*) filter (where pair) as pairs,
                 corr(intensity, opinion) filter (where not later) as r_earlier, count(*) filter (where pair and not later) as pairs_earlier,
                 corr(intensity, opinion) filter (where later) as r_later, count(*) filter (where pair and later) as pairs_later
            from seen)
        select h.n, s.first, s.last, s.a, s.z, h.later, h.seconds, case when h.pairs >= 3 then h.r end,
               case when h.pairs_earlier >= 3 then h.r_earlier end, case when h.pairs_later >= 3 then h.r_later end,
               (select type from mine group by type order by count(*) desc, type limit 1),
               (select part from (select case when hour between 5 and 11 then 1 when hour between 12 and 16 then 2 when hour between 17 and 21 then 3 else 4 end as part from mine) p
                 group by part order by count(*) desc, part limit 1),
               (select c.type from (select content_id, count(*) as n from mine group by content_id) m join contents c on c.id = m.content_id
                 group by c.type order by sum(m.n) desc, c.type limit 1)
          from halves h cross join span s
        """;

    private static readonly string[] Parts = ["morning", "afternoon", "evening", "night"];

    public static async Task<PatternsView> Of(NpgsqlConnection db, InteractionRange range, CancellationToken ct)
    {
        await using var zone = Sql.Command(db, ZoneSql, Sql.Value(range.User));
        var name = await zone.ExecuteScalarAsync(ct) as string ?? "UTC";
        try
        {
            return await Of(db, range, name, ct);
        }
        catch (PostgresException unknown) when (unknown.SqlState == UnknownZone)
        {
            return await Of(db, range, "UTC", ct);
        }
    }

    private static async Task<PatternsView> Of(NpgsqlConnection db, InteractionRange range, string zone, CancellationToken ct)
    {
        await using var command = Sql.Command(
            db, PatternsSql, Sql.Value(range.User), Sql.Time(range.From), Sql.Time(range.To), Sql.Text(zone));
        await using var row = await command.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        var total = row.GetInt64(0);
        if (total == 0)
            return new PatternsView(0, null, new PatternView(null, 0, null, null, null), new TrendView("stable", "stable"));
        var later = row.GetInt64(5);
        var frequency = row.GetDateTime(3) < row.GetDateTime(4) ? Frequency(total - later, later) : "stable";
        return new PatternsView(
            total,
            new DateRangeView(row.GetDateTime(1), row.GetDateTime(2)),
            new PatternView(
                InteractionTypes.Name(row.GetInt16(10)),
                Math.Round(Number(row, 6) ?? 0, 2),
                Number(row, 7) is { } r ? Math.Round(r, 4) : null,
                Parts[row.GetInt32(11) - 1],
                row.TextOrNull(12)),
            new TrendView(frequency, Correlation(Number(row, 8), Number(row, 9))));
    }

    private static string Frequency(long earlier, long later) =>
        later * 10 > earlier * 11 ? "increasing" : later * 10 < earlier * 9 ? "decreasing" : "stable";

    private static string Correlation(double? earlier, double? later) =>
        (later - earlier) switch
        {
            > 0.1 => "positive",
            < -0.1 => "negative",
            _ => "stable",
        };

    private static double? Number(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetDouble(column);
}
