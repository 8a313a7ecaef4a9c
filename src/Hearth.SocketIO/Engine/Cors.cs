using Microsoft.AspNetCore.Http;

namespace Hearth.SocketIO.Engine;

/// <summary>The headers that let pages of other origins connect.</summary>
internal sealed class Cors(CorsOptions options)
{
    private const string Methods = "GET,HEAD,PUT,PATCH,POST,DELETE";
    private readonly bool any = options.IsAllowed is null && options.Origins.Contains("*");
    private readonly string? only = options is { IsAllowed: null, Origins: [var single] } && single != "*" ? single : null;

    /// <summary>Writes the headers that every answer carries.</summary>
    /// <returns>Whether the request was a preflight, which is answered now.</returns>
    public bool Apply(HttpContext http)
    {
        var headers = http.Response.Headers;
        if (Allowed(http.Request.Headers.Origin.ToString()) is { } origin)
        {
            headers.AccessControlAllowOrigin = origin;
            if (options.Credentials)
                headers.AccessControlAllowCredentials = "true";
        }

        if (!any || options.Credentials)
            headers.Append("Vary", "Origin");
        if (!HttpMethods.IsOptions(http.Request.Method))
            return false;
        headers.AccessControlAllowMethods = Methods;
        if (http.Request.Headers.AccessControlRequestHeaders is { Count: > 0 } asked)
            headers.AccessControlAllowHeaders = asked;
        headers.Append("Vary", "Access-Control-Request-Headers");
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        headers.ContentLength = 0;
        return true;
    }

    /// <summary>Whether the page that sends the request may: it does not ask the browser before it opens a WebSocket.</summary>
    public bool Admits(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0 || any || IsListed(origin) || IsOwn(origin, request.Host);
    }

    private string? Allowed(string origin)
    {
        if (any)
            return !options.Credentials ? "*" : origin.Length > 0 ? origin : null;
        if (only is not null)
            return only;
        return origin.Length > 0 && IsListed(origin) ? origin : null;
    }

    private bool IsListed(string origin) =>
        options.IsAllowed?.Invoke(origin) ?? options.Origins.Contains(origin, StringComparer.OrdinalIgnoreCase);

    private static bool IsOwn(string origin, HostString host) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri) && string.Equals(uri.Authority, host.Value, StringComparison.OrdinalIgnoreCase);
}
