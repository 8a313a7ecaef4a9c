using System.Text.Json.Serialization;
using Hearth.Ledger;
using Hearth.Platform;
using Hearth.Realtime;
using Npgsql;

namespace Hearth.Features.Community;

internal sealed record PostDeleted(long PostId);

internal sealed record PostViewed(long PostId, int Views);

/// <param name="CommentCount">How many comments the post has now; left out when the post is gone as well.</param>
internal sealed record CommentDeleted(
    long CommentId, long PostId, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? CommentCount);

/// <summary>A reaction came, changed or went: the counts now, and whose it is; <c>user_reaction</c> is null when it went.</summary>
internal sealed record ReactionChanged(
    string ContentType, long ObjectId, IReadOnlyList<ReactionCount> ReactionSummary, string? UserReaction, Guid UserId);

/// <summary>The Vent Room's events, and exactly whom the contract names for each.</summary>
internal sealed class CommunityLive(MediaLinks links) : ILiveEvents
{
    public IReadOnlySet<Verb> Verbs { get; } = new HashSet<Verb>
    {
        Verb.CreatePost, Verb.EditPost, Verb.DeletePost, Verb.HidePost, Verb.UnhidePost, Verb.ViewPost,
        Verb.CommentPost, Verb.ReplyComment, Verb.EditComment, Verb.DeleteComment, Verb.HideComment, Verb.UnhideComment,
        Verb.LikePost, Verb.UnlikePost, Verb.LikeComment, Verb.UnlikeComment, Verb.ChangeReaction,
    };

    public static bool IsReaction(Verb verb) =>
        verb is Verb.LikePost or Verb.UnlikePost or Verb.LikeComment or Verb.UnlikeComment or Verb.ChangeReaction;

    public IReadOnlyList<string>? Audience(LedgerRow row)
    {
        var fact = row.Voided ?? row;
        if (fact.Verb == Verb.CreatePost)
            return [Groups.Feed, Groups.User(fact.Actor ?? 0)];
        if (CommentDetail.Post(fact) is not { } post)
            return null;
        if (fact.Kind == ObjectKind.Post && !IsReaction(fact.Verb))
            return [Groups.Post(post), Groups.Feed];
        return [Groups.Post(post), .. People(fact).Distinct().Select(Groups.User)];
    }

    public string? Supersedes(LedgerRow row) => (row.Voided ?? row) is { Verb: Verb.ViewPost } view ? $"views {view.ObjectId}" : null;

    public async Task Compose(NpgsqlConnection db, IReadOnlyList<LedgerRow> rows, ICollection<LiveEvent> events, CancellationToken ct)
    {
        var content = await LiveContent.Read(db, rows, links, ct);
        // Many people's views of a post in one batch are one number: the last row tells it.
        var lastViews = new Dictionary<long, LedgerRow>();
        foreach (var row in rows)
        {
            if ((row.Voided ?? row) is { Verb: Verb.ViewPost } view)
                lastViews[view.ObjectId] = row;
        }

        foreach (var row in rows)
        {
            var fact = row.Voided ?? row;
            if (fact.Verb == Verb.ViewPost && !ReferenceEquals(lastViews[fact.ObjectId], row))
                continue;
            // Voiding takes back what counts; what was written stays, and is hidden or deleted by rows of its own.
            if (row.Voided is not null && fact.Verb != Verb.ViewPost && !IsReaction(fact.Verb))
                continue;
            var made = new List<LiveEvent>();
            Compose(row, fact, content, made);
            foreach (var live in made)
                events.Add(content.ApartFrom(fact) is { } apart ? live with { Except = apart } : live);
        }
    }

