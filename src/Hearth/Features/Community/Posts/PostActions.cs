using System.Globalization;
using Hearth.Database;
using Hearth.Ledger;
using Hearth.Platform;

namespace Hearth.Features.Community;

/// <summary>The writes to posts: check the rule, write rows, append entries, commit.</summary>
internal sealed class PostActions(Writes writes, CommunityCache cache, MediaFolder folder, MediaLinks links, IScreening screening)
{
    public async Task<Answer> Create(HttpContext http, Caller caller)
    {
        await using var post = await PostWriting.Read(http, folder);
        post.Check(whole: true);
        var media = await post.Keep(folder, http.RequestAborted);
        try
        {
            return await Create(http, caller, post, media);
        }
        catch
        {
            // A repeat of an earlier request ends here as well: that one has its own file.
            folder.Delete(media?.Path);
            throw;
        }
    }

    public async Task<Answer> Edit(HttpContext http, Caller caller, long id, bool whole, PostReads reads)
    {
        await using var change = await PostWriting.Read(http, folder);
        change.Check(whole);
        var media = await change.Keep(folder, http.RequestAborted);
        PostRow before;
        try
        {
            before = await Edit(http, caller, id, change, media);
        }
        catch
        {
            folder.Delete(media?.Path);
            throw;
        }

        if (change.HasMedia)
            folder.Delete(before.Media);
        cache.Changed(id);
        var (post, mark) = await reads.Get(id, caller, http.RequestAborted);
        return new Answer(StatusCodes.Status200OK, post.Bytes(mark));
    }

    public async Task<Answer> Delete(HttpContext http, Caller caller, long id)
    {
        await using var write = await writes.Begin(http);
        var post = await Own(write, id, caller, http.RequestAborted);
        var files = await PostWriteStore.Remove(write, post, caller.UserId);
        var answer = await write.Commit(Answer.NoContent);
        cache.Listed(id, post.Author, post.Group, post.Course, post.Campaign);
        files.ForEach(folder.Delete);
        return answer;
    }

    private async Task<Answer> Create(HttpContext http, Caller caller, PostWriting post, KeptMedia? media)
    {
        await using var write = await writes.Begin(http);
        var view = await Insert(write, caller, post, media, http.RequestAborted);
        var row = new PostRow(
            view.Id, caller.UserId, post.Title, post.Content!, media?.Path, media?.Type, post.Group, post.Course, post.Campaign, false, view.CreatedAt);
        write.Append(row.Entry(Verb.CreatePost, caller.UserId));
        await MentionStore.Store(write, row.Place, row.Text, isNew: true);
        await Screen(write, row, http.RequestAborted);
        var answer = await write.Commit(Answer.Created(view));
        cache.Listed(view.Id, caller.UserId, post.Group, post.Course, post.Campaign);
        return answer;
    }

    private async Task<PostView> Insert(Write write, Caller caller, PostWriting post, KeptMedia? media, CancellationToken ct)
    {
        await using var command = PostWriteStore.Add(write.Db, caller.UserId, post, media);
        await using var row = await command.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        if (!row.GetBoolean(5))
            throw Failure.Invalid("group", $"Invalid pk \"{post.Group}\" - object does not exist.");
        if (!row.GetBoolean(6))
            throw Failure.Invalid("course", $"Invalid pk \"{post.Course}\" - object does not exist.");
        if (!row.GetBoolean(7))
            throw Failure.Invalid("campaign", $"Invalid pk \"{post.Campaign}\" - object does not exist.");
        var author = new AuthorView(row.GetGuid(2), row.GetString(3), links.Of(row.TextOrNull(4)));
        var at = row.GetDateTime(1);
        return new PostView(
            row.GetInt64(0), author, post.Title, post.Content!, links.Of(media?.Path), media?.Type, at, at, 0, false, 0, [], null)
        {
            Group = post.Group,
            Course = post.Course,
            Campaign = post.Campaign,
        };
    }

    /// <returns>The post as it was before.</returns>
    private async Task<PostRow> Edit(HttpContext http, Caller caller, long id, PostWriting change, KeptMedia? media)
    {
        await using var write = await writes.Begin(http);
        var before = await Own(write, id, caller, http.RequestAborted);
        var after = before with
        {
            Title = change.HasTitle ? change.Title : before.Title,
            Content = change.HasContent ? change.Content! : before.Content,
            Media = change.HasMedia ? media?.Path : before.Media,
            MediaType = change.HasMedia ? media?.Type : before.MediaType,
        };
        if (after != before)
        {
            await PostWriteStore.Edit(write.Db, after);
            write.Append(after.Entry(Verb.EditPost, caller.UserId));
            await MentionStore.Store(write, after.Place, after.Text, isNew: false);
            if (!after.IsHidden)
                await Screen(write, after, http.RequestAborted);
        }

        await write.Commit();
        return before;
    }

    private Task Screen(Write write, PostRow post, CancellationToken ct) =>
        screening.Screen(write, ObjectKind.Post, post.Id, post.Id.ToString(CultureInfo.InvariantCulture), post.Author, "content", post.Text, ct);

    /// <summary>Locks a post for its author or an administrator; 404 for who may not see it, 403 for who may not change it.</summary>
    private static async Task<PostRow> Own(Write write, long id, Caller caller, CancellationToken ct)
    {
        var post = await PostWriteStore.Lock(write.Db, id, ct) ?? throw Failure.NotFound();
        if (post.IsHidden && post.Author != caller.UserId && !caller.IsModerator)
            throw Failure.NotFound();
        return post.Author == caller.UserId || caller.IsAdmin ? post : throw Failure.Forbidden();
    }
}
