using Hearth.Jobs;
using Hearth.Ledger;
using Hearth.Platform;
using Hearth.Realtime;
using Hearth.Realtime.Sockets;

namespace Hearth.Features.Interactions;

/// <summary>What people do with content that lies elsewhere: tracked, told back, looked at for patterns.</summary>
internal static class InteractionsFeature
{
    public static void AddInteractions(this WebApplicationBuilder builder)
    {
        Json.Add(InteractionsJson.Default);
        var services = builder.Services;
        services.AddSingleton<IPersonal, InteractionPersonal>();
        services.AddSingleton<Catalogue>();
        services.AddSingleton<ITailReader>(provider => provider.GetRequiredService<Catalogue>());
        services.AddSingleton<Tracking>();
        services.AddSingleton<Exposures>();
        services.AddSingleton<ILiveEvents, InteractionsLive>();
        services.AddSingleton<ISocketEvents, InteractionSockets>();
        services.AddSingleton<IVoidable, InteractionVoids>();
        services.AddSingleton<ScheduledJob, InteractionRetention>();
        foreach (var check in InteractionChecks.All)
            services.AddSingleton(check);
    }

    public static void MapInteractions(this IEndpointRouteBuilder routes)
    {
        var interactions = routes.MapGroup("/interactions").WithDialect(Dialect.Nest).WithTags("Interactions");
        interactions.MapTracking();
        interactions.MapHistory();
        interactions.MapRecommendations();
        interactions.MapExperiments();
        routes.MapContents();
    }
}
