using Hearth.Features.Analytics.Community;
using Hearth.Features.Analytics.People;
using Hearth.Features.Analytics.Presence;
using Hearth.Features.Analytics.Skills;
using Hearth.Features.Analytics.Tracking;
using Hearth.Ledger;
using Hearth.Platform;

namespace Hearth.Features.Analytics;

/// <summary>What people do over time, from rollups: their own, their skills', the platform's.</summary>
internal static class AnalyticsFeature
{
    public static void AddAnalytics(this WebApplicationBuilder builder)
    {
        Json.Add(TrackJson.Default);
        Json.Add(PersonJson.Default);
        Json.Add(SkillFiguresJson.Default);
        Json.Add(PlatformFiguresJson.Default);
        var services = builder.Services;
        services.AddProjection<AnalyticsProjection>();
        services.AddSingleton<IPersonal, AnalyticsPersonal>();
        services.AddSingleton<Tracker>();
        services.AddSingleton<PersonReads>();
        services.AddSingleton<BehaviorReads>();
        services.AddSingleton<SkillFigures>();
        services.AddSingleton(provider => Dashboards.Keep(provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ICacheHolder>(provider => provider.GetRequiredService<KeptAnswer<Dashboard>>());
        services.AddSingleton<Dashboards>();
        services.AddSingleton<TrendingReads>();
    }

    public static void MapAnalytics(this IEndpointRouteBuilder routes) => routes.MapAnalyticsRoutes();
}
