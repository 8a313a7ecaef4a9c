using System.Text.Json;
using System.Text.Json.Serialization;
using Hearth.Ledger;
using Hearth.Platform;

namespace Hearth.Features.Community;

/// <summary>The body of <c>mark_as_viewed</c>.</summary>
internal sealed class ViewedPosts
{
    /// <summary>Ids of posts, at most 1,000.</summary>
    public JsonElement? PostIds { get; set; }
}

/// <summary>How many of the ids are posts; each is viewed now, counted once per person.</summary>
internal sealed record TrackedView(string Status, int TrackedPosts, string Message);

internal sealed record ErrorView(string Error);

internal sealed record DayViews(DateOnly Date, int Views);

internal sealed record ViewStats(
    long PostId,
    int TotalViews,
    int UniqueViewers,
    [property: JsonPropertyName("recent_views_24h")] long RecentViews24h,
    [property: JsonPropertyName("views_last_7_days")] IReadOnlyList<DayViews> ViewsLast7Days,
    bool HasUserViewed);

/// <summary>Views: marked by hand, and counted up.</summary>
internal static class ViewEndpoints
{
    private const int Most = 1_000;

    public static void MapViews(this IEndpointRouteBuilder ventroom)
    {
        var posts = ventroom.MapGroup("/posts").RequireSignedIn().WithTags("Views");
        posts.MapPost("/mark_as_viewed", Mark).Limit(RateLimit.None).Accepts<ViewedPosts>("application/json")
            .Produces<TrackedView>().Produces<ErrorView>(StatusCodes.Status400BadRequest);
        posts.MapGet("/{id:long}/view_stats", Stats).Limit(RateLimit.Reads).Produces<ViewStats>();
    }

    /// <summary>Counts a view of each post that one has not viewed yet; answered after the commit. Ids that are no posts are left out.</summary>
    private static async Task<Answer> Mark(HttpContext http, ViewTracker tracker, Writes writes)
    {
        var body = await Body.Read<ViewedPosts>(http);
        if (body.PostIds is not { ValueKind: JsonValueKind.Array } array || array.GetArrayLength() == 0)
            return Answer.Of(StatusCodes.Status400BadRequest, new ErrorView("post_ids array is required"));
        var ids = Ids(array);
        var user = http.Caller().UserId;
        if (http.Features.Get<IdempotencyKey>() is null)
        {
            var (existing, position) = await tracker.Count(user, ids);
            await writes.Positioned(http, position);
            return Tracked(existing.Count);
        }

        await using var write = await writes.Begin(http);
        var views = await ViewStore.Count(write.Db, [new Sighting(user, ids)], http.RequestAborted);
        write.Appended(views.Position);
        var answer = await write.Commit(Tracked(views.Existing.Count));
        tracker.Counted(views);
        return answer;
    }

    /// <summary>
    /// A post's views: in all (an import's totals among them), by how many people, in the last 24 hours (whole clock hours), and
    /// on each of the last seven days (UTC), the latest first. Does not count as a view.
    /// </summary>
    private static async Task<Answer> Stats(long id, HttpContext http, PostReads reads, ViewStatistics statistics)
    {
        var (post, mark) = await reads.Get(id, http.Caller(), http.RequestAborted);
        return Answer.Ok(await statistics.Of(post.Id, mark.Viewed, http.RequestAborted));
    }

    private static Answer Tracked(int posts) => Answer.Ok(new TrackedView("success", posts, "Views tracked successfully"));

    private static long[] Ids(JsonElement array)
    {
        if (array.GetArrayLength() > Most)
            throw Failure.Invalid("post_ids", $"Ensure this field has no more than {Most} elements.");
        var ids = new HashSet<long>();
        foreach (var item in array.EnumerateArray())
            ids.Add(item.ValueKind == JsonValueKind.Number && item.TryGetInt64(out var id) ? id : throw Failure.Invalid("post_ids", "A valid integer is required."));
        return [.. ids];
    }
}
