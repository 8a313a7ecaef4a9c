using Hearth.Features.Recommendations.Engine;

namespace Hearth.EvaluateRecommendations;

/// <summary>A grid of weights, each judged by the pairs that were held out of the training set.</summary>
internal static class Tuning
{
    private const int Most = 1_000;

    public static void Run(Split validation)
    {
        var best = (Sum: 0.0, Weights: NeighbourWeights.Chosen);
        var grid =
            from start in (double[])[0.6, 0.7]
            from through in (double[])[0.5, 0.7]
            from to in (double[])[0.2, 0.3, 0.4]
            from sharpness in (double[])[0, 0.6, 0.9]
            select new NeighbourWeights(start, through, to, sharpness, Most);
        foreach (var weights in grid)
        {
            var neighbours = Neighbours.Train(validation.Train, weights, Environment.ProcessorCount, CancellationToken.None);
            var (recall, ndcg) = Evaluation.Of(validation, Scorings.By(neighbours));
            Console.WriteLine($"{weights}: recall {recall:0.0000}, NDCG {ndcg:0.0000}");
            if (recall + ndcg > best.Sum)
                best = (recall + ndcg, weights);
        }

        Console.WriteLine($"The best: {best.Weights}");
    }
}
