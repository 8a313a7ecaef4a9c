namespace Hearth.Features.Engagement.Reputation;

/// <summary>One stretch of time in which one version holds.</summary>
internal readonly record struct RuleSpan(DateTime From, DateTime To, RuleSet Rules);

/// <summary>
/// Which rules hold when: of the versions in force the latest published whose date has come. What happened is valued by the
/// rules of its time; the cap of a day is that of its end.
/// </summary>
internal sealed class RuleTimeline
{
    public static readonly DateTime End = new(9999, 12, 31, 0, 0, 0, DateTimeKind.Utc);

    public RuleTimeline(IEnumerable<RuleSet> published)
    {
        var versions = published.Append(RuleSet.BuiltIn).OrderByDescending(rules => rules.Version).ToList();
        var starts = versions.Select(rules => rules.From).Distinct().Order().ToList();
        var spans = new List<RuleSpan>();
        for (var i = 0; i < starts.Count; i++)
        {
            var rules = versions.First(one => one.From <= starts[i]);
            var to = i + 1 < starts.Count ? starts[i + 1] : End;
            if (spans.Count > 0 && spans[^1].Rules.Version == rules.Version)
                spans[^1] = spans[^1] with { To = to };
            else
                spans.Add(new RuleSpan(starts[i], to, rules));
        }

        Spans = spans;
    }

    public static RuleTimeline BuiltIn { get; } = new([]);

    /// <summary>All time, in order.</summary>
    public IReadOnlyList<RuleSpan> Spans { get; }

    public RuleSet At(DateTime time)
    {
        for (var i = Spans.Count - 1; i > 0; i--)
        {
            if (Spans[i].From <= time)
                return Spans[i].Rules;
        }

        return Spans[0].Rules;
    }

    /// <summary>The most that one person gives another on a day.</summary>
    public int CapOn(DateOnly day) => At(day.ToDateTime(TimeOnly.MaxValue, DateTimeKind.Utc)).DailyCap;
}
