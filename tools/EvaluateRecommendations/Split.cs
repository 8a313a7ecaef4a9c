using Hearth.Features.Recommendations.Engine;

namespace Hearth.EvaluateRecommendations;

/// <summary>What is learnt from, and for each person what is held out.</summary>
internal sealed record Split(TasteMatrix Train, IReadOnlyDictionary<int, int[]> HeldOut)
{
    /// <summary>How many took to each item at the end of the training set's time, each counting 2^(−age in days / 7); null where times are not known.</summary>
    public float[]? Heat { get; init; }

    /// <summary>A tenth of the training pairs held out, for choosing weights without a look at the test; people with fewer than five pairs keep all.</summary>
    public Split Validation()
    {
        var random = new Random(7);
        var kept = new List<(int, int)>();
        var held = new Dictionary<int, int[]>();
        for (var person = 0; person < Train.People; person++)
        {
            var items = Train.ItemsOf(person).ToArray();
            var hidden = new List<int>();
            foreach (var item in items)
            {
                if (items.Length >= 5 && random.NextDouble() < 0.1)
                    hidden.Add(item);
                else
                    kept.Add((person, item));
            }

            if (hidden.Count > 0)
                held[person] = [.. hidden];
        }

        return new Split(TasteMatrix.Of(kept, Train.People, Train.Items), held);
    }
}
