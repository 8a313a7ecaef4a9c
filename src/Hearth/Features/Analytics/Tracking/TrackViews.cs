using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hearth.Features.Analytics.Tracking;

/// <summary>One event of an application, or up to 500 of them in <c>events</c>.</summary>
/// <param name="EventType">At most 64 letters, digits, <c>_</c>, <c>.</c>, <c>:</c>, <c>-</c>; needed where there are no <c>events</c>.</param>
/// <param name="TargetType">In the same letters. What was done to a <c>skill</c>, <c>post</c> or <c>user</c> counts for it.</param>
/// <param name="TargetId">Its id, as text or number; at most 100 characters.</param>
/// <param name="Properties">Anything, as at most 4,000 characters of JSON. A number in <c>view_duration</c> or <c>duration</c> is how many seconds it took.</param>
internal sealed record TrackRequest(
    string? EventType = null,
    string? TargetType = null,
    JsonElement? TargetId = null,
    JsonElement? Properties = null,
    IReadOnlyList<TrackedEvent>? Events = null);

/// <inheritdoc cref="TrackRequest"/>
internal sealed record TrackedEvent(string? EventType = null, string? TargetType = null, JsonElement? TargetId = null, JsonElement? Properties = null);

/// <param name="Tracked">How many events were stored.</param>
internal sealed record TrackedView(int Tracked);

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(TrackRequest))]
[JsonSerializable(typeof(TrackedView))]
internal sealed partial class TrackJson : JsonSerializerContext;
