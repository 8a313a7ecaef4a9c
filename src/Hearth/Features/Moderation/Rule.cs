using System.Text.RegularExpressions;
using Hearth.Features.Moderation.Scoring;
using Hearth.Ledger;
using Hearth.Platform;

namespace Hearth.Features.Moderation;

/// <summary>A rule that is ready to look at texts.</summary>
internal sealed class Rule
{
    private const int MostKeywords = 200;
    private const int LongestKeyword = 100;
    private const int LongestPattern = 500;
    // Far above what the engine needs for any text; a busy machine must not let a text pass.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    private readonly Regex? keywords;
    private readonly Regex? pattern;

    public Rule(RuleRow row)
    {
        Row = row;
        if (row.Keywords.Length > 0)
            keywords = Compile($@"(?:^|[^\p{{L}}\p{{N}}])(?:{string.Join('|', row.Keywords.Select(Words))})(?:$|[^\p{{L}}\p{{N}}])");
        if (row.Pattern is not null)
            pattern = Compile(row.Pattern);
    }

    public RuleRow Row { get; }

    public bool Concerns(ObjectKind kind) => Array.IndexOf(Row.ContentTypes, (short)Vocabulary.Named(kind)) >= 0;

    public bool AsksScorer => Row.Scorer is not null;

    /// <param name="text">The text.</param>
    /// <param name="scores">What the scorer makes of it, for a rule that asks; what it cannot read well it abstains from, and finds nothing in.</param>
    /// <returns>Whether the text is what the rule looks for. The engine takes time in proportion to the text; beyond the limit it counts as not found.</returns>
    public bool Finds(string text, Scores scores)
    {
        if (AsksScorer && IsWellRead(scores) && (Row.Scorer == ScorerRules.Spam ? scores.Spam : scores.Offensive) >= Row.Threshold)
            return true;
        try
        {
            return keywords?.IsMatch(text) == true || pattern?.IsMatch(text) == true;
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    /// <summary>The rule as it is to be stored; fails with each field that is wrong.</summary>
    public static RuleRow Checked(RuleRow rule)
    {
        var wrong = new Dictionary<string, string[]>(StringComparer.Ordinal);
        if (string.IsNullOrWhiteSpace(rule.Name) || rule.Name.Length > 100)
            wrong["name"] = ["A name of at most 100 characters is required."];
        if (rule.Keywords.Length == 0 && rule.Pattern is null && rule.Scorer is null)
            wrong["keywords"] = ["Name keywords, a pattern, or a scorer."];
        if (rule.Scorer is not (null or ScorerRules.Spam or ScorerRules.Offensive))
            wrong["scorer"] = [$"\"{rule.Scorer}\" is not a valid choice."];
        if (rule.Threshold is not null && rule.Scorer is null)
            wrong["threshold"] = ["It needs a scorer."];
        else if (rule.Threshold is not (null or (>= 0.5 and <= 1)))
            wrong["threshold"] = ["Must be 0.5 to 1."];
        if (rule.Keywords.Length > MostKeywords || Array.Exists(rule.Keywords, word => string.IsNullOrWhiteSpace(word) || word.Length > LongestKeyword))
            wrong["keywords"] = [$"At most {MostKeywords}, each of 1 to {LongestKeyword} characters."];
        if (rule.Pattern is { } text && Problem(text) is { } problem)
            wrong["pattern"] = [problem];
        if (rule.ContentTypes.Length == 0)
            wrong["content_types"] = ["Name at least one."];
        if (Array.IndexOf(Vocabulary.RuleActions, rule.Action) < 0)
            wrong["action"] = [$"\"{rule.Action}\" is not a valid choice."];
        if (rule.Severity is < 1 or > 5)
            wrong["severity"] = ["Must be 1 to 5."];
        return wrong.Count == 0
            ? rule with { Name = rule.Name.Trim(), Threshold = rule.Threshold ?? ScorerRules.Default(rule.Scorer) }
            : throw Failure.Invalid(wrong);
    }

    /// <summary>A close call is the threshold's to decide; everything else that the scorer doubts is not.</summary>
    private static bool IsWellRead(Scores scores) => scores.Doubt is Doubt.None or Doubt.Borderline;

    private static string? Problem(string pattern)
    {
        if (pattern.Length is 0 or > LongestPattern)
            return $"A pattern has 1 to {LongestPattern} characters.";
        try
        {
            return Compile(pattern).IsMatch("") ? "This pattern matches every text." : null;
        }
        catch (ArgumentException)
        {
            return "This is not a valid regular expression.";
        }
        catch (NotSupportedException)
        {
            return "Look-around, back-references and atomic groups are not supported: a pattern must take time in proportion to the text only.";
        }
    }

    private static Regex Compile(string pattern) =>
        new(pattern, RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Multiline, Limit);

    private static string Words(string keyword) => string.Join(@"\s+", keyword.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(Regex.Escape));
}

/// <summary>What a rule may ask the text scorer about, and from which chance on it is right nearly always: docs/moderation-scorer.md has the figures.</summary>
internal static class ScorerRules
{
    public const string Spam = "spam";
    public const string Offensive = "offensive";

    private const double SpamThreshold = 0.99;
    private const double OffensiveThreshold = 0.9;

    public static double? Default(string? scorer) => scorer switch
    {
        Spam => SpamThreshold,
        Offensive => OffensiveThreshold,
        _ => null,
    };
}
