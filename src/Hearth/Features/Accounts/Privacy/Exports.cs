using System.IO.Compression;
using System.Text;
using Hearth.Ledger;
using Hearth.Platform;
using Microsoft.AspNetCore.Http.Features;
using Npgsql;

namespace Hearth.Features.Accounts;

/// <summary>
/// Everything held on a person, as a zip that is written while it is read. Each file's rows go to the disk first: a slow reader holds
/// no connection and no memory.
/// </summary>
internal sealed class Exports(NpgsqlDataSource source, IEnumerable<IPersonal> features, IPersonalMedia media) : IDisposable
{
    private const int AtOnce = 4;

    private readonly SemaphoreSlim turns = new(AtOnce);

    /// <summary>Of all features, in the order of their names.</summary>
    private readonly List<PersonalFile> files = [.. features.SelectMany(feature => feature.Files).OrderBy(file => file.Name, StringComparer.Ordinal)];

    private readonly List<LeftOut> leftOut =
    [
        .. features.SelectMany(feature => feature.Exceptions).Where(column => column.NotExported is not null).Select(column => new LeftOut(column.Column, column.NotExported!))
            .OrderBy(one => one.Column, StringComparer.Ordinal),
        new LeftOut("users.password_hash", "A secret."),
        new LeftOut("refresh_tokens.hash", "A secret, as those of links in mails and the keys and addresses of push subscriptions."),
        new LeftOut("deliveries.payload", "Mails on their way; emptied once they are sent."),
    ];

    public async Task Write(HttpContext http, long user)
    {
        var ct = http.RequestAborted;
        if (!await turns.WaitAsync(TimeSpan.Zero, ct))
            throw Failure.Unavailable("Several exports are being written. Please try again in a minute.", TimeSpan.FromMinutes(1));
        try
        {
            // The end of each entry is written without waiting; all else is not.
            if (http.Features.Get<IHttpBodyControlFeature>() is { } control)
                control.AllowSynchronousIO = true;
            await Write(http.Response, user, ct);
        }
        finally
        {
            turns.Release();
        }
    }

    public void Dispose() => turns.Dispose();

    private async Task Write(HttpResponse response, long user, CancellationToken ct)
    {
        var contents = new List<ExportedFile>();
        // The first one is read before the answer begins: what fails at once is answered as what it is.
        var first = await Spool(files[0], user, ct);
        response.ContentType = "application/zip";
        response.Headers.ContentDisposition = "attachment; filename=\"hearth-export.zip\"";
        response.Headers.CacheControl = "no-store";
        await using var zip = await ZipArchive.CreateAsync(response.Body, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, ct);
        foreach (var file in files)
        {
            var (rows, spooled) = file == files[0] ? first : await Spool(file, user, ct);
            await using (spooled)
                await Add(zip, $"{file.Name}.json", spooled, CompressionLevel.Fastest, ct);
            contents.Add(new ExportedFile($"{file.Name}.json", rows));
        }

        var kept = 0;
        var missing = new List<string>();
        await foreach (var name in media.Of(user, ct))
        {
            if (media.Open(name) is not { } opened)
            {
                missing.Add(name);
                continue;
            }

            await using (opened)
                await Add(zip, $"media/{name}", opened, CompressionLevel.NoCompression, ct);
            kept++;
        }

        contents.Add(new ExportedFile("media/", kept));
        using var list = new MemoryStream(Json.Bytes(new ExportContents(user, contents, missing, leftOut)));
        await Add(zip, "contents.json", list, CompressionLevel.Fastest, ct);
    }

    private static async Task Add(ZipArchive zip, string name, Stream content, CompressionLevel level, CancellationToken ct)
    {
        var entry = zip.CreateEntry(name, level);
        await using var into = await entry.OpenAsync(ct);
        await content.CopyToAsync(into, ct);
    }

    private async Task<(long Rows, Stream Content)> Spool(PersonalFile file, long user, CancellationToken ct)
    {
        var spooled = new FileStream(
            Path.Combine(Path.GetTempPath(), $"hearth-export-{Guid.NewGuid():N}"),
            new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.ReadWrite,
                Share = FileShare.None,
                Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
                UnixCreateMode = OperatingSystem.IsWindows() ? null : UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
        try
        {
            var rows = await Spool(file, user, spooled, ct);
            spooled.Position = 0;
            return (rows, spooled);
        }
        catch
        {
            await spooled.DisposeAsync();
            throw;
        }
    }

    private async Task<long> Spool(PersonalFile file, long user, Stream into, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        await using var text = new StreamWriter(into, new UTF8Encoding(false), 65_536, leaveOpen: true);
        var rows = 0L;
        await text.WriteAsync('[');
        await foreach (var row in file.Rows(db, user, ct))
        {
            await text.WriteAsync(rows++ == 0 ? "\n" : ",\n");
            await text.WriteAsync(row.AsMemory(), ct);
        }

        await text.WriteAsync("\n]\n");
        return rows;
    }
}
