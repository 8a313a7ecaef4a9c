namespace Hearth.Features.Recommendations.Engine;

/// <summary>The best of many.</summary>
internal static class Ranking
{
    /// <returns>The places of the greatest scores, the greatest first; of equal ones the earlier place.</returns>
    public static int[] Top(ReadOnlySpan<float> scores, int count)
    {
        count = Math.Min(count, scores.Length);
        var best = new PriorityQueue<int, (float Score, int Place)>(count + 1);
        var least = float.NegativeInfinity;
        for (var i = 0; i < scores.Length; i++)
        {
            if (best.Count == count && scores[i] <= least)
                continue;
            best.Enqueue(i, (scores[i], -i));
            if (best.Count > count)
                best.Dequeue();
            best.TryPeek(out _, out var last);
            least = last.Score;
        }

        var top = new int[best.Count];
        for (var place = top.Length - 1; place >= 0; place--)
            top[place] = best.Dequeue();
        return top;
    }
}
