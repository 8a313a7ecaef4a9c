using Hearth.Features.Engagement.Reputation;
using Hearth.Ledger;

namespace Hearth.Tests.Features.Engagement;

/// <summary>
/// The same definitions computed the slow way: from all rows of a ledger at once, without the rows that are void. Knows nothing
/// of slices, stages or tables.
/// </summary>
internal sealed class NaiveEngagement
{
    private readonly List<LedgerRow> rows;
    private readonly List<RuleSet> rules = [RuleSet.BuiltIn];
    private readonly List<(int Badge, long Row, Verb Verb, int Count, int? Days)> definitions = [];
    private readonly Dictionary<(long User, int Badge), long> badges = [];
    private readonly HashSet<(ObjectKind, long)> deleted;

    public NaiveEngagement(IReadOnlyList<LedgerRow> ledger)
    {
        deleted = [.. ledger.Where(IsDeletion).Select(row => (row.Kind, row.ObjectId))];
        var isVoid = new Dictionary<long, bool>();
        foreach (var row in ledger.Where(row => row.Voids is not null))
            isVoid[row.Voids!.Value] = row.Verb == Verb.Void;
        rows = [.. ledger.Where(row => row.Voids is null && !isVoid.GetValueOrDefault(row.Id))];
        foreach (var row in rows.Where(row => row.Verb == Verb.PublishRules))
            rules.Add(RuleSet.FromDetail((int)row.ObjectId, row.Detail!));
        foreach (var row in rows.Where(row => row.Verb == Verb.DefineBadge))
        {
            var detail = System.Text.Json.JsonDocument.Parse(row.Detail!).RootElement;
            var days = detail.GetProperty("days");
            definitions.Add((
                (int)row.ObjectId,
                row.Id,
                (Verb)detail.GetProperty("verb").GetInt32(),
                detail.GetProperty("count").GetInt32(),
                days.ValueKind == System.Text.Json.JsonValueKind.Null ? null : days.GetInt32()));
        }

        Live();
    }

    /// <summary>What counts at the end, by who, what, which object, and to whom for mentions.</summary>
    public Dictionary<(long Actor, Verb Verb, ObjectKind Kind, long Object, long To), LedgerRow> Present { get; private set; } = [];

    /// <summary>Which row gave each badge.</summary>
    public IReadOnlyDictionary<(long User, int Badge), long> Badges => badges;

    public Dictionary<long, int> Scores()
    {
        var scores = new Dictionary<long, int>();
        var received = Present.Values
            .Where(row => row.Subject is { } subject && subject != row.Actor && Received(row.Verb) >= 0)
            .GroupBy(row => (To: row.Subject!.Value, From: row.Actor!.Value, row.At.Date));
        foreach (var pair in received)
        {
            var cap = RulesAt(pair.Key.Date.AddDays(1).AddTicks(-1)).DailyCap;
            Add(pair.Key.To, Math.Min(cap, pair.Sum(row => RulesAt(row.At).Points[Received(row.Verb)])));
        }

        foreach (var row in Present.Values)
        {
            if (row.Verb == Verb.CreatePost)
                Add(row.Actor!.Value, RulesAt(row.At).Points[8]);
            else if (row.Verb is Verb.CommentPost or Verb.ReplyComment)
                Add(row.Actor!.Value, RulesAt(row.At).Points[9]);
            else if (row.Verb == Verb.FoundGroup)
                Add(row.Actor!.Value, RulesAt(row.At).Points[10]);
        }

        return scores.Where(score => score.Value != 0).ToDictionary();

        void Add(long user, int points) => scores[user] = scores.GetValueOrDefault(user) + points;
    }

    /// <summary>Engagements by person and day.</summary>
    public Dictionary<(long User, DateOnly Day), int> Days() =>
        Present.Values.Where(row => IsEngagement(row.Verb))
            .GroupBy(row => (row.Actor!.Value, DateOnly.FromDateTime(row.At)))
            .ToDictionary(day => day.Key, day => day.Count());

    /// <summary>Engagements and different viewers by course, of what is not deleted.</summary>
    public Dictionary<long, (int Engagements, int Reach)> Courses() =>
        Present.Values.Where(row => row.Course is not null && (IsEngagement(row.Verb) || row.Verb is Verb.ViewPost or Verb.CreatePost))
            .Where(row => !deleted.Contains((row.Kind, row.ObjectId)) && !(row.Kind == ObjectKind.Comment && deleted.Contains((ObjectKind.Post, ThreadOf(row)))))
            .GroupBy(row => (long)row.Course!.Value)
            .ToDictionary(course => course.Key, course => (
                course.Count(row => IsEngagement(row.Verb)),
                course.Where(row => row.Verb == Verb.ViewPost).Select(row => row.Actor).Distinct().Count()));

    private static bool IsEngagement(Verb verb) => verb is Verb.LikePost or Verb.LikeComment or Verb.CommentPost or Verb.ReplyComment
        or Verb.MentionUser or Verb.JoinGroup or Verb.SharePost or Verb.BookmarkPost;

