namespace Hearth.Tests.Features.Interactions;

internal sealed record Sent(string Content, string Kind, string Type, int? Value, int? Intensity, int? Seconds, DateTime At);

/// <summary>The formulas of docs/interactions.md, computed anew from what was sent, in another way than the server's.</summary>
internal sealed class NaivePatterns(List<Sent> sent, TimeZoneInfo zone)
{
    private static readonly string[] Types = ["view", "like", "dislike", "save", "share", "skip", "play", "complete", "rate"];
    private static readonly string[] Parts = ["morning", "afternoon", "evening", "night"];

    public string MostCommonType => Types.MaxBy(type => sent.Count(one => one.Type == type))!;

    public double AverageDuration => sent.Where(one => one.Seconds is not null).Average(one => one.Seconds!.Value);

    public double? Correlation => Pearson(sent);

    public string PartOfDay => Parts.MaxBy(part => sent.Count(one => Part(one) == part))!;

    public string ContentType => sent.Select(one => one.Kind).Distinct().Order(StringComparer.Ordinal).MaxBy(kind => sent.Count(one => one.Kind == kind))!;

    public string Frequency
    {
        get
        {
            var (earlier, later) = (Halves().Earlier.Count, Halves().Later.Count);
            return later > 1.1 * earlier ? "increasing" : later < 0.9 * earlier ? "decreasing" : "stable";
        }
    }

    public string CorrelationTrend
    {
        get
        {
            var change = Pearson(Halves().Later) - Pearson(Halves().Earlier);
            return change > 0.1 ? "positive" : change < -0.1 ? "negative" : "stable";
        }
    }

    public static IEnumerable<string> ByType(IEnumerable<Sent> some) =>
        Types.Select((type, place) => (type, place, N: some.Count(one => one.Type == type))).Where(one => one.N > 0)
            .OrderByDescending(one => one.N).ThenBy(one => one.place).Select(one => $"{one.type} {one.N}");

    public IEnumerable<long> ByHour(IEnumerable<Sent> some) => Enumerable.Range(0, 24).Select(hour => (long)some.Count(one => There(one).Hour == hour));

    public IEnumerable<(DateOnly Day, double Mean, long Notes)> MoodByDay(IEnumerable<Sent> some) =>
        some.Where(one => one.Intensity is not null).GroupBy(one => DateOnly.FromDateTime(There(one))).OrderBy(day => day.Key)
            .Select(day => (day.Key, day.Average(one => one.Intensity!.Value), day.LongCount()));

    private DateTime There(Sent one) => TimeZoneInfo.ConvertTimeFromUtc(one.At, zone);

    private (List<Sent> Earlier, List<Sent> Later) Halves()
    {
        var first = sent.Min(one => one.At);
        var middle = first + ((sent.Max(one => one.At) - first) / 2);
        return (sent.FindAll(one => one.At < middle), sent.FindAll(one => one.At >= middle));
    }

    private string Part(Sent one) => There(one).Hour switch
    {
        >= 5 and < 12 => "morning",
        >= 12 and < 17 => "afternoon",
        >= 17 and < 22 => "evening",
        _ => "night",
    };

    private static double? Pearson(List<Sent> some)
    {
        var pairs = some.Where(one => one.Intensity is not null && Opinion(one) is not null).Select(one => (X: (double)one.Intensity!, Y: (double)Opinion(one)!)).ToList();
        if (pairs.Count < 3)
            return null;
        var (meanX, meanY) = (pairs.Average(pair => pair.X), pairs.Average(pair => pair.Y));
        var covariance = pairs.Sum(pair => (pair.X - meanX) * (pair.Y - meanY));
        var spread = Math.Sqrt(pairs.Sum(pair => Math.Pow(pair.X - meanX, 2)) * pairs.Sum(pair => Math.Pow(pair.Y - meanY, 2)));
        return spread == 0 ? null : covariance / spread;
    }

    private static int? Opinion(Sent one) => one.Type switch
    {
        "like" or "save" or "share" or "complete" => 1,
        "dislike" or "skip" => -1,
        "rate" => one.Value > 5 ? 1 : -1,
        _ => null,
    };
}
