using Microsoft.Extensions.Primitives;

namespace Hearth.Platform;

/// <summary>Browsers on other sites are clients: those of CORS_ORIGINS may call every route and read every answer.</summary>
internal sealed class Cors(HearthOptions options)
{
    private static readonly StringValues Exposed = "Ledger-Position, Retry-After, Location, Content-Disposition, X-Request-Id";
    private static readonly StringValues Methods = "GET, HEAD, POST, PUT, PATCH, DELETE";
    private static readonly StringValues Headers = "Authorization, Content-Type, Idempotency-Key, Ledger-Position, Prefer";
    private static readonly StringValues Day = "86400";

    private readonly HashSet<string> origins = new(options.CorsOrigins, StringComparer.OrdinalIgnoreCase);

    /// <summary>Adds what the browser asks for.</summary>
    /// <returns>Whether the request was a preflight, which is answered by that.</returns>
    public bool Apply(HttpContext http)
    {
        if (origins.Count == 0)
            return false;
        var response = http.Response.Headers;
        response.Vary = "Origin";
        if (http.Request.Headers.Origin is not [{ } origin])
            return false;
        var isPreflight = HttpMethods.IsOptions(http.Request.Method) && http.Request.Headers.AccessControlRequestMethod.Count > 0;
        if (origins.Contains(origin))
            Allow(response, origin, isPreflight);
        else if (origins.Contains("*"))
            Allow(response, "*", isPreflight);
        if (isPreflight)
            http.Response.StatusCode = StatusCodes.Status204NoContent;
        return isPreflight;
    }

    private static void Allow(IHeaderDictionary response, string origin, bool isPreflight)
    {
        response.AccessControlAllowOrigin = origin;
        if (!string.Equals(origin, "*", StringComparison.Ordinal))
            response.AccessControlAllowCredentials = "true";
        if (!isPreflight)
        {
            response.AccessControlExposeHeaders = Exposed;
            return;
        }

        response.AccessControlAllowMethods = Methods;
        response.AccessControlAllowHeaders = Headers;
        response.AccessControlMaxAge = Day;
    }
}
