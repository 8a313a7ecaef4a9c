using Hearth.Platform;

namespace Hearth.Features.Community;

/// <summary>Serves what people uploaded. A name never changes its content, so whoever has it keeps it.</summary>
internal static class MediaEndpoints
{
    public static void MapMedia(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/media/vent_media/{year:length(4)}/{month:length(2)}/{name}", Serve)
            .AllowAnyone()
            .Limit(RateLimit.None)
            .WithTags("Media")
            .Produces(StatusCodes.Status200OK, contentType: "application/octet-stream")
            .Produces(StatusCodes.Status206PartialContent, contentType: "application/octet-stream");

    /// <summary>A post's or comment's media file; answers range requests.</summary>
    private static IResult Serve(string year, string month, string name, HttpContext http, MediaFolder folder)
    {
        var path = $"vent_media/{year}/{month}/{name}";
        if (!IsName(year) || !IsName(month) || !IsName(name) || MediaKind.Of(name) is not { } kind || !File.Exists(folder.Full(path)))
            throw Failure.NotFound();
        var headers = http.Response.Headers;
        headers.CacheControl = "public, max-age=31536000, immutable";
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        return TypedResults.PhysicalFile(
            folder.Full(path), kind.ContentType, lastModified: new DateTimeOffset(File.GetLastWriteTimeUtc(folder.Full(path))), enableRangeProcessing: true);
    }

    /// <summary>One part of a path, of the characters that our names have; never a way up.</summary>
    private static bool IsName(string text) =>
        !text.StartsWith('.') && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
}
