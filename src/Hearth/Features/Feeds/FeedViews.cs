using System.Text.Json.Serialization;
using Hearth.Platform;

namespace Hearth.Features.Feeds;

/// <summary>Who did it.</summary>
internal sealed record FeedActor(Guid Id, string Username, string DisplayName, string? ProfilePhoto);

/// <summary>What it was done to. For a comment that is the post or skill that it is on.</summary>
/// <param name="Kind"><c>post</c>, <c>skill</c>, <c>user</c>, <c>group</c>, <c>course</c> or <c>badge</c>.</param>
/// <param name="Id">An integer for posts, groups, courses and badges; a UUID for people and skills.</param>
/// <param name="Title">Its title or name; the beginning of a post's text where it has none.</param>
internal sealed record FeedObject(string Kind, [property: JsonConverter(typeof(OpaqueIdConverter))] string Id, string Title);

/// <summary>Something that somebody did.</summary>
/// <param name="Id">Sorts as the ledger does.</param>
/// <param name="Verb">
/// <c>create_post</c>, <c>share_post</c>, <c>comment_post</c>, <c>share_skill</c>, <c>comment_skill</c>, <c>follow_user</c>, <c>join_group</c>,
/// <c>found_group</c>, <c>found_course</c> or <c>earn_badge</c>.
/// </param>
internal sealed record FeedItem(string Id, string Verb, FeedActor Actor, FeedObject Object, DateTime CreatedAt)
{
    /// <summary>How much is done on it, in [0, 1); in the trending feed only.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Score { get; init; }
}

/// <param name="Recomputed">What was kept and is made anew. Other feeds are read as they are at each request: nothing of them is kept.</param>
/// <param name="Following">How many people the caller's own feed is of.</param>
/// <param name="Latest">When the latest of these deeds was; null where there is none.</param>
internal sealed record FeedRefreshed(bool Refreshed, IReadOnlyList<string> Recomputed, int Following, DateTime? Latest);

/// <param name="Status"><c>healthy</c>, <c>degraded</c> (the entries lag behind the ledger) or <c>unhealthy</c> (the database does not answer).</param>
/// <param name="Lag">How many positions of the ledger are not in the feeds yet.</param>
internal sealed record FeedHealth(string Status, long Lag);

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(KeysetPage<FeedItem>))]
[JsonSerializable(typeof(FeedRefreshed))]
[JsonSerializable(typeof(FeedHealth))]
internal sealed partial class FeedsJson : JsonSerializerContext;
