using Hearth.Features.Engagement.Boards;
using Hearth.Features.Engagement.Rollups;
using Npgsql;

namespace Hearth.Features.Engagement.Chronicle;

/// <summary>How often people engaged.</summary>
internal sealed class PastEngagements(int? days) : PastRanking(Ranking.Engagements, days)
{
    protected override Task<List<Gain>> Gains(NpgsqlConnection db, DayRows rows, CancellationToken ct) => Task.FromResult<List<Gain>>(
    [
        .. Engaging(Late(rows)).Select(change => new Gain(change.Action.Actor, change.At, change.Sign))
            .Concat(rows.Steps().Where(step => Tallies.IsEngagement(step.Action.Verb)).Select(step => new Gain(step.Action.Actor, step.At, step.Sign)))
            .OrderBy(gain => gain.At),
    ]);

    protected override IEnumerable<(long Person, int N)> Came(DayRows rows, List<Gain> gains) =>
        Worth(rows).Concat(Engaging(Late(rows)).Select(change => (change.Action.Actor, change.Sign)));

    protected override Task<IEnumerable<(long Person, int N)>> Left(NpgsqlConnection db, DayRows day, DateTime known, CancellationToken ct) =>
        Task.FromResult(Worth(day));

    /// <summary>What the day was worth as it was known when its rows were.</summary>
    private static IEnumerable<(long Person, int N)> Worth(DayRows rows) =>
        rows.Engagements.Concat(Engaging(rows.MadeLater).Select(change => (change.Action.Actor, -change.Sign)));

    private static IEnumerable<PastChange> Engaging(IEnumerable<PastChange> changes) => changes.Where(change => Tallies.IsEngagement(change.Action.Verb));
}
