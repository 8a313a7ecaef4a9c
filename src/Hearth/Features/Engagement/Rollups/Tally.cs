using Hearth.Features.Engagement.Actions;
using Hearth.Ledger;

namespace Hearth.Features.Engagement.Rollups;

/// <summary>What a rollup counts, in the order of its columns.</summary>
internal enum Tally
{
    Likes,
    CommentLikes,
    Comments,
    Replies,
    Mentions,
    Joins,
    Views,
    Shares,
    Bookmarks,
    Posts,
    Clicks,
    Conversions,
}

/// <summary>Whose actions a row of a rollup counts; stored in <c>scope</c>.</summary>
internal enum Scope : short
{
    /// <summary>A person's own actions.</summary>
    Person = 1,

    /// <summary>Actions on a post and in its thread.</summary>
    Post = 2,
    Group = 3,
    Course = 4,
    Campaign = 5,

    /// <summary>Everyone's; the id is 0.</summary>
    Community = 6,
}

internal static class Tallies
{
    /// <summary>The columns of the rollups, in the order of <see cref="Tally"/>.</summary>
    public static readonly string[] Columns =
    [
        "likes", "comment_likes", "comments", "replies", "mentions", "joins", "views", "shares", "bookmarks", "posts", "clicks", "conversions",
    ];

    /// <summary>What counts in <c>total_engagements</c>.</summary>
    public static readonly short[] Engaging = [.. Enum.GetValues<Verb>().Where(IsEngagement).Select(verb => (short)verb)];

    public static Tally? Of(Verb verb) => verb switch
    {
        Verb.LikePost => Tally.Likes,
        Verb.LikeComment => Tally.CommentLikes,
        Verb.CommentPost => Tally.Comments,
        Verb.ReplyComment => Tally.Replies,
        Verb.MentionUser => Tally.Mentions,
        Verb.JoinGroup => Tally.Joins,
        Verb.ViewPost => Tally.Views,
        Verb.SharePost => Tally.Shares,
        Verb.BookmarkPost => Tally.Bookmarks,
        Verb.CreatePost => Tally.Posts,
        Verb.ClickLink => Tally.Clicks,
        Verb.Convert => Tally.Conversions,
        _ => null,
    };

    /// <summary>Whether it counts in <c>total_engagements</c>: every logged action but views.</summary>
    public static bool IsEngagement(Tally tally) =>
        tally is not (Tally.Views or Tally.Posts or Tally.Clicks or Tally.Conversions);

    public static bool IsEngagement(Verb verb) => Of(verb) is { } tally && IsEngagement(tally);

    /// <summary>Where an action counts.</summary>
    public static IEnumerable<(Scope Scope, long Id)> ScopesOf(Deed deed)
    {
        yield return (Scope.Person, deed.Actor);
        yield return (Scope.Community, 0);
        // Who saw a post is the post's own figure; by day nobody asks.
        if (deed.Post is { } post && deed.Verb is not (Verb.CreatePost or Verb.ViewPost))
            yield return (Scope.Post, post);
        if (deed.Group is { } group)
            yield return (Scope.Group, group);
        if (deed.Course is { } course)
            yield return (Scope.Course, course);
        if (deed.Campaign is { } campaign)
            yield return (Scope.Campaign, campaign);
    }
}
