using Hearth.Database;
using Hearth.Ledger;
using Npgsql;

namespace Hearth.Features.Community;

/// <summary>What a write needs to know of the post that a comment hangs under; locked.</summary>
internal sealed record CommentedPost(long Id, long Author, int? Group, int? Course, int? Campaign, bool IsHidden)
{
    /// <summary>A row about one of its comments.</summary>
    public Entry Entry(Verb verb, long comment, long actor, long subject, string? detail = null) => new(verb, ObjectKind.Comment, comment)
    {
        Actor = actor,
        Subject = subject,
        Group = Group,
        Course = Course,
        Campaign = Campaign,
        Detail = detail ?? CommentDetail.Of(Id),
    };

    public MentionPlace Place(long comment, long author) => new(ObjectKind.Comment, comment, Id, author, Group, Course, Campaign);
}

/// <summary>A comment's row as a write finds it, locked.</summary>
internal sealed record CommentRow(
    long Id, long Author, long? Parent, long? Root, string Text, string? Media, string? MediaType, bool IsHidden);

/// <summary>The statements that write comments and the counters above them.</summary>
internal static class CommentWriteStore
{
    private const string LockPostSql =
        """
        -- comments.lock_post
        select id, author, group_id, course_id, campaign_id, is_hidden from posts where id = $1 for no key update
        """;

    private const string LockSql =
        """
        -- comments.lock
        select id, author, parent_id, root_id, text, media, media_type, is_hidden from comments where id = $1 and post_id = $2 for no key update
        """;

    private const string AddSql =
        """
        -- comments.add
        with added as (
          insert into comments (post_id, author, parent_id, root_id, text, media, media_type) values ($1, $2, $3, $4, $5, $6, $7)
          returning id, created_at),
        counted as (
          update posts set comment_count = comment_count + 1, thread_count = thread_count + ($3::bigint is null)::int where id = $1),
        threaded as (update comments set replies = replies + 1 where id = $4)
        select a.id, a.created_at, u.uuid, u.display_name, u.profile_photo from added a join users u on u.id = $2
        """;

    private const string EditSql =
        """
        -- comments.edit
        update comments set text = $2, media = $3, media_type = $4, updated_at = now() where id = $1
        """;

    // Locked from the top down, as replies to them lock: the root before what is below.
    private const string DeleteSql =
        """
        -- comments.delete
        with recursive below as (
          select id from comments where id = $1
          union all
          select c.id from comments c join below b on c.parent_id = b.id),
        gone as (
          delete from comments c using below b where c.id = b.id
          returning c.id, c.author, c.media, c.is_hidden, c.parent_id is null as is_top),
        reactions as (delete from comment_reactions r using gone g where r.comment_id = g.id),
        names as (delete from mentions m using gone g where m.object_kind = 3 and m.object_id = g.id),
        counted as (
          update posts p set comment_count = p.comment_count - g.visible, thread_count = p.thread_count - g.top
            from (select count(*) filter (where not is_hidden)::int as visible, count(*) filter (where not is_hidden and is_top)::int as top from gone) g
           where p.id = $2),
        threaded as (
          update comments r set replies = r.replies - (select count(*) from gone where not is_hidden)::int where r.id = $3)
        select id, author, media from gone order by id
        """;

    public static async Task<CommentedPost?> LockPost(NpgsqlConnection db, long id, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(LockPostSql, db) { Parameters = { P(id) } };
        await using var row = await command.ExecuteReaderAsync(ct);
        return await row.ReadAsync(ct)
            ? new CommentedPost(row.GetInt64(0), row.GetInt64(1), row.IntOrNull(2), row.IntOrNull(3), row.IntOrNull(4), row.GetBoolean(5))
            : null;
    }

    public static async Task<CommentRow?> Lock(NpgsqlConnection db, long post, long id, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(LockSql, db) { Parameters = { P(id), P(post) } };
        await using var row = await command.ExecuteReaderAsync(ct);
        return await row.ReadAsync(ct)
            ? new CommentRow(
                row.GetInt64(0), row.GetInt64(1), row.LongOrNull(2), row.LongOrNull(3), row.GetString(4), row.TextOrNull(5), row.TextOrNull(6),
                row.GetBoolean(7))
            : null;
    }

    public static NpgsqlCommand Add(NpgsqlConnection db, long post, long author, CommentRow? parent, string text, KeptMedia? media) => new(AddSql, db)
    {
        Parameters =
        {
            P(post), P(author), P(parent?.Id), P(parent?.Root ?? parent?.Id),
            P(text), PostWriteStore.Text(media?.Path), PostWriteStore.Text(media?.Type),
        },
    };

    public static async Task Edit(NpgsqlConnection db, CommentRow comment)
    {
        await using var command = new NpgsqlCommand(EditSql, db)
        {
            Parameters = { P(comment.Id), P(comment.Text), PostWriteStore.Text(comment.Media), PostWriteStore.Text(comment.MediaType) },
        };
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Deletes a locked comment and all that hangs under it, and appends a row for each.</summary>
    /// <returns>Their files, to go when the deletion is committed.</returns>
    public static async Task<List<string>> Remove(Write write, CommentedPost post, CommentRow comment, long actor)
    {
        var files = new List<string>();
        foreach (var (id, author, media) in await Delete(write.Db, post.Id, comment))
        {
            write.Append(post.Entry(Verb.DeleteComment, id, actor, author));
            if (media is not null)
                files.Add(media);
        }

        return files;
    }

    private static async Task<List<(long Id, long Author, string? Media)>> Delete(NpgsqlConnection db, long post, CommentRow comment)
    {
        await using var command = new NpgsqlCommand(DeleteSql, db) { Parameters = { P(comment.Id), P(post), P(comment.Root) } };
        await using var rows = await command.ExecuteReaderAsync();
        var gone = new List<(long, long, string?)>();
        while (await rows.ReadAsync())
            gone.Add((rows.GetInt64(0), rows.GetInt64(1), rows.TextOrNull(2)));
        return gone;
    }

    private static NpgsqlParameter P<T>(T value) => new NpgsqlParameter<T> { TypedValue = value };
}
