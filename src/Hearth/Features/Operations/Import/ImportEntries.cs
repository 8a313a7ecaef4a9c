using System.Globalization;
using Hearth.Ledger;

namespace Hearth.Features.Operations.Import;

/// <summary>
/// The ledger's rows of an import: what the features themselves append for the same deeds, at their own times.
/// </summary>
internal static class ImportEntries
{
    /// <summary>So marked that nobody is told of it as news: see <see cref="LedgerRow.IsImported"/>.</summary>
    public static Entry Marked(Entry entry) => entry with
    {
        Detail = entry.Detail is { } detail ? $"{detail[..^1]},\"import\":true}}" : """{"import":true}""",
    };

    public static Entry Register(long user, ImportedUser item) => new(Verb.Register, ObjectKind.User, user)
    {
        Actor = user,
        Subject = user,
        At = item.At,
    };

    public static Entry Found(int group, long owner, ImportedGroup item) =>
        new(item.IsCourse ? Verb.FoundCourse : Verb.FoundGroup, item.IsCourse ? ObjectKind.Course : ObjectKind.Group, group)
        {
            Actor = owner,
            Subject = owner,
            Group = item.IsCourse ? null : group,
            Course = item.IsCourse ? group : null,
            At = item.At,
        };

    public static Entry Join(int group, bool isCourse, long owner, long user, DateTime at) =>
        new(isCourse ? Verb.Enrol : Verb.JoinGroup, isCourse ? ObjectKind.Course : ObjectKind.Group, group)
        {
            Actor = user,
            Subject = owner,
            Group = isCourse ? null : group,
            Course = isCourse ? group : null,
            At = at,
        };

    public static Entry Create(KnownPost post, ImportedPost item) => OnPost(Verb.CreatePost, post, item.At) with { Actor = post.Author };

    public static Entry Views(KnownPost post, ImportedPost item) => OnPost(Verb.ImportViews, post, item.At) with { Value = item.Views };

    public static Entry Like(KnownPost post, long user, int kind, DateTime at) => OnPost(Verb.LikePost, post, at) with { Actor = user, Value = kind };

    public static Entry Mark(KnownPost post, DeedKind kind, long user, DateTime at) =>
        OnPost(kind switch { DeedKind.View => Verb.ViewPost, DeedKind.Bookmark => Verb.BookmarkPost, _ => Verb.SharePost }, post, at) with { Actor = user };

    public static Entry Follow(long follower, long followed, DateTime at) => new(Verb.Follow, ObjectKind.User, followed)
    {
        Actor = follower,
        Subject = followed,
        At = at,
    };

    public static Entry LikeComment(KnownComment comment, KnownPost post, long user, int kind, DateTime at) =>
        OnComment(Verb.LikeComment, comment, post, at) with { Actor = user, Value = kind };

    public static Entry Comment(KnownComment comment, KnownPost post, KnownComment? parent, ImportedComment item) =>
        OnComment(parent is null ? Verb.CommentPost : Verb.ReplyComment, comment, post, item.At) with
        {
            Actor = comment.Author,
            Subject = parent?.Author ?? post.Author,
            Detail = parent is { } to
                ? string.Create(CultureInfo.InvariantCulture, $$"""{"post":{{post.Id}},"parent":{{to.Id}},"post_author":{{post.Author}}}""")
                : Detail(post),
        };

    /// <summary>A day's reactions of one kind, which name nobody. They cannot be older than what they are about.</summary>
    public static Entry Reactions(KnownPost post, KnownComment? comment, ReactionTotal total, DateTime notBefore)
    {
        var day = total.Day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
        var at = day < notBefore ? notBefore : day;
        var entry = comment is { } on ? OnComment(Verb.ImportReactions, on, post, at) : OnPost(Verb.ImportReactions, post, at);
        return entry with
        {
            Value = total.Count,
            Detail = comment is null
                ? string.Create(CultureInfo.InvariantCulture, $$"""{"kind":{{total.Kind}}}""")
                : string.Create(CultureInfo.InvariantCulture, $$"""{"post":{{post.Id}},"kind":{{total.Kind}}}"""),
        };
    }

    public static Entry Mention(ImportedMention mention, KnownPost post) => new(Verb.MentionUser, mention.Kind, mention.Object)
    {
        Actor = mention.Author,
        Subject = mention.User,
        Group = post.Group,
        Course = post.Course,
        At = mention.At,
        Detail = mention.Kind == ObjectKind.Comment ? Detail(post) : null,
    };

    private static Entry OnPost(Verb verb, KnownPost post, DateTime at) => new(verb, ObjectKind.Post, post.Id)
    {
        Subject = post.Author,
        Group = post.Group,
        Course = post.Course,
        At = at,
    };

    private static Entry OnComment(Verb verb, KnownComment comment, KnownPost post, DateTime at) => new(verb, ObjectKind.Comment, comment.Id)
    {
        Subject = comment.Author,
        Group = post.Group,
        Course = post.Course,
        At = at,
        Detail = Detail(post),
    };

    private static string Detail(KnownPost post) => string.Create(CultureInfo.InvariantCulture, $$"""{"post":{{post.Id}}}""");
}
