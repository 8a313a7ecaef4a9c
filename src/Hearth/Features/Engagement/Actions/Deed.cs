using Hearth.Ledger;

namespace Hearth.Features.Engagement.Actions;

/// <summary>
/// What can count only once: a person, an action, its object. <c>Target</c> is the mentioned or awarded person where the
/// object alone does not tell, else 0.
/// </summary>
internal readonly record struct DeedKey(long Actor, Verb Verb, ObjectKind Kind, long ObjectId, long Target);

/// <summary>An action that counts, by the ledger row that made it count.</summary>
internal sealed record Deed(DeedKey Key, long Id, DateTime At)
{
    /// <summary>Whose object it is, or who it is done to.</summary>
    public long? Subject { get; init; }

    /// <summary>The post that it is done to, or the thread that it is in.</summary>
    public long? Post { get; init; }

    public long? PostAuthor { get; init; }

    public int? Group { get; init; }

    public int? Course { get; init; }

    public int? Campaign { get; init; }

    /// <summary>For what counts in a course or campaign: the post with which it leaves them.</summary>
    public long? Within { get; init; }

    public long Actor => Key.Actor;

    public Verb Verb => Key.Verb;

    public DateOnly Day => DateOnly.FromDateTime(At);

    /// <summary>Who it is done to, unless they did it themselves.</summary>
    public long? Receiver => Subject is { } subject && subject != Actor ? subject : null;

    public static Deed Of(DeedKey key, LedgerRow row) => new(key, row.Id, row.At)
    {
        Subject = row.Subject,
        Post = PostOf(key, row.Detail),
        PostAuthor = key.Verb == Verb.ReplyComment ? row.Number("post_author") : row.Subject,
        Group = key.Kind == ObjectKind.Group ? (int)key.ObjectId : row.Group,
        Course = row.Course,
        Campaign = row.Campaign,
        Within = row.Course is null && row.Campaign is null ? null : key.Kind == ObjectKind.Post ? key.ObjectId : PostIn(row.Detail),
    };

    /// <summary>The post that the detail of a row about a comment names.</summary>
    public static long? PostIn(string? detail) => LedgerRow.NumberIn(detail, "post");

    /// <summary>The post of a like, view, share, bookmark or new post is its object; of a comment, what its detail says.</summary>
    public static long? PostOf(DeedKey key, string? detail) => key.Verb switch
    {
        Verb.LikePost or Verb.ViewPost or Verb.SharePost or Verb.BookmarkPost or Verb.CreatePost => key.ObjectId,
        Verb.CommentPost or Verb.ReplyComment => PostIn(detail),
        _ => null,
    };
}

/// <summary>An action that counted and was taken back by the row <c>Ended</c>.</summary>
internal sealed record TakenBack(Deed Deed, long Ended);

/// <summary>
/// One change of what counts: <c>Sign</c> 1 where an action begins to count, -1 where it ends. The row that made it is
/// the action's own where it simply happened (<c>Ordinary</c>), else one that took it back, voided it or restored it.
/// </summary>
internal readonly record struct Change(int Sign, Deed Deed, long CauseId, DateTime CauseAt)
{
    public bool Ordinary => Sign > 0 && CauseId == Deed.Id;
}

/// <summary>Which rows begin an action and which take one back.</summary>
internal static class Deeds
{
    /// <summary>Every verb that begins or ends an action; the history of one is among rows with these.</summary>
    public static readonly short[] Verbs =
    [
        .. Enum.GetValues<Verb>().Where(verb => Begun(verb) is not null).Select(verb => (short)verb),
    ];

    /// <returns>Whether the row is about an action that counts once, which one, and whether it begins or ends it.</returns>
    public static bool TryKey(LedgerRow row, out DeedKey key, out bool begins)
    {
        key = default;
        begins = false;
        if (row.Actor is not { } actor || Begun(row.Verb) is not { } verb)
            return false;
        begins = verb == row.Verb;
        var target = verb is Verb.MentionUser or Verb.AwardBadge ? row.Subject ?? 0 : 0;
        key = new DeedKey(actor, verb, row.Kind, row.ObjectId, target);
        return true;
    }

    /// <returns>The verb itself where it begins an action, what it takes back where it ends one, else null.</returns>
    private static Verb? Begun(Verb verb) => verb switch
    {
        Verb.LikePost or Verb.UnlikePost => Verb.LikePost,
        Verb.LikeComment or Verb.UnlikeComment => Verb.LikeComment,
        Verb.CommentPost => Verb.CommentPost,
        Verb.ReplyComment => Verb.ReplyComment,
        Verb.MentionUser or Verb.UnmentionUser => Verb.MentionUser,
        Verb.JoinGroup or Verb.LeaveGroup => Verb.JoinGroup,
        Verb.ViewPost => Verb.ViewPost,
        Verb.SharePost => Verb.SharePost,
        Verb.BookmarkPost or Verb.UnbookmarkPost => Verb.BookmarkPost,
        Verb.CreatePost => Verb.CreatePost,
        Verb.FoundGroup => Verb.FoundGroup,
        Verb.Follow or Verb.Unfollow => Verb.Follow,
        Verb.AwardBadge => Verb.AwardBadge,
        _ => null,
    };
}
