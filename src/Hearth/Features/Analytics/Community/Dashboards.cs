using Hearth.Ledger;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Analytics.Community;

/// <summary>The dashboard, as it is made.</summary>
internal sealed class Dashboards(NpgsqlDataSource source, ICommunityFigures figures, LedgerTail tail, KeptAnswer<Dashboard> kept, TimeProvider time)
{
    // Of each of its rows.
    private const long RowBytes = 48;

    public static KeptAnswer<Dashboard> Keep(TimeProvider time) => new("dashboard", TimeSpan.FromMinutes(10), Size, time);

    /// <param name="knows">The position that the request carries; 0 for none.</param>
    /// <param name="ct">Ends it.</param>
    public Task<Dashboard> Read(long knows, CancellationToken ct) => kept.Read(knows, () => tail.Current, Make, ct);

    private static long Size(Dashboard made) => RowBytes * (1L + made.PerDay.Count + made.Retention.Count + made.Funnel.Count);

    private async Task<Dashboard> Make(CancellationToken ct)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var today = DateOnly.FromDateTime(now);
        var totals = await figures.Totals(ct);
        var (dau, wau, mau) = (await figures.Active(1, ct), await figures.Active(7, ct), await figures.Active(30, ct));
        await using var db = await source.OpenConnectionAsync(ct);
        var (courses, skills, tasks, new7, new30) = await DashboardStore.Content(db, today, ct);
        return new Dashboard(
            now,
            new DashboardUsers(totals.Users, dau, wau, mau, Figures.Rate(dau, mau), new7, new30),
            new DashboardContent(totals.Posts, totals.Comments, totals.Groups, courses, skills, tasks),
            totals.Engagements,
            totals.HealthScore,
            await DashboardStore.Days(db, today, ct),
            await DashboardStore.Cohorts(db, today, ct),
            await DashboardStore.Funnel(db, today, ct));
    }
}
