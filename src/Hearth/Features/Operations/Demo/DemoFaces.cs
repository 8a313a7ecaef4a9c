using System.Collections.Concurrent;
using System.Globalization;
using Hearth.Platform;

namespace Hearth.Features.Operations.Demo;

/// <summary>The faces of the demonstration's people: drawn when they are first asked for.</summary>
internal static class DemoFaces
{
    public const string Path = "/media/faces";

    private static readonly ConcurrentDictionary<int, byte[]> Drawn = new();

    public static void MapDemoFaces(this IEndpointRouteBuilder routes) =>
        routes.MapGet(Path + "/{name}", Face)
            .AllowAnyone()
            .Limit(RateLimit.None)
            .WithTags("Media")
            .Produces(StatusCodes.Status200OK, contentType: "image/png");

    /// <summary>The picture of somebody of the demonstration.</summary>
    private static IResult Face(string name, HttpContext http)
    {
        if (!name.EndsWith(".png", StringComparison.Ordinal)
            || !int.TryParse(name.AsSpan(0, name.Length - 4), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || number < 1 || number > DemoPeople.All.Count)
            throw Failure.NotFound();
        http.Response.Headers.CacheControl = "public, max-age=86400";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        return TypedResults.Bytes(Drawn.GetOrAdd(number, DemoPictures.Face), "image/png");
    }
}
