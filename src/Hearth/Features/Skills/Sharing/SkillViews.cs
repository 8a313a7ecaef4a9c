using System.Text.Json.Serialization;

namespace Hearth.Features.Skills;

/// <summary>One day of a skill.</summary>
/// <param name="Day">Its number, from 1; each once.</param>
/// <param name="Tasks">What to do on it.</param>
internal sealed record SkillDay(int Day, string Title, IReadOnlyList<string> Tasks);

/// <summary>A person beside what they made.</summary>
internal sealed record SkillAuthor(Guid Id, string Username, string DisplayName, string? ProfilePhoto);

/// <summary>What people think of a skill.</summary>
/// <param name="Average">With two decimals; 0 where nobody rated.</param>
internal sealed record SkillRating(double Average, int Count);

/// <summary>A skill as its reader sees it.</summary>
/// <param name="Difficulty"><c>beginner</c>, <c>intermediate</c> or <c>advanced</c>.</param>
/// <param name="Visibility"><c>public</c>, <c>followers</c> or <c>private</c>.</param>
/// <param name="Views">How many people read it.</param>
/// <param name="CommentCount">With replies.</param>
/// <param name="Liked">By the reader.</param>
/// <param name="Downloaded">By the reader.</param>
/// <param name="MyRating">The reader's own; null where they did not rate.</param>
internal sealed record SkillView(
    Guid Id,
    string Title,
    string Description,
    string Category,
    string Difficulty,
    IReadOnlyList<string> Tags,
    IReadOnlyList<SkillDay> Days,
    string Visibility,
    SkillAuthor Author,
    int Likes,
    int Downloads,
    int Views,
    int CommentCount,
    SkillRating Rating,
    bool Liked,
    bool Downloaded,
    int? MyRating,
    DateTime CreatedAt,
    DateTime UpdatedAt)
{
    /// <summary>Why it trends; in the list of trending skills only.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SkillTrend? Trending { get; init; }

    /// <summary>Why it is recommended; in recommendations only.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SkillReason? Because { get; init; }
}

/// <summary>A skill with what only the server needs of it.</summary>
internal sealed record SkillRow(long Id, long Author, bool Viewed, SkillView View);

/// <summary>A new skill, or what of one is to be otherwise: what is absent stays, or is the default of a new one.</summary>
/// <param name="Title">At most 150 characters; a new skill needs one.</param>
/// <param name="Description">At most 10,000 characters.</param>
/// <param name="Category">At most 50 characters; <c>general</c> where none is given.</param>
/// <param name="Difficulty"><c>beginner</c> (the default), <c>intermediate</c> or <c>advanced</c>.</param>
/// <param name="Tags">At most 20 of at most 40 characters.</param>
/// <param name="Days">At most 366, each number once, each with at most 50 tasks of at most 500 characters.</param>
/// <param name="Visibility"><c>public</c> (the default), <c>followers</c> or <c>private</c>.</param>
internal sealed record SkillRequest(
    string? Title = null,
    string? Description = null,
    string? Category = null,
    string? Difficulty = null,
    IReadOnlyList<string>? Tags = null,
    IReadOnlyList<SkillDay>? Days = null,
    string? Visibility = null);

/// <param name="Liked">Whether the caller likes the skill now.</param>
/// <param name="Likes">How many do.</param>
internal sealed record LikeView(bool Liked, int Likes);

internal sealed record DownloadView(SkillView Skill, int Downloads);

/// <param name="Rating">1 to 5.</param>
/// <param name="Review">Why, in at most 2,000 characters.</param>
internal sealed record RatingRequest(int Rating, string? Review = null);

internal sealed record RatedView(SkillRating Rating, int MyRating);
