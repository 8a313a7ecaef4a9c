using Hearth.Platform;

namespace Hearth.Features.Operations.Demo;

/// <summary>Somebody to sign in as.</summary>
internal sealed record DemoSignIn(string Username, string Role);

/// <summary>How to sign in to a demonstration; nobody, and no password, where the server runs none.</summary>
internal sealed record DemoSignIns(string? Password, IReadOnlyList<DemoSignIn> People)
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/operations/demo", Get).WithDialect(Dialect.Problem).WithTags("Operations")
            .AllowAnyone().Limit(RateLimit.Reads).Produces<DemoSignIns>();

    /// <summary>The demonstration's sign-ins</summary>
    /// <remarks>For the page where one signs in. Empty where the server runs no demonstration.</remarks>
    private static IResult Get(HearthOptions options) =>
        Answer.Ok(options.Demo ? new DemoSignIns(DemoPeople.Password, [.. DemoPeople.First]) : new DemoSignIns(null, []));
}
