using Hearth.Database;
using Npgsql;

namespace Hearth.Features.Interactions;

/// <summary>Reads patterns from the person's own rows of the range, and never anybody else's.</summary>
internal static class PatternReads
{
    // An opinion: 1 for what says yes, -1 for what says no, none for what says neither. Of each kind of row only sums are told: they are exact, and few.
    private const string SumsSql =
        $"""
        -- interactions.patterns
        select type, part, later, count(*), count(seconds), coalesce(sum(seconds), 0)::bigint, count(x), coalesce(sum(x), 0)::bigint, coalesce(sum(y), 0)::bigint,
               coalesce(sum(x * y), 0)::bigint, coalesce(sum(x * x), 0)::bigint
          from (select type, seconds, later, case when hour between 5 and 11 then 0 when hour between 12 and 16 then 1 when hour between 17 and 21 then 2 else 3 end as part,
                       case when opinion is not null then intensity end as x, case when intensity is not null then opinion end as y
                  from (select type, seconds, intensity, created_at >= $5 as later, date_part('hour', created_at at time zone $4)::int as hour,
                               case when type in (2, 4, 5, 8) then 1 when type in (3, 6) then -1 when type = 9 then case when value > 5 then 1 else -1 end end as opinion
                          from interactions where {RowReads.InRange}) r) m
         group by type, part, later
        """;

    private const string ContentTypeSql =
        $"""
        -- interactions.patterns_content_type
        select c.type from (select content_id, count(*) as n from interactions where {RowReads.InRange} group by content_id) m join contents c on c.id = m.content_id
         group by c.type order by sum(m.n) desc, c.type limit 1
        """;

    private static readonly string[] Parts = ["morning", "afternoon", "evening", "night"];

    public static Task<PatternsView> Of(NpgsqlConnection db, InteractionRange range, CancellationToken ct) =>
        RowReads.InZone(db, range.User, zone => Of(db, range, zone, ct), ct);

    private static async Task<PatternsView> Of(NpgsqlConnection db, InteractionRange range, string zone, CancellationToken ct)
    {
        if (await RowReads.Span(db, range, ct) is not { } span)
            return new PatternsView(0, null, new PatternView(null, 0, null, null, null), new TrendView("stable", "stable"));
        var (start, end) = (range.From ?? span.First, range.To ?? span.Last);
        var sums = await Sums(db, range, zone, Middle(start, end), ct);
        await using var kind = Sql.Command(db, ContentTypeSql, Sql.Value(range.User), Sql.Time(range.From), Sql.Time(range.To));
        var (total, later) = (sums.Sum(one => one.N), sums.Where(one => one.Later).Sum(one => one.N));
        var timed = sums.Sum(one => one.Timed);
        return new PatternsView(
            total,
            new DateRangeView(span.First, span.Last),
            new PatternView(
                InteractionTypes.Name(sums.GroupBy(one => one.Type).OrderByDescending(of => of.Sum(one => one.N)).ThenBy(of => of.Key).First().Key),
                timed == 0 ? 0 : Math.Round((double)sums.Sum(one => one.Seconds) / timed, 2),
                Pearson.Of(sums) is { } r ? Math.Round(r, 4) : null,
                Parts[sums.GroupBy(one => one.Part).OrderByDescending(of => of.Sum(one => one.N)).ThenBy(of => of.Key).First().Key],
                await kind.ExecuteScalarAsync(ct) as string),
            new TrendView(
                start < end ? Frequency(total - later, later) : "stable",
                Correlation(Pearson.Of(sums.Where(one => !one.Later)), Pearson.Of(sums.Where(one => one.Later)))));
    }

    private static async Task<List<RowSums>> Sums(NpgsqlConnection db, InteractionRange range, string zone, DateTime middle, CancellationToken ct)
    {
        await using var command = Sql.Command(
            db, SumsSql, Sql.Value(range.User), Sql.Time(range.From), Sql.Time(range.To), Sql.Text(zone), Sql.Time(middle));
        var sums = new List<RowSums>();
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            sums.Add(new RowSums(
                row.GetInt16(0), row.GetInt32(1), row.GetBoolean(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5),
                row.GetInt64(6), row.GetInt64(7), row.GetInt64(8), row.GetInt64(9), row.GetInt64(10)));
        }

        return sums;
    }

    /// <summary>Half way, to the microsecond that the database keeps; what lies on it is later.</summary>
    private static DateTime Middle(DateTime start, DateTime end)
    {
        var half = (end - start).Ticks / 2;
        return start.AddTicks((half + TimeSpan.TicksPerMicrosecond - 1) / TimeSpan.TicksPerMicrosecond * TimeSpan.TicksPerMicrosecond);
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
}

/// <summary>Rows of one type, part of the day and half of the range; of those with an intensity x and an opinion y (+1 or -1) the sums that a correlation needs.</summary>
internal readonly record struct RowSums(short Type, int Part, bool Later, long N, long Timed, long Seconds, long Pairs, long X, long Y, long Xy, long Xx);

/// <summary>Pearson's r from sums of whole numbers, so that nothing is lost before the last division.</summary>
internal static class Pearson
{
    private const long Fewest = 3;

    /// <returns>Null under 3 pairs, or where one side never varies.</returns>
    public static double? Of(IEnumerable<RowSums> some)
    {
        var (n, x, y, xy, xx) = some.Aggregate(
            (N: (Int128)0, X: (Int128)0, Y: (Int128)0, Xy: (Int128)0, Xx: (Int128)0),
            (all, one) => (all.N + one.Pairs, all.X + one.X, all.Y + one.Y, all.Xy + one.Xy, all.Xx + one.Xx));
        // y is +1 or -1: its squares add up to n.
        var (varianceX, varianceY) = ((n * xx) - (x * x), (n * n) - (y * y));
        return n < Fewest || varianceX == 0 || varianceY == 0 ? null : (double)((n * xy) - (x * y)) / (Math.Sqrt((double)varianceX) * Math.Sqrt((double)varianceY));
    }
}
