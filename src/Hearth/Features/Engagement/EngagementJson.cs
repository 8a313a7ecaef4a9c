using System.Text.Json.Serialization;
using Hearth.Features.Engagement.Badges;
using Hearth.Features.Engagement.Boards;
using Hearth.Features.Engagement.Campaigns;
using Hearth.Features.Engagement.Metrics;
using Hearth.Features.Engagement.Predictions;
using Hearth.Features.Engagement.Recommendations;
using Hearth.Features.Engagement.Reports;
using Hearth.Features.Engagement.Reputation;
using Hearth.Features.Engagement.Timeline;
using Hearth.Platform;

namespace Hearth.Features.Engagement;

/// <summary>Everything that engagement reads and writes as JSON.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(UserMetricsView))]
[JsonSerializable(typeof(PostMetricsView))]
[JsonSerializable(typeof(TrendingView))]
[JsonSerializable(typeof(ActiveUsersView))]
[JsonSerializable(typeof(CoursesView))]
[JsonSerializable(typeof(CommunityStats))]
[JsonSerializable(typeof(MentionsView))]
[JsonSerializable(typeof(ReputationView))]
[JsonSerializable(typeof(PublicReputationView))]
[JsonSerializable(typeof(StatementView))]
[JsonSerializable(typeof(RuleView))]
[JsonSerializable(typeof(RuleList))]
[JsonSerializable(typeof(NewRules))]
[JsonSerializable(typeof(RulePreview))]
[JsonSerializable(typeof(BadgeView))]
[JsonSerializable(typeof(BadgeList))]
[JsonSerializable(typeof(NewBadge))]
[JsonSerializable(typeof(NewAward))]
[JsonSerializable(typeof(AwardView))]
[JsonSerializable(typeof(LeaderboardView))]
[JsonSerializable(typeof(KeysetPage<TimelineItem>))]
[JsonSerializable(typeof(KeysetPage<CampaignView>))]
[JsonSerializable(typeof(CampaignView))]
[JsonSerializable(typeof(NewCampaign))]
[JsonSerializable(typeof(NewConversions))]
[JsonSerializable(typeof(ConversionsView))]
[JsonSerializable(typeof(CampaignsView))]
[JsonSerializable(typeof(PersonReport))]
[JsonSerializable(typeof(CommunityReport))]
[JsonSerializable(typeof(RecommendationList))]
[JsonSerializable(typeof(PredictionView))]
internal sealed partial class EngagementJson : JsonSerializerContext;
