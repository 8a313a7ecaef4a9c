using System.Diagnostics;
using System.Globalization;
using Hearth.Features.Recommendations.Engine;
using Hearth.Jobs;
using Hearth.Ledger;
using Npgsql;

namespace Hearth.Features.Recommendations;

/// <summary>
/// Learns anew who takes to what, kind by kind, from what counts now: voided rows and what was taken back are not among it. A small
/// community is learnt in milliseconds and so with each run, a large one some times a day.
/// </summary>
internal sealed class TrainingJob(NpgsqlDataSource source, TimeProvider time) : ScheduledJob
{
    /// <summary>A training of more pairs than this waits for <see cref="LargeFresh"/>.</summary>
    private const int Small = 200_000;

    private static readonly TimeSpan LargeFresh = TimeSpan.FromHours(6);
    private static readonly TimeSpan HalfLife = TimeSpan.FromDays(7);
    private static readonly TimeSpan Memory = TimeSpan.FromDays(730);

    public override string Name => "recommendations";

    public override TimeSpan Period => TimeSpan.FromMinutes(15);

    public override bool IsBatch => true;

    public override async Task<string> Run(CancellationToken ct)
    {
        var outcomes = new List<string>();
        foreach (var kind in NeighbourStore.Kinds)
            outcomes.Add(await Train(kind, ct));
        return string.Join("; ", outcomes);
    }

    private async Task<string> Train(ObjectKind kind, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        var now = time.GetUtcNow().UtcDateTime;
        if (await NeighbourStore.Model(db, kind, ct) is { Pairs: > Small } model && now - model.TrainedAt < LargeFresh)
            return $"{kind}: trained lately";
        var watch = Stopwatch.StartNew();
        var pairs = await NeighbourStore.Pairs(db, kind, now - Memory, ct);
        var people = Numbers(pairs.Select(pair => pair.Person));
        var items = Numbers(pairs.Select(pair => pair.Item));
        var matrix = TasteMatrix.Of(pairs.Select(pair => (people[pair.Person], items[pair.Item])), people.Count, items.Count);
        // One thread: requests have the other processors.
        var neighbours = Neighbours.Train(matrix, NeighbourWeights.Chosen, threads: 1, ct);
        var learnt = new Learnt([.. items.Keys], matrix, Heat(pairs, items, now), neighbours);
        await NeighbourStore.Replace(db, kind, learnt, new TrainedModel(now, people.Count, items.Count, matrix.Pairs, watch.Elapsed.TotalSeconds), ct);
        return string.Create(CultureInfo.InvariantCulture, $"{kind}: {matrix.Pairs} pairs of {people.Count} people and {items.Count} items in {watch.Elapsed.TotalSeconds:0.0} s");
    }

    private static float[] Heat(List<Taken> pairs, Dictionary<long, int> items, DateTime now)
    {
        var heat = new float[items.Count];
        foreach (var pair in pairs)
            heat[items[pair.Item]] += (float)Math.Pow(2, -Math.Max(0, (now - pair.At) / HalfLife));
        return heat;
    }

    /// <returns>Consecutive numbers, in the order of the keys.</returns>
    private static Dictionary<long, int> Numbers(IEnumerable<long> ids)
    {
        var numbers = new Dictionary<long, int>();
        foreach (var id in ids)
            numbers.TryAdd(id, numbers.Count);
        return numbers;
    }
}
