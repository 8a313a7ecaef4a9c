using Hearth.Ledger;

namespace Hearth.Features.Feeds;

/// <summary>What a feed shows once: a person, what they did, and to what.</summary>
internal readonly record struct FeedKey(long Actor, Verb Verb, ObjectKind Kind, long ObjectId);

/// <summary>A deed that a feed shows, by the ledger row that made it.</summary>
internal sealed record FeedEntry(FeedKey Key, long Id, DateTime At, long? Parent);

/// <summary>Which rows of the ledger a feed tells of.</summary>
internal static class FeedDeeds
{
    /// <summary>What is told, by its name on the wire. Views, likes and what one keeps for oneself are no news.</summary>
    public static readonly IReadOnlyDictionary<Verb, string> Names = new Dictionary<Verb, string>
    {
        [Verb.CreatePost] = "create_post",
        [Verb.SharePost] = "share_post",
        [Verb.CommentPost] = "comment_post",
        [Verb.ShareSkill] = "share_skill",
        [Verb.CommentSkill] = "comment_skill",
        [Verb.Follow] = "follow_user",
        [Verb.JoinGroup] = "join_group",
        [Verb.FoundGroup] = "found_group",
        [Verb.FoundCourse] = "found_course",
        [Verb.AwardBadge] = "earn_badge",
    };

    /// <returns>What takes the deed back; null where nothing does.</returns>
    public static Verb? EndOf(Verb verb) => verb switch
    {
        Verb.Follow => Verb.Unfollow,
        Verb.JoinGroup => Verb.LeaveGroup,
        _ => null,
    };

    /// <returns>The deed that the row begins or ends; null where it does neither.</returns>
    public static FeedKey? KeyOf(LedgerRow row)
    {
        var verb = row.Verb switch
        {
            Verb.Unfollow => Verb.Follow,
            Verb.LeaveGroup => Verb.JoinGroup,
            _ => row.Verb,
        };
        // A badge is news of whoever has it now, whoever gave it.
        var actor = verb == Verb.AwardBadge ? row.Subject : row.Actor;
        return actor is { } who && Names.ContainsKey(verb) ? new FeedKey(who, verb, row.Kind, row.ObjectId) : null;
    }

    /// <summary>The entry of a row that begins a deed.</summary>
    public static FeedEntry Entry(FeedKey key, LedgerRow row) => new(key, row.Id, row.At, ParentOf(row));

    /// <summary>Deletions of what a feed tells of; with posts and skills goes what hangs on them, of the kind <c>Child</c>.</summary>
    public static (ObjectKind Kind, ObjectKind Child)? Deletion(LedgerRow row) => row.Verb switch
    {
        Verb.DeletePost => (ObjectKind.Post, ObjectKind.Comment),
        Verb.DeleteSkill => (ObjectKind.Skill, ObjectKind.SkillComment),
        Verb.DeleteComment => (ObjectKind.Comment, default),
        Verb.DeleteSkillComment => (ObjectKind.SkillComment, default),
        Verb.DeleteGroup => (ObjectKind.Group, default),
        Verb.DeleteCourse => (ObjectKind.Course, default),
        _ => null,
    };

    private static long? ParentOf(LedgerRow row) => row.Verb switch
    {
        Verb.CommentPost => row.Number("post"),
        Verb.CommentSkill => row.Number("skill"),
        _ => null,
    };
}
