using System.Globalization;
using Hearth.Features.Engagement.Badges;
using Hearth.Features.Engagement.Reputation;
using Hearth.Ledger;

namespace Hearth.Tests.Features.Engagement;

/// <summary>
/// Makes up a small community's life from a seed: posts, comments, toggled likes, follows, joins, mentions, views, now and then
/// rules, badges, voids and restores. Rows are as the features write them, but that some change nothing.
/// </summary>
internal sealed class RandomLives(int seed, bool withRules = true)
{
    private const int People = 9;

    private static readonly DateTime Start = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly Random random = new(seed);
    private readonly List<(long Id, long Author, int? Course)> posts = [];
    private readonly List<(long Id, long Author, long Post, int? Course)> comments = [];
    private DateTime now = Start;
    private long nextId = 1000 + (seed * 1_000_000L);
    private int version = 1 + (seed * 1000);
    private int badge = BadgeBook.FirstCustom + (seed * 1000);

    /// <summary>The next entry; times go on by hours.</summary>
    public Entry Next(IReadOnlyList<LedgerRow> written)
    {
        now = now.AddMinutes(random.Next(1, 240));
        var actor = Someone();
        var entry = random.Next(100) switch
        {
            < 8 => Post(actor),
            < 20 => Comment(actor),
            < 38 => OnPost(actor, Verb.LikePost, Verb.UnlikePost),
            < 56 => LikeComment(actor),
            < 62 => OnPost(actor, Verb.BookmarkPost, Verb.UnbookmarkPost),
            < 66 => OnPost(actor, Verb.SharePost, Verb.SharePost),
            < 74 => OnPost(actor, Verb.ViewPost, Verb.ViewPost),
            < 79 => Follow(actor),
            < 82 => new Entry(random.Next(3) == 0 ? Verb.LeaveGroup : Verb.JoinGroup, ObjectKind.Group, random.Next(1, 4)) { Actor = actor },
            < 83 => new Entry(Verb.FoundGroup, ObjectKind.Group, nextId++) { Actor = actor },
            < 88 => Mention(actor),
            < 89 => new Entry(Verb.AwardBadge, ObjectKind.Badge, random.Next(1, 11)) { Actor = actor, Subject = Someone() },
            < 90 when withRules => Rules(),
            < 91 => Definition(),
            < 92 => DeletePost(),
            < 93 => DeleteComment(),
            _ => Void(written),
        };
        return entry with { At = now };
    }

    private long Someone() => random.Next(1, People + 1) + (seed * 100);

    private Entry Post(long actor)
    {
        var course = random.Next(3) == 0 ? random.Next(1, 4) : (int?)null;
        posts.Add((nextId, actor, course));
        return new Entry(Verb.CreatePost, ObjectKind.Post, nextId++) { Actor = actor, Course = course };
    }

    private Entry Comment(long actor)
    {
        if (posts.Count == 0)
            return Post(actor);
        var post = posts[random.Next(posts.Count)];
        var id = nextId++;
        var parents = comments.FindAll(comment => comment.Post == post.Id);
        if (parents.Count == 0 || random.Next(2) == 0)
        {
            comments.Add((id, actor, post.Id, post.Course));
            return new Entry(Verb.CommentPost, ObjectKind.Comment, id)
            {
                Actor = actor,
                Subject = post.Author,
                Course = post.Course,
                Detail = string.Create(CultureInfo.InvariantCulture, $$"""{"post":{{post.Id}},"parent":null}"""),
            };
        }

        var parent = parents[random.Next(parents.Count)];
        comments.Add((id, actor, post.Id, post.Course));
        return new Entry(Verb.ReplyComment, ObjectKind.Comment, id)
        {
            Actor = actor,
            Subject = parent.Author,
            Course = post.Course,
            Detail = string.Create(CultureInfo.InvariantCulture, $$"""{"post":{{post.Id}},"parent":{{parent.Id}},"post_author":{{post.Author}}}"""),
        };
    }

