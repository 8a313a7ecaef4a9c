using System.Text.Json.Serialization;
using Hearth.Platform;

namespace Hearth.Features.Accounts;

/// <param name="Profile">Who sees the profile: <c>public</c>, <c>followers</c> or <c>private</c>.</param>
/// <param name="Activity">Who sees what the person does, in feeds.</param>
/// <param name="ShowEmail">Whether the address is shown where a contract shows an author's.</param>
internal sealed record PrivacyView(string Profile, string Activity, bool ShowEmail);

/// <param name="Skills">Those that the reader may see.</param>
/// <param name="Posts">Those that are not hidden.</param>
/// <param name="Level">By the engagements of the last 30 days.</param>
internal sealed record ProfileStats(int Followers, int Following, int Skills, int Posts, int Reputation, string Level);

internal sealed record ProfileView(
    Guid Id,
    string Username,
    string DisplayName,
    string Bio,
    string? ProfilePhoto,
    IReadOnlyList<string> Roles,
    PrivacyView Privacy,
    ProfileStats Stats,
    DateTime CreatedAt);

internal sealed record PrivacyChange(Field<string> Profile = default, Field<string> Activity = default, Field<bool> ShowEmail = default);

/// <summary>What is absent stays.</summary>
internal sealed record ProfileUpdate(
    Field<string> DisplayName = default,
    Field<string> Bio = default,
    Field<string?> ProfilePhoto = default,
    Field<string?> TimeZone = default,
    PrivacyChange? Privacy = null);

/// <summary>Someone in a list of people.</summary>
internal sealed record PersonItem
{
    public Guid Id { get; init; }

    public required string Username { get; init; }

    public required string DisplayName { get; init; }

    public string? ProfilePhoto { get; init; }

    public int Followers { get; init; }

    /// <summary>Whether the caller follows them.</summary>
    public bool Following { get; init; }

    [JsonIgnore]
    public long Key { get; init; }

    [JsonIgnore]
    public double Alike { get; init; }

    /// <summary>How many people were ranked for the page.</summary>
    [JsonIgnore]
    public long Candidates { get; init; }
}

internal sealed record Leader(int Rank, Guid Id, string Username, string DisplayName, string? ProfilePhoto, int Score, string Level);

internal sealed record LeaderList(IReadOnlyList<Leader> Results, string? Next = null, string? Previous = null);

/// <summary>Someone to follow, and why.</summary>
/// <param name="Mutual">How many of those whom the caller follows follow this person.</param>
/// <param name="Shared">How many groups and courses the two share.</param>
/// <param name="Because">The same for people.</param>
internal sealed record Suggestion(Guid Id, string Username, string DisplayName, string? ProfilePhoto, int Mutual, int Shared, string Because);

internal sealed record SuggestionList(IReadOnlyList<Suggestion> Results, string? Next = null, string? Previous = null);

/// <summary>One's own figures.</summary>
/// <param name="Received">What others did with one's posts and skills.</param>
internal sealed record OwnStats(ProfileStats Stats, int Engagements, ReceivedStats Received, DateTime MemberSince);

internal sealed record ReceivedStats(int PostViews, int Reactions, int Comments, int SkillLikes, int SkillDownloads, int SkillViews);
