namespace Hearth.Platform;

/// <summary>How a group of routes words its errors.</summary>
internal enum Dialect
{
    /// <summary>RFC 9457: <c>{type, title, status, detail, errors?}</c>.</summary>
    Problem,

    /// <summary><c>{"detail": "…"}</c> or <c>{"field": ["…"]}</c>.</summary>
    Drf,

    /// <summary><c>{"success": false, "message": "…"}</c>, and <c>{"detail"}</c> for 401.</summary>
    Messaging,

    /// <summary><c>{"statusCode": 400, "message": ["…"], "error": "Bad Request"}</c>.</summary>
    Nest,
}

internal static class Dialects
{
    private static readonly (string Prefix, Dialect Dialect)[] Prefixes =
    [
        ("/api/auth", Dialect.Drf),
        ("/api/community", Dialect.Drf),
        ("/api/ventroom", Dialect.Drf),
        ("/api/engagement", Dialect.Drf),
        ("/api/messaging", Dialect.Messaging),
        ("/interactions", Dialect.Nest),
        ("/contents", Dialect.Nest),
    ];

    public static TBuilder WithDialect<TBuilder>(this TBuilder builder, Dialect dialect)
        where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new DialectMetadata(dialect));

    /// <returns>The dialect of the route, or of the path's beginning where no route was found.</returns>
    public static Dialect RouteDialect(this HttpContext http) =>
        http.GetEndpoint()?.Metadata.GetMetadata<DialectMetadata>()?.Dialect ?? Of(http.Request.Path);

    public static Dialect Of(PathString path)
    {
        foreach (var (prefix, dialect) in Prefixes)
        {
            if (path.StartsWithSegments(prefix, StringComparison.OrdinalIgnoreCase))
                return dialect;
        }

        return Dialect.Problem;
    }
}

internal sealed record DialectMetadata(Dialect Dialect);
