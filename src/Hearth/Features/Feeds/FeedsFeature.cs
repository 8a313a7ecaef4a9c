using Hearth.Ledger;
using Hearth.Platform;

namespace Hearth.Features.Feeds;

/// <summary>Feeds: what people do, gathered when it is read.</summary>
internal static class FeedsFeature
{
    public static void AddFeeds(this WebApplicationBuilder builder)
    {
        Json.Add(FeedsJson.Default);
        builder.Services.AddSingleton(provider => new KeptAnswer<TrendRanking>(
            "trending_feed", CacheLifetimes.Trending, ranking => 40L * ranking.Places.Count, provider.GetRequiredService<TimeProvider>()));
        builder.Services.AddSingleton<ICacheHolder>(provider => provider.GetRequiredService<KeptAnswer<TrendRanking>>());
        builder.Services.AddSingleton<Trending>();
        builder.Services.AddSingleton<IPersonal, FeedPersonal>();
        builder.Services.AddProjection<FeedProjection>();
    }

    public static void MapFeeds(this IEndpointRouteBuilder routes) => routes.MapFeedRoutes();
}
