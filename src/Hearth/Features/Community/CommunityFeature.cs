using Hearth.Jobs;
using Hearth.Ledger;
using Hearth.Platform;
using Hearth.Realtime;

namespace Hearth.Features.Community;

/// <summary>Posts, comments, reactions, views, groups and courses: the Vent Room and what engagement counts.</summary>
internal static class CommunityFeature
{
    public static void AddCommunity(this WebApplicationBuilder builder)
    {
        Json.Add(CommunityJson.Default);
        var services = builder.Services;
        services.AddSingleton<MediaLinks>();
        services.AddSingleton<MediaFolder>();
        services.AddSingleton(provider => ProfilePhotos.Intake(provider.GetRequiredService<MediaFolder>(), provider.GetRequiredService<MediaLinks>()));
        services.AddSingleton<Readers>();
        services.AddSingleton<TrendingPosts>();
        services.AddSingleton<CommunityCache>();
        services.AddSingleton<ITailReader>(provider => provider.GetRequiredService<CommunityCache>());
        services.AddSingleton<ICacheHolder>(provider => provider.GetRequiredService<CommunityCache>());
        services.AddSingleton<Apart>();
        services.AddSingleton<ITailReader>(provider => provider.GetRequiredService<Apart>());
        services.AddSingleton<ICacheHolder>(provider => provider.GetRequiredService<Apart>());
        services.AddSingleton<ICacheWarmth, PostWarmth>();
        services.AddSingleton<AuthorIds>();
        services.AddSingleton<ICacheHolder>(provider => provider.GetRequiredService<AuthorIds>());
        services.AddSingleton<PostReads>();
        services.AddSingleton<PostActions>();
        services.AddSingleton<PostMarks>();
        services.AddSingleton<CommentReads>();
        services.AddSingleton<CommentActions>();
        services.AddSingleton<Reactions>();
        services.AddSingleton<CircleActions>();
        services.AddSingleton<ViewTracker>();
        services.AddSingleton<ViewedReads>();
        services.AddSingleton<ViewStatistics>();
        services.AddSingleton<ILiveEvents, CommunityLive>();
        services.AddSingleton<IVoidable, CommunityVoids>();
        services.AddSingleton<IModerated, ModeratedContent>();
        services.AddSingleton<IPersonal, CommunityPersonal>();
        services.AddSingleton<IPersonalMedia, PersonalMedia>();
        foreach (var check in CommunityChecks.All)
            services.AddSingleton(check);
        services.AddSingleton<ScheduledJob, CommunityPurge>();
        services.AddHosted<MediaSweep>();
    }

    public static void MapCommunity(this IEndpointRouteBuilder routes)
    {
        var ventroom = routes.MapGroup("/api/ventroom").WithDialect(Dialect.Drf);
        ventroom.MapPosts();
        ventroom.MapComments();
        ventroom.MapReactions();
        ventroom.MapViews();
        ventroom.MapMarks();
        var community = routes.MapGroup("/api/community").WithDialect(Dialect.Drf);
        community.MapCircles(Circle.Group);
        community.MapCircles(Circle.Course);
        routes.MapMedia();
    }
}