    private static int Received(Verb verb) =>
        Array.IndexOf([Verb.LikePost, Verb.LikeComment, Verb.CommentPost, Verb.ReplyComment, Verb.MentionUser, Verb.SharePost, Verb.BookmarkPost, Verb.Follow], verb);

    private RuleSet RulesAt(DateTime time) => rules.Where(one => one.From <= time).MaxBy(one => one.Version)!;

    private void Live()
    {
        foreach (var row in rows)
        {
            var verb = row.Verb switch
            {
                Verb.UnlikePost => Verb.LikePost,
                Verb.UnlikeComment => Verb.LikeComment,
                Verb.UnmentionUser => Verb.MentionUser,
                Verb.LeaveGroup => Verb.JoinGroup,
                Verb.UnbookmarkPost => Verb.BookmarkPost,
                Verb.Unfollow => Verb.Follow,
                var same => same,
            };
            if (verb is Verb.PublishRules or Verb.DefineBadge or Verb.ClickLink || row.Actor is null || IsDeletion(row))
                continue;
            var key = (row.Actor.Value, verb, row.Kind, row.ObjectId, verb is Verb.MentionUser or Verb.AwardBadge ? row.Subject ?? 0 : 0);
            if (verb != row.Verb)
                Present.Remove(key);
            else if (Present.TryAdd(key, row))
                Judge(row);
        }
    }

    /// <summary>Counts everything from scratch for everyone whom the row may concern.</summary>
    private void Judge(LedgerRow row)
    {
        if (row.Verb == Verb.AwardBadge)
            badges.TryAdd((row.Subject!.Value, (int)row.ObjectId), row.Id);
        var author = PostAuthor(row);
        foreach (var user in new[] { row.Actor, row.Subject, author }.OfType<long>().Distinct())
        {
            var given = Present.Values.Where(one => one.Actor == user).ToList();
            var received = Present.Values.Where(one => one.Subject == user && one.Actor != user).ToList();
            Give(1, given.Exists(IsComment), row.Actor == user && IsComment(row));
            Give(2, given.Exists(IsLike), row.Actor == user && IsLike(row));
            Give(3, received.Count(IsLike) >= 10, row.Subject == user && IsLike(row));
            Give(4, given.Count(IsComment) >= 10, row.Actor == user && IsComment(row));
            Give(5, received.Count(one => one.Verb == Verb.MentionUser) >= 5, row.Verb == Verb.MentionUser);
            Give(6, given.Exists(one => one.Verb == Verb.FoundGroup), row.Verb == Verb.FoundGroup);
            Give(7, received.Where(one => one.Verb == Verb.LikeComment).Select(one => one.ObjectId).Distinct().Count() >= 20, row.Verb == Verb.LikeComment);
            var voiced = Present.Values
                .Where(one => PostAuthor(one) == user && one.Actor != user && PostOf(one) is not null && one.Verb is not (Verb.ViewPost or Verb.CreatePost))
                .GroupBy(PostOf).Count(post => post.Count() >= 10);
            Give(9, voiced >= 5, true);
            Give(10, received.Count(one => one.Verb == Verb.Follow) >= 100, row.Verb == Verb.Follow);
            foreach (var (badge, defined, verb, count, days) in definitions)
            {
                var from = days is null ? DateTime.MinValue : row.At.Date.AddDays(1 - days.Value);
                Give(badge, given.Count(one => one.Verb == verb && one.At >= from && one.At < row.At.Date.AddDays(days is null ? 10_000 : 1)) >= count, row.Actor == user && row.Verb == verb, defined);
            }

            void Give(int badge, bool reached, bool concerns, long defined = 0)
            {
                // Who reached it before it was defined has it by its definition.
                if (reached && concerns)
                    badges.TryAdd((user, badge), Math.Max(row.Id, defined));
            }
        }
    }

    private static bool IsDeletion(LedgerRow row) => row.Verb is Verb.DeletePost or Verb.DeleteComment;

    private static long ThreadOf(LedgerRow row) => System.Text.Json.JsonDocument.Parse(row.Detail!).RootElement.GetProperty("post").GetInt64();

    private static bool IsComment(LedgerRow row) => row.Verb is Verb.CommentPost or Verb.ReplyComment;

    private static bool IsLike(LedgerRow row) => row.Verb is Verb.LikePost or Verb.LikeComment;

    private static long? PostOf(LedgerRow row) => row.Verb switch
    {
        Verb.LikePost or Verb.SharePost or Verb.BookmarkPost or Verb.ViewPost => row.ObjectId,
        Verb.CommentPost or Verb.ReplyComment => System.Text.Json.JsonDocument.Parse(row.Detail!).RootElement.GetProperty("post").GetInt64(),
        _ => null,
    };

    private static long? PostAuthor(LedgerRow row) => row.Verb switch
    {
        Verb.LikePost or Verb.SharePost or Verb.BookmarkPost or Verb.ViewPost or Verb.CommentPost => row.Subject,
        Verb.ReplyComment => System.Text.Json.JsonDocument.Parse(row.Detail!).RootElement.GetProperty("post_author").GetInt64(),
        _ => null,
    };
}
