using Hearth.Platform;

namespace Hearth.Features.Analytics;

/// <summary>Rates and days, as everywhere: rates in [0, 1] with two decimals, averages with one; the last days are today (UTC) and those before it.</summary>
internal static class Figures
{
    public const int MostDays = 365;

    public static double Rate(double part, double whole) =>
        whole <= 0 ? 0 : Math.Round(Math.Clamp(part / whole, 0, 1), 2, MidpointRounding.AwayFromZero);

    public static double Average(double sum, double count) => count <= 0 ? 0 : Math.Round(sum / count, 1, MidpointRounding.AwayFromZero);

    public static (int Days, DateOnly From, DateOnly To) Asked(HttpContext http, TimeProvider time, int otherwise = 30)
    {
        var days = http.QueryInt("days", otherwise, 1, MostDays);
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        return (days, today.AddDays(1 - days), today);
    }
}
