namespace Hearth.Features.Interactions;

/// <summary>Scores orders of what was shown by what people then took to.</summary>
internal static class Rankings
{
    private const int Depth = 10;

    private const string Note =
        "Only what was shown can be judged, and what stood high was seen more: this favours the recorded order. A new ranking that wins here is worth an experiment, not yet a decision.";

    public static ReplayView Replay(IReadOnlyList<ShownList> lists, IReadOnlyDictionary<long, int> places)
    {
        var judged = lists.Where(list => list.Taken.Count > 0).ToList();
        var recorded = judged.ConvertAll(list => Score(list.Contents, list.Taken));
        // A stable sort: what the ranking does not name keeps its order behind.
        var replayed = judged.ConvertAll(list => Score([.. list.Contents.OrderBy(content => places.GetValueOrDefault(content, int.MaxValue))], list.Taken));
        var differences = recorded.Zip(replayed, (before, after) => after.Ndcg - before.Ndcg).ToList();
        var mean = differences.Count == 0 ? 0 : differences.Average();
        return new ReplayView(lists.Count, judged.Count, Mean(recorded), Mean(replayed), mean, Around(mean, differences), Note);
    }

    public static RankingScore Score(IReadOnlyList<long> order, IReadOnlySet<long> taken)
    {
        var (first, gain, best) = (0.0, 0.0, 0.0);
        for (var i = 0; i < order.Count; i++)
        {
            var discount = 1 / Math.Log2(i + 2);
            if (i < Math.Min(Depth, taken.Count))
                best += discount;
            if (!taken.Contains(order[i]))
                continue;
            first = first == 0 ? 1.0 / (i + 1) : first;
            if (i < Depth)
                gain += discount;
        }

        return new RankingScore(first, best == 0 ? 0 : gain / best);
    }

    private static RankingScore Mean(List<RankingScore> scores) =>
        scores.Count == 0 ? new RankingScore(0, 0) : new RankingScore(scores.Average(score => score.ReciprocalRank), scores.Average(score => score.Ndcg));

    private static Interval? Around(double mean, List<double> values)
    {
        if (values.Count < 2)
            return null;
        var deviation = Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1));
        var half = ExperimentFigures.Z * deviation / Math.Sqrt(values.Count);
        return new Interval(mean - half, mean + half);
    }
}
