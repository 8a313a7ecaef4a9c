using System.Collections.Frozen;
using Hearth.Ledger;
using Hearth.Platform;

namespace Hearth.Features.Moderation;

/// <summary>What the contract calls things.</summary>
internal static class Vocabulary
{
    public static readonly string[] ContentTypes = ["post", "comment", "skill", "task", "user"];
    public static readonly string[] Reasons = ["spam", "harassment", "hate", "self_harm", "sexual", "violence", "misinformation", "other"];
    public static readonly string[] Actions = ["dismiss", "warn", "hide", "remove", "suspend", "void"];

    /// <summary>Why a ring is reported; people do not report for it.</summary>
    public const string RingReason = "reaction_ring";

    public static readonly string[] RuleActions = ["flag", "hide", "reject"];

    private static readonly FrozenDictionary<string, ObjectKind> Kinds = new Dictionary<string, ObjectKind>(StringComparer.Ordinal)
    {
        ["post"] = ObjectKind.Post,
        ["comment"] = ObjectKind.Comment,
        ["user"] = ObjectKind.User,
        ["skill"] = ObjectKind.Skill,
        ["task"] = ObjectKind.Task,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<ObjectKind, string> Types = Kinds.Append(new("ring", ObjectKind.Ring)).ToFrozenDictionary(entry => entry.Value, entry => entry.Key);

    // How much harm a day of waiting may do, 1 to 5.
    private static readonly FrozenDictionary<string, short> Severities = new Dictionary<string, short>(StringComparer.Ordinal)
    {
        ["self_harm"] = 5,
        ["violence"] = 5,
        ["hate"] = 4,
        ["sexual"] = 4,
        ["harassment"] = 3,
        ["misinformation"] = 2,
        ["spam"] = 2,
        ["other"] = 1,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>A list's element may be null, whatever its type says.</summary>
    public static ObjectKind Kind(string field, string? type) =>
        type is not null && Kinds.TryGetValue(type, out var kind) ? kind : throw NoChoice(field, type ?? "null");

    /// <summary>The kind of what an id names: comments on posts have numbers, those on skills UUIDs.</summary>
    public static ObjectKind Kind(string field, string type, string id) =>
        Kind(field, type) is var kind && kind == ObjectKind.Comment && Guid.TryParse(id, out _) ? ObjectKind.SkillComment : kind;

    public static string Type(ObjectKind kind) => Types[Named(kind)];

    /// <summary>The kind whose name a kind goes by.</summary>
    public static ObjectKind Named(ObjectKind kind) => kind == ObjectKind.SkillComment ? ObjectKind.Comment : kind;

    public static short Severity(string reason) => Severities.TryGetValue(reason, out var severity) ? severity : throw NoChoice("reason", reason);

    public static string OneOf(string field, string value, string[] choices) =>
        Array.IndexOf(choices, value) >= 0 ? value : throw NoChoice(field, value);

    /// <summary>An action's number in the ledger: its place in <see cref="Actions"/>.</summary>
    public static int Number(string action) => Array.IndexOf(Actions, action);

    private static Failure NoChoice(string field, string value) => Failure.Invalid(field, $"\"{value}\" is not a valid choice.");
}

/// <summary>
/// Which report is looked at first, 1 to 100: the worst reason named, and how many people say so, each weighed by how often
/// their reports were upheld so far.
/// </summary>
internal static class Priority
{
    /// <summary>(upheld + 2) / (all decided + 4): the mean of a Beta(2, 2) prior with what is known; one half for a newcomer.</summary>
    public static double Credibility(int upheld, int dismissed) => (upheld + 2.0) / (upheld + dismissed + 4.0);

    /// <summary>12 points per step of severity, and 20 for each doubling of the weight behind it.</summary>
    public static int Of(int severity, double weight) => Math.Clamp((int)Math.Round((12 * severity) + (20 * Math.Log2(1 + weight))), 1, 100);
}
