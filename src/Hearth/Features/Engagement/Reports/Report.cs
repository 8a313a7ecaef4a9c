using Hearth.Features.Engagement.Campaigns;
using Hearth.Features.Engagement.Metrics;
using Hearth.Features.Engagement.Reputation;

namespace Hearth.Features.Engagement.Reports;

/// <summary>A person's engagement over some days, for keeping.</summary>
/// <param name="UserId">Whose it is.</param>
/// <param name="Username">That person's name.</param>
/// <param name="Period">Such as <c>30 days</c>.</param>
/// <param name="From">The first day (UTC).</param>
/// <param name="To">The last day.</param>
/// <param name="GeneratedAt">When it was made.</param>
/// <param name="Metrics">As in <c>user_metrics</c>.</param>
/// <param name="Reputation">As in <c>my_reputation</c>.</param>
/// <param name="Days">Day by day.</param>
/// <param name="Courses">As in <c>course_popularity</c>, for facilitators.</param>
/// <param name="Campaigns">As in <c>campaign_performance</c>, for corporate users.</param>
internal sealed record PersonReport(
    long UserId,
    string Username,
    string Period,
    DateOnly From,
    DateOnly To,
    DateTime GeneratedAt,
    UserMetrics Metrics,
    ReputationView Reputation,
    IReadOnlyList<ReportDay> Days,
    IReadOnlyList<CoursePopularity> Courses,
    IReadOnlyList<CampaignPerformance> Campaigns);

/// <summary>The community over some days, for administrators.</summary>
/// <param name="Period">Such as <c>30 days</c>.</param>
/// <param name="From">The first day (UTC).</param>
/// <param name="To">The last day.</param>
/// <param name="GeneratedAt">When it was made.</param>
/// <param name="Stats">As in <c>community_stats</c>.</param>
/// <param name="Days">Day by day.</param>
internal sealed record CommunityReport(
    string Period, DateOnly From, DateOnly To, DateTime GeneratedAt, CommunityStats Stats, IReadOnlyList<ReportDay> Days);

/// <summary>One day (UTC).</summary>
/// <param name="Day">The day.</param>
/// <param name="Engagements">All actions but views.</param>
/// <param name="Likes">Posts reacted to.</param>
/// <param name="CommentLikes">Comments reacted to.</param>
/// <param name="Comments">Comments on posts.</param>
/// <param name="Replies">Replies to comments.</param>
/// <param name="Mentions">People mentioned.</param>
/// <param name="GroupJoins">Groups joined.</param>
/// <param name="Shares">Posts shared.</param>
/// <param name="Bookmarks">Posts bookmarked.</param>
/// <param name="Views">Posts seen.</param>
/// <param name="Posts">Posts written.</param>
/// <param name="Points">Reputation earned.</param>
internal sealed record ReportDay(
    DateOnly Day,
    int Engagements,
    int Likes,
    int CommentLikes,
    int Comments,
    int Replies,
    int Mentions,
    int GroupJoins,
    int Shares,
    int Bookmarks,
    int Views,
    int Posts,
    int Points);
