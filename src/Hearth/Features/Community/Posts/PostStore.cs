using Hearth.Database;
using Npgsql;

namespace Hearth.Features.Community;

/// <summary>The statements that read single posts, and the mapping of their rows.</summary>
internal static class PostStore
{
    public const string Columns =
        """
        p.id, p.author, p.is_hidden, u.uuid, u.display_name, u.profile_photo, p.title, p.content, p.media, p.media_type,
        p.created_at, p.updated_at, p.views, p.comment_count, p.like_count, p.love_count, p.haha_count, p.sad_count,
        p.group_id, p.course_id, p.campaign_id
        """;

    /// <summary>What a reader, <c>$1</c>, has to do with post <c>x.id</c>.</summary>
    public const string MarkColumns =
        """
        exists (select from post_views v where v.post_id = x.id and v.user_id = $1),
        coalesce((select r.kind from post_reactions r where r.post_id = x.id and r.user_id = $1), 0::smallint)
        """;

    public const int MarkAt = 21;

    private const string ByIdsSql =
        $"""
        -- posts.by_ids
        select {Columns} from posts p join users u on u.id = p.author where p.id = any(array(select unnest($1::bigint[])))
        """;

    private const string MarksSql =
        $"""
        -- posts.marks
        select {MarkColumns} from unnest($2::bigint[]) with ordinality as x (id, n) order by x.n
        """;

    public static NpgsqlBatchCommand ByIds(long[] ids) =>
        new(ByIdsSql) { Parameters = { new NpgsqlParameter<long[]> { TypedValue = ids } } };

    /// <summary>Marks in the order of the ids.</summary>
    public static NpgsqlBatchCommand Marks(long reader, long[] ids) => new(MarksSql)
    {
        Parameters = { new NpgsqlParameter<long> { TypedValue = reader }, new NpgsqlParameter<long[]> { TypedValue = ids } },
    };

    public static CachedPost Post(NpgsqlDataReader row, MediaLinks links)
    {
        var view = new PostView(
            row.GetInt64(0),
            new AuthorView(row.GetGuid(3), row.GetString(4), links.Of(row.TextOrNull(5))),
            row.TextOrNull(6),
            row.GetString(7),
            links.Of(row.TextOrNull(8)),
            row.TextOrNull(9),
            row.GetDateTime(10),
            row.GetDateTime(11),
            row.GetInt32(12),
            HasViewed: false,
            row.GetInt32(13),
            ReactionKinds.Summary(row.GetInt32(14), row.GetInt32(15), row.GetInt32(16), row.GetInt32(17)),
            UserReaction: null)
        {
            Group = row.IntOrNull(18),
            Course = row.IntOrNull(19),
            Campaign = row.IntOrNull(20),
        };
        return new CachedPost(view, row.GetInt64(1), row.GetBoolean(2));
    }

    public static Mark Mark(NpgsqlDataReader row, int at) => new(row.GetBoolean(at), (byte)row.GetInt16(at + 1));

    /// <summary>The posts with these ids that there are, in no order.</summary>
    public static async Task<List<CachedPost>> Load(NpgsqlConnection db, long[] ids, MediaLinks links, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(db) { BatchCommands = { ByIds(ids) } };
        await using var rows = await batch.ExecuteReaderAsync(ct);
        var posts = new List<CachedPost>(ids.Length);
        while (await rows.ReadAsync(ct))
            posts.Add(Post(rows, links));
        return posts;
    }
}

internal static class RowValues
{
    public static int? IntOrNull(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt32(column);

    public static long? LongOrNull(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);
}
