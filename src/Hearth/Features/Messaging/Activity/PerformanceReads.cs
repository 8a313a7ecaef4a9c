using System.Globalization;
using Hearth.Features.Messaging.Tenancy;

namespace Hearth.Features.Messaging.Activity;

/// <summary>A month's sums.</summary>
internal sealed record MonthRow(DateOnly Month, long Sent, long Received, long Delivered, long Conversations, long Replied, long Open);

/// <summary>
/// All figures from one reading of the months: summary, charts and export are sums of the same rows, and so agree to the digit.
/// </summary>
internal static class PerformanceReads
{
    private const int Months = 12;

    private const string MonthsSql =
        """
        -- messaging_months.read
        select month, sum(sent)::bigint, sum(received)::bigint, sum(delivered)::bigint, sum(conversations)::bigint, sum(replied)::bigint, sum(open)::bigint
          from messaging_months where tenant = $1
         group by month
        """;

    private const string CampaignsSql =
        """
        -- mailings.success
        select coalesce(sum(sent), 0), coalesce(sum(delivered), 0) from mailings where tenant = $1 and status = 'completed'
        """;

    private const string PeriodsSql =
        """
        -- messaging_days.periods
        select coalesce(sum(sent) filter (where day = $4), 0), coalesce(sum(received) filter (where day = $4), 0),
               coalesce(sum(conversations) filter (where day = $4), 0), coalesce(sum(campaigns) filter (where day = $4), 0),
               coalesce(sum(sent) filter (where day >= $3), 0), coalesce(sum(received) filter (where day >= $3), 0),
               coalesce(sum(conversations) filter (where day >= $3), 0), coalesce(sum(campaigns) filter (where day >= $3), 0),
               coalesce(sum(sent) filter (where day >= $2), 0), coalesce(sum(received) filter (where day >= $2), 0),
               coalesce(sum(conversations) filter (where day >= $2), 0), coalesce(sum(campaigns) filter (where day >= $2), 0)
          from messaging_days where tenant = $1 and day >= least($2, $3) and day <= $4
        """;

    public static async Task<Performance> Overview(TenantDb db, DateOnly today)
    {
        var all = await All(db);
        var (sent, delivered) = (await db.Rows(CampaignsSql, row => (row.GetInt64(0), row.GetInt64(1))))[0];
        var metrics = new PerformanceMetrics(
            all.Sum(month => month.Sent + month.Received),
            Percent.Of(all.Sum(month => month.Delivered), all.Sum(month => month.Sent)),
            Percent.Of(all.Sum(month => month.Replied), all.Sum(month => month.Conversations)),
            all.Sum(month => month.Open),
            Percent.Of(delivered, sent));
        var months = LastTwelve(all, today);
        string[] labels = [.. months.Select(month => month.Month.ToString("MMM", CultureInfo.InvariantCulture))];
        return new Performance(
            metrics,
            new PerformanceCharts(
                new CountChart(labels, [.. months.Select(month => month.Sent + month.Received)]),
                new RateChart(labels, [.. months.Select(month => Percent.Of(month.Delivered, month.Sent))])),
            false);
    }

    public static async Task<MonthsView> Export(TenantDb db, DateOnly today) => new(
        LastTwelve(await All(db), today).ConvertAll(month => new MonthView(
            month.Month.ToString("yyyy-MM", CultureInfo.InvariantCulture),
            month.Sent,
            month.Received,
            month.Sent + month.Received,
            month.Delivered,
            Percent.Of(month.Delivered, month.Sent))));

    public static async Task<ActivityStatistics> Statistics(TenantDb db, DateOnly today)
    {
        var month = new DateOnly(today.Year, today.Month, 1);
        // Sunday is the first day of .NET's week, and the last of ours.
        var week = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
        return (await db.One(
            PeriodsSql,
            row => new ActivityStatistics(Period(row, 0), Period(row, 4), Period(row, 8)),
            month,
            week,
            today))!;
    }

    private static PeriodStatistics Period(Npgsql.NpgsqlDataReader row, int at) =>
        new(row.GetInt64(at), row.GetInt64(at + 1), row.GetInt64(at + 2), row.GetInt64(at + 3));

    private static Task<List<MonthRow>> All(TenantDb db) => db.Rows(
        MonthsSql,
        row => new MonthRow(
            row.GetFieldValue<DateOnly>(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5), row.GetInt64(6)));

    private static List<MonthRow> LastTwelve(List<MonthRow> all, DateOnly today)
    {
        var known = all.ToDictionary(month => month.Month);
        var first = new DateOnly(today.Year, today.Month, 1).AddMonths(1 - Months);
        return [.. Enumerable.Range(0, Months).Select(first.AddMonths).Select(month => known.GetValueOrDefault(month) ?? new MonthRow(month, 0, 0, 0, 0, 0, 0))];
    }
}
