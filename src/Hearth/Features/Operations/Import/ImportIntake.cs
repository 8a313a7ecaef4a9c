using System.Diagnostics;
using Hearth.Ledger;
using Hearth.Platform;

namespace Hearth.Features.Operations.Import;

/// <summary>Finds what each thing names, gives it its id, and puts it into the chunk that is written next.</summary>
internal sealed class ImportIntake(ImportReport report, KnownRefs known, ImportNames names, ImportIds ids, bool isNews)
{
    public ImportChunk Chunk { get; private set; } = new(isNews);

    /// <returns>The chunk so far; a new one begins.</returns>
    public ImportChunk Next()
    {
        var full = Chunk;
        Chunk = new ImportChunk(isNews);
        return full;
    }

    /// <summary>Takes one thing into the chunk, or says in the report why not.</summary>
    public Task Take(ImportItem item, CancellationToken ct) => item switch
    {
        ImportedUser user => Take(user, ct),
        ImportedGroup group => Take(group, ct),
        ImportedPost post => Take(post, ct),
        ImportedComment comment => Take(comment, ct),
        ImportedMember member => Take(member),
        ImportedReaction reaction => Take(reaction),
        ImportedMark mark => Take(mark),
        ImportedFollow follow => Take(follow),
        _ => throw new UnreachableException(),
    };

    private async Task Take(ImportedUser user, CancellationToken ct)
    {
        if (known.Users.ContainsKey(user.Ref))
        {
            report.AlreadyThere("users");
            return;
        }

        var name = names.Take(user.Username);
        if (!string.Equals(name, user.Username, StringComparison.Ordinal))
            report.Changed("users got another name: theirs was taken");
        if (user.Email is { } email && !names.TryTakeAddress(email))
        {
            report.Changed("users lost their address: another account has it");
            user = user with { Email = null, EmailVerified = false };
        }

        var id = await ids.Next("users", ct);
        known.Add(user.Ref, id, user.Username);
        Chunk.Add(id, user with { Username = name });
        report.Imported("users");
    }

    private async Task Take(ImportedGroup group, CancellationToken ct)
    {
        if (known.Groups.ContainsKey(group.Ref))
        {
            report.AlreadyThere(ImportKinds.Of(group));
        }
        else if (known.Users.TryGetValue(group.Owner, out var owner))
        {
            var id = (int)await ids.Next(group.IsCourse ? "courses" : "groups", ct);
            known.Groups.Add(group.Ref, (id, owner, group.IsCourse));
            Chunk.Add(id, owner, group);
            report.Imported(ImportKinds.Of(group));
            Do(DeedKey(id, group.IsCourse, owner), 0, group.At, ImportEntries.Join(id, group.IsCourse, owner, owner, group.At));
        }
        else
        {
            report.Skipped(ImportKinds.Of(group), "its owner is not there");
        }
    }

    private async Task Take(ImportedPost post, CancellationToken ct)
    {
        if (known.Posts.ContainsKey(post.Ref))
        {
            report.AlreadyThere("posts");
        }
        else if (!known.Users.TryGetValue(post.Author, out var author))
        {
            report.Skipped("posts", "their author is not there");
        }
        else
        {
            var here = new KnownPost(await ids.Next("posts", ct), author, Group(post.Group), Group(post.Course));
            known.Add(post.Ref, here);
            var text = post.Title is null ? post.Text : $"{post.Title}\n{post.Text}";
            Chunk.Add(here, post, Mentions(ObjectKind.Post, here.Id, here.Id, author, text, post.At));
            Count("posts", post);
            if (post.Views > 0)
                report.Imported("view totals", post.Views);
        }
    }

    private async Task Take(ImportedComment comment, CancellationToken ct)
    {
        if (known.Comments.ContainsKey(comment.Ref))
        {
            report.AlreadyThere(ImportKinds.Of(comment));
        }
        else if (!known.Users.TryGetValue(comment.Author, out var author))
        {
            report.Skipped(ImportKinds.Of(comment), "their author is not there");
        }
        else if (!known.Posts.TryGetValue(comment.Post, out var post))
        {
            report.Skipped(ImportKinds.Of(comment), "their post is not there");
        }
        else if (!Parent(comment, post, out var parent))
        {
            report.Skipped(ImportKinds.Of(comment), "what they reply to is not there");
        }
        else
        {
            var id = await ids.Next("comments", ct);
            var here = new KnownComment(id, author, post.Id, parent?.Root ?? id);
            known.Comments.Add(comment.Ref, here);
            Chunk.Add(here, post, parent, comment, Mentions(ObjectKind.Comment, id, post.Id, author, comment.Text, comment.At));
            Count(ImportKinds.Of(comment), comment);
        }
    }

