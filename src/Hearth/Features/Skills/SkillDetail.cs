using System.Globalization;
using Hearth.Ledger;

namespace Hearth.Features.Skills;

/// <summary>What the rows about comments and tasks say besides: <c>{"skill": id, "parent": id, "skill_author": id}</c>, the last two for replies.</summary>
internal static class SkillDetail
{
    public static string Of(long skill) => string.Create(CultureInfo.InvariantCulture, $$"""{"skill":{{skill}}}""");

    public static string OfReply(long skill, long parent, long author) =>
        string.Create(CultureInfo.InvariantCulture, $$"""{"skill":{{skill}},"parent":{{parent}},"skill_author":{{author}}}""");

    /// <summary>The skill that a row is about, by itself or by what hangs on it; null for rows about other things.</summary>
    public static long? Skill(LedgerRow fact) => fact.Kind switch
    {
        ObjectKind.Skill => fact.ObjectId,
        ObjectKind.SkillComment or ObjectKind.Task => fact.Number("skill"),
        _ => null,
    };
}
