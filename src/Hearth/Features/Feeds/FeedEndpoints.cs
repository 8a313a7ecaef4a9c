using System.Globalization;
using Hearth.Ledger;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Feeds;

/// <summary><c>/api/v1/feed</c>: what people do, for whoever may see it.</summary>
internal static class FeedEndpoints
{
    private const int Chunk = 64;

    // Of what is new much may be of people whom the reader follows.
    private const int NewChunk = 512;

    // What comes in while one looks is no lag.
    private const long MostLag = 10_000;

    public static void MapFeedRoutes(this IEndpointRouteBuilder routes)
    {
        var open = routes.MapGroup("/api/v1/feed").WithDialect(Dialect.Problem).WithTags("Feeds");
        open.MapGet("/health", Health).AllowAnyone().Limit(RateLimit.None).Produces<FeedHealth>().Produces<FeedHealth>(StatusCodes.Status503ServiceUnavailable);
        var feed = open.MapGroup("").RequireSignedIn();
        feed.MapGet("", Mine).Limit(RateLimit.Reads).WithKeyset().Produces<KeysetPage<FeedItem>>();
        feed.MapGet("/global", Global).Limit(RateLimit.Reads).WithKeyset().Produces<KeysetPage<FeedItem>>();
        feed.MapGet("/discovery", Discovery).Limit(RateLimit.Reads).WithKeyset().Produces<KeysetPage<FeedItem>>();
        feed.MapGet("/trending", Trends).Limit(RateLimit.Reads).WithKeyset().Produces<KeysetPage<FeedItem>>();
        feed.MapPost("/refresh", Refresh).Limit(RateLimit.Creates).Produces<FeedRefreshed>();
    }

    /// <summary>What people do whom I follow, the latest first</summary>
    /// <remarks>
    /// Posts, shares and comments, skills and comments on them, follows, groups, courses and badges; nothing that I may not see. A page may be shorter
    /// than asked for where much of what comes next is not for me: as long as there is a `next`, there may be more.
    /// </remarks>
    private static async Task<Answer> Mine(HttpContext http, NpgsqlDataSource source)
    {
        var (query, caller, ct) = (http.KeysetQuery(2), http.Caller(), http.RequestAborted);
        await using var db = await source.OpenConnectionAsync(ct);
        var following = await FeedSources.Following(db, caller.UserId, ct);
        return await Page(http, query, db, Chunk, (after, take) => following == 0
            ? Task.FromResult<List<Candidate>>([])
            : FeedSources.Followed(db, caller.UserId, following, Place(after), query.Backwards, take, ct));
    }

    /// <summary>What everybody does, the latest first</summary>
    /// <remarks>People who show what they do to everybody, and those whom I follow who show it to followers. Pages are as in one's own feed.</remarks>
    private static async Task<Answer> Global(HttpContext http, NpgsqlDataSource source)
    {
        var (query, ct) = (http.KeysetQuery(2), http.RequestAborted);
        await using var db = await source.OpenConnectionAsync(ct);
        return await Page(http, query, db, Chunk, (after, take) => FeedSources.Global(db, Place(after), query.Backwards, take, ct));
    }

    /// <summary>What people made whom I do not follow yet, the latest first</summary>
    /// <remarks>Posts, skills, groups and courses. Pages are as in one's own feed.</remarks>
    private static async Task<Answer> Discovery(HttpContext http, NpgsqlDataSource source)
    {
        var (query, caller, ct) = (http.KeysetQuery(2), http.Caller(), http.RequestAborted);
        await using var db = await source.OpenConnectionAsync(ct);
        return await Page(http, query, db, NewChunk, (after, take) => FeedSources.New(db, caller.UserId, Place(after), query.Backwards, take, ct));
    }

    /// <summary>The posts and skills that most is done on, the most first</summary>
    /// <remarks>
    /// `score` is s / (s + 10). For posts s = (likes + 2 comments + 3 shares + 2 bookmarks) of 7 days, halved with every 3.5 days of the post's age; for
    /// skills it is the score of the trending skills of discovery. At most 500 places.
    /// </remarks>
    private static async Task<Answer> Trends(HttpContext http, NpgsqlDataSource source, Trending trending)
    {
        var query = http.KeysetQuery(2);
        Candidate? start = query.Cursor is { } cursor ? new Candidate(cursor.Long(1), default, Score: cursor.Number(0)) : null;
        var ranking = await trending.Read(Known(http), http.RequestAborted);
        await using var db = await source.OpenConnectionAsync(http.RequestAborted);
        var page = await FeedPages.Read(
            http, query, start, Chunk, (after, take) => Task.FromResult(Trending.After(ranking, after, query.Backwards, take)), ByScore, Reader(http), db);
        var scores = ranking.Places.ToDictionary(place => Position.Format(place.Id), place => Math.Round(place.Score, 4), StringComparer.Ordinal);
        return Answer.Ok(page with { Results = [.. page.Results.Select(item => item with { Score = scores[item.Id] })] });
    }

    /// <summary>Make anew what is kept of feeds</summary>
    /// <remarks>Only the ranking of the trending feed is kept, for a short time; all other feeds are read as they are at each request.</remarks>
    private static async Task<Answer> Refresh(HttpContext http, Trending trending, Writes writes)
    {
        trending.Forget();
        await trending.Read(0, http.RequestAborted);
        await using var write = await writes.Begin(http);
        var (following, latest) = await FeedReads.Stand(write.Db, http.Caller().UserId, http.RequestAborted);
        return await write.Commit(Answer.Ok(new FeedRefreshed(true, ["trending"], following, latest)));
    }

    /// <summary>Do the feeds follow the ledger?</summary>
    private static async Task<IResult> Health(HttpContext http, NpgsqlDataSource source)
    {
        try
        {
            await using var db = await source.OpenConnectionAsync(http.RequestAborted);
            var lag = await LedgerStore.Horizon(db, http.RequestAborted) - await ProjectionStore.Checkpoint(db, "feeds", http.RequestAborted);
            return Answer.Ok(new FeedHealth(lag <= MostLag ? "healthy" : "degraded", Math.Max(0, lag)));
        }
        catch (NpgsqlException)
        {
            return Answer.Of(StatusCodes.Status503ServiceUnavailable, new FeedHealth("unhealthy", 0));
        }
    }

    private static async Task<Answer> Page(HttpContext http, KeysetQuery query, NpgsqlConnection db, int chunk, FeedPages.Pick pick) =>
        Answer.Ok(await FeedPages.Read(http, query, FeedPages.AtTime(query), chunk, pick, FeedPages.ByTime, Reader(http), db));

    private static FeedReader Reader(HttpContext http) => new(http.Caller().UserId, http.Caller().IsModerator);

    private static Place? Place(Candidate? candidate) => candidate is { } one ? new Place(one.At, one.Id) : null;

    private static string[] ByScore(Candidate place) =>
        [place.Score.ToString("R", CultureInfo.InvariantCulture), place.Id.ToString(CultureInfo.InvariantCulture)];

    private static long Known(HttpContext http) => Position.TryParse(http.Request.Headers[Position.Header], out var position) ? position : 0;
}
