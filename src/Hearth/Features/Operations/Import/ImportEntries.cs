using System.Globalization;
using Hearth.Ledger;

namespace Hearth.Features.Operations.Import;

/// <summary>
/// The ledger's rows of an import: what the features themselves append for the same deeds, at their own times, and marked so that
/// nobody is told of them as news (<see cref="LedgerRow.IsImported"/>).
/// </summary>
internal static class ImportEntries
{
    private const string Mark = """{"import":true}""";

    public static Entry Register(long user, ImportedUser item) => new(Verb.Register, ObjectKind.User, user)
    {
        Actor = user,
        Subject = user,
        At = item.At,
        Detail = Mark,
    };

    public static Entry Found(int group, long owner, ImportedGroup item) =>
        new(item.IsCourse ? Verb.FoundCourse : Verb.FoundGroup, item.IsCourse ? ObjectKind.Course : ObjectKind.Group, group)
        {
            Actor = owner,
            Subject = owner,
            Group = item.IsCourse ? null : group,
            Course = item.IsCourse ? group : null,
            At = item.At,
            Detail = Mark,
        };

    public static Entry Join(int group, bool isCourse, long owner, long user, DateTime at) =>
        new(isCourse ? Verb.Enrol : Verb.JoinGroup, isCourse ? ObjectKind.Course : ObjectKind.Group, group)
        {
            Actor = user,
            Subject = owner,
            Group = isCourse ? null : group,
            Course = isCourse ? group : null,
            At = at,
            Detail = Mark,
        };

    public static Entry Create(KnownPost post, ImportedPost item) => OnPost(Verb.CreatePost, post, item.At) with { Actor = post.Author };

    public static Entry Views(KnownPost post, ImportedPost item) => OnPost(Verb.ImportViews, post, item.At) with { Value = item.Views };

    public static Entry View(KnownPost post, long user, DateTime at) => OnPost(Verb.ViewPost, post, at) with { Actor = user };

    public static Entry Like(KnownPost post, long user, int kind, DateTime at) => OnPost(Verb.LikePost, post, at) with { Actor = user, Value = kind };

    public static Entry LikeComment(KnownComment comment, KnownPost post, long user, int kind, DateTime at) =>
        OnComment(Verb.LikeComment, comment, post, at) with { Actor = user, Value = kind };

    public static Entry Comment(KnownComment comment, KnownPost post, KnownComment? parent, ImportedComment item) =>
        OnComment(parent is null ? Verb.CommentPost : Verb.ReplyComment, comment, post, item.At) with
        {
            Actor = comment.Author,
            Subject = parent?.Author ?? post.Author,
            Detail = parent is { } to
                ? string.Create(CultureInfo.InvariantCulture, $$"""{"post":{{post.Id}},"parent":{{to.Id}},"post_author":{{post.Author}},"import":true}""")
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
                ? string.Create(CultureInfo.InvariantCulture, $$"""{"kind":{{total.Kind}},"import":true}""")
                : string.Create(CultureInfo.InvariantCulture, $$"""{"post":{{post.Id}},"kind":{{total.Kind}},"import":true}"""),
        };
    }

    public static Entry Mention(ImportedMention mention, KnownPost post) => new(Verb.MentionUser, mention.Kind, mention.Object)
    {
        Actor = mention.Author,
        Subject = mention.User,
        Group = post.Group,
        Course = post.Course,
        At = mention.At,
        Detail = mention.Kind == ObjectKind.Comment ? Detail(post) : Mark,
    };

    private static Entry OnPost(Verb verb, KnownPost post, DateTime at) => new(verb, ObjectKind.Post, post.Id)
    {
        Subject = post.Author,
        Group = post.Group,
        Course = post.Course,
        At = at,
        Detail = Mark,
    };

    private static Entry OnComment(Verb verb, KnownComment comment, KnownPost post, DateTime at) => new(verb, ObjectKind.Comment, comment.Id)
    {
        Subject = comment.Author,
        Group = post.Group,
        Course = post.Course,
        At = at,
        Detail = Detail(post),
    };

    private static string Detail(KnownPost post) => string.Create(CultureInfo.InvariantCulture, $$"""{"post":{{post.Id}},"import":true}""");
}
