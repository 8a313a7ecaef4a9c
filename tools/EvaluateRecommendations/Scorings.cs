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

    /// <summary>As the server scores contents: what goes together by how much of its liking is of late, and what is liked now, in equal parts.</summary>
    public static Scoring Lively(Neighbours neighbours, TasteMatrix matrix, float[] heat) => (taste, scores) =>
    {
        By(neighbours)(taste, scores);
        for (var item = 0; item < scores.Length; item++)
            scores[item] = Math.Max(0, scores[item]) * heat[item] / matrix.PeopleOf(item).Length;
        var (near, hot) = (Math.Max(Greatest(scores), float.Epsilon), Greatest(heat));
        for (var item = 0; item < scores.Length; item++)
            scores[item] = (scores[item] / near) + (heat[item] / hot);
    };

    public static Scoring Popularity(TasteMatrix matrix) => (_, scores) =>
    {
        for (var item = 0; item < scores.Length; item++)
            scores[item] = matrix.PeopleOf(item).Length;
    };

    private static float Greatest(ReadOnlySpan<float> values)
    {
        var greatest = float.NegativeInfinity;
        foreach (var value in values)
            greatest = Math.Max(greatest, value);
        return greatest;
    }
}
