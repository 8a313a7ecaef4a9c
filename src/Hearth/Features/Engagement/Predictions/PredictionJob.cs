using System.Globalization;
using Hearth.Features.Engagement.Boards;
using Hearth.Jobs;
using Npgsql;

namespace Hearth.Features.Engagement.Predictions;

/// <summary>
/// Trains the models once a day, and soon after there is enough to learn from at all, as after an import: from the daily rollups of
/// the last half year; where too few were active in it, from two years or eight.
/// </summary>
internal sealed class PredictionJob(NpgsqlDataSource source, TimeProvider time) : ScheduledJob
{
    // Enough people to learn from; beyond it training only takes longer.
    private const int MostPeople = 20_000;

    private static readonly TimeSpan Fresh = TimeSpan.FromDays(1);
    private static readonly int[] Spans = [26, 104, 416];

    public override string Name => "predictions";

    public override TimeSpan Period => TimeSpan.FromMinutes(5);

    public override bool IsBatch => true;

    public override async Task<string> Run(CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        var now = time.GetUtcNow().UtcDateTime;
        if (await PredictionStore.Latest(db, ct) is { Count: > 0 } latest && latest.TrueForAll(one => now - one.TrainedAt < Fresh))
            return "Trained today already.";
        if (await PredictionStore.LastDay(db, Days.Today(time), ct) is not { } until)
            return "Nobody engaged yet.";
        var (people, models) = (0, new List<Model>());
        foreach (var weeks in Spans)
        {
            var lives = await PredictionStore.Weeks(db, until, weeks, MostPeople, ct);
            people = lives.Count;
            models = [.. Training.Train(lives, until)];
            if (models.Count == 2)
                break;
        }

        foreach (var model in models)
            await PredictionStore.Keep(db, model, now, ct);
        return models.Count == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{people} people: too little to learn from yet.")
            : string.Join("; ", models.Select(model => string.Create(
                CultureInfo.InvariantCulture,
                $"{model.Kind}: error {model.Error:0.###} on {model.HeldOut} held-out examples, naive {model.NaiveError:0.###}")));
    }
}
