using Hearth.Platform;

namespace Hearth.Features.Engagement.Reputation;

/// <summary>One version of the reputation rules. What happened is valued by the latest version whose date had come by then.</summary>
/// <param name="Version">Counts up; a later one wins over an earlier one from its own date on.</param>
/// <param name="Points">What each thing gives.</param>
/// <param name="Caps">The most that one person gives another on a day (UTC).</param>
/// <param name="Levels">From how many engagements in 30 days each level begins.</param>
/// <param name="EffectiveFrom">Since when; null: always.</param>
/// <param name="PublishedAt">When it was published; null for the built-in version.</param>
/// <param name="PublishedBy">Who published it.</param>
/// <param name="RevertedAt">When it was taken back; it values nothing then.</param>
/// <param name="Current">Whether it values what happens now.</param>
internal sealed record RuleView(
    int Version,
    IReadOnlyDictionary<string, int> Points,
    RuleCaps Caps,
    IReadOnlyDictionary<string, int> Levels,
    DateTime? EffectiveFrom,
    DateTime? PublishedAt,
    long? PublishedBy,
    DateTime? RevertedAt,
    bool Current);

internal sealed record RuleCaps(int PerPersonPerDay);

internal sealed record RuleList(IReadOnlyList<RuleView> Results, string? Next, string? Previous);

/// <summary>Rules to publish or try. What is not named stays as it is now.</summary>
/// <param name="Points">By the names of <c>GET</c>; from 0 to 1000.</param>
/// <param name="Caps">Points from one person to another on a day.</param>
/// <param name="Levels">Engagements in 30 days; each above the one before.</param>
/// <param name="EffectiveFrom">A time; <c>always</c>: over all history; left out: from now on.</param>
internal sealed record NewRules(
    IReadOnlyDictionary<string, int>? Points = null, NewCaps? Caps = null, IReadOnlyDictionary<string, int>? Levels = null, string? EffectiveFrom = null);

internal sealed record NewCaps(int? PerPersonPerDay = null);

/// <summary>What rules would change.</summary>
/// <param name="Gain">How many people would gain.</param>
/// <param name="Lose">How many would lose.</param>
/// <param name="Changes">The hundred greatest changes.</param>
internal sealed record RulePreview(int Gain, int Lose, IReadOnlyList<ScoreChange> Changes);

internal sealed record ScoreChange(long UserId, string Username, int Score, int NewScore, int Change);

internal static class RuleBodies
{
    private const int MostPoints = 1_000;
    private const int MostCap = 1_000_000;

    /// <summary>The rules that a body asks for, on the ground of those that hold now.</summary>
    public static RuleSet Complete(NewRules body, RuleSet now, int version, DateTime time) =>
        new(version, From(body.EffectiveFrom, time), Points(body.Points, now), Cap(body.Caps, now), Levels(body.Levels, now));

    public static RuleView View(RuleSet rules, bool current, DateTime? publishedAt = null, long? publishedBy = null, DateTime? revertedAt = null) => new(
        rules.Version,
        PointKinds.Names.Select((name, i) => (name, rules.Points[i])).ToDictionary(one => one.name, one => one.Item2, StringComparer.Ordinal),
        new RuleCaps(rules.DailyCap),
        RuleSet.LevelNames.Select((name, i) => (name, rules.Levels[i])).ToDictionary(one => one.name, one => one.Item2, StringComparer.Ordinal),
        rules.From == RuleSet.BuiltIn.From ? null : rules.From,
        publishedAt,
        publishedBy,
        revertedAt,
        current);

    private static DateTime From(string? text, DateTime now) => text switch
    {
        null => now,
        "always" => RuleSet.BuiltIn.From,
        _ when IsoTime.TryParse(text, out var time) => time,
        _ => throw Failure.Invalid("effective_from", "Enter an ISO 8601 time, or always."),
    };

    private static int[] Points(IReadOnlyDictionary<string, int>? asked, RuleSet now)
    {
        var points = now.Points.ToArray();
        foreach (var (name, value) in asked ?? new Dictionary<string, int>(StringComparer.Ordinal))
        {
            var kind = Array.IndexOf(PointKinds.Names, name);
            if (kind < 0)
                throw Failure.Invalid($"points.{name}", $"Nothing is called so; there are: {string.Join(", ", PointKinds.Names)}.");
            points[kind] = value is >= 0 and <= MostPoints ? value : throw Failure.Invalid($"points.{name}", $"Ensure this value is from 0 to {MostPoints}.");
        }

        return points;
    }

    private static int Cap(NewCaps? asked, RuleSet now) => asked?.PerPersonPerDay switch
    {
        null => now.DailyCap,
        { } cap and >= 0 and <= MostCap => cap,
        _ => throw Failure.Invalid("caps.per_person_per_day", $"Ensure this value is from 0 to {MostCap}."),
    };

    private static int[] Levels(IReadOnlyDictionary<string, int>? asked, RuleSet now)
    {
        var levels = now.Levels.ToArray();
        foreach (var (name, value) in asked ?? new Dictionary<string, int>(StringComparer.Ordinal))
        {
            var level = Array.IndexOf(RuleSet.LevelNames, name);
            if (level < 0)
                throw Failure.Invalid($"levels.{name}", $"Nothing is called so; there are: {string.Join(", ", RuleSet.LevelNames)}.");
            levels[level] = value;
        }

        if (levels[0] < 1 || levels.Zip(levels.Skip(1)).Any(pair => pair.First >= pair.Second))
            throw Failure.Invalid("levels", "Each level begins above the one before, the first at 1 or more.");
        return levels;
    }
}
