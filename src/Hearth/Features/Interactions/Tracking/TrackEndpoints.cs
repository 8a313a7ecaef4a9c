using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Hearth.Platform;

namespace Hearth.Features.Interactions;

/// <summary>A batch as it is read: its items one by one, so that a wrong one fails alone.</summary>
internal sealed record RawBatch([property: JsonPropertyName("interactions")] IReadOnlyList<JsonElement> Interactions);

/// <summary>Tracking: one interaction, or up to 1,000 at once.</summary>
internal static class TrackEndpoints
{
    private const int MostInBatch = 1_000;

    /// <summary>A thousand items with notes.</summary>
    private const int MostBytes = 16 * 1024 * 1024;

    public static void MapTracking(this IEndpointRouteBuilder interactions)
    {
        var track = interactions.MapGroup("/track").RequireSignedIn(orScope: Scopes.Interactions).Limit(RateLimit.Tracking);
        track.MapPost("", Track).Accepts<TrackRequest>("application/json")
            .Produces<InteractionView>(StatusCodes.Status201Created).Produces<InteractionView>()
            .WithExample(StatusCodes.Status201Created, Example).WithExample(StatusCodes.Status200OK, Example);
        track.MapPost("/batch", TrackMany).Accepts<TrackBatch>("application/json").Produces<BatchTracked>()
            .WithExample(StatusCodes.Status200OK, new BatchTracked(999, [new RejectedInteraction(17, "contentId names no content.")]));
    }

    internal static InteractionView Example => new(
        42, 1, "movie-123", "like", 5, "happy", 8, 120, "evening relaxation", "Really enjoyed this content",
        new DateTime(2026, 3, 1, 19, 30, 0, DateTimeKind.Utc), new DateTime(2026, 3, 1, 19, 30, 0, DateTimeKind.Utc));

    /// <summary>Tracks an interaction with a content of the catalogue.</summary>
    /// <remarks>
    /// 201 for a new one. The same person, content and type again updates that row (200); one that happened before what the row tells
    /// changes nothing in it. <c>userId</c> must be the caller's but for administrators and service tokens.
    /// </remarks>
    private static async Task<Answer> Track(HttpContext http, Tracking tracking) =>
        await tracking.Track(http, await Body.Read<TrackRequest>(http));

    /// <summary>Tracks up to 1,000 interactions in one transaction, in their order.</summary>
    /// <remarks>Those that cannot be are listed by their place in the request; the others are written.</remarks>
    private static async Task<Answer> TrackMany(HttpContext http, Tracking tracking)
    {
        var batch = await Body.Read<RawBatch>(http, MostBytes);
        if (batch.Interactions.Count is 0 or > MostInBatch)
            throw Failure.Invalid("interactions", "interactions must have 1 to 1000 elements.");
        return await tracking.Track(http, [.. batch.Interactions.Select(Read)]);
    }

    private static Try<TrackRequest> Read(JsonElement item)
    {
        try
        {
            return item.ValueKind == JsonValueKind.Object
                ? new(Body.Parse<TrackRequest>(JsonMarshal.GetRawUtf8Value(item).ToArray()), null)
                : throw Failure.Malformed("Expected an object.");
        }
        catch (Failure wrong)
        {
            return new(null, wrong);
        }
    }
}
