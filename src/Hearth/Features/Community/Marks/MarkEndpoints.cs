using Hearth.Ledger;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Community;

/// <summary>One's bookmark of a post, and how many people have one.</summary>
internal sealed record BookmarkView(long PostId, bool Bookmarked, int Bookmarks);

/// <summary>How many people shared a post.</summary>
internal sealed record ShareView(long PostId, int Shares);

/// <summary>Bookmarks and shares of posts.</summary>
internal static class MarkEndpoints
{
    public static void MapMarks(this IEndpointRouteBuilder ventroom)
    {
        var posts = ventroom.MapGroup("/posts/{id:long}").RequireSignedIn().Limit(RateLimit.Reactions).WithTags("Posts");
        posts.MapPost("/bookmark", Bookmark).Produces<BookmarkView>(StatusCodes.Status201Created);
        posts.MapDelete("/bookmark", Unbookmark).Produces(StatusCodes.Status204NoContent);
        posts.MapPost("/share", Share).Produces<ShareView>(StatusCodes.Status201Created);
    }

    /// <summary>Bookmarks a post; a second time changes nothing.</summary>
    private static Task<Answer> Bookmark(long id, HttpContext http, PostMarks marks) =>
        marks.Write(http, id, MarkVerb.Bookmark, counts => Answer.Created(new BookmarkView(id, true, counts.Bookmarks)));

    /// <summary>Takes one's bookmark away.</summary>
    private static Task<Answer> Unbookmark(long id, HttpContext http, PostMarks marks) =>
        marks.Write(http, id, MarkVerb.Unbookmark, _ => Answer.NoContent);

    /// <summary>Shares a post; each person counts once.</summary>
    private static Task<Answer> Share(long id, HttpContext http, PostMarks marks) =>
        marks.Write(http, id, MarkVerb.Share, counts => Answer.Created(new ShareView(id, counts.Shares)));
}

/// <summary>Writes bookmarks and shares, those of many requests together.</summary>
internal sealed class PostMarks(NpgsqlDataSource source, LedgerSignal signal, Writes writes, Apart people) : IAsyncDisposable
{
    private readonly BatchWriter<PostMark, MarkResult> writer =
        new("marks", source, signal, 1, MarkStore.Flush);

    public async Task<Answer> Write(HttpContext http, long post, MarkVerb verb, Func<MarkResult, Answer> answer)
    {
        var caller = http.Caller();
        if (verb != MarkVerb.Unbookmark)
            await people.Check(caller, ObjectKind.Post, post, http.RequestAborted);
        return (await writes.Batched(http, writer, new PostMark(verb, post, caller.UserId, caller.IsModerator), answer)).Answer;
    }

    public ValueTask DisposeAsync() => writer.DisposeAsync();
}
