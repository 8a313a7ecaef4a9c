using System.Text.Json.Serialization;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Interactions;

/// <param name="ContentId">Its <c>externalId</c>, or its id where it has none.</param>
/// <param name="Score">By what the order is: more is better, 0 is what is only new.</param>
/// <param name="Because"><c>similar_taste</c>: people who share one's opinions liked it; <c>trending</c>: many like it now; <c>new</c>: it is new in the catalogue.</param>
internal sealed record RecommendedView(
    [property: JsonPropertyName("contentId")] string ContentId,
    [property: JsonPropertyName("title")] string Title,
    [property: JsonPropertyName("type")] string Type,
    [property: JsonPropertyName("url")] string? Url,
    [property: JsonPropertyName("score")] double Score,
    [property: JsonPropertyName("because")] string Because);

internal sealed record RecommendedList([property: JsonPropertyName("data")] IReadOnlyList<RecommendedView> Data);

/// <summary>What a person may like next.</summary>
internal static class RecommendationEndpoints
{
    public static void MapRecommendations(this IEndpointRouteBuilder interactions) =>
        interactions.MapGet("/recommendations/{userId}", Recommend).RequireSignedIn(orScope: Scopes.Interactions).Limit(RateLimit.Reads).Produces<RecommendedList>()
            .WithQuery("mood", "Opinions of this mood weigh double.", "happy")
            .WithQuery("includeConsumed", "Whether what was viewed, liked, shared, played, completed or rated may come again.", false)
            .WithQuery("limit", "How many, at most 100.", 20)
            .WithExample(StatusCodes.Status200OK, new RecommendedList([new RecommendedView("movie-123", "Arrival", "movies", null, 1.25, "similar_taste")]));

    /// <summary>Contents for a person, the best first. For oneself; administrators and service tokens anybody's.</summary>
    /// <remarks>Everything tracked before the request counts in it. What was disliked, skipped or rated 5 or less does not come again.</remarks>
    private static async Task<RecommendedList> Recommend(HttpContext http, string userId, NpgsqlDataSource source)
    {
        var mood = http.QueryText("mood", 50);
        var consumed = http.QueryBool("includeConsumed", false);
        var limit = http.QueryInt("limit", 20, 1, 100);
        var range = await InteractionRange.Asked(http, source, userId);
        await using var db = await source.OpenConnectionAsync(http.RequestAborted);
        return new RecommendedList(await RecommendationReads.For(db, range.User, mood, consumed, limit, http.RequestAborted));
    }
}
