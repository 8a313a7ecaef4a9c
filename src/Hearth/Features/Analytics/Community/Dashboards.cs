using Hearth.Ledger;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Analytics.Community;

/// <summary>
/// The dashboard: kept on this node for a hundred times as long as it took to make, 10 minutes at most, and made anew for a request that
/// knows of something later.
/// </summary>
internal sealed class Dashboards(NpgsqlDataSource source, ICommunityFigures figures, LedgerTail tail, TimeProvider time)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    private readonly SemaphoreSlim turn = new(1);
    private volatile Kept? kept;

    /// <param name="knows">The position that the request carries; 0 for none.</param>
    /// <param name="ct">Ends it.</param>
    public async Task<Dashboard> Read(long knows, CancellationToken ct)
    {
        if (Fresh(knows) is { } fresh)
            return fresh;
        await turn.WaitAsync(ct);
        try
        {
            return Fresh(knows) ?? await Keep(ct);
        }
        finally
        {
            turn.Release();
        }
    }

    private Dashboard? Fresh(long knows) =>
        kept is { } one && one.UpTo >= knows && time.GetTimestamp() < one.Until ? one.Dashboard : null;

    private async Task<Dashboard> Keep(CancellationToken ct)
    {
        var began = time.GetTimestamp();
        var upTo = tail.Current;
        var made = await Make(ct);
        var lifetime = Math.Min(100 * time.GetElapsedTime(began).TotalSeconds, Longest.TotalSeconds);
        kept = new Kept(made, upTo, time.GetTimestamp() + (long)(lifetime * time.TimestampFrequency));
        return made;
    }

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

    private sealed record Kept(Dashboard Dashboard, long UpTo, long Until);
}
