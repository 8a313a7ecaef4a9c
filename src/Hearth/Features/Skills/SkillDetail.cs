using System.Globalization;

namespace Hearth.Features.Skills;

/// <summary>What the rows about comments and tasks say besides: <c>{"skill": id, "parent": id, "skill_author": id}</c>, the last two for replies.</summary>
internal static class SkillDetail
{
    public static string Of(long skill) => string.Create(CultureInfo.InvariantCulture, $$"""{"skill":{{skill}}}""");

    public static string OfReply(long skill, long parent, long author) =>
        string.Create(CultureInfo.InvariantCulture, $$"""{"skill":{{skill}},"parent":{{parent}},"skill_author":{{author}}}""");
}
