using Hearth.Database;
using Npgsql;

namespace Hearth.Features.Interactions;

/// <summary>Counts a person's rows of a range for charts, in one pass.</summary>
internal static class ChartReads
{
    /// <summary>Days, then weeks, are the points of a chart of moods up to so many days; months beyond.</summary>
    private const int MostDays = 62;
    private const int MostDaysOfWeeks = 550;

    private const string ChartsSql =
        $"""
        -- interactions.charts
        with counted as materialized (
          select type, date_part('hour', at)::int as hour, date_trunc($5, at) as span, count(*) as n, count(intensity) as notes, sum(intensity) as felt
            from (select type, intensity, created_at at time zone $4 as at from interactions where {RowReads.InRange}) r
           group by 1, 2, 3)
        select grouping(type, hour, span), type, hour, span::date, sum(n)::bigint, sum(notes)::bigint, sum(felt)::bigint
          from counted group by grouping sets ((type), (hour), (span))
        """;

    /// <summary>What <c>grouping</c> calls rows that are of a type, of an hour.</summary>
    private const int OfType = 0b011;
    private const int OfHour = 0b101;

    public static Task<ChartsView> Of(NpgsqlConnection db, InteractionRange range, CancellationToken ct) =>
        RowReads.InZone(db, range.User, zone => Of(db, range, zone, ct), ct);

    private static async Task<ChartsView> Of(NpgsqlConnection db, InteractionRange range, string zone, CancellationToken ct)
    {
        var step = Step(await RowReads.Span(db, range, ct));
        await using var command = Sql.Command(
            db, ChartsSql, Sql.Value(range.User), Sql.Time(range.From), Sql.Time(range.To), Sql.Text(zone), Sql.Text(step));
        var (types, hours, mood) = (new List<(short Type, long N)>(), new long[24], new List<MoodPoint>());
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            switch (row.GetInt32(0))
            {
                case OfType:
                    types.Add((row.GetInt16(1), row.GetInt64(4)));
                    break;
                case OfHour:
                    hours[row.GetInt32(2)] = row.GetInt64(4);
                    break;
                case var _ when row.GetInt64(5) is > 0 and var notes:
                    mood.Add(new MoodPoint(row.GetFieldValue<DateOnly>(3), Math.Round((double)row.GetInt64(6) / notes, 2), notes));
                    break;
            }
        }

        return new ChartsView(
            hours.Sum(),
            zone,
            [.. types.OrderByDescending(one => one.N).ThenBy(one => one.Type).Select(one => new TypeCount(InteractionTypes.Name(one.Type), one.N))],
            hours,
            step,
            [.. mood.OrderBy(point => point.From)]);
    }

    private static string Step((DateTime First, DateTime Last)? span) =>
        (span?.Last - span?.First)?.TotalDays switch
        {
            > MostDaysOfWeeks => "month",
            > MostDays => "week",
            _ => "day",
        };
}
