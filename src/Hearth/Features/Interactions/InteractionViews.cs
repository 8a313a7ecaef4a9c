using System.Text.Json.Serialization;
using Hearth.Platform;

namespace Hearth.Features.Interactions;

/// <summary>An interaction as a client tracks it.</summary>
/// <param name="UserId">The caller, by either id; for administrators and service tokens anybody.</param>
/// <param name="ContentId">A content's <c>externalId</c> or id; as text or as a number.</param>
/// <param name="InteractionType">view, like, dislike, save, share, skip, play, complete or rate.</param>
/// <param name="InteractionValue">1 to 10; a rating needs it.</param>
/// <param name="MoodAtInteraction">At most 50 characters.</param>
/// <param name="MoodIntensityAtInteraction">1 to 10.</param>
/// <param name="InteractionDurationSeconds">0 or more.</param>
/// <param name="Context">At most 2,000 characters.</param>
/// <param name="Notes">At most 10,000 characters.</param>
/// <param name="OccurredAt">When it happened, for clients that were offline: at most 30 days past and 5 minutes ahead. Now, if absent.</param>
internal sealed record TrackRequest(
    [property: JsonPropertyName("userId")] PersonId UserId,
    [property: JsonPropertyName("contentId")] ContentRef ContentId,
    [property: JsonPropertyName("interactionType")] string InteractionType,
    [property: JsonPropertyName("interactionValue")] int? InteractionValue = null,
    [property: JsonPropertyName("moodAtInteraction")] string? MoodAtInteraction = null,
    [property: JsonPropertyName("moodIntensityAtInteraction")] int? MoodIntensityAtInteraction = null,
    [property: JsonPropertyName("interactionDurationSeconds")] int? InteractionDurationSeconds = null,
    [property: JsonPropertyName("context")] string? Context = null,
    [property: JsonPropertyName("notes")] string? Notes = null,
    [property: JsonPropertyName("occurredAt")] DateTime? OccurredAt = null);

/// <summary>An interaction as it stands.</summary>
/// <param name="Id">Its number.</param>
/// <param name="UserId">Whose it is: the integer.</param>
/// <param name="ContentId">As it was sent last.</param>
/// <param name="CreatedAt">When it first happened.</param>
/// <param name="UpdatedAt">When it last did.</param>
/// <param name="ContentTitle">The content's title, in a history that asks for it.</param>
internal sealed record InteractionView(
    [property: JsonPropertyName("id")] long Id,
    [property: JsonPropertyName("userId")] long UserId,
    [property: JsonPropertyName("contentId")] string ContentId,
    [property: JsonPropertyName("interactionType")] string InteractionType,
    [property: JsonPropertyName("interactionValue")] int? InteractionValue,
    [property: JsonPropertyName("moodAtInteraction")] string? MoodAtInteraction,
    [property: JsonPropertyName("moodIntensityAtInteraction")] int? MoodIntensityAtInteraction,
    [property: JsonPropertyName("interactionDurationSeconds")] int? InteractionDurationSeconds,
    [property: JsonPropertyName("context")] string? Context,
    [property: JsonPropertyName("notes")] string? Notes,
    [property: JsonPropertyName("createdAt")] DateTime CreatedAt,
    [property: JsonPropertyName("updatedAt")] DateTime UpdatedAt,
    [property: JsonPropertyName("contentTitle"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ContentTitle = null);

/// <summary>Up to 1,000 interactions.</summary>
internal sealed record TrackBatch([property: JsonPropertyName("interactions")] IReadOnlyList<TrackRequest> Interactions);

/// <summary>What became of a batch.</summary>
/// <param name="Accepted">How many were written.</param>
/// <param name="Rejected">The others, each by its place in the request, with why.</param>
internal sealed record BatchTracked(
    [property: JsonPropertyName("accepted")] int Accepted,
    [property: JsonPropertyName("rejected")] IReadOnlyList<RejectedInteraction> Rejected);

internal sealed record RejectedInteraction(
    [property: JsonPropertyName("index")] int Index,
    [property: JsonPropertyName("message")] string Message);

/// <summary>A page of one's history, the newest first.</summary>
internal sealed record InteractionHistory(
    [property: JsonPropertyName("data")] IReadOnlyList<InteractionView> Data,
    [property: JsonPropertyName("total")] long Total,
    [property: JsonPropertyName("limit")] int Limit,
    [property: JsonPropertyName("offset")] int Offset);