    private static void Compose(LedgerRow row, LedgerRow fact, LiveContent content, ICollection<LiveEvent> events)
    {
        switch (fact.Verb)
        {
            case Verb.CreatePost or Verb.UnhidePost when content.Posts.TryGetValue(fact.ObjectId, out var post):
                events.Add(new LiveEvent(row, "new_ventroom_post", post, [Groups.Feed, Groups.User(fact.Subject ?? 0)]));
                break;
            case Verb.EditPost when content.Posts.TryGetValue(fact.ObjectId, out var post):
                events.Add(new LiveEvent(row, "ventroom_post_updated", post, [Groups.Post(fact.ObjectId), Groups.Feed]));
                break;
            case Verb.DeletePost or Verb.HidePost:
                var deleted = Json.Bytes(new PostDeleted(fact.ObjectId));
                events.Add(new LiveEvent(row, "ventroom_post_deleted", deleted, [Groups.Post(fact.ObjectId), Groups.Feed]));
                break;
            case Verb.ViewPost when content.PostCounts.TryGetValue(fact.ObjectId, out var counts):
                var viewed = Json.Bytes(new PostViewed(fact.ObjectId, counts.Views));
                events.Add(new LiveEvent(row, "ventroom_post_view_updated", viewed, [Groups.Post(fact.ObjectId), Groups.Feed]));
                break;
            case Verb.CommentPost or Verb.ReplyComment or Verb.UnhideComment:
                Commented(row, fact, content, events);
                break;
            case Verb.EditComment when content.Comments.TryGetValue(fact.ObjectId, out var comment):
                var edited = Json.Bytes(comment with { PostId = CommentDetail.Post(fact) });
                events.Add(new LiveEvent(row, "ventroom_comment_updated", edited, [Groups.Post(CommentDetail.Post(fact) ?? 0)]));
                break;
            case Verb.DeleteComment or Verb.HideComment:
                var postOf = CommentDetail.Post(fact) ?? 0;
                var gone = Json.Bytes(new CommentDeleted(fact.ObjectId, postOf, content.CommentCount(postOf)));
                events.Add(new LiveEvent(row, "ventroom_comment_deleted", gone, [Groups.Post(postOf)]));
                break;
            default:
                if (IsReaction(fact.Verb))
                    Reacted(row, fact, content, events);
                break;
        }
    }

    private static void Commented(LedgerRow row, LedgerRow fact, LiveContent content, ICollection<LiveEvent> events)
    {
        if (!content.Comments.TryGetValue(fact.ObjectId, out var comment) || CommentDetail.Post(fact) is not { } post)
            return;
        var data = Json.Bytes(comment with { PostId = post, CommentCount = content.CommentCount(post) });
        if (fact.Verb == Verb.UnhideComment)
        {
            events.Add(new LiveEvent(row, "new_ventroom_comment", data, [Groups.Post(post)]));
            return;
        }

        events.Add(new LiveEvent(row, "new_ventroom_comment", data, [Groups.Post(post), Groups.User(fact.Actor ?? 0)]));
        if (fact.Verb == Verb.ReplyComment && fact.Subject is { } answered && answered != fact.Actor)
            events.Add(new LiveEvent(row, "new_reply_on_user_comment", data, [Groups.User(answered)]));
        var owner = fact.Verb == Verb.CommentPost ? fact.Subject : CommentDetail.PostAuthor(fact);
        if (owner is { } author && author != fact.Actor)
            events.Add(new LiveEvent(row, "new_comment_on_user_post", data, [Groups.User(author)]));
    }

    private static void Reacted(LedgerRow row, LedgerRow fact, LiveContent content, ICollection<LiveEvent> events)
    {
        var onPost = fact.Kind == ObjectKind.Post;
        var counts = (onPost ? content.PostCounts : content.CommentCounts).GetValueOrDefault(fact.ObjectId);
        if (counts is null || fact.Actor is not { } actor || !content.People.TryGetValue(actor, out var uuid) || CommentDetail.Post(fact) is not { } post)
            return;
        var kind = row.Voided is not null ? content.Standing.GetValueOrDefault((fact.Kind, fact.ObjectId, actor))
            : fact.Verb is Verb.UnlikePost or Verb.UnlikeComment ? 0 : fact.Value ?? 0;
        var data = Json.Bytes(new ReactionChanged(
            onPost ? "ventpost" : "ventcomment", fact.ObjectId, counts.Reactions, ReactionKinds.Text(kind), uuid));
        events.Add(new LiveEvent(row, "ventroom_reaction_updated", data, [Groups.Post(post), Groups.User(actor)]));
        if (kind != 0 && row.Voided is null && fact.Subject is { } owner && owner != actor)
            events.Add(new LiveEvent(row, onPost ? "new_reaction_on_user_post" : "new_reaction_on_user_comment", data, [Groups.User(owner)]));
    }

    private static IEnumerable<long> People(LedgerRow fact)
    {
        if (fact.Actor is { } actor)
            yield return actor;
        if (fact.Subject is { } subject)
            yield return subject;
        if (CommentDetail.PostAuthor(fact) is { } author)
            yield return author;
    }
}
