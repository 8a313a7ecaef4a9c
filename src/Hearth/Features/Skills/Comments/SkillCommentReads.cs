using System.Globalization;
using Hearth.Database;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Skills;

/// <summary>A comment as a list has it, with the number that its place in the list is told by.</summary>
internal sealed record ListedComment(long Id, SkillCommentView View);

/// <summary>The statements that read comments on skills.</summary>
internal static class SkillCommentReads
{
    /// <summary>How many descendants a listed comment brings along.</summary>
    private const int RepliesShown = 3;

    /// <summary>Whether the reader may see a comment of a skill that they may see.</summary>
    public static readonly string Visible = $"(c.author = $1 or $2 or not c.is_hidden and not {Blocks.Part("$1", "c.author")})";

    private const string Columns =
        """
        c.id, c.uuid, u.uuid, u.username, u.display_name, u.profile_photo,
        (select p.uuid from skill_comments p where p.id = c.parent_id), c.text, c.created_at, c.updated_at, c.replies
        """;

    private static readonly string AtSql =
        $"""
        -- skill_comments.at
        select r.created_at, r.id from skill_comments c join skill_comments r on r.id = coalesce(c.root_id, c.id)
         where c.skill_id = $3 and c.uuid = $4 and {Visible}
        """;

    private static readonly string RepliesSql =
        $"""
        -- skill_comments.first_replies
        select {Columns}, t.id
          from unnest($3::bigint[]) as t (id)
          cross join lateral (
            select * from skill_comments c where c.root_id = t.id and {Visible} order by c.created_at, c.id limit {RepliesShown}) c
          join users u on u.id = c.author
         order by t.id, c.created_at, c.id
        """;

    /// <summary>Comments that answer the skill itself, the newest first, each with its first replies.</summary>
    public static async Task<List<ListedComment>> Top(NpgsqlConnection db, Reader reader, long skill, KeysetQuery page, CancellationToken ct)
    {
        var (compare, order) = page.Backwards ? (">", "asc") : ("<", "desc");
        var sql =
            $"""
            -- skill_comments.top
            select {Columns} from skill_comments c join users u on u.id = c.author
             where c.skill_id = $3 and c.parent_id is null and {Visible} {(page.Cursor is null ? "" : $"and (c.created_at, c.id) {compare} ($5, $6)")}
             order by c.created_at {order}, c.id {order} limit $4
            """;
        return await WithReplies(db, reader, await Read(Sql.Command(db, sql, Parameters(reader, skill, page)), ct), ct);
    }

    /// <summary>The cursor whose page begins with the comment that a comment hangs under; null where the reader sees no such comment.</summary>
    public static async Task<Cursor?> At(NpgsqlConnection db, Reader reader, long skill, Guid comment, CancellationToken ct)
    {
        await using var command = Sql.Command(db, AtSql, [.. reader.Parameters, Sql.Value(skill), Sql.Value(comment)]);
        await using var row = await command.ExecuteReaderAsync(ct);
        return await row.ReadAsync(ct) ? new Cursor(false, Place(row.GetDateTime(0), row.GetInt64(1) + 1)) : null;
    }

    /// <summary>A comment that the reader may see, with its first replies.</summary>
    public static async Task<SkillCommentView> One(NpgsqlConnection db, Reader reader, long id, CancellationToken ct)
    {
        var sql = $"-- skill_comments.one\nselect {Columns} from skill_comments c join users u on u.id = c.author where c.id = $3 and {Visible}";
        return (await WithReplies(db, reader, await Read(Sql.Command(db, sql, [.. reader.Parameters, Sql.Value(id)]), ct), ct))[0].View;
    }

    private static async Task<List<ListedComment>> WithReplies(NpgsqlConnection db, Reader reader, List<ListedComment> comments, CancellationToken ct)
    {
        var ids = comments.Where(comment => comment.View.ReplyCount > 0).Select(comment => comment.Id).ToArray();
        if (ids.Length == 0)
            return comments;
        var replies = await Replies(db, reader, ids, ct);
        return [.. comments.Select(comment => replies.TryGetValue(comment.Id, out var below)
            ? comment with { View = comment.View with { Replies = below } }
            : comment)];
    }

    /// <summary>All that hangs under a comment, at any depth, the oldest first.</summary>
    public static Task<List<ListedComment>> Below(NpgsqlConnection db, Reader reader, SkillCommentRow parent, KeysetQuery page, CancellationToken ct)
    {
        var (compare, order) = page.Backwards ? ("<", "desc") : (">", "asc");
        // A thread is known by its root; what is below another comment takes a walk.
        var (with, from) = parent.Root is null
            ? ("", "c.root_id = $3")
            : ("with recursive walk as (select id from skill_comments where parent_id = $3 union all select n.id from skill_comments n join walk w on n.parent_id = w.id)",
               "c.id in (select id from walk)");
        var sql =
            $"""
            -- skill_comments.below
            {with}
            select {Columns} from skill_comments c join users u on u.id = c.author
             where {from} and {Visible} {(page.Cursor is null ? "" : $"and (c.created_at, c.id) {compare} ($5, $6)")}
             order by c.created_at {order}, c.id {order} limit $4
            """;
        return Read(Sql.Command(db, sql, Parameters(reader, parent.Id, page)), ct);
    }

    public static string[] Key(ListedComment comment) => Place(comment.View.CreatedAt, comment.Id);

    private static string[] Place(DateTime at, long id) =>
        [at.Ticks.ToString(CultureInfo.InvariantCulture), id.ToString(CultureInfo.InvariantCulture)];

    private static NpgsqlParameter[] Parameters(Reader reader, long of, KeysetQuery page) => page.Cursor is { } cursor
        ? [.. reader.Parameters, Sql.Value(of), Sql.Value(page.Take), Sql.Time(cursor.Time(0)), Sql.Value(cursor.Long(1))]
        : [.. reader.Parameters, Sql.Value(of), Sql.Value(page.Take)];

    private static async Task<Dictionary<long, List<SkillReplyView>>> Replies(NpgsqlConnection db, Reader reader, long[] roots, CancellationToken ct)
    {
        var replies = roots.ToDictionary(root => root, _ => new List<SkillReplyView>());
        await using var command = Sql.Command(db, RepliesSql, [.. reader.Parameters, Sql.Value(roots)]);
        await using var rows = await command.ExecuteReaderAsync(ct);
        while (await rows.ReadAsync(ct))
        {
            var view = Comment(rows).View;
            replies[rows.GetInt64(11)].Add(new SkillReplyView(view.Id, view.Author, view.Parent, view.Text, view.CreatedAt, view.UpdatedAt));
        }

        return replies;
    }

    private static async Task<List<ListedComment>> Read(NpgsqlCommand command, CancellationToken ct)
    {
        await using (command)
        {
            var comments = new List<ListedComment>();
            await using var rows = await command.ExecuteReaderAsync(ct);
            while (await rows.ReadAsync(ct))
                comments.Add(Comment(rows));
            return comments;
        }
    }

    private static ListedComment Comment(NpgsqlDataReader row) => new(row.GetInt64(0), new SkillCommentView(
        row.GetGuid(1),
        new SkillAuthor(row.GetGuid(2), row.GetString(3), row.GetString(4), row.TextOrNull(5)),
        row.IsDBNull(6) ? null : row.GetGuid(6),
        row.GetString(7),
        row.GetDateTime(8),
        row.GetDateTime(9),
        row.GetInt32(10),
        []));
}
