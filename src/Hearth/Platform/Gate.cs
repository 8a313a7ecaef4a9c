using Microsoft.Extensions.Primitives;

namespace Hearth.Platform;

/// <summary>The middleware between routing and handlers: who calls, whether they may, whether they may now.</summary>
internal sealed class Gate(RequestDelegate next, Authenticator authenticator, PublicRoutes publicRoutes, Limiter limiter, ClientAddress address)
{
    public Task Invoke(HttpContext http)
    {
        if (http.GetEndpoint() is not { } endpoint)
            return next(http);
        var authenticated = Authenticate(http.Request.Headers.Authorization);
        return authenticated.IsCompletedSuccessfully
            ? Pass(http, endpoint, authenticated.Result)
            : PassLater(http, endpoint, authenticated);
    }

    private async Task PassLater(HttpContext http, Endpoint endpoint, ValueTask<Caller?> authenticated) =>
        await Pass(http, endpoint, await authenticated);

    private Task Pass(HttpContext http, Endpoint endpoint, Caller? caller)
    {
        if (caller is not null)
            http.Features.Set(caller);
        if (IsWrongMethod(endpoint))
        {
            // Which methods there are is told to those who may know the route.
            if (caller is null && !publicRoutes.Match(http.Request.Path))
                throw Failure.Unauthenticated();
            return next(http);
        }

        var access = endpoint.Metadata.GetMetadata<Access>();
        if (caller is null && access is not { Anyone: true } && http.Request.Headers.Authorization.Count > 0)
            throw Failure.Unauthenticated("The token is invalid or has expired.");
        Access.Check(access, caller);
        limiter.Take(Spender(http, endpoint, caller));
        return next(http);
    }

    private Spender Spender(HttpContext http, Endpoint endpoint, Caller? caller)
    {
        var stated = endpoint.Metadata.GetMetadata<LimitMetadata>()?.Limit;
        var limit = stated ?? (HttpMethods.IsPost(http.Request.Method) ? RateLimit.Creates : RateLimit.Reads);
        if (limit == RateLimit.None)
            return default;
        if (caller is null || limit == RateLimit.Logins)
            return Platform.Spender.Address(limit, address.Of(http));
        return caller.ServiceToken is { } service ? Platform.Spender.Service(limit, service) : Platform.Spender.User(limit, caller.UserId);
    }

    private ValueTask<Caller?> Authenticate(StringValues authorization)
    {
        const string Scheme = "Bearer ";
        return authorization is [{ } text] && text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? authenticator.Authenticate(text.AsSpan(Scheme.Length).Trim())
            : default;
    }

    /// <summary>Routing answers a known path with an unknown method by an endpoint of its own, which has no metadata.</summary>
    private static bool IsWrongMethod(Endpoint endpoint) =>
        endpoint is not RouteEndpoint && endpoint.Metadata.Count == 0;
}
