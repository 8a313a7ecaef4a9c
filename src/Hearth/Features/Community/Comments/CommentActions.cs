using System.Globalization;
using Hearth.Database;
using Hearth.Ledger;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Community;

/// <summary>The writes to comments. The post is locked first, so that its counters and the thread agree.</summary>
internal sealed class CommentActions(
    Writes writes, CommunityCache cache, Apart people, MediaFolder folder, MediaLinks links, NpgsqlDataSource source, IScreening screening)
{
    public async Task<Answer> Create(HttpContext http, Caller caller, long post)
    {
        await using var comment = await CommentWriting.Read(http, folder);
        comment.Check(whole: true);
        var media = await comment.Keep(folder, http.RequestAborted);
        try
        {
            return await Create(http, caller, post, comment, media);
        }
        catch
        {
            folder.Delete(media?.Path);
            throw;
        }
    }

    public async Task<Answer> Edit(HttpContext http, Caller caller, long post, long id, bool whole)
    {
        await using var change = await CommentWriting.Read(http, folder);
        change.Check(whole);
        var media = await change.Keep(folder, http.RequestAborted);
        CommentRow before;
        try
        {
            before = await Edit(http, caller, post, id, change, media);
        }
        catch
        {
            folder.Delete(media?.Path);
            throw;
        }

        if (change.HasMedia)
            folder.Delete(before.Media);
        await using var db = await source.OpenConnectionAsync(http.RequestAborted);
        return Answer.Ok(await CommentStore.One(db, caller.UserId, id, links, http.RequestAborted) ?? throw Failure.NotFound());
    }

    public async Task<Answer> Delete(HttpContext http, Caller caller, long postId, long id)
    {
        await using var write = await writes.Begin(http);
        var (post, comment) = await Own(write.Db, postId, id, caller, http.RequestAborted);
        var files = await CommentWriteStore.Remove(write, post, comment, caller.UserId);
        var answer = await write.Commit(Answer.NoContent);
        cache.Changed(postId);
        files.ForEach(folder.Delete);
        return answer;
    }

    private async Task<Answer> Create(HttpContext http, Caller caller, long postId, CommentWriting comment, KeptMedia? media)
    {
        var apart = await people.Of(caller, http.RequestAborted);
        await using var write = await writes.Begin(http);
        var post = await Post(write.Db, postId, caller, apart, http.RequestAborted);
        var parent = comment.Parent is { } id ? await Parent(write.Db, postId, id, caller, apart, http.RequestAborted) : null;
        var view = await Insert(write.Db, post, caller, parent, comment.Text!, media, http.RequestAborted);
        write.Append(parent is null
            ? post.Entry(Verb.CommentPost, view.Id, caller.UserId, post.Author)
            : post.Entry(Verb.ReplyComment, view.Id, caller.UserId, parent.Author, CommentDetail.OfReply(postId, parent.Id, post.Author)));
        await MentionStore.Store(write, post.Place(view.Id, caller.UserId), comment.Text!, isNew: true);
        await Screen(write, view.Id, caller.UserId, comment.Text!, http.RequestAborted);
        var answer = await write.Commit(Answer.Created(view));
        cache.Changed(postId);
        return answer;
    }

    private async Task<CommentView> Insert(
        NpgsqlConnection db, CommentedPost post, Caller caller, CommentRow? parent, string text, KeptMedia? media, CancellationToken ct)
    {
        await using var command = CommentWriteStore.Add(db, post.Id, caller.UserId, parent, text, media);
        await using var row = await command.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        var at = row.GetDateTime(1);
        var author = new AuthorView(row.GetGuid(2), row.GetString(3), links.Of(row.TextOrNull(4)));
        return new CommentView(row.GetInt64(0), author, parent?.Id, text, links.Of(media?.Path), media?.Type, at, at, [], [], null);
    }

    /// <returns>The comment as it was before.</returns>
    private async Task<CommentRow> Edit(HttpContext http, Caller caller, long postId, long id, CommentWriting change, KeptMedia? media)
    {
        await using var write = await writes.Begin(http);
        var (post, before) = await Own(write.Db, postId, id, caller, http.RequestAborted);
        var after = before with
        {
            Text = change.HasText ? change.Text! : before.Text,
            Media = change.HasMedia ? media?.Path : before.Media,
            MediaType = change.HasMedia ? media?.Type : before.MediaType,
        };
        if (after != before)
        {
            await CommentWriteStore.Edit(write.Db, after);
            write.Append(post.Entry(Verb.EditComment, id, caller.UserId, before.Author));
            await MentionStore.Store(write, post.Place(id, before.Author), after.Text, isNew: false);
            if (!after.IsHidden)
                await Screen(write, id, before.Author, after.Text, http.RequestAborted);
        }

        await write.Commit();
        return before;
    }

    private Task Screen(Write write, long id, long author, string text, CancellationToken ct) =>
        screening.Screen(write, ObjectKind.Comment, id, id.ToString(CultureInfo.InvariantCulture), author, "text", text, ct);

    private static async Task<CommentedPost> Post(NpgsqlConnection db, long id, Caller caller, long[] apart, CancellationToken ct)
    {
        var post = await CommentWriteStore.LockPost(db, id, ct);
        return post is not null && (!post.IsHidden || post.Author == caller.UserId || caller.IsModerator) && !apart.Contains(post.Author)
            ? post
            : throw Failure.NotFound();
    }

    private static async Task<CommentRow> Parent(NpgsqlConnection db, long post, long id, Caller caller, long[] apart, CancellationToken ct)
    {
        var parent = await CommentWriteStore.Lock(db, post, id, ct);
        return parent is not null && (!parent.IsHidden || parent.Author == caller.UserId || caller.IsModerator) && !apart.Contains(parent.Author)
            ? parent
            : throw Failure.Invalid("parent", $"Invalid pk \"{id}\" - object does not exist.");
    }

    /// <summary>Locks a comment and its post for its author or an administrator.</summary>
    private static async Task<(CommentedPost Post, CommentRow Comment)> Own(NpgsqlConnection db, long postId, long id, Caller caller, CancellationToken ct)
    {
        // What one wrote is one's own to change and to take away, whoever it was said to.
        var post = await Post(db, postId, caller, [], ct);
        var comment = await CommentWriteStore.Lock(db, postId, id, ct) ?? throw Failure.NotFound();
        if (comment.IsHidden && comment.Author != caller.UserId && !caller.IsModerator)
            throw Failure.NotFound();
        return comment.Author == caller.UserId || caller.IsAdmin ? (post, comment) : throw Failure.Forbidden();
    }
}
