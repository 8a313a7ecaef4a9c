using System.Text.Json.Serialization;

namespace Hearth.Features.Community;

/// <summary>The author of a post or comment, as everyone sees them.</summary>
internal sealed record AuthorView(Guid Id, string DisplayName, string? ProfilePhoto);

/// <summary>How many people chose a reaction; kinds nobody chose are left out.</summary>
internal sealed record ReactionCount(string ReactionType, int Count);

/// <summary>A post as one reader sees it.</summary>
internal sealed record PostView(
    long Id,
    AuthorView User,
    string? Title,
    string Content,
    string? Media,
    string? MediaType,
    DateTime CreatedAt,
    DateTime UpdatedAt,
    int Views,
    bool HasViewed,
    int CommentCount,
    IReadOnlyList<ReactionCount> ReactionSummary,
    string? UserReaction)
{
    /// <summary>The group it was written in; left out where there is none, as are course and campaign.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonPropertyOrder(-1)]
    public int? Group { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonPropertyOrder(-1)]
    public int? Course { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonPropertyOrder(-1)]
    public int? Campaign { get; init; }
}
