namespace Hearth.TrainScorer;

/// <summary>Turns the machine's values into log odds (Platt, 1999), with both classes weighing the same: at even odds.</summary>
internal static class Calibration
{
    private const int Steps = 50;

    public static (double Slope, double Offset) Fit(IReadOnlyList<(double Value, bool IsBad)> rows)
    {
        var bad = rows.Count(row => row.IsBad);
        var (slope, offset) = (1.0, 0.0);
        for (var step = 0; step < Steps; step++)
        {
            double gradientSlope = 0, gradientOffset = 0, ss = 1e-6, so = 0, oo = 1e-6;
            foreach (var (value, isBad) in rows)
            {
                var weight = isBad ? 0.5 / bad : 0.5 / (rows.Count - bad);
                var chance = 1 / (1 + Exp(-((slope * value) + offset)));
                var error = weight * (chance - (isBad ? 1 : 0));
                var curve = weight * chance * (1 - chance);
                gradientSlope += error * value;
                gradientOffset += error;
                ss += curve * value * value;
                so += curve * value;
                oo += curve;
            }

            var determinant = (ss * oo) - (so * so);
            slope -= ((oo * gradientSlope) - (so * gradientOffset)) / determinant;
            offset -= ((ss * gradientOffset) - (so * gradientSlope)) / determinant;
        }

        return (slope, offset);
    }

    public static double Chance(double logOdds) => 1 / (1 + Exp(-logOdds));

    /// <summary>By halving and a short series: the library's differs in the last bit from machine to machine.</summary>
    private static double Exp(double power)
    {
        power = Math.Clamp(power, -40, 40) / 1024;
        var sum = 1 + (power * (1 + (power / 2 * (1 + (power / 3 * (1 + (power / 4)))))));
        for (var doubled = 0; doubled < 10; doubled++)
            sum *= sum;
        return sum;
    }
}
