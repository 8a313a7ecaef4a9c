using Hearth.Ledger;

namespace Hearth.Features.Engagement.Reputation;

/// <summary>What points are given for: eight things that others do, three of one's own.</summary>
internal enum PointKind
{
    PostReaction,
    CommentReaction,
    Comment,
    Reply,
    Mention,
    Share,
    Bookmark,
    Follower,
    OwnPost,
    OwnComment,
    GroupFounded,
}

internal static class PointKinds
{
    /// <summary>Their names on the wire, in the order of <see cref="PointKind"/>.</summary>
    public static readonly string[] Names =
    [
        "post_reaction", "comment_reaction", "comment", "reply", "mention", "share", "bookmark", "follower", "own_post", "own_comment", "group_founded",
    ];

    /// <returns>What the person it is done to gets points for, from another.</returns>
    public static PointKind? Received(Verb verb) => verb switch
    {
        Verb.LikePost => PointKind.PostReaction,
        Verb.LikeComment => PointKind.CommentReaction,
        Verb.CommentPost => PointKind.Comment,
        Verb.ReplyComment => PointKind.Reply,
        Verb.MentionUser => PointKind.Mention,
        Verb.SharePost => PointKind.Share,
        Verb.BookmarkPost => PointKind.Bookmark,
        Verb.Follow => PointKind.Follower,
        _ => null,
    };

    /// <returns>What the person who does it gets points for.</returns>
    public static PointKind? Own(Verb verb) => verb switch
    {
        Verb.CreatePost => PointKind.OwnPost,
        Verb.CommentPost or Verb.ReplyComment => PointKind.OwnComment,
        Verb.FoundGroup => PointKind.GroupFounded,
        _ => null,
    };

    /// <summary>Every verb with what it earns, and whether for the doer.</summary>
    public static readonly IReadOnlyList<(Verb Verb, PointKind Kind, bool Own)> ByVerb =
    [
        .. Enum.GetValues<Verb>().SelectMany(verb => new (Verb, PointKind?, bool)[] { (verb, Received(verb), false), (verb, Own(verb), true) })
            .Where(one => one.Item2 is not null)
            .Select(one => (one.Item1, one.Item2!.Value, one.Item3)),
    ];
}
