using Microsoft.Extensions.Primitives;

namespace Hearth.Platform;

/// <summary>The middleware between routing and handlers: who calls, whether they may, whether they may now.</summary>
internal sealed class Gate(RequestDelegate next, Authenticator authenticator, PublicRoutes publicRoutes)
{
    public async Task Invoke(HttpContext http)
    {
        if (http.GetEndpoint() is not { } endpoint)
        {
            await next(http);
            return;
        }

        var caller = await Caller(http.Request.Headers.Authorization);
        if (caller is not null)
            http.Features.Set(caller);
        if (IsWrongMethod(endpoint))
        {
            // Which methods there are is told to those who may know the route.
            if (caller is null && !publicRoutes.Match(http.Request.Path))
                throw Failure.Unauthenticated();
            await next(http);
            return;
        }

        Access.Check(endpoint.Metadata.GetMetadata<Access>(), caller);
        await next(http);
    }

    private ValueTask<Caller?> Caller(StringValues authorization)
    {
        const string Scheme = "Bearer ";
        return authorization is [{ } text] && text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? authenticator.Authenticate(text[Scheme.Length..].Trim())
            : default;
    }

    /// <summary>Routing answers a known path with an unknown method by an endpoint of its own, which has no metadata.</summary>
    private static bool IsWrongMethod(Endpoint endpoint) =>
        endpoint is not RouteEndpoint && endpoint.Metadata.Count == 0;
}
