using Hearth.Database;
using Npgsql;

namespace Hearth.Features.Community;

/// <summary>Who reads comments, whether hidden ones of others are shown, and whose are not.</summary>
internal readonly record struct CommentReader(long User, bool IsModerator, long[] Apart);

/// <summary>The statements that read comments.</summary>
internal static class CommentStore
{
    /// <summary>How many descendants a listed comment brings along.</summary>
    private const int RepliesShown = 3;

    private const string Columns =
        """
        c.id, u.uuid, u.display_name, u.profile_photo, c.parent_id, c.text, c.media, c.media_type, c.created_at, c.updated_at,
        c.like_count, c.love_count, c.haha_count, c.sad_count, r.kind
        """;

    private const string Joins =
        "join users u on u.id = c.author left join comment_reactions r on r.comment_id = c.id and r.user_id = $1";

    // Hidden comments are few: the kept count is corrected by those that this reader sees.
    private static readonly string PageSql =
        $"""
        -- comments.page
        with top as materialized (
          select c.id from comments c where c.post_id = $3 and c.parent_id is null and {Visible(7)}
           order by c.created_at desc, c.id desc limit $4 offset $5),
        shown as (
          select t.id, t.id as root from top t
          union all
          select d.id, t.id from top t cross join lateral (
            select c.id from comments c where c.root_id = t.id and {Visible(7)} order by c.created_at, c.id limit $6) d)
        select {Columns}, s.root
          from shown s join comments c on c.id = s.id {Joins}
         order by c.parent_id is not null, case when c.parent_id is null then c.created_at end desc, case when c.parent_id is null then c.id end desc,
                  c.created_at, c.id
        """;

    private static readonly string BeforeSql =
        $"""
        -- comments.before
        select count(*)::int from comments c
         where c.post_id = $3 and c.parent_id is null and {Visible(5)}
           and (c.created_at, c.id) > (select r.created_at, r.id from comments n join comments r on r.id = coalesce(n.root_id, n.id) where n.id = $4 and n.post_id = $3)
        """;

    private const string CountSql =
        """
        -- comments.count
        select p.thread_count
             + (select count(*) from comments c where c.post_id = p.id and c.is_hidden and c.parent_id is null and (c.author = $1 or $2))::int
             - case when cardinality($4::bigint[]) = 0 then 0 else
                 (select count(*) from comments c where c.post_id = p.id and not c.is_hidden and c.parent_id is null and c.author = any($4))::int end
          from posts p where p.id = $3
        """;

    // The kept count of a thread holds for its root; below one it takes a walk through that part of the thread.
    private static readonly string DescendantsSql =
        $"""
        -- comments.descendants
        with recursive parent as (select id, root_id from comments where id = $3 and post_id = $4),
        below as (
          select c.id, c.created_at from comments c join parent p on c.root_id = p.id where p.root_id is null and {Visible(7)}
          union all
          select * from (
            with recursive walk as (
              select c.id, c.created_at, c.author, c.is_hidden from comments c join parent p on c.parent_id = p.id where p.root_id is not null
              union all
              select c.id, c.created_at, c.author, c.is_hidden from comments c join walk w on c.parent_id = w.id)
            select c.id, c.created_at from walk c where {Visible(7)}) nested),
        page as materialized (select id from below order by created_at, id limit $5 offset $6)
        select {Columns}, 0::bigint, (select count(*) from below)
          from page x join comments c on c.id = x.id {Joins} order by c.created_at, c.id
        """;

    private const string OneSql =
        $"""
        -- comments.one
        select {Columns}, 0::bigint from comments c {Joins} where c.id = $2
        """;

    // For everybody at once: nobody's own reactions, nothing hidden.
    private const string ShownSql =
        $"""
        -- comments.shown
        select {Columns} from comments c join posts p on p.id = c.post_id and not p.is_hidden {Joins} where c.id = any($2) and not c.is_hidden
        """;

