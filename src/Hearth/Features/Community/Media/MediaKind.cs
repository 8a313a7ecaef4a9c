namespace Hearth.Features.Community;

/// <summary>A format that is taken in: what it is to the contract, its extension and its content type.</summary>
internal sealed record MediaKind(string Type, string Extension, string ContentType)
{
    public static readonly MediaKind Jpeg = new("image", "jpg", "image/jpeg");
    public static readonly MediaKind Png = new("image", "png", "image/png");
    public static readonly MediaKind Gif = new("image", "gif", "image/gif");
    public static readonly MediaKind WebP = new("image", "webp", "image/webp");
    public static readonly MediaKind Mp4 = new("video", "mp4", "video/mp4");
    public static readonly MediaKind Mov = new("video", "mov", "video/quicktime");
    public static readonly MediaKind WebM = new("video", "webm", "video/webm");
    public static readonly MediaKind WebMSound = new("audio", "weba", "audio/webm");
    public static readonly MediaKind Mp3 = new("audio", "mp3", "audio/mpeg");
    public static readonly MediaKind Wav = new("audio", "wav", "audio/wav");
    public static readonly MediaKind Ogg = new("audio", "ogg", "audio/ogg");
    public static readonly MediaKind M4A = new("audio", "m4a", "audio/mp4");

    public static readonly IReadOnlyList<MediaKind> All = [Jpeg, Png, Gif, WebP, Mp4, Mov, WebM, WebMSound, Mp3, Wav, Ogg, M4A];

    /// <returns>The kind of a stored file, by its name.</returns>
    public static MediaKind? Of(string path) =>
        All.FirstOrDefault(kind => path.EndsWith("." + kind.Extension, StringComparison.Ordinal));
}
