using Hearth.Platform;

namespace Hearth.Features.Community;

/// <summary>Addresses of files: absolute, from PUBLIC_URL.</summary>
internal sealed class MediaLinks(HearthOptions options)
{
    private readonly string root = options.PublicUrl + "/media/";

    /// <param name="path">A path below DATA_DIR/media, or an address elsewhere, which stays as it is.</param>
    public string? Of(string? path) => path switch
    {
        null => null,
        _ when path.StartsWith("https://", StringComparison.Ordinal) || path.StartsWith("http://", StringComparison.Ordinal) => path,
        _ when path.StartsWith('/') => options.PublicUrl + path,
        _ => root + path,
    };
}
