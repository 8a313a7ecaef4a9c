using System.Text.Json;

namespace Hearth.Features.Engagement.Reputation;

/// <summary>
/// One version of the reputation rules: points by <see cref="PointKind"/>, the most that one person gives another on a day,
/// and from how many engagements in 30 days each level begins. It holds from <c>From</c> on, unless a later version does.
/// </summary>
internal sealed record RuleSet(int Version, DateTime From, IReadOnlyList<int> Points, int DailyCap, IReadOnlyList<int> Levels)
{
    /// <summary>The levels above <c>inactive</c>, lowest first.</summary>
    public static readonly string[] LevelNames = ["novice", "active", "power_user", "community_leader"];

    /// <summary>The rules that hold before anyone publishes others.</summary>
    public static readonly RuleSet BuiltIn = new(
        1, DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc), [2, 1, 3, 2, 1, 4, 2, 2, 2, 1, 5], 20, [1, 11, 51, 201]);

    public int For(PointKind kind) => Points[(int)kind];

    /// <returns>The level of someone with so many engagements in the last 30 days.</returns>
    public string LevelOf(int engagements)
    {
        for (var i = Levels.Count - 1; i >= 0; i--)
        {
            if (engagements >= Levels[i])
                return LevelNames[i];
        }

        return "inactive";
    }

    /// <summary>As the ledger keeps it: numbers in fixed order.</summary>
    public string ToDetail() => JsonSerializer.Serialize(
        new RuleDetail([.. Points], DailyCap, [.. Levels], From), ReputationJson.Default.RuleDetail);

    public static RuleSet FromDetail(int version, string detail)
    {
        var rules = JsonSerializer.Deserialize(detail, ReputationJson.Default.RuleDetail)!;
        return new RuleSet(version, rules.From, rules.Points, rules.Cap, rules.Levels);
    }
}

/// <summary>The detail of a <c>PublishRules</c> row.</summary>
internal sealed record RuleDetail(int[] Points, int Cap, int[] Levels, DateTime From);
