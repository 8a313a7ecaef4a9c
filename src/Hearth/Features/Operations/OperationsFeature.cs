using Hearth.Features.Operations.Batch;
using Hearth.Features.Operations.Caches;
using Hearth.Features.Operations.Demo;
using Hearth.Features.Operations.Import;
using Hearth.Jobs;
using Hearth.Ledger;
using Hearth.Platform;

namespace Hearth.Features.Operations;

/// <summary>What whoever runs Hearth needs: imports, the demonstration, a look at the ledger and at what leaves the server.</summary>
internal static class OperationsFeature
{
    public static void AddOperations(this WebApplicationBuilder builder)
    {
        Json.Add(OperationsJson.Default);
        Json.Add(BatchJson.Default);
        Json.Add(CachesJson.Default);
        builder.Services.AddSingleton<ITailReader, CacheTail>();
        builder.Services.AddSingleton<ScheduledJob, CacheMaintenance>();
        builder.Services.AddHostedService<CacheTrim>();
        builder.Services.AddSingleton<RebuildRuns>();
        builder.Services.AddSingleton<IVoidable, ImportVoids>();
        foreach (var check in ImportChecks.All)
            builder.Services.AddSingleton(check);
        builder.Services.AddHostedService<DemoStart>();
        builder.Services.AddSingleton<DemoRequests>();
        AddPart<DemoSkills>(builder);
        AddPart<DemoFirm>(builder);
        AddPart<DemoContents>(builder);
        AddPart<DemoModeration>(builder);
        AddPart<DemoCampaign>(builder);
        builder.Services.AddHostedService<DemoTrickle>();
    }

    public static void MapOperations(this IEndpointRouteBuilder routes)
    {
        routes.MapOperationsEndpoints();
        routes.MapBatch();
        routes.MapCaches();
        routes.MapDemoFaces();
        DemoSignIns.Map(routes);
    }

    private static void AddPart<T>(WebApplicationBuilder builder)
        where T : DemoPart
    {
        builder.Services.AddSingleton<T>();
        builder.Services.AddHostedService(services => services.GetRequiredService<T>());
    }
}
