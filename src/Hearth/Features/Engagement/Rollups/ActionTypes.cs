using Hearth.Ledger;
using Hearth.Platform;

namespace Hearth.Features.Engagement.Rollups;

/// <summary>The contract's names of the thirteen logged actions.</summary>
internal static class ActionTypes
{
    private static readonly Dictionary<string, Verb> Verbs = new(StringComparer.Ordinal)
    {
        ["like_post"] = Verb.LikePost,
        ["unlike_post"] = Verb.UnlikePost,
        ["like_comment"] = Verb.LikeComment,
        ["unlike_comment"] = Verb.UnlikeComment,
        ["comment_post"] = Verb.CommentPost,
        ["reply_comment"] = Verb.ReplyComment,
        ["mention_user"] = Verb.MentionUser,
        ["join_group"] = Verb.JoinGroup,
        ["leave_group"] = Verb.LeaveGroup,
        ["view_post"] = Verb.ViewPost,
        ["share_post"] = Verb.SharePost,
        ["bookmark_post"] = Verb.BookmarkPost,
        ["unbookmark_post"] = Verb.UnbookmarkPost,
    };

    private static readonly Dictionary<Verb, string> Names = Verbs.ToDictionary(entry => entry.Value, entry => entry.Key);

    public static readonly string[] All = [.. Verbs.Keys];

    /// <summary>The verbs of all thirteen.</summary>
    public static readonly short[] Logged = [.. Verbs.Values.Select(verb => (short)verb)];

    /// <returns>The name of a logged action; of what else earns points, a name in the same manner.</returns>
    public static string NameOf(Verb verb) => Names.GetValueOrDefault(verb) ?? verb switch
    {
        Verb.CreatePost => "create_post",
        Verb.FoundGroup => "found_group",
        Verb.Follow => "follow_user",
        _ => "other",
    };

    /// <summary>The <c>action_type</c> of a request; null where none is asked for.</summary>
    public static Verb? Asked(HttpContext http) => http.QueryText("action_type") is { } name ? Parse("action_type", name) : null;

    public static Verb Parse(string field, string name) =>
        Verbs.TryGetValue(name, out var verb) ? verb : throw Failure.Invalid(field, $"\"{name}\" is not a valid choice.");

    /// <summary>Whether an action of this kind can count; taking one back is no count of its own.</summary>
    public static bool Counts(Verb verb) => Tallies.Of(verb) is not null;
}
