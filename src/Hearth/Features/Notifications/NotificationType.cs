using System.Collections.Frozen;

namespace Hearth.Features.Notifications;

/// <summary>
/// What a notification is about: the seven of the engagement contract, then those of the planner. Numbers are stored and are bits of
/// preferences. Of several types about the same thing the one with the smallest number is shown.
/// </summary>
internal enum NotificationType : short
{
    PostLiked = 1,
    PostCommented = 2,
    CommentLiked = 3,
    CommentReplied = 4,
    PostMentioned = 5,
    CommentMentioned = 6,
    GroupUpdate = 7,
    LikeReceived = 8,
    CommentReceived = 9,
    CommentReply = 10,
    MentionReceived = 11,
    RatingReceived = 12,
    DownloadMilestone = 13,
    NewFollower = 14,
    TaskVoted = 15,
    BadgeEarned = 16,
    ModerationNotice = 17,
}

/// <summary>What folds with what: notifications of one class about one object.</summary>
internal enum NotificationClass : short
{
    /// <summary>A like; those within an hour of the first are one.</summary>
    Liked = 1,

    /// <summary>A post or comment was written: whatever it is to its reader (comment, mention, news of a group), it is one.</summary>
    Said = 2,
    Followed = 3,
    Rated = 4,
    Downloaded = 5,
    Voted = 6,
    Awarded = 7,
    Moderated = 8,
}

internal static class NotificationTypes
{
    public static readonly IReadOnlyList<NotificationType> All = Enum.GetValues<NotificationType>();

    private static readonly FrozenDictionary<NotificationType, string> Names =
        All.ToFrozenDictionary(type => type, type => Words(type, '_').ToLowerInvariant());

    private static readonly FrozenDictionary<NotificationType, string> Displays = All.ToFrozenDictionary(type => type, type => Words(type, ' '));

    private static readonly FrozenDictionary<string, NotificationType> ByName =
        All.ToFrozenDictionary(type => Names[type], StringComparer.Ordinal);

    /// <summary>As the contracts write it: <c>post_liked</c>.</summary>
    public static string Name(this NotificationType type) => Names[type];

    /// <summary>For people: <c>Post Liked</c>.</summary>
    public static string Display(this NotificationType type) => Displays[type];

    /// <summary>As the page of preferences has it: <c>Likes of your posts</c>.</summary>
    public static string InPreferences(this NotificationType type) => type switch
    {
        NotificationType.PostLiked => "Likes of your posts",
        NotificationType.PostCommented => "Comments on your posts",
        NotificationType.CommentLiked => "Likes of your comments",
        NotificationType.CommentReplied => "Replies to your comments",
        NotificationType.PostMentioned => "You are named in a post",
        NotificationType.CommentMentioned => "You are named in a comment",
        NotificationType.GroupUpdate => "News of your groups",
        NotificationType.LikeReceived => "Likes of your skills",
        NotificationType.CommentReceived => "Comments on your skills",
        NotificationType.CommentReply => "Replies in skills",
        NotificationType.MentionReceived => "You are named in a skill",
        NotificationType.RatingReceived => "Ratings of your skills",
        NotificationType.DownloadMilestone => "Milestones of your skills",
        NotificationType.NewFollower => "New followers",
        NotificationType.TaskVoted => "Votes on your tasks",
        NotificationType.BadgeEarned => "Badges",
        _ => "Moderators' decisions",
    };

    public static bool TryParse(string name, out NotificationType type) => ByName.TryGetValue(name, out type);

    /// <summary>Its bit in a set of types.</summary>
    public static int Bit(this NotificationType type) => 1 << (int)type;

    public static NotificationClass Class(this NotificationType type) => type switch
    {
        NotificationType.PostLiked or NotificationType.CommentLiked or NotificationType.LikeReceived => NotificationClass.Liked,
        NotificationType.NewFollower => NotificationClass.Followed,
        NotificationType.RatingReceived => NotificationClass.Rated,
        NotificationType.DownloadMilestone => NotificationClass.Downloaded,
        NotificationType.TaskVoted => NotificationClass.Voted,
        NotificationType.BadgeEarned => NotificationClass.Awarded,
        NotificationType.ModerationNotice => NotificationClass.Moderated,
        _ => NotificationClass.Said,
    };

    private static string Words(NotificationType type, char between) =>
        string.Concat(type.ToString().Select((letter, at) => at > 0 && char.IsUpper(letter) ? $"{between}{letter}" : $"{letter}"));
}
