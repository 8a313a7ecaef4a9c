using Hearth.Features.Engagement.Actions;
using Hearth.Features.Engagement.Badges;
using Hearth.Features.Engagement.Boards;
using Hearth.Features.Engagement.Campaigns;
using Hearth.Features.Engagement.Chronicle;
using Hearth.Features.Engagement.Kept;
using Hearth.Features.Engagement.Metrics;
using Hearth.Features.Engagement.Predictions;
using Hearth.Features.Engagement.Recommendations;
using Hearth.Features.Engagement.Reports;
using Hearth.Features.Engagement.Reputation;
using Hearth.Features.Engagement.Timeline;
using Hearth.Jobs;
using Hearth.Ledger;
using Hearth.Platform;

namespace Hearth.Features.Engagement;

/// <summary>What follows from people's actions: figures, reputation, badges, rankings; see docs/engagement.md.</summary>
internal static class EngagementFeature
{
    public static void AddEngagement(this WebApplicationBuilder builder)
    {
        Json.Add(EngagementJson.Default);
        var services = builder.Services;
        services.AddProjection<EngagementProjection>();
        services.AddSingleton<BoardRoom>();
        services.AddSingleton<ITailReader>(provider => provider.GetRequiredService<BoardRoom>());
        services.AddSingleton<ICacheHolder>(provider => provider.GetRequiredService<BoardRoom>());
        services.AddSingleton<ICacheHolder>(provider => provider.GetRequiredService<PastBoards>());
        services.AddSingleton<ICacheWarmth>(provider => provider.GetRequiredService<BoardWarmth>());
        services.AddHosted<BoardWarmth>();
        services.AddSingleton<PastBoards>();
        services.AddSingleton<ScheduledJob, ChronicleJob>();
        services.AddSingleton<KeptFigures>();
        services.AddSingleton<ITailReader>(provider => provider.GetRequiredService<KeptFigures>());
        services.AddSingleton<ICacheHolder>(provider => provider.GetRequiredService<KeptFigures>());
        services.AddSingleton<RulesOfNow>();
        services.AddSingleton<Apart>();
        services.AddSingleton<PeopleCards>();
        services.AddSingleton<Whose>();
        services.AddSingleton<UserFigures>();
        services.AddSingleton<PostFigures>();
        services.AddSingleton<TrendingFigures>();
        services.AddSingleton<ActiveFigures>();
        services.AddSingleton<CourseFigures>();
        services.AddSingleton<CampaignFigures>();
        services.AddSingleton<CommunityFigures>();
        services.AddSingleton<ScheduledJob, EngagementMetrics>();
        services.AddSingleton<ICommunityFigures, SharedFigures>();
        services.AddSingleton<MentionFigures>();
        services.AddSingleton<ReputationReads>();
        services.AddSingleton<IStandings, Standings>();
        services.AddSingleton<Statements>();
        services.AddSingleton<IPersonal, EngagementPersonal>();
        services.AddSingleton<RuleActions>();
        services.AddSingleton<BadgeActions>();
        services.AddHosted<BadgeAnnouncer>();
        services.AddSingleton<ScheduledJob, TopEngagers>();
        services.AddSingleton<NearLikes>();
        services.AddSingleton<Clicks>();
        services.AddSingleton<ReportReads>();
        services.AddSingleton<ScheduledJob, PredictionJob>();
    }

    public static void MapEngagement(this IEndpointRouteBuilder routes)
    {
        var engagement = routes.MapGroup("/api/engagement").WithDialect(Dialect.Drf).WithTags("Engagement");
        engagement.MapGroup("/analytics").MapAnalytics();
        engagement.MapReputation();
        engagement.MapBadges();
        engagement.MapLeaderboards();
        engagement.MapTimeline();
        engagement.MapCampaigns();
        engagement.MapExport();
        engagement.MapRecommendations();
        engagement.MapPredictions();
        routes.MapTrackedLinks();
    }
}
