using System.Text.Json.Serialization;
using Hearth.Platform;

namespace Hearth.Features.Community;

/// <summary>A comment of a post, with the first of its replies.</summary>
internal sealed record CommentView(
    long Id,
    AuthorView User,
    long? Parent,
    string Text,
    string? Media,
    string? MediaType,
    DateTime CreatedAt,
    DateTime UpdatedAt,
    IReadOnlyList<ReplyView> Replies,
    IReadOnlyList<ReactionCount> ReactionSummary,
    string? UserReaction)
{
    /// <summary>The post it belongs to; said in live events, where no path says it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? PostId { get; init; }

    /// <summary>How many comments the post has now; said in live events, whose listeners may not have counted along.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? CommentCount { get; init; }

    /// <summary>As it is listed below the comment whose thread it is in: flat, without replies of its own.</summary>
    public ReplyView AsReply() =>
        new(Id, User, Parent, Text, Media, MediaType, CreatedAt, UpdatedAt, ReactionSummary, UserReaction);
}

/// <summary>A reply, of any depth, in the flat list below a comment; <c>parent</c> is what it answers.</summary>
internal sealed record ReplyView(
    long Id,
    AuthorView User,
    long? Parent,
    string Text,
    string? Media,
    string? MediaType,
    DateTime CreatedAt,
    DateTime UpdatedAt,
    IReadOnlyList<ReactionCount> ReactionSummary,
    string? UserReaction);

/// <summary>A post and one page of its comments.</summary>
internal sealed record PostWithComments(PostView Post, Page<CommentView> Comments);
