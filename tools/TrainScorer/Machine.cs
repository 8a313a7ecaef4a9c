namespace Hearth.TrainScorer;

/// <summary>
/// A linear support vector machine with squared hinge loss, trained by coordinate descent on its dual (Hsieh et al., ICML 2008).
/// Only sums, products and comparisons: every machine comes to the same weights.
/// </summary>
internal static class Machine
{
    private const int Rounds = 15;

    /// <param name="isBad">What each row should be found.</param>
    /// <param name="costs">How much each row counts; 0 leaves it out.</param>
    /// <returns>A weight for each feature, the last the bias.</returns>
    public static double[] Train(Vector[] rows, bool[] isBad, double[] costs, int features)
    {
        var weights = new double[features + 1];
        var multipliers = new double[rows.Length];
        var order = Enumerable.Range(0, rows.Length).Where(row => costs[row] > 0).ToArray();
        var lengths = rows.Select(row => 1 + row.Values.Sum(value => (double)value * value)).ToArray();
        var chance = new Chance(1);
        for (var round = 0; round < Rounds; round++)
        {
            chance.Shuffle(order);
            foreach (var row in order)
            {
                var sign = isBad[row] ? 1 : -1;
                var soft = 1 / (2 * costs[row]);
                var slope = (sign * Value(weights, rows[row])) - 1 + (multipliers[row] * soft);
                var next = Math.Max(0, multipliers[row] - (slope / (lengths[row] + soft)));
                if (next.Equals(multipliers[row]))
                    continue;
                Add(weights, rows[row], (next - multipliers[row]) * sign);
                multipliers[row] = next;
            }
        }

        return weights;
    }

    public static double Value(double[] weights, Vector row)
    {
        var sum = weights[^1];
        for (var at = 0; at < row.Features.Length; at++)
            sum += weights[row.Features[at]] * row.Values[at];
        return sum;
    }

    private static void Add(double[] weights, Vector row, double step)
    {
        weights[^1] += step;
        for (var at = 0; at < row.Features.Length; at++)
            weights[row.Features[at]] += step * row.Values[at];
    }
}
