using System.Globalization;

namespace Hearth.Features.Interactions;

/// <summary>
/// Rates and what may be said of them. Wilson, "Probable inference, the law of succession, and statistical inference", 1927; Newcombe,
/// "Interval estimation for the difference between independent proportions", 1998, method 10.
/// </summary>
internal static class ExperimentFigures
{
    /// <summary>The 97.5 % point of the normal distribution.</summary>
    public const double Z = 1.959963984540054;

    public static ExperimentReport Report(Experiment experiment, IReadOnlyDictionary<int, VariantCounts> counts)
    {
        var variants = new List<VariantReport>();
        for (var i = 0; i < experiment.Variants.Length; i++)
        {
            var (people, outcomes, pending) = counts.GetValueOrDefault(i);
            var (rate, interval) = (Rate(people, outcomes), Wilson(people, outcomes));
            var first = variants.FirstOrDefault();
            variants.Add(new VariantReport(
                experiment.Variants[i], people, outcomes, pending, rate, interval, rate - first?.Rate,
                first is null ? null : Newcombe((rate, interval), (first.Rate, first.Interval))));
        }

        return new ExperimentReport(experiment.Id, experiment.Name, variants, Warning(experiment, variants.Min(one => one.People)));
    }

    public static Interval Wilson(long people, long outcomes)
    {
        if (people == 0)
            return new Interval(0, 1);
        var (n, p) = ((double)people, Rate(people, outcomes));
        var middle = (p + (Z * Z / (2 * n))) / (1 + (Z * Z / n));
        var half = Z / (1 + (Z * Z / n)) * Math.Sqrt((p * (1 - p) / n) + (Z * Z / (4 * n * n)));
        return new Interval(Math.Max(0, middle - half), Math.Min(1, middle + half));
    }

    private static double Rate(long people, long outcomes) => people == 0 ? 0 : (double)outcomes / people;

    private static Interval Newcombe((double Rate, Interval Interval) one, (double Rate, Interval Interval) other)
    {
        var difference = one.Rate - other.Rate;
        return new Interval(
            difference - Math.Sqrt(Math.Pow(one.Rate - one.Interval.Low, 2) + Math.Pow(other.Interval.High - other.Rate, 2)),
            difference + Math.Sqrt(Math.Pow(one.Interval.High - one.Rate, 2) + Math.Pow(other.Rate - other.Interval.Low, 2)));
    }

    private static string? Warning(Experiment experiment, long fewest) =>
        fewest >= experiment.Planned
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"Do not decide yet: the smallest variant has {fewest} of {experiment.Planned} planned people. Each look before the plan is fulfilled is another chance to take an accident for a difference; the intervals hold for one look, at its end.");
}
