using Hearth.Features.Engagement.Badges;

namespace Hearth.Features.Engagement.Reputation;

/// <summary>One's own reputation.</summary>
/// <param name="Id">The same as <c>user_id</c>: each person has one.</param>
/// <param name="UserId">Whose it is.</param>
/// <param name="ReputationScore">The sum of the statement's points.</param>
/// <param name="TotalEngagements">All actions that count but views, over all time.</param>
/// <param name="ActivityLevel"><c>inactive</c>, <c>novice</c>, <c>active</c>, <c>power_user</c> or <c>community_leader</c>, by the last 30 days.</param>
/// <param name="ActivityLevelDisplay">The same for people.</param>
/// <param name="Badges">Names, in the order in which they came.</param>
/// <param name="BadgesDisplay">The same, with times.</param>
/// <param name="LastUpdated">When anything of it changed last.</param>
internal sealed record ReputationView(
    long Id,
    long UserId,
    int ReputationScore,
    int TotalEngagements,
    string ActivityLevel,
    string ActivityLevelDisplay,
    IReadOnlyList<string> Badges,
    IReadOnlyList<HeldBadge> BadgesDisplay,
    DateTime LastUpdated);

/// <summary>What others see.</summary>
/// <param name="Id">Whose it is.</param>
/// <param name="UserId">The same person's integer.</param>
/// <param name="Since">When they came.</param>
internal sealed record PublicReputationView(
    Guid Id,
    long UserId,
    string Username,
    string DisplayName,
    string? ProfilePhoto,
    string Bio,
    DateTime Since,
    int ReputationScore,
    string ActivityLevel,
    string ActivityLevelDisplay,
    IReadOnlyList<string> Badges,
    IReadOnlyList<HeldBadge> BadgesDisplay);

/// <summary>Where a score comes from, the latest first.</summary>
/// <param name="UserId">Whose it is.</param>
/// <param name="Score">The sum of all points.</param>
/// <param name="Results">Each action that earned points or would have, were it not for the cap.</param>
/// <param name="Next">The rest, where there is more.</param>
/// <param name="Previous">Always null.</param>
internal sealed record StatementView(long UserId, int Score, IReadOnlyList<StatementPoint> Results, string? Next, string? Previous);

/// <param name="LedgerId">The row that earned it.</param>
/// <param name="At">When.</param>
/// <param name="Action">What was done.</param>
/// <param name="Counterpart">Who did it, for what others do; null for one's own.</param>
/// <param name="Points">What it gave.</param>
/// <param name="RuleVersion">The version of the rules that says so.</param>
/// <param name="Capped">Whether the daily cap kept it from giving more.</param>
internal sealed record StatementPoint(long LedgerId, DateTime At, string Action, Counterpart? Counterpart, int Points, int RuleVersion, bool Capped);

internal sealed record Counterpart(long Id, string Username);