    public static NpgsqlBatchCommand Shown(long[] ids) =>
        new(ShownSql) { Parameters = { P(0L), new NpgsqlParameter<long[]> { TypedValue = ids } } };

    /// <returns>A page of comments that answer the post, newest first, each with its first descendants; and how many there are.</returns>
    /// <summary>How many of the post's comments are listed before the one that a comment hangs under; none where there is no such comment.</summary>
    public static async Task<int> Before(NpgsqlConnection db, CommentReader reader, long post, long comment, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(BeforeSql, db) { Parameters = { P(reader.User), P(reader.IsModerator), P(post), P(comment), P(reader.Apart) } };
        return (int)(await command.ExecuteScalarAsync(ct))!;
    }

    public static async Task<(long Count, List<CommentView> Comments)> Page(
        NpgsqlConnection db, CommentReader reader, long post, int limit, int offset, MediaLinks links, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(db)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand(CountSql) { Parameters = { P(reader.User), P(reader.IsModerator), P(post), P(reader.Apart) } },
                new NpgsqlBatchCommand(PageSql) { Parameters = { P(reader.User), P(reader.IsModerator), P(post), P(limit), P(offset), P(RepliesShown), P(reader.Apart) } },
            },
        };
        await using var rows = await batch.ExecuteReaderAsync(ct);
        var count = await rows.ReadAsync(ct) ? rows.GetInt32(0) : 0;
        await rows.NextResultAsync(ct);
        var comments = new List<CommentView>(limit);
        var replies = new Dictionary<long, List<ReplyView>>();
        while (await rows.ReadAsync(ct))
        {
            var comment = Comment(rows, links);
            if (comment.Parent is not null)
            {
                replies[rows.GetInt64(15)].Add(comment.AsReply());
                continue;
            }

            var below = new List<ReplyView>(RepliesShown);
            replies[comment.Id] = below;
            comments.Add(comment with { Replies = below });
        }

        return (count, comments);
    }

    /// <returns>A page of all that hangs under a comment, oldest first; and how many there are.</returns>
    public static async Task<(long Count, List<CommentView> Comments)> Descendants(
        NpgsqlConnection db, CommentReader reader, long post, long parent, int limit, int offset, MediaLinks links, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(DescendantsSql, db)
        {
            Parameters = { P(reader.User), P(reader.IsModerator), P(parent), P(post), P(limit), P(offset), P(reader.Apart) },
        };
        await using var rows = await command.ExecuteReaderAsync(ct);
        var comments = new List<CommentView>(limit);
        var count = 0L;
        while (await rows.ReadAsync(ct))
        {
            comments.Add(Comment(rows, links));
            count = rows.GetInt64(16);
        }

        return (count, comments);
    }

    public static async Task<CommentView?> One(NpgsqlConnection db, long reader, long id, MediaLinks links, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(OneSql, db) { Parameters = { P(reader), P(id) } };
        await using var row = await command.ExecuteReaderAsync(ct);
        return await row.ReadAsync(ct) ? Comment(row, links) : null;
    }

    public static CommentView Comment(NpgsqlDataReader row, MediaLinks links) => new(
        row.GetInt64(0),
        new AuthorView(row.GetGuid(1), row.GetString(2), links.Of(row.TextOrNull(3))),
        row.LongOrNull(4),
        row.GetString(5),
        links.Of(row.TextOrNull(6)),
        row.TextOrNull(7),
        row.GetDateTime(8),
        row.GetDateTime(9),
        [],
        ReactionKinds.Summary(row.GetInt32(10), row.GetInt32(11), row.GetInt32(12), row.GetInt32(13)),
        row.IsDBNull(14) ? null : ReactionKinds.Text(row.GetInt16(14)));

    /// <summary>What the reader sees; the parameter of this number names whom they are apart from.</summary>
    private static string Visible(int apart) => $"(not c.is_hidden or c.author = $1 or $2) and c.author <> all(${apart})";

    private static NpgsqlParameter<T> P<T>(T value) => new() { TypedValue = value };
}
