using System.Data;
using System.Diagnostics;
using System.Globalization;
using Hearth.Features.Engagement.Boards;
using Hearth.Jobs;
using Npgsql;

namespace Hearth.Features.Engagement.Chronicle;

/// <summary>
/// Tells the days that are over and not told yet, the newest first: yesterday once a day; at first, after a rebuild and after an import all
/// that are lacking. It goes back from what everyone has now, day by day, so a day costs what happened on it.
/// </summary>
internal sealed class ChronicleJob(NpgsqlDataSource source, TimeProvider time) : ScheduledJob
{
    /// <summary>The projection whose tables it reads.</summary>
    private const string Projection = "engagement";

    /// <summary>The windows that are told: all time, and the last days that people ask for most.</summary>
    public static readonly IReadOnlyList<int?> Windows = [null, 7, 30, 90, 365];

    // While they are written the projection waits.
    private const int DaysAtOnce = 4;

    /// <summary>What was under way at midnight has been committed by then, or takes back what is told.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(10);

    public override string Name => "engagement_chronicle";

    public override TimeSpan Period => TimeSpan.FromMinutes(10);

    public override async Task<string> Run(CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        var revision = await ChronicleStore.Announce(db, Projection, DateOnly.FromDateTime((time.GetUtcNow() - Grace).UtcDateTime), ct);
        var began = Stopwatch.GetTimestamp();
        var told = 0;
        while (await ChronicleStore.Lacking(db, ct) is { } newest)
        {
            if (await Tell(db, revision, newest, ct) is not { } days)
                return "The past changed meanwhile; the rest follows.";
            told += days;
        }

        return told == 0 ? "All is told." : string.Create(CultureInfo.InvariantCulture, $"{told} days in {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s");
    }

    /// <summary>Tells a day and those before it, down to one that is told already or to the first of all.</summary>
    /// <returns>How many; null when the past changed meanwhile.</returns>
    private static async Task<int?> Tell(NpgsqlConnection db, long revision, DateOnly newest, CancellationToken ct)
    {
        List<PastRanking> rankings =
            [.. Windows.SelectMany(days => new PastRanking[] { new PastReputation(days), new PastEngagements(days), new PastHelpful(days) })];
        await InOneMoment(db, async () =>
        {
            foreach (var ranking in rankings)
                await ranking.Read(db, newest.AddDays(1), ct);
        }, ct);
        var days = new List<(Ranking, int?, ChronicleDay)>();
        var told = 0;
        for (var day = newest; !await ChronicleStore.Has(db, day, ct); day = day.AddDays(-1))
        {
            if (rankings.TrueForAll(ranking => ranking.IsEmpty))
                return await ChronicleStore.Write(db, Projection, revision, days, day.AddDays(1), ct) ? told : null;
            await InOneMoment(db, async () =>
            {
                var rows = await DayRows.Read(db, day, ct);
                foreach (var window in rankings.GroupBy(ranking => ranking.Days))
                {
                    var left = window.Key is { } n ? await DayRows.Sums(db, Boards.Days.Last(n, day).From, rows.End, ct) : null;
                    foreach (var ranking in window)
                        days.Add((ranking.Ranking, ranking.Days, await ranking.Back(db, rows, left, ct)));
                }
            }, ct);
            told++;
            if (days.Count < DaysAtOnce * rankings.Count)
                continue;
            if (!await ChronicleStore.Write(db, Projection, revision, days, null, ct))
                return null;
            days.Clear();
        }

        return await ChronicleStore.Write(db, Projection, revision, days, null, ct) ? told : null;
    }

    private static async Task InOneMoment(NpgsqlConnection db, Func<Task> read, CancellationToken ct)
    {
        await using var transaction = await db.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        await read();
        await transaction.CommitAsync(ct);
    }
}
