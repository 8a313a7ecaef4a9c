using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Community;

/// <summary>A page of posts with what the reader has to do with each.</summary>
internal sealed record PostPage(long Count, IReadOnlyList<CachedPost> Posts, IReadOnlyList<Mark> Marks)
{
    public long[] Ids() => [.. Posts.Select(post => post.Id)];
}

/// <summary>
/// Reads posts. What all readers share comes from this node's caches, which the ledger keeps current; what is not there,
/// and the reader's own part, come in one round trip.
/// </summary>
internal sealed class PostReads(NpgsqlDataSource source, CommunityCache cache, Apart people, MediaLinks links)
{
    /// <returns>The post and the reader's mark; fails with 404 where the reader may not see it.</returns>
    public async Task<(CachedPost Post, Mark Mark)> Get(long id, Caller caller, CancellationToken ct)
    {
        var page = await ByIds([id], caller, ct);
        return page.Posts.Count == 1 ? (page.Posts[0], page.Marks[0]) : throw Failure.NotFound();
    }

    /// <returns>Those of the posts that there are and that the reader may see, in the given order.</returns>
    public async Task<PostPage> ByIds(long[] ids, Caller caller, CancellationToken ct)
    {
        var apart = await people.Of(caller, ct);
        var reader = cache.Readers.Of(caller.UserId);
        var marks = new Mark[ids.Length];
        var posts = new CachedPost?[ids.Length];
        var missing = new List<long>();
        for (var i = 0; i < ids.Length; i++)
        {
            posts[i] = cache.Posts.Get(ids[i]);
            if (posts[i] is null)
                missing.Add(ids[i]);
        }

        var known = reader.TryFill(ids, marks);
        if (!known || missing.Count > 0)
            await Load(ids, posts, missing, known ? null : reader, marks, caller, ct);
        return Visible(ids.Length, posts, marks, caller, apart);
    }

    public async Task<PostPage> List(PostListQuery query, Caller caller, CancellationToken ct)
    {
        if (caller.IsModerator)
            query = query with { AllHidden = true };
        else if ((await HiddenAuthors(ct)).Contains(caller.UserId))
            query = query with { HiddenOf = caller.UserId };
        if (await people.Of(caller, ct) is { Length: > 0 } apart)
            query = query with { Apart = apart };
        if (PostListSql.IsShared(query) && cache.Lists.Get(query.Key!.Value) is { } list && list.Has(query.Page))
        {
            query.Page.MustExist(list.Count);
            return await ByIds(list.Slice(query.Page), caller, ct) with { Count = list.Count };
        }

        return await Load(query, caller, ct);
    }

    private static PostPage Visible(int count, CachedPost?[] posts, Mark[] marks, Caller caller, long[] apart)
    {
        var seen = 0;
        for (var i = 0; i < count; i++)
        {
            if (posts[i] is not { } post || !post.IsVisibleTo(caller) || apart.Contains(post.Author))
                continue;
            posts[seen] = post;
            marks[seen++] = marks[i];
        }

        return new PostPage(
            seen,
            new ArraySegment<CachedPost>(posts!, 0, seen),
            new ArraySegment<Mark>(marks, 0, seen));
    }

    private async Task Load(
        long[] ids, CachedPost?[] posts, List<long> missing, Reader? reader, Mark[] marks, Caller caller, CancellationToken ct)
    {
        var version = reader?.Version ?? 0;
        var posted = cache.Posts.Snapshot();
        await using var db = await source.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(db);
        if (missing.Count > 0)
            batch.BatchCommands.Add(PostStore.ByIds([.. missing]));
        if (reader is not null)
            batch.BatchCommands.Add(PostStore.Marks(caller.UserId, ids));
        await using var rows = await batch.ExecuteReaderAsync(ct);
        if (missing.Count > 0)
        {
            while (await rows.ReadAsync(ct))
            {
                var post = PostStore.Post(rows, links);
                posted.Put(post.Id, post);
                posts[Array.IndexOf(ids, post.Id)] = post;
            }

            await rows.NextResultAsync(ct);
        }

        if (reader is null)
            return;
        for (var i = 0; await rows.ReadAsync(ct); i++)
            marks[i] = PostStore.Mark(rows, 0);
        reader.Learn(ids, marks, version);
    }

    private async Task<PostPage> Load(PostListQuery query, Caller caller, CancellationToken ct)
    {
        var reader = cache.Readers.Of(caller.UserId);
        var readerVersion = reader.Version;
        var listVersion = query.Key is { } key ? cache.Lists.Version(key) : 0;
        var posted = cache.Posts.Snapshot();
        await using var db = await source.OpenConnectionAsync(ct);
        await using var batch = PostListSql.Batch(db, query, caller.UserId);
        await using var rows = await batch.ExecuteReaderAsync(ct);
        await rows.ReadAsync(ct);
        var count = rows.GetInt64(0);
        if (PostListSql.IsShared(query))
            cache.Lists.Put(query.Key!.Value, new PostList(count, rows.GetFieldValue<long[]>(1)), listVersion);
        await rows.NextResultAsync(ct);
        var posts = new List<CachedPost>(query.Page.Size);
        var marks = new List<Mark>(query.Page.Size);
        while (await rows.ReadAsync(ct))
        {
            var post = PostStore.Post(rows, links);
            posted.Put(post.Id, post);
            posts.Add(post);
            marks.Add(PostStore.Mark(rows, PostStore.MarkAt));
        }

        query.Page.MustExist(count);
        var page = new PostPage(count, posts, marks);
        reader.Learn(page.Ids(), [.. marks], readerVersion);
        return page;
    }

    private async ValueTask<IReadOnlySet<long>> HiddenAuthors(CancellationToken ct)
    {
        if (cache.HiddenAuthors.Get(0) is { } known)
            return known;
        var version = cache.HiddenAuthors.Version(0);
        await using var db = await source.OpenConnectionAsync(ct);
        await using var command = new NpgsqlCommand("-- posts.hidden_authors\nselect distinct author from posts where is_hidden", db);
        await using var rows = await command.ExecuteReaderAsync(ct);
        var authors = new HashSet<long>();
        while (await rows.ReadAsync(ct))
            authors.Add(rows.GetInt64(0));
        cache.HiddenAuthors.Put(0, authors, version);
        return authors;
    }
}
