using System.Globalization;
using System.Text.Json;
using Hearth.Ledger;

namespace Hearth.Features.Skills;

/// <summary>What the rows about comments and tasks say besides: <c>{"skill": id, "parent": id, "skill_author": id}</c>, the last two for replies.</summary>
internal static class SkillDetail
{
    public static string Of(long skill) => string.Create(CultureInfo.InvariantCulture, $$"""{"skill":{{skill}}}""");

    public static string OfReply(long skill, long parent, long author) =>
        string.Create(CultureInfo.InvariantCulture, $$"""{"skill":{{skill}},"parent":{{parent}},"skill_author":{{author}}}""");

    /// <summary>The skill that a row is about, by itself or by what hangs on it; null for rows about other things.</summary>
    public static long? Skill(LedgerRow fact)
    {
        if (fact.Kind == ObjectKind.Skill)
            return fact.ObjectId;
        if (fact.Detail is null || fact.Kind is not (ObjectKind.SkillComment or ObjectKind.Task))
            return null;
        using var detail = JsonDocument.Parse(fact.Detail);
        return detail.RootElement.TryGetProperty("skill", out var skill) ? skill.GetInt64() : null;
    }
}
