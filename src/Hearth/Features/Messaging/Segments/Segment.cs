using Hearth.Ledger;
using Hearth.Platform;

namespace Hearth.Features.Messaging.Segments;

/// <summary>Contacts by what the people behind them do in the community. Those who consented to be linked alone are looked at.</summary>
/// <param name="All">Rules that all must hold.</param>
/// <param name="Any">Rules of which one must hold; instead of <c>all</c>.</param>
internal sealed record Segment(List<SegmentRule>? All = null, List<SegmentRule>? Any = null);

/// <param name="ActionType">A logged action that counts: like_post, like_comment, comment_post, reply_comment, mention_user, join_group, view_post, share_post or bookmark_post.</param>
/// <param name="CountAtLeast">How often at least; 1 to 100,000.</param>
/// <param name="WithinDays">In how many days until now; 1 to 3,650.</param>
/// <param name="Not">The rule must not hold.</param>
internal sealed record SegmentRule(string ActionType, int CountAtLeast, int WithinDays, bool Not = false);

internal sealed record SegmentRequest(Segment Segment);

/// <param name="Count">How many contacts; below five it says <c>&lt;5</c> only.</param>
internal sealed record SegmentPreview(object Count);

/// <summary>A segment as a condition on <c>m.user_id</c>.</summary>
internal static class SegmentSql
{
    private const int MostRules = 10;

    private static readonly Dictionary<string, Verb> Verbs = new(StringComparer.Ordinal)
    {
        ["like_post"] = Verb.LikePost,
        ["like_comment"] = Verb.LikeComment,
        ["comment_post"] = Verb.CommentPost,
        ["reply_comment"] = Verb.ReplyComment,
        ["mention_user"] = Verb.MentionUser,
        ["join_group"] = Verb.JoinGroup,
        ["view_post"] = Verb.ViewPost,
        ["share_post"] = Verb.SharePost,
        ["bookmark_post"] = Verb.BookmarkPost,
    };

    /// <summary>Fails where it is no segment.</summary>
    public static void Check(Segment segment)
    {
        var rules = Rules(segment);
        if (rules.Count is 0 or > MostRules || (segment.All is null) == (segment.Any is null))
            throw Failure.Invalid("segment", $"Give all or any with at most {MostRules} rules.");
        foreach (var rule in rules)
        {
            if (rule is null)
                throw Failure.Invalid("segment", "A rule is an object.");
            if (rule.ActionType is null || !Verbs.ContainsKey(rule.ActionType))
                throw Failure.Invalid("action_type", $"\"{rule.ActionType}\" is not a valid choice.");
            if (rule.CountAtLeast is < 1 or > 100_000)
                throw Failure.Invalid("count_at_least", "Ensure this value is from 1 to 100000.");
            if (rule.WithinDays is < 1 or > 3_650)
                throw Failure.Invalid("within_days", "Ensure this value is from 1 to 3650.");
        }
    }

    /// <summary>What was done and still counts: an action taken back, or void, does not. The condition, with its values added.</summary>
    public static string Condition(Segment segment, DateTime now, List<object?> values)
    {
        var conditions = Rules(segment).Select(rule =>
        {
            // $1 is the tenant.
            var at = values.Count + 2;
            values.Add((short)Verbs[rule.ActionType]);
            values.Add(now.AddDays(-rule.WithinDays));
            values.Add((long)rule.CountAtLeast);
            return $"{(rule.Not ? "not " : "")}(select count(*) >= ${at + 2} from engagement_actions a where a.actor = m.user_id and a.verb = ${at} and a.at >= ${at + 1})";
        });
        return $"({string.Join(segment.All is not null ? " and " : " or ", conditions)})";
    }

    private static List<SegmentRule> Rules(Segment segment) => segment.All ?? segment.Any ?? [];
}
