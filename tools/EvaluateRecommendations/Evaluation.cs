using Hearth.Features.Recommendations.Engine;

namespace Hearth.EvaluateRecommendations;

/// <summary>Gives each item a score for what a person took to.</summary>
internal delegate void Scoring(ReadOnlySpan<int> taste, Span<float> scores);

/// <summary>
/// Ranks every item that a person's training list does not have. Recall@20 = hits / size of the person's held-out list; NDCG@20 with binary gains,
/// the ideal over min(20, size of the list); both as means over the people.
/// </summary>
internal static class Evaluation
{
    private const int Top = 20;

    public static (double Recall, double Ndcg) Of(Split split, Scoring scoring)
    {
        var people = split.HeldOut.ToArray();
        var sums = new (double Recall, double Ndcg)[people.Length];
        Parallel.For(
            0,
            people.Length,
            () => new float[split.Train.Items],
            (i, _, scores) =>
            {
                var (person, heldOut) = people[i];
                Array.Clear(scores);
                var taste = split.Train.ItemsOf(person);
                scoring(taste, scores);
                foreach (var item in taste)
                    scores[item] = float.NegativeInfinity;
                sums[i] = Judge(Ranking.Top(scores, Top), heldOut);
                return scores;
            },
            _ => { });
        return (sums.Average(sum => sum.Recall), sums.Average(sum => sum.Ndcg));
    }

    private static (double Recall, double Ndcg) Judge(int[] ranked, int[] heldOut)
    {
        var hits = 0;
        var gain = 0.0;
        for (var place = 0; place < ranked.Length; place++)
        {
            if (!heldOut.Contains(ranked[place]))
                continue;
            hits++;
            gain += Discount(place);
        }

        var ideal = 0.0;
        for (var place = 0; place < Math.Min(Top, heldOut.Length); place++)
            ideal += Discount(place);
        return ((double)hits / heldOut.Length, gain / ideal);
    }

    private static double Discount(int place) => 1 / Math.Log2(place + 2);
}
