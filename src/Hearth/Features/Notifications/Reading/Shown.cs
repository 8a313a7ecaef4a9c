using Hearth.Ledger;

namespace Hearth.Features.Notifications.Reading;

/// <summary>The person a notification names: who did it last.</summary>
internal sealed record Doer(long Id, Guid Uuid, string Username, string DisplayName, string? ProfilePhoto);

/// <summary>A notification as its reader sees it now.</summary>
internal sealed record Shown(long User, long Id, NotificationType Type, int People, long Last, DateTime At, ObjectKind Kind, long ObjectId)
{
    public long? Post { get; init; }

    /// <summary>The skill that it is about, or that the comment or task hangs on.</summary>
    public Guid? Skill { get; init; }

    /// <summary>What the row of the ledger counts: of a milestone, how many.</summary>
    public int? Value { get; init; }

    public string? GroupName { get; init; }

    /// <summary>The title or the first words of what it is about, as far as its reader may see them.</summary>
    public string? Title { get; init; }

    public Guid? ObjectUuid { get; init; }

    public Doer? By { get; init; }

    public bool Read { get; init; }

    /// <summary>Not taken back, and not removed by its reader.</summary>
    public bool Stands { get; init; }

    /// <summary>In no list: it does not stand, or its type is muted there.</summary>
    public bool Gone { get; init; }

    public bool EmailSent { get; init; }

    public bool EmailDelivered { get; init; }

    public string Message => Wording.Message(this);
}

/// <summary>What notifications say.</summary>
internal static class Wording
{
    public static string Message(Shown one)
    {
        var who = Who(one.By?.Username ?? "Someone", one.People - 1);
        return one.Type switch
        {
            NotificationType.PostLiked => $"{who} liked your post",
            NotificationType.PostCommented => $"{who} commented on your post",
            NotificationType.CommentLiked => $"{who} liked your comment",
            NotificationType.CommentReplied => $"{who} replied to your comment",
            NotificationType.PostMentioned => $"{who} mentioned you in a post",
            NotificationType.CommentMentioned => $"{who} mentioned you in a comment",
            NotificationType.GroupUpdate => one.GroupName is { } group ? $"{who} posted in {group}" : $"{who} posted in one of your groups",
            NotificationType.LikeReceived => $"{who} liked your skill",
            NotificationType.CommentReceived => $"{who} commented on your skill",
            NotificationType.CommentReply => $"{who} replied to your comment",
            NotificationType.MentionReceived => $"{who} mentioned you in a comment on a skill",
            NotificationType.RatingReceived => $"{who} rated your skill",
            NotificationType.DownloadMilestone => one.Value is { } count ? $"Your skill reached {count} downloads" : "Your skill reached a new number of downloads",
            NotificationType.NewFollower => $"{who} started following you",
            NotificationType.TaskVoted => $"{who} voted on your task",
            NotificationType.BadgeEarned => one.Title is { } badge ? $"You earned the badge {badge}" : "You earned a badge",
            _ => Decision(one),
        };
    }

    private static string Decision(Shown one)
    {
        var what = one.Kind switch
        {
            ObjectKind.Post => "your post",
            ObjectKind.Comment => "your comment",
            ObjectKind.User => "your account",
            ObjectKind.Ring => "reactions between you and others",
            _ => "something of yours",
        };
        return one.Value switch
        {
            1 => $"A moderator warns you about {what}",
            2 => $"A moderator hid {what}",
            3 => $"A moderator removed {what}",
            4 => "A moderator suspended your account",
            5 => "A moderator took back reactions between you and others",
            _ => $"A moderator looked at {what}",
        };
    }

    private static string Who(string name, int others) => others switch
    {
        <= 0 => name,
        1 => $"{name} and 1 other",
        _ => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{name} and {others} others"),
    };
}
