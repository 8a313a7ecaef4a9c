using System.Globalization;
using Hearth.Features.Engagement.Boards;
using Hearth.Jobs;
using Npgsql;

namespace Hearth.Features.Engagement.Predictions;

/// <summary>Trains the models once a day, from the daily rollups of the last half year.</summary>
internal sealed class PredictionJob(NpgsqlDataSource source, TimeProvider time) : ScheduledJob
{
    // Enough people to learn from; beyond it training only takes longer.
    private const int MostPeople = 20_000;

    public override string Name => "predictions";

    public override TimeSpan Period => TimeSpan.FromDays(1);

    public override bool IsBatch => true;

    public override async Task<string> Run(CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        if (await PredictionStore.LastDay(db, Days.Today(time), ct) is not { } until)
            return "Nobody engaged yet.";
        var people = await PredictionStore.Weeks(db, until, MostPeople, ct);
        var models = Training.Train(people, until).ToList();
        foreach (var model in models)
            await PredictionStore.Keep(db, model, time.GetUtcNow().UtcDateTime, ct);
        return models.Count == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{people.Count} people: too little to learn from yet.")
            : string.Join("; ", models.Select(model => string.Create(
                CultureInfo.InvariantCulture,
                $"{model.Kind}: error {model.Error:0.###} on {model.HeldOut} held-out examples, naive {model.NaiveError:0.###}")));
    }
}
