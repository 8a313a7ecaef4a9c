using Hearth.Ledger;
using Hearth.Platform;

namespace Hearth.Features.Community;

/// <summary>
/// What this node remembers of posts, lists and readers. The ledger's rows say what is no longer so, for the writes of every
/// node; a write of this node says it at once, so that its caller's next read sees it.
/// </summary>
internal sealed class CommunityCache(Readers readers, TrendingPosts trending) : ITailReader, ICacheHolder
{
    public StripedCache<long, CachedPost> Posts { get; } = new(20_000, lifetime: CacheLifetimes.Content);

    public StripedCache<ListKey, PostList> Lists { get; } = new(4_000, lifetime: CacheLifetimes.Feeds);

    /// <summary>One value, under 0: those who have hidden posts and see lists of their own.</summary>
    public StripedCache<int, IReadOnlySet<long>> HiddenAuthors { get; } = new(2, 1, CacheLifetimes.Feeds);

    public Readers Readers => readers;

    public IReadOnlyList<NodeCache> Caches =>
    [
        new("posts", CacheLifetimes.Content, () => Posts.Figures(post => post.Size), Posts.Clear)
        {
            Forget = user => Posts.RemoveWhere(post => post.Author == user),
            Trim = Posts.Trim,
        },
        new("post_lists", CacheLifetimes.Feeds, () => Lists.Figures(list => 64 + (8 * list.Newest.Length)), Lists.Clear)
        {
            Forget = user => Lists.Remove(ListKey.Author(user)),
            Trim = Lists.Trim,
        },
        new("hidden_authors", CacheLifetimes.Feeds, () => HiddenAuthors.Figures(authors => 64 + (16 * authors.Count)), HiddenAuthors.Clear),
        new("readers", Readers.Lifetime, readers.Figures, readers.Clear) { Forget = readers.Forget },
        new("trending_posts", TrendingPosts.Lifetime, trending.Figures, trending.Renew),
    ];

    public ValueTask Apply(IReadOnlyList<LedgerRow> rows, long upTo, CancellationToken ct)
    {
        foreach (var row in rows)
            Apply(row.Voided ?? row, row.Voided is not null);
        return ValueTask.CompletedTask;
    }

    /// <summary>A post came, went, or is to be seen by others than before.</summary>
    public void Listed(long post, long author, int? group, int? course, int? campaign)
    {
        Changed(post);
        foreach (var key in ListKey.Of(author, group, course, campaign))
            Lists.Remove(key);
        HiddenAuthors.Remove(0);
        trending.Renew();
    }

    /// <summary>A group or course is gone, and its posts belong to none.</summary>
    public void Freed(ListKey key)
    {
        Posts.RemoveWhere(post => key.List == Circle.Group.List ? post.Group == key.Id : post.Course == key.Id);
        Lists.Remove(key);
    }

    /// <summary>The post's text or one of its counters changed.</summary>
    public void Changed(long post) => Posts.Remove(post);

    public void Reacted(long post, long user)
    {
        Changed(post);
        readers.Known(user)?.Forget(post);
    }

    private void Apply(LedgerRow row, bool voided)
    {
        switch (row.Verb)
        {
            case Verb.CreatePost or Verb.DeletePost or Verb.HidePost or Verb.UnhidePost:
                Listed(row.ObjectId, row.Subject ?? row.Actor ?? 0, row.Group, row.Course, row.Campaign);
                break;
            case Verb.EditPost or Verb.ImportReactions or Verb.ImportViews when row.Kind == ObjectKind.Post:
                Changed(row.ObjectId);
                break;
            case Verb.LikePost or Verb.UnlikePost:
            case Verb.ChangeReaction when row.Kind == ObjectKind.Post:
                Reacted(row.ObjectId, row.Actor ?? 0);
                break;
            case Verb.ViewPost:
                Viewed(row, voided);
                break;
            case Verb.CommentPost or Verb.ReplyComment or Verb.DeleteComment or Verb.HideComment or Verb.UnhideComment:
                if (CommentDetail.Post(row) is { } post)
                    Changed(post);
                break;
            case Verb.DeleteGroup:
                Freed(ListKey.Group((int)row.ObjectId));
                break;
            case Verb.DeleteCourse:
                Freed(ListKey.Course((int)row.ObjectId));
                break;
            case Verb.ChangeAccount or Verb.EditProfile:
                // Name and picture are part of a post's finished JSON.
                Posts.RemoveWhere(cached => cached.Author == row.ObjectId);
                break;
        }
    }

    private void Viewed(LedgerRow row, bool voided)
    {
        Changed(row.ObjectId);
        trending.Age();
        var reader = readers.Known(row.Actor ?? 0);
        if (voided)
            reader?.Forget(row.ObjectId);
        else
            reader?.Viewed([row.ObjectId]);
    }
}
