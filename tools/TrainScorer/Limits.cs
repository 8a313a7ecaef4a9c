namespace Hearth.TrainScorer;

/// <summary>Where to draw the line.</summary>
internal static class Limits
{
    /// <returns>The chance that gives the best F1 of what is bad, or the best mean of that and of the F1 of what is not.</returns>
    public static (double Limit, double F1) Best(IEnumerable<(double Chance, bool IsBad)> rows, bool isMacro)
    {
        var sorted = rows.OrderByDescending(row => row.Chance).ToList();
        var bad = sorted.Count(row => row.IsBad);
        var best = (Limit: 1.0, F1: 0.0);
        var hits = 0;
        for (var flagged = 1; flagged < sorted.Count; flagged++)
        {
            hits += sorted[flagged - 1].IsBad ? 1 : 0;
            var right = sorted.Count - flagged - (bad - hits);
            var f1 = 2.0 * hits / (flagged + bad);
            if (isMacro)
                f1 = (f1 + (2.0 * right / (sorted.Count - flagged + sorted.Count - bad))) / 2;
            if (f1 > best.F1)
                best = ((sorted[flagged - 1].Chance + sorted[flagged].Chance) / 2, f1);
        }

        return best;
    }
}
