using Hearth.Features.Engagement.Actions;
using Hearth.Ledger;

namespace Hearth.Features.Engagement.Badges;

/// <summary>The contract's badges; their numbers are stored and object ids of the ledger. Custom ones count from <see cref="Badges.FirstCustom"/>.</summary>
internal enum Badge
{
    FirstComment = 1,
    FirstLike = 2,
    TenLikes = 3,
    Commenter = 4,
    Mentioned = 5,
    GroupStarter = 6,
    HelpfulContributor = 7,
    TopEngager = 8,
    CommunityVoice = 9,
    Influencer = 10,
}

/// <summary>Whose actions a badge is earned by.</summary>
internal enum Side
{
    /// <summary>One's own.</summary>
    Given,

    /// <summary>What others do to one or one's comments.</summary>
    Received,

    /// <summary>What others do to one's posts, replies in their threads included.</summary>
    OnPosts,
}

/// <summary>
/// What earns a badge: so many actions of these kinds; in a moving window of days where there is one.
/// </summary>
internal sealed record BadgeRule(int Badge, Side Side, IReadOnlyList<Verb> Verbs, int Count, int? Days = null)
{
    /// <summary>The row that defined it and when; 0 for the contract's, which always were.</summary>
    public long Id { get; init; }

    public DateTime At { get; init; }

    /// <summary>Who reached it by a deed before it was defined has it by its definition.</summary>
    public Holding Held(long user, Deed by) => by.Id > Id ? new(user, Badge, by.Id, by.At) : new(user, Badge, Id, At);
}

internal static class BadgeBook
{
    public const int FirstCustom = 101;

    public const int Likes = 10;
    public const int Comments = 10;
    public const int Mentions = 5;
    public const int HelpfulComments = 20;
    public const int VoicedPosts = 5;
    public const int VoicedEngagements = 10;
    public const int Followers = 100;
    public const int ReachDays = 30;
    public const int Reach = 1_000;

    private static readonly Verb[] Commenting = [Verb.CommentPost, Verb.ReplyComment];
    private static readonly Verb[] Liking = [Verb.LikePost, Verb.LikeComment];

    /// <summary>What the ledger's rows alone decide; top_engager depends on the day, too.</summary>
    public static readonly IReadOnlyList<BadgeRule> BuiltIn =
    [
        new((int)Badge.FirstComment, Side.Given, Commenting, 1),
        new((int)Badge.FirstLike, Side.Given, Liking, 1),
        new((int)Badge.TenLikes, Side.Received, Liking, Likes),
        new((int)Badge.Commenter, Side.Given, Commenting, Comments),
        new((int)Badge.Mentioned, Side.Received, [Verb.MentionUser], Mentions),
        new((int)Badge.GroupStarter, Side.Given, [Verb.FoundGroup], 1),
        new((int)Badge.HelpfulContributor, Side.Received, [Verb.LikeComment], HelpfulComments),
        new((int)Badge.CommunityVoice, Side.OnPosts, [Verb.LikePost, Verb.CommentPost, Verb.ReplyComment, Verb.SharePost, Verb.BookmarkPost], VoicedPosts),
        new((int)Badge.Influencer, Side.Received, [Verb.Follow, Verb.ViewPost], Followers),
    ];

    /// <returns>Whose badge an action of this side may earn; null when nobody's.</returns>
    public static long? EarnerOf(Side side, Deed deed) => side switch
    {
        Side.Given => deed.Actor,
        Side.Received => deed.Receiver,
        _ => deed.Post is not null && deed.PostAuthor != deed.Actor ? deed.PostAuthor : null,
    };
}

/// <summary>That someone has a badge, and by which row.</summary>
internal readonly record struct Holding(long User, int Badge, long Id, DateTime At);