    private Task Take(ImportedMember member)
    {
        if (!known.Groups.TryGetValue(member.Group, out var group))
            report.Skipped("members", "their group or course is not there");
        else if (!known.Users.TryGetValue(member.User, out var user))
            report.Skipped("members", "the person is not there");
        else
            Do(DeedKey(group.Id, group.IsCourse, user), 0, member.At, ImportEntries.Join(group.Id, group.IsCourse, group.Owner, user, member.At));
        return Task.CompletedTask;
    }

    private Task Take(ImportedMark mark)
    {
        if (!known.Posts.TryGetValue(mark.Post, out var post))
            report.Skipped(ImportKinds.Of(mark.Kind), "their post is not there");
        else if (!known.Users.TryGetValue(mark.User, out var user))
            report.Skipped(ImportKinds.Of(mark.Kind), "the person is not there");
        else
            Do(new DeedKey(mark.Kind, post.Id, user), 0, mark.At, ImportEntries.Mark(post, mark.Kind, user, mark.At));
        return Task.CompletedTask;
    }

    private Task Take(ImportedFollow follow)
    {
        if (!known.Users.TryGetValue(follow.Follower, out var follower) || !known.Users.TryGetValue(follow.Followed, out var followed))
            report.Skipped("follows", "the person is not there");
        else if (follower == followed)
            report.Skipped("follows", "nobody follows themselves");
        else
            Do(new DeedKey(DeedKind.Follow, followed, follower), 0, follow.At, ImportEntries.Follow(follower, followed, follow.At));
        return Task.CompletedTask;
    }

    private Task Take(ImportedReaction reaction)
    {
        if (!known.Users.TryGetValue(reaction.User, out var user))
            report.Skipped("reactions", "the person is not there");
        else if (reaction.OnComment && known.Comments.TryGetValue(reaction.Object, out var comment))
            Do(new DeedKey(DeedKind.ReactToComment, comment.Id, user), reaction.Kind, reaction.At,
                ImportEntries.LikeComment(comment, known.PostsById[comment.Post], user, reaction.Kind, reaction.At));
        else if (!reaction.OnComment && known.Posts.TryGetValue(reaction.Object, out var post))
            Do(new DeedKey(DeedKind.ReactToPost, post.Id, user), reaction.Kind, reaction.At, ImportEntries.Like(post, user, reaction.Kind, reaction.At));
        else
            report.Skipped("reactions", "what they are to is not there");
        return Task.CompletedTask;
    }

    private void Do(DeedKey key, int value, DateTime at, Entry entry)
    {
        if (Chunk.TryAdd(new ImportDeed(key, value, at), entry))
            report.Imported(ImportKinds.Of(key.Kind));
        else
            report.AlreadyThere(ImportKinds.Of(key.Kind));
    }

    private static DeedKey DeedKey(int group, bool isCourse, long user) => new(isCourse ? DeedKind.Enrol : DeedKind.JoinGroup, group, user);

    private bool Parent(ImportedComment comment, KnownPost post, out KnownComment? parent)
    {
        parent = null;
        if (comment.Parent is null)
            return true;
        if (!known.Comments.TryGetValue(comment.Parent, out var found) || found.Post != post.Id)
            return false;
        parent = found;
        return true;
    }

    private int? Group(string? name) => name is not null && known.Groups.TryGetValue(name, out var group) ? group.Id : null;

    private List<ImportedMention> Mentions(ObjectKind kind, long id, long post, long author, string text, DateTime at)
    {
        var mentions = new List<ImportedMention>();
        foreach (var found in MentionFinder.Find(text))
        {
            if (known.Names.TryGetValue(ImportNames.Key(found.Name), out var user) && !mentions.Exists(other => other.User == user))
                mentions.Add(new ImportedMention(kind, id, post, author, user, found.Context, at));
        }

        report.Imported("mentions", mentions.Count);
        return mentions;
    }

    private void Count(string kind, ImportedText text)
    {
        report.Imported(kind);
        foreach (var total in text.Reactions)
            report.Imported("reaction totals", total.Count);
    }
}
