using System.Collections.Frozen;

namespace Hearth.Platform;

/// <summary>
/// The console, Hearth's own application: the files that the web build made, and its page for every address that is
/// none of the server's own. It answers only where no route does, so it can never stand in front of one.
/// </summary>
internal sealed class ConsoleSite
{
    private const string IndexPath = "/index.html";

    /// <summary>What is the server's below these stays the server's: an unknown path there is 404 and no page.</summary>
    private static readonly PathString[] Servers =
    [
        "/api", "/interactions", "/contents", "/ws", "/socket.io", "/media", "/openapi", "/docs", "/health", "/metrics", "/r", "/assets", "/embed",
    ];

    private readonly FrozenDictionary<string, ConsoleFile> files;
    private readonly string policy;

    private ConsoleSite(FrozenDictionary<string, ConsoleFile> files, string policy)
    {
        this.files = files;
        this.policy = policy;
    }

    /// <returns>Null where the web build has not been made.</returns>
    public static ConsoleSite? Find(HearthOptions options) =>
        Places().FirstOrDefault(place => File.Exists(place + IndexPath)) is { } folder ? In(folder, options) : null;

    public static ConsoleSite In(string folder, HearthOptions options) => new(Read(folder), Policy(options));

    public Task Invoke(HttpContext http, RequestDelegate next) =>
        http.GetEndpoint() is null && HttpMethods.IsGet(http.Request.Method) && FileFor(http.Request) is { } file
            ? Send(http, file)
            : next(http);

    /// <summary>Beside the published application; in a built one, the project's folder.</summary>
    private static IEnumerable<string> Places() =>
    [
        Path.Combine(AppContext.BaseDirectory, "wwwroot"),
        Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "wwwroot")),
    ];

    private static FrozenDictionary<string, ConsoleFile> Read(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(path => (Path: path, Name: "/" + Path.GetRelativePath(folder, path).Replace('\\', '/')))
            .ToFrozenDictionary(
                file => file.Name,
                file => ConsoleFile.Read(file.Path, file.Name.StartsWith("/assets/", StringComparison.Ordinal)),
                StringComparer.Ordinal);

    /// <summary>
    /// Scripts and styles from here alone, and none inside the page. Pictures may be on any secure host, as profile
    /// photos are; media and sockets are here or at the public address.
    /// </summary>
    private static string Policy(HearthOptions options)
    {
        var address = new Uri(options.PublicUrl);
        var origin = address.GetLeftPart(UriPartial.Authority);
        var socket = $"{(address.Scheme == Uri.UriSchemeHttps ? "wss" : "ws")}://{address.Authority}";
        return string.Join(
            "; ",
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            $"img-src 'self' {origin} https: data: blob:",
            $"media-src 'self' {origin} blob:",
            $"connect-src 'self' {origin} {socket}",
            "font-src 'self'",
            "manifest-src 'self'",
            "worker-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'");
    }

    private ConsoleFile? FileFor(HttpRequest request)
    {
        if (request.Path.Value is { } path && files.TryGetValue(path, out var file))
            return file;
        var isPage = !Servers.Any(prefix => request.Path.StartsWithSegments(prefix, StringComparison.OrdinalIgnoreCase))
            && !Path.HasExtension(request.Path.Value);
        return isPage ? files[IndexPath] : null;
    }

    private Task Send(HttpContext http, ConsoleFile file)
    {
        var response = http.Response;
        var headers = response.Headers;
        headers.CacheControl = file.CacheControl;
        headers.ETag = file.ETag;
        headers.Append("Vary", "Accept-Encoding");
        headers.ContentSecurityPolicy = policy;
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        if (http.Request.Headers.IfNoneMatch.ToString().Contains(file.ETag, StringComparison.Ordinal))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        response.ContentType = file.ContentType;
        var body = file.Bytes;
        if (file.Compressed is not null && AcceptsGzip(http.Request))
        {
            headers.ContentEncoding = "gzip";
            body = file.Compressed;
        }

        response.ContentLength = body.Length;
        return http.IsHead() ? Task.CompletedTask : response.Body.WriteAsync(body, http.RequestAborted).AsTask();
    }

    private static bool AcceptsGzip(HttpRequest request) =>
        request.Headers.AcceptEncoding.ToString().Split(',').Any(coding => coding.AsSpan().Trim().Equals("gzip", StringComparison.OrdinalIgnoreCase));
}

internal static class ConsoleSites
{
    /// <summary>Called after the gate and before any route is mapped.</summary>
    public static void UseConsole(this WebApplication app)
    {
        if (ConsoleSite.Find(app.Services.GetRequiredService<HearthOptions>()) is { } site)
            app.Use(site.Invoke);
    }
}
