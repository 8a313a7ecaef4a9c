using Hearth.Features.Recommendations.Engine;

namespace Hearth.EvaluateRecommendations;

/// <summary>The ways to score that are compared.</summary>
internal static class Scorings
{
    /// <summary>As the server scores: the sum over what a person took to.</summary>
    public static Scoring By(Neighbours neighbours) => (taste, scores) =>
    {
        foreach (var item in taste)
        {
            foreach (var (near, weight) in neighbours.Of(item))
                scores[near] += weight;
        }
    };

    public static Scoring Popularity(TasteMatrix matrix) => (_, scores) =>
    {
        for (var item = 0; item < scores.Length; item++)
            scores[item] = matrix.PeopleOf(item).Length;
    };
}
