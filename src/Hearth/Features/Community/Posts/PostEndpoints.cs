using Hearth.Ledger;
using Hearth.Platform;

namespace Hearth.Features.Community;

/// <summary>Posts: the feed, single posts, and their authors' changes.</summary>
internal static class PostEndpoints
{
    public static void MapPosts(this IEndpointRouteBuilder ventroom)
    {
        var posts = ventroom.MapGroup("/posts").RequireSignedIn().WithTags("Posts");
        posts.MapGet("", List).Limit(RateLimit.Reads).WithPages().Produces<Page<PostView>>()
            .WithQuery("author", "Only this person's, by either id.", "6fc64e2f-625a-4236-bb02-c016b242c51d")
            .WithQuery("group", "Only those of this group.", 1)
            .WithQuery("course", "Only those of this course.", 1)
            .WithQuery("campaign", "Only those of this campaign.", 1)
            .WithQuery("q", "Words that must all be in title or text.", "bread")
            .WithQuery("bookmarked", "Only one's own bookmarks.", false);
        posts.MapPost("", Create).Limit(RateLimit.Creates).Accepts<PostWriting>("application/json", "multipart/form-data")
            .Produces<PostView>(StatusCodes.Status201Created);
        posts.MapGet("/trending", Trending).Limit(RateLimit.Reads).Produces<Page<PostView>>();
        posts.MapGet("/{id:long}", Get).Limit(RateLimit.Reads).Produces<PostView>();
        posts.MapPut("/{id:long}", Put).Limit(RateLimit.Reads).Accepts<PostWriting>("application/json", "multipart/form-data").Produces<PostView>();
        posts.MapPatch("/{id:long}", Patch).Limit(RateLimit.Reads).Accepts<PostWriting>("application/json", "multipart/form-data").Produces<PostView>();
        posts.MapDelete("/{id:long}", Delete).Limit(RateLimit.Reads).Produces(StatusCodes.Status204NoContent);
    }

    /// <summary>
    /// Posts, most recent first, by <c>page</c> and <c>page_size</c> (20, at most 100). Filters: <c>author</c> (either id), <c>group</c>,
    /// <c>course</c>, <c>campaign</c>, <c>q</c> (words; found up to 10,000), <c>bookmarked=true</c> (one's own).
    /// Counts a view of each, behind the answer; with <c>Prefer: wait</c> before it. What people wrote of whom one blocks the other is not
    /// there for either, nowhere in the Vent Room and not live either; moderators see it.
    /// </summary>
    private static async Task<IResult> List(HttpContext http, PostReads reads, ViewedReads viewed, AuthorIds authors)
    {
        var caller = http.Caller();
        var query = new PostListQuery(http.PageQuery())
        {
            Author = http.QueryText("author") is { } author ? await authors.Find(author, http.RequestAborted) : null,
            Group = (int?)http.QueryLong("group", int.MinValue, int.MaxValue),
            Course = (int?)http.QueryLong("course", int.MinValue, int.MaxValue),
            Campaign = (int?)http.QueryLong("campaign", int.MinValue, int.MaxValue),
            Words = http.QueryText("q") is { } words ? PostListQuery.Search(words) : null,
            BookmarkedBy = http.QueryBool("bookmarked", false) ? caller.UserId : null,
        };
        var page = await viewed.Page(http, caller, () => reads.List(query, caller, http.RequestAborted));
        return Result(http, query.Page, page);
    }

    /// <summary>The twenty posts with the most views in the last 24 hours (whole clock hours), then in all. Counts a view of each.</summary>
    private static async Task<IResult> Trending(HttpContext http, PostReads reads, ViewedReads viewed, TrendingPosts trending)
    {
        var caller = http.Caller();
        // Who sends a position back wants to see what followed from it.
        if (http.Request.Headers.ContainsKey(Position.Header))
            trending.Renew();
        var page = await viewed.Page(http, caller, async () => await reads.ByIds(await trending.Ids(), caller, http.RequestAborted));
        return new PostPageResult(page, null, null);
    }

    /// <summary>One post. Counts a view.</summary>
    private static async Task<Answer> Get(long id, HttpContext http, PostReads reads, ViewedReads viewed)
    {
        var caller = http.Caller();
        var (post, mark) = await viewed.One(http, caller, () => reads.Get(id, caller, http.RequestAborted));
        return new Answer(StatusCodes.Status200OK, post.Bytes(mark));
    }

    /// <summary>A new post, as JSON or, with a file in <c>media</c>, as a form.</summary>
    private static Task<Answer> Create(HttpContext http, PostActions actions) => actions.Create(http, http.Caller());

    /// <summary>Changes a post: its author or an administrator. What is not named stays; <c>content</c> is required.</summary>
    private static Task<Answer> Put(long id, HttpContext http, PostActions actions, PostReads reads) =>
        actions.Edit(http, http.Caller(), id, whole: true, reads);

    /// <summary>Changes a post: its author or an administrator. What is not named stays; <c>media: null</c> takes the file away.</summary>
    private static Task<Answer> Patch(long id, HttpContext http, PostActions actions, PostReads reads) =>
        actions.Edit(http, http.Caller(), id, whole: false, reads);

    /// <summary>Deletes a post with its comments and files: its author or an administrator.</summary>
    private static Task<Answer> Delete(long id, HttpContext http, PostActions actions) => actions.Delete(http, http.Caller(), id);

    private static PostPageResult Result(HttpContext http, PageQuery query, PostPage page)
    {
        var envelope = Pages.Page(http, query, page.Count, page.Posts);
        return new PostPageResult(page, envelope.Next, envelope.Previous);
    }
}