    private Entry OnPost(long actor, Verb begin, Verb end)
    {
        if (posts.Count == 0)
            return Post(actor);
        var post = posts[random.Next(Math.Max(0, posts.Count - 8), posts.Count)];
        return new Entry(random.Next(4) == 0 ? end : begin, ObjectKind.Post, post.Id) { Actor = actor, Subject = post.Author, Course = post.Course };
    }

    private Entry LikeComment(long actor)
    {
        if (comments.Count == 0)
            return Comment(actor);
        var comment = comments[random.Next(comments.Count)];
        return new Entry(random.Next(4) == 0 ? Verb.UnlikeComment : Verb.LikeComment, ObjectKind.Comment, comment.Id)
        {
            Actor = actor,
            Subject = comment.Author,
            Course = comment.Course,
            Detail = string.Create(CultureInfo.InvariantCulture, $$"""{"post":{{comment.Post}}}"""),
        };
    }

    private Entry Follow(long actor)
    {
        var followed = Someone();
        return new Entry(random.Next(3) == 0 ? Verb.Unfollow : Verb.Follow, ObjectKind.User, followed) { Actor = actor, Subject = followed };
    }

    private Entry Mention(long actor)
    {
        if (posts.Count == 0)
            return Post(actor);
        var post = posts[random.Next(posts.Count)];
        return new Entry(random.Next(4) == 0 ? Verb.UnmentionUser : Verb.MentionUser, ObjectKind.Post, post.Id)
        {
            Actor = actor,
            Subject = Someone(),
            Course = post.Course,
        };
    }

    private Entry DeletePost()
    {
        if (posts.Count == 0)
            return Post(Someone());
        var post = posts[random.Next(posts.Count)];
        posts.Remove(post);
        comments.RemoveAll(comment => comment.Post == post.Id);
        return new Entry(Verb.DeletePost, ObjectKind.Post, post.Id) { Actor = post.Author, Subject = post.Author, Course = post.Course };
    }

    private Entry DeleteComment()
    {
        if (comments.Count == 0)
            return Post(Someone());
        var comment = comments[random.Next(comments.Count)];
        comments.Remove(comment);
        return new Entry(Verb.DeleteComment, ObjectKind.Comment, comment.Id)
        {
            Actor = comment.Author,
            Subject = comment.Author,
            Course = comment.Course,
            Detail = string.Create(CultureInfo.InvariantCulture, $$"""{"post":{{comment.Post}}}"""),
        };
    }

    private Entry Rules()
    {
        version++;
        var from = random.Next(3) == 0 ? Start.AddDays(-1) : now.AddHours(random.Next(-200, 100));
        var rules = new RuleSet(version, from, [.. Enumerable.Range(0, 11).Select(_ => random.Next(0, 7))], random.Next(1, 25), [1, 11, 51, 201]);
        return new Entry(Verb.PublishRules, ObjectKind.Rules, version) { Actor = 1, Detail = rules.ToDetail() };
    }

    private Entry Definition()
    {
        var verb = random.Next(3) switch { 0 => Verb.LikePost, 1 => Verb.ViewPost, _ => Verb.CommentPost };
        var detail = new BadgeDetail((int)verb, random.Next(2, 7), random.Next(2) == 0 ? random.Next(1, 9) : null);
        return new Entry(Verb.DefineBadge, ObjectKind.Badge, badge++) { Actor = 1, Detail = detail.ToJson() };
    }

    /// <summary>Voids or restores a row that was written, whatever it is and whether or not that changes anything.</summary>
    private Entry Void(IReadOnlyList<LedgerRow> written)
    {
        var plain = written.Where(row => row.Voids is null).ToList();
        if (plain.Count == 0)
            return Post(Someone());
        var voided = written.Where(row => row.Verb == Verb.Void).ToList();
        return voided.Count > 0 && random.Next(2) == 0
            ? new Entry(Verb.Unvoid, ObjectKind.Ledger, 1) { Actor = 1, Voids = voided[random.Next(voided.Count)].Voids }
            : new Entry(Verb.Void, ObjectKind.Ledger, 1) { Actor = 1, Voids = plain[random.Next(plain.Count)].Id };
    }
}
