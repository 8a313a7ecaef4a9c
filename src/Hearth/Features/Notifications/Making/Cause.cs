using Hearth.Ledger;

namespace Hearth.Features.Notifications.Making;

/// <summary>Something a person is to be told: why, and about what.</summary>
internal readonly record struct Cause(long User, long Row, NotificationType Type, long? Actor, ObjectKind Kind, long ObjectId, DateTime At)
{
    /// <summary>The post that all this is about, for posts and comments; the skill, for what hangs on one.</summary>
    public long? Post { get; init; }

    public int? Group { get; init; }

    public int? Value { get; init; }

    public FoldKey Key => new(User, Type.Class(), Kind, ObjectId);
}

/// <summary>What may fold into one: everything of a class about an object, for one person.</summary>
internal readonly record struct FoldKey(long User, NotificationClass Class, ObjectKind Kind, long ObjectId);

/// <summary>The row <paramref name="Row"/> takes back what came before it: of one type, and of one actor where it is named.</summary>
internal readonly record struct TakeBack(FoldKey Key, NotificationType Type, long? Actor, long Row);

/// <summary>
/// Which rows of the ledger are news, and to whom. Nobody is told of what they did themselves, or of what an import brought.
/// </summary>
internal static class Causes
{
    /// <summary>The causes whose reader the row names. News of a group goes to its members besides: <see cref="IsGroupNews"/>.</summary>
    public static IEnumerable<Cause> Of(LedgerRow row)
    {
        if (row.IsImported)
            yield break;
        if (Direct(row) is { } type && row.Subject is { } subject && subject != row.Actor)
            yield return New(row, subject, type);
        if (row.Verb == Verb.ReplySkillComment && row.Number("skill_author") is { } owner && owner != row.Subject && owner != row.Actor)
            yield return New(row, owner, NotificationType.CommentReceived);
        // Nobody did it: all of them together.
        if (row is { Verb: Verb.DownloadSkill, Subject: { } sharer, Value: { } nth } && IsMilestone(nth))
            yield return New(row, sharer, NotificationType.DownloadMilestone) with { Actor = null };
        if (row.Verb == Verb.ReplyComment && row.Number("post_author") is { } author && author != row.Subject && author != row.Actor)
            yield return New(row, author, NotificationType.PostCommented);
    }

    public static Cause New(LedgerRow row, long user, NotificationType type) =>
        new(user, row.Id, type, type == NotificationType.ModerationNotice ? null : row.Actor, row.Kind, About(row), row.At) { Post = Post(row), Group = row.Group, Value = row.Value };

    /// <summary>Whether the members of the row's group are to hear of it.</summary>
    public static bool IsGroupNews(LedgerRow row) => row is { Verb: Verb.CreatePost, Group: not null, IsImported: false };

    public static TakeBack? TakesBack(LedgerRow row)
    {
        NotificationType? what = row.Verb switch
        {
            Verb.UnlikePost => NotificationType.PostLiked,
            Verb.UnlikeComment => NotificationType.CommentLiked,
            Verb.UnmentionUser when row.Kind == ObjectKind.Post => NotificationType.PostMentioned,
            Verb.UnmentionUser => NotificationType.CommentMentioned,
            Verb.UnmentionInSkill => NotificationType.MentionReceived,
            Verb.Unfollow => NotificationType.NewFollower,
            Verb.UnlikeSkill => NotificationType.LikeReceived,
            // What somebody says of a skill or a task stands in place of what they said before.
            Verb.RateSkill => NotificationType.RatingReceived,
            Verb.VoteTask => NotificationType.TaskVoted,
            _ => null,
        };
        if (what is not { } type || row.Subject is not { } subject)
            return null;
        // A text is also edited by moderators: who named somebody need not be who names them no more.
        return new TakeBack(new FoldKey(subject, type.Class(), row.Kind, About(row)), type, row.Verb == Verb.UnmentionUser ? null : row.Actor, row.Id);
    }

    /// <summary>What is news about a follow is who follows; each is a notification of their own.</summary>
    private static long About(LedgerRow row) => row is { Verb: Verb.Follow or Verb.Unfollow, Actor: { } follower } ? follower : row.ObjectId;

    private static NotificationType? Direct(LedgerRow row) => row.Verb switch
    {
        Verb.LikePost => NotificationType.PostLiked,
        Verb.LikeComment => NotificationType.CommentLiked,
        Verb.CommentPost => NotificationType.PostCommented,
        Verb.ReplyComment => NotificationType.CommentReplied,
        Verb.MentionUser when row.Kind == ObjectKind.Post => NotificationType.PostMentioned,
        Verb.MentionUser => NotificationType.CommentMentioned,
        Verb.Follow => NotificationType.NewFollower,
        Verb.AwardBadge => NotificationType.BadgeEarned,
        Verb.LikeSkill => NotificationType.LikeReceived,
        Verb.CommentSkill => NotificationType.CommentReceived,
        Verb.ReplySkillComment => NotificationType.CommentReply,
        Verb.MentionInSkill => NotificationType.MentionReceived,
        Verb.RateSkill => NotificationType.RatingReceived,
        Verb.VoteTask when row.Value is not (null or 0) => NotificationType.TaskVoted,
        // A dismissal changes nothing for whose it is about.
        Verb.DecideReport when row.Value > 0 => NotificationType.ModerationNotice,
        _ => null,
    };

    /// <summary>10, 100, 1000 and so on.</summary>
    private static bool IsMilestone(int downloads)
    {
        while (downloads >= 10 && downloads % 10 == 0)
        {
            downloads /= 10;
            if (downloads == 1)
                return true;
        }

        return false;
    }

    private static long? Post(LedgerRow row) => row.Kind switch
    {
        ObjectKind.Post => row.ObjectId,
        ObjectKind.Comment => row.Number("post"),
        ObjectKind.SkillComment or ObjectKind.Task => row.Number("skill"),
        _ => null,
    };
}
