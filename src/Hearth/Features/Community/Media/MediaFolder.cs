using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using Hearth.Platform;

namespace Hearth.Features.Community;

/// <summary>A file that was kept: its path below the media folder, and image, video or audio.</summary>
internal sealed record KeptMedia(string Path, string Type);

/// <summary>
/// Files on this node's disk, under names nobody guesses. A file is written before the row that names it and removed after
/// the row is gone: what a crash leaves between, the sweep removes.
/// </summary>
internal sealed partial class MediaFolder(HearthOptions options, TimeProvider time, ILogger<MediaFolder> log)
{
    public const int Most = 10 * 1024 * 1024;

    private const string Below = "vent_media";

    // A file is cleaned in memory; more at once would be memory without end.
    private readonly SemaphoreSlim cleaning = new(4);

    public string Root { get; } = Path.Combine(options.DataDir, "media");

    public string Incoming => Path.Combine(Root, ".incoming");

    public string Posted => Path.Combine(Root, Below);

    public FileStream Receive()
    {
        Directory.CreateDirectory(Incoming);
        return new FileStream(
            Path.Combine(Incoming, Guid.NewGuid().ToString("N")),
            new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous });
    }

    /// <summary>Recognises, cleans and keeps a received file; fails with 400 for what it must not be.</summary>
    /// <param name="received">What was uploaded.</param>
    /// <param name="declared">The media type that the client names, or null.</param>
    /// <param name="ct">Ends it early.</param>
    public async Task<KeptMedia> Keep(Stream received, string? declared, CancellationToken ct)
    {
        await cleaning.WaitAsync(ct);
        try
        {
            var bytes = new byte[received.Length];
            received.Position = 0;
            await received.ReadExactlyAsync(bytes, ct);
            var kind = MediaSniffer.Recognise(bytes) ?? throw Failure.Invalid(
                "media", "Unsupported file. Send JPEG, PNG, GIF or WebP, MP4, MOV or WebM, MP3, WAV, Ogg or M4A.");
            if (declared is not null && !string.Equals(declared, kind.Type, StringComparison.Ordinal))
                throw Failure.Invalid("media_type", $"The file is of type {kind.Type}.");
            var clean = MetadataCleaner.Clean(kind, bytes) ?? throw Failure.Invalid("media", "The file is damaged.");
            var path = NewPath(kind);
            await Write(path, clean, ct);
            return new KeptMedia(path, kind.Type);
        }
        finally
        {
            cleaning.Release();
        }
    }

    public void Delete(string? path)
    {
        if (path is null)
            return;
        try
        {
            File.Delete(Full(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The sweep tries again.
            LogLeft(log, path, e.Message);
        }
    }

    public string Full(string path) => Path.Combine(Root, path);

    private async Task Write(string path, ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        var full = Full(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        var unfinished = Path.Combine(Incoming, Path.GetFileName(path));
        try
        {
            await using (var file = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.None, 4096, FileOptions.Asynchronous))
            {
                await file.WriteAsync(bytes, ct);
                file.Flush(flushToDisk: true);
            }

            File.Move(unfinished, full);
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }

    private string NewPath(MediaKind kind)
    {
        var name = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
        return string.Create(CultureInfo.InvariantCulture, $"{Below}/{time.GetUtcNow():yyyy'/'MM}/{name}.{kind.Extension}");
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Media file {Path} could not be removed yet: {Reason}")]
    private static partial void LogLeft(ILogger log, string path, string reason);
}
