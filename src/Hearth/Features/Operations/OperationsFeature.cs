using Hearth.Features.Operations.Demo;

namespace Hearth.Features.Operations;

/// <summary>What whoever runs Hearth needs: imports, the demonstration, a look at the ledger and at what leaves the server.</summary>
internal static class OperationsFeature
{
    public static void AddOperations(this WebApplicationBuilder builder)
    {
        builder.Services.AddHostedService<DemoStart>();
    }

    public static void MapOperations(this IEndpointRouteBuilder routes)
    {
        routes.MapDemoFaces();
    }
}
