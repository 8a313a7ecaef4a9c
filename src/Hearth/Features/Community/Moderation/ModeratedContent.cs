using System.Globalization;
using Hearth.Ledger;
using Npgsql;

namespace Hearth.Features.Community;

/// <summary>Posts and comments in moderators' hands.</summary>
internal sealed class ModeratedContent(MediaFolder folder) : IModerated
{
    private const string HidePostSql =
        """
        -- posts.hide
        update posts set is_hidden = $2 where id = $1
        """;

    private const string HideCommentSql =
        """
        -- comments.hide
        with hidden as (update comments set is_hidden = $2 where id = $1 returning post_id, root_id, parent_id is null as is_top),
        counted as (
          update posts p set comment_count = p.comment_count + $3, thread_count = p.thread_count + case when h.is_top then $3 else 0 end
            from hidden h where p.id = h.post_id)
        update comments r set replies = r.replies + $3 from hidden h where r.id = h.root_id
        """;

    private const string PostsSql =
        """
        -- posts.moderated
        select id, author, left(concat_ws(E'\n', title, content), 1000), is_hidden from posts where id = any($1)
        """;

    private const string CommentsSql =
        """
        -- comments.moderated
        select id, author, left(text, 1000), is_hidden from comments where id = any($1)
        """;

    public IReadOnlyList<ObjectKind> Kinds { get; } = [ObjectKind.Post, ObjectKind.Comment];

    public async Task<IReadOnlyList<ModeratedObject>> Find(NpgsqlConnection db, ObjectKind kind, IReadOnlyCollection<string> ids, CancellationToken ct)
    {
        long[] numbers = [.. ids.Select(id => long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0)];
        await using var command = new NpgsqlCommand(kind == ObjectKind.Post ? PostsSql : CommentsSql, db)
        {
            Parameters = { new NpgsqlParameter<long[]> { TypedValue = numbers } },
        };
        var found = new List<ModeratedObject>();
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
            found.Add(new ModeratedObject(row.GetInt64(0), row.GetInt64(0).ToString(CultureInfo.InvariantCulture), row.GetInt64(1), row.GetString(2), row.GetBoolean(3)));
        return found;
    }

    public Task<bool> Hide(Write write, ObjectKind kind, long id, bool hidden, long actor, CancellationToken ct) =>
        kind == ObjectKind.Post ? HidePost(write, id, hidden, actor, ct) : HideComment(write, id, hidden, actor, ct);

    public Task<Action?> Remove(Write write, ObjectKind kind, long id, long actor, CancellationToken ct) =>
        kind == ObjectKind.Post ? RemovePost(write, id, actor, ct) : RemoveComment(write, id, actor, ct);

    private static async Task<bool> HidePost(Write write, long id, bool hidden, long actor, CancellationToken ct)
    {
        if (await PostWriteStore.Lock(write.Db, id, ct) is not { } post)
            return false;
        if (post.IsHidden == hidden)
            return true;
        await Run(write.Db, HidePostSql, id, hidden);
        await PostWriteStore.Relist(write.Db, post, hidden ? -1 : 1, hidden ? 1 : -1);
        write.Append(post.Entry(hidden ? Verb.HidePost : Verb.UnhidePost, actor));
        return true;
    }

    private static async Task<bool> HideComment(Write write, long id, bool hidden, long actor, CancellationToken ct)
    {
        if (await Find(write.Db, id, ct) is not var (post, comment))
            return false;
        if (comment.IsHidden == hidden)
            return true;
        await Run(write.Db, HideCommentSql, id, hidden, hidden ? -1 : 1);
        write.Append(post.Entry(hidden ? Verb.HideComment : Verb.UnhideComment, id, actor, comment.Author));
        return true;
    }

    private async Task<Action?> RemovePost(Write write, long id, long actor, CancellationToken ct)
    {
        if (await PostWriteStore.Lock(write.Db, id, ct) is not { } post)
            return null;
        var files = await PostWriteStore.Remove(write, post, actor);
        return () => files.ForEach(folder.Delete);
    }

    private async Task<Action?> RemoveComment(Write write, long id, long actor, CancellationToken ct)
    {
        if (await Find(write.Db, id, ct) is not var (post, comment))
            return null;
        var files = await CommentWriteStore.Remove(write, post, comment, actor);
        return () => files.ForEach(folder.Delete);
    }

    /// <summary>Locks the post, then the comment.</summary>
    private static async Task<(CommentedPost Post, CommentRow Comment)?> Find(NpgsqlConnection db, long id, CancellationToken ct)
    {
        await using var find = new NpgsqlCommand("-- comments.post\nselect post_id from comments where id = $1", db)
        {
            Parameters = { new NpgsqlParameter<long> { TypedValue = id } },
        };
        return await find.ExecuteScalarAsync(ct) is long post
            && await CommentWriteStore.LockPost(db, post, ct) is { } locked
            && await CommentWriteStore.Lock(db, post, id, ct) is { } comment
            ? (locked, comment)
            : null;
    }

    private static async Task Run(NpgsqlConnection db, string sql, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, db);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        await command.ExecuteNonQueryAsync();
    }
}
