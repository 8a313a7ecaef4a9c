namespace Hearth.Features.Skills;

/// <summary>Why a skill trends.</summary>
/// <param name="Score">The weighted sum of the inputs, with four decimals.</param>
/// <param name="Inputs">What happened to it, each deed counting half after a week.</param>
internal sealed record SkillTrend(double Score, TrendInputs Inputs);

/// <summary>Decayed counts: something of now counts 1, of a week ago 0.5.</summary>
/// <param name="Ratings">From -1 for one star to 1 for five.</param>
internal sealed record TrendInputs(double Views, double Likes, double Comments, double Downloads, double Ratings);

/// <summary>Why a skill is recommended.</summary>
/// <param name="Kind"><c>similar_taste</c>, <c>following</c>, <c>interest</c>, <c>new</c> or <c>trending</c>.</param>
/// <param name="Text">The same in words.</param>
/// <param name="Skill">The skill of the reader's own that led here; null for others.</param>
/// <param name="People">How many people of similar taste liked or downloaded both; null for others.</param>
internal sealed record SkillReason(string Kind, string Text, ReasonSkill? Skill, int? People);

internal sealed record ReasonSkill(Guid Id, string Title);
