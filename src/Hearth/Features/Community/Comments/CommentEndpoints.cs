using System.Buffers;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Community;

/// <summary>Comments of a post: of any depth, listed by thread.</summary>
internal static class CommentEndpoints
{
    public static void MapComments(this IEndpointRouteBuilder ventroom)
    {
        var post = ventroom.MapGroup("/posts/{id:long}").RequireSignedIn().WithTags("Comments");
        post.MapGet("/with_comments", WithComments).Limit(RateLimit.Reads).WithPages().Produces<PostWithComments>();
        var comments = post.MapGroup("/comments");
        comments.MapGet("", List).Limit(RateLimit.Reads).WithPages().Produces<Page<CommentView>>()
            .WithQuery("parent", "All that hangs under this comment, oldest first.", 1)
            .WithQuery("at", "Without `page`: the page with this comment, or with the one that it hangs under; the first where there is none.", 1);
        comments.MapPost("", Create).Limit(RateLimit.Creates).Accepts<CommentWriting>("application/json", "multipart/form-data")
            .Produces<CommentView>(StatusCodes.Status201Created);
        comments.MapPut("/{comment:long}", Put).Limit(RateLimit.Reads).Accepts<CommentWriting>("application/json", "multipart/form-data")
            .Produces<CommentView>();
        comments.MapPatch("/{comment:long}", Patch).Limit(RateLimit.Reads).Accepts<CommentWriting>("application/json", "multipart/form-data")
            .Produces<CommentView>();
        comments.MapDelete("/{comment:long}", Delete).Limit(RateLimit.Reads).Produces(StatusCodes.Status204NoContent);
    }

    /// <summary>
    /// The post's comments, most recent first, each with its first three descendants, oldest first; <c>count</c> is of those listed
    /// alone. With <c>parent</c> all that hangs under that comment, oldest first. Counts a view of the post.
    /// </summary>
    private static async Task<Answer> List(long id, HttpContext http, PostReads reads, ViewedReads viewed, CommentReads comments)
    {
        var caller = http.Caller();
        var query = http.PageQuery();
        var parent = http.QueryLong("parent");
        var at = http.Request.Query.ContainsKey("page") ? null : http.QueryLong("at");
        await viewed.One(http, caller, () => reads.Get(id, caller, http.RequestAborted));
        return Answer.Ok(await comments.Page(http, caller, id, parent, query, at));
    }

    /// <summary>A post and a page of its comments. Counts a view of the post.</summary>
    private static async Task<IResult> WithComments(long id, HttpContext http, PostReads reads, ViewedReads viewed, CommentReads comments)
    {
        var caller = http.Caller();
        var query = http.PageQuery();
        var (post, mark) = await viewed.One(http, caller, () => reads.Get(id, caller, http.RequestAborted));
        var page = Json.Bytes(await comments.Page(http, caller, id, null, query));
        var body = new ArrayBufferWriter<byte>(post.Length(mark) + page.Length + 32);
        body.Write("{\"post\":"u8);
        post.Write(body, mark);
        body.Write(",\"comments\":"u8);
        body.Write(page);
        body.Write("}"u8);
        return new Answer(StatusCodes.Status200OK, body.WrittenSpan.ToArray());
    }

    /// <summary>Comments on the post or, with <c>parent</c>, answers one of its comments. As JSON or, with a file in <c>media</c>, as a form.</summary>
    private static Task<Answer> Create(long id, HttpContext http, CommentActions actions) => actions.Create(http, http.Caller(), id);

    /// <summary>Changes a comment: its author or an administrator.</summary>
    private static Task<Answer> Put(long id, long comment, HttpContext http, CommentActions actions) =>
        actions.Edit(http, http.Caller(), id, comment, whole: true);

    /// <summary>Changes a comment: its author or an administrator. What is not named stays; <c>media: null</c> takes the file away.</summary>
    private static Task<Answer> Patch(long id, long comment, HttpContext http, CommentActions actions) =>
        actions.Edit(http, http.Caller(), id, comment, whole: false);

    /// <summary>Deletes a comment with all replies under it: its author or an administrator.</summary>
    private static Task<Answer> Delete(long id, long comment, HttpContext http, CommentActions actions) =>
        actions.Delete(http, http.Caller(), id, comment);
}

/// <summary>Pages of comments for a reader.</summary>
internal sealed class CommentReads(NpgsqlDataSource source, Apart people, MediaLinks links)
{
    /// <param name="http">The request.</param>
    /// <param name="caller">Who reads.</param>
    /// <param name="post">Whose comments.</param>
    /// <param name="parent">What they hang under; null for the post itself.</param>
    /// <param name="query">Which page.</param>
    /// <param name="at">The comment whose page it is instead; null for none.</param>
    public async Task<Page<CommentView>> Page(HttpContext http, Caller caller, long post, long? parent, PageQuery query, long? at = null)
    {
        var reader = new CommentReader(caller.UserId, caller.IsModerator, await people.Of(caller, http.RequestAborted));
        await using var db = await source.OpenConnectionAsync(http.RequestAborted);
        if (parent is null && at is { } named)
            query = query with { Number = (await CommentStore.Before(db, reader, post, named, http.RequestAborted) / query.Size) + 1 };
        var (count, comments) = parent is { } id
            ? await CommentStore.Descendants(db, reader, post, id, query.Size, query.Offset, links, http.RequestAborted)
            : await CommentStore.Page(db, reader, post, query.Size, query.Offset, links, http.RequestAborted);
        return Pages.Page(http, query, count, comments);
    }
}
