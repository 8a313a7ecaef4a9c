using System.Net;
using System.Text;
using System.Text.Json.Serialization;
using Hearth.Platform;

namespace Hearth.Features.Health;

/// <summary>Is it up, can it serve, and how does it fare: for operators and the machines that watch.</summary>
internal static class HealthFeature
{
    public static void AddHealth(this WebApplicationBuilder builder)
    {
        Json.Add(HealthJson.Default);
        builder.Services.AddSingleton<Readiness>();
        builder.Services.AddSingleton<MeterReadings>();
        builder.Services.AddSingleton<PrometheusText>();
    }

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        // Listens from the start: what goes up and down is wrong for whoever begins to count in between.
        _ = routes.ServiceProvider.GetRequiredService<MeterReadings>();
        var health = routes.MapGroup("").WithDialect(Dialect.Problem).WithTags("Operations").AllowAnyone().Limit(RateLimit.None);
        health.MapGet("/health", Ready).Produces<HealthView>().Produces<HealthView>(StatusCodes.Status503ServiceUnavailable);
        health.MapGet("/health/live", Live).Produces<HealthView>();
        health.MapGet("/metrics", Metrics).Produces<string>(StatusCodes.Status200OK, "text/plain")
            .WithExample(200, "hearth_http_requests_total{method=\"GET\",route=\"/health\",status=\"2xx\"} 3")
            .WithFailure(401, "Neither from this machine, nor an administrator, nor a service token.").WithFailure(403, "Neither an administrator nor a service token with the scope `metrics`.");
    }

    /// <summary>Can it serve?</summary>
    /// <remarks>200 when the database answers and this node follows the ledger, else 503. For load balancers.</remarks>
    private static async Task<IResult> Ready(Readiness readiness)
    {
        var health = await readiness.Check();
        return Answer.Of(health.Status == Readiness.Ok ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable, health);
    }

    /// <summary>Is it up?</summary>
    /// <remarks>200 as long as the process answers at all. For whatever restarts it.</remarks>
    private static IResult Live() => Answer.Ok(new HealthView(Readiness.Ok, new Dictionary<string, string>(StringComparer.Ordinal) { ["process"] = Readiness.Ok }));

    /// <summary>Figures for Prometheus</summary>
    /// <remarks>For this machine itself, for administrators, and for service tokens with the scope `metrics`.</remarks>
    private static IResult Metrics(HttpContext http, PrometheusText figures, ClientAddress addresses)
    {
        MustBeAllowed(http, addresses);
        return new Answer(StatusCodes.Status200OK, Encoding.UTF8.GetBytes(figures.Write())) { ContentType = PrometheusText.ContentType };
    }

    private static void MustBeAllowed(HttpContext http, ClientAddress addresses)
    {
        // A proxy on this machine that nobody told us to trust speaks for the whole world.
        var isForwarded = http.Request.Headers.ContainsKey("X-Forwarded-For") || http.Request.Headers.ContainsKey("Forwarded");
        if (addresses.Of(http) is { } address && IPAddress.IsLoopback(address) && !isForwarded)
            return;
        var caller = http.Caller();
        if (!caller.IsAdmin && !caller.Scopes.Contains(Scopes.Metrics, StringComparer.Ordinal))
            throw Failure.Forbidden();
    }
}

/// <param name="Status"><c>ok</c> or <c>unavailable</c>.</param>
/// <param name="Checks">Each part with <c>ok</c> or what is wrong.</param>
internal sealed record HealthView(string Status, IReadOnlyDictionary<string, string> Checks);

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(HealthView))]
internal sealed partial class HealthJson : JsonSerializerContext;
