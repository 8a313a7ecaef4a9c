namespace Hearth.Platform;

/// <summary><c>/docs</c>: a page that draws the OpenAPI document, without anything from elsewhere.</summary>
internal static class DocsPage
{
    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static void Map(IEndpointRouteBuilder routes)
    {
        Map(routes, "/docs", "docs.html", "text/html; charset=utf-8");
        Map(routes, "/docs/docs.css", "docs.css", "text/css; charset=utf-8");
        Map(routes, "/docs/docs.js", "docs.js", "text/javascript; charset=utf-8");
    }

    private static void Map(IEndpointRouteBuilder routes, string path, string name, string type)
    {
        var answer = new Answer(StatusCodes.Status200OK, Resource(name)) { ContentType = type };
        routes.MapGet(path, IResult (HttpContext http) =>
        {
            http.Response.Headers.ContentSecurityPolicy = Policy;
            return answer;
        }).AllowAnyone().Limit(RateLimit.None).ExcludeFromDescription();
    }

    private static byte[] Resource(string name)
    {
        using var stream = typeof(DocsPage).Assembly.GetManifestResourceStream($"docs/{name}")
            ?? throw new InvalidOperationException($"The assembly has no resource docs/{name}.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
