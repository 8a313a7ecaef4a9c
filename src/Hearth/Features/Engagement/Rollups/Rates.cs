namespace Hearth.Features.Engagement.Rollups;

/// <summary>Rates are in [0, 1] with two decimals, averages have one; the same everywhere.</summary>
internal static class Rates
{
    public static double Of(double part, double whole) =>
        whole <= 0 ? 0 : Math.Round(Math.Clamp(part / whole, 0, 1), 2, MidpointRounding.AwayFromZero);

    public static double Average(double sum, double count) =>
        count <= 0 ? 0 : Math.Round(sum / count, 1, MidpointRounding.AwayFromZero);

    /// <summary>How the last days compare with as many before: <c>flat</c> within five per cent.</summary>
    public static string Trend(int now, int before)
    {
        if (Math.Abs(now - before) <= 0.05 * before)
            return "flat";
        return now > before ? "up" : "down";
    }
}
