using System.Runtime.CompilerServices;
using Hearth.Database;
using Hearth.Ledger;
using Npgsql;

namespace Hearth.Features.Community;

/// <summary>The files that a person uploaded: of posts, of comments, and the photo.</summary>
internal sealed class PersonalMedia(NpgsqlDataSource source, MediaFolder folder, MediaLinks links) : IPersonalMedia
{
    private const int Page = 500;

    private const string PostsSql = "-- personal.post_media\nselect id, media from posts where author = $1 and media is not null and id > $2 order by id limit $3";

    private const string CommentsSql = "-- personal.comment_media\nselect id, media from comments where author = $1 and media is not null and id > $2 order by id limit $3";

    private const string PhotoSql = "-- personal.photo\nselect id, profile_photo from users where id = $1 and profile_photo is not null and $2 < $3";

    // In pages: whoever reads them may be slow, and no connection waits for that.
    public async IAsyncEnumerable<string> Of(long user, [EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var (_, address) in await Next(PhotoSql, user, 0, ct))
        {
            if (PathOf(address) is { } photo)
                yield return photo;
        }

        foreach (var sql in (string[])[PostsSql, CommentsSql])
        {
            var page = await Next(sql, user, 0, ct);
            while (page.Count > 0)
            {
                foreach (var (_, path) in page)
                    yield return path;
                page = await Next(sql, user, page[^1].Id, ct);
            }
        }
    }

    public Stream? Open(string name)
    {
        try
        {
            return new FileStream(folder.Full(name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 65_536, FileOptions.Asynchronous | FileOptions.SequentialScan);
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            // On another node's disk, or removed meanwhile.
            return null;
        }
    }

    public void Remove(string? address) => folder.Delete(PathOf(address));

    private string? PathOf(string? address)
    {
        var root = links.Of("")!;
        return address is not null && address.StartsWith(root, StringComparison.Ordinal) && !address.Contains("..", StringComparison.Ordinal) ? address[root.Length..] : null;
    }

    private async Task<List<(long Id, string Path)>> Next(string sql, long user, long after, CancellationToken ct)
    {
        var page = new List<(long, string)>();
        await using var db = await source.OpenConnectionAsync(ct);
        await using var command = Sql.Command(db, sql, Sql.Value(user), Sql.Value(after), Sql.Value((long)Page));
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
            page.Add((row.GetInt64(0), row.GetString(1)));
        return page;
    }
}
