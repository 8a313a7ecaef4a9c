using System.Diagnostics;
using Hearth.Features.Community;
using Hearth.Ledger;
using Npgsql;

namespace Hearth.Features.Operations.Import;

/// <summary>How an import runs.</summary>
/// <param name="Prefix">What the names of the other community's things begin with.</param>
/// <param name="IsNews">Whether people are told of it as of what happens here; only a demonstration is.</param>
internal sealed record ImportRun(string Prefix, bool DryRun, ImportReport Report, Action<long>? Progress = null, bool IsNews = false);

/// <summary>
/// Brings the things of another community in, in the order given: each names only what came before it. Chunk by chunk, each a
/// transaction of its own: an import that was cut short goes on where it was when it is run again.
/// </summary>
internal sealed class CommunityImport : IAsyncDisposable
{
    private const int MostRows = 10_000;
    private const int MostText = 2_000_000;
    private const int PerDraw = 500;

    /// <summary>What a chunk should take; the next one is made smaller or larger. Readers of the ledger wait for a chunk at most this long.</summary>
    private static readonly TimeSpan Aim = TimeSpan.FromMilliseconds(300);

    private readonly Writes writes;
    private readonly TimeProvider time;
    private readonly ImportRun run;
    private readonly KnownRefs known;
    private readonly ImportNames names;
    private readonly NpgsqlConnection db;
    private readonly Dictionary<string, Queue<long>> ids = new(StringComparer.Ordinal);
    private ImportChunk chunk;
    private int budget = 1_000;
    private long done;
    private long unreal;

    private CommunityImport(Writes writes, TimeProvider time, ImportRun run, NpgsqlConnection db, KnownRefs known, ImportNames names)
    {
        this.writes = writes;
        this.time = time;
        this.run = run;
        this.db = db;
        this.known = known;
        this.names = names;
        chunk = new ImportChunk(run.IsNews);
    }

    /// <summary>Brings everything in.</summary>
    /// <exception cref="Platform.StartFailure">Another import runs.</exception>
    public static async Task Run(
        NpgsqlDataSource source, Writes writes, TimeProvider time, ImportRun run, IAsyncEnumerable<ImportItem> items, CancellationToken ct)
    {
        await using var import = await Begin(source, writes, time, run, ct);
        await foreach (var item in items.WithCancellation(ct))
            await import.Add(item, ct);
        await import.Flush(ct);
    }

    private static async Task<CommunityImport> Begin(NpgsqlDataSource source, Writes writes, TimeProvider time, ImportRun run, CancellationToken ct)
    {
        var own = await source.OpenConnectionAsync(ct);
        try
        {
            await using var turn = new NpgsqlCommand("select pg_try_advisory_lock(22, 0)", own);
            if (!(bool)(await turn.ExecuteScalarAsync(ct))!)
                throw new Platform.StartFailure("Another import runs on this database: let it end first.");
            return new CommunityImport(writes, time, run, own, await KnownRefs.Load(own, run.Prefix, ct), await ImportNames.Load(own, ct));
        }
        catch
        {
            await own.DisposeAsync();
            throw;
        }
    }

    /// <summary>Adds one thing, or says in the report why not.</summary>
    private async Task Add(ImportItem item, CancellationToken ct)
    {
        if (item.At > time.GetUtcNow().UtcDateTime.AddMinutes(5))
            run.Report.Skipped(Kind(item), "its time is in the future");
        else if (known.Gone.Contains(item.Ref))
            run.Report.Skipped(Kind(item), "it was removed here since it came");
        else
            await Take(item, ct);
        run.Progress?.Invoke(++done);
        if (chunk.Weight >= budget || chunk.Length >= MostText)
            await Flush(ct);
    }

    /// <summary>Commits what was added.</summary>
    private async Task Flush(CancellationToken ct)
    {
        if (chunk.Weight == 0)
            return;
        var full = chunk;
        chunk = new ImportChunk(run.IsNews);
        if (run.DryRun)
        {
            Repeated(await full.Existing(db, ct));
            return;
        }

        var began = Stopwatch.GetTimestamp();
        await using var write = await writes.Begin(ct);
        Repeated(await full.Store(write, ct));
        await write.Commit();
        var took = Stopwatch.GetElapsedTime(began);
        budget = (int)Math.Clamp(full.Weight * (Aim / took), 100, MostRows / 2);
    }

    public async ValueTask DisposeAsync()
    {
        await using (var turn = new NpgsqlCommand("select pg_advisory_unlock(22, 0)", db))
            await turn.ExecuteNonQueryAsync();
        await db.DisposeAsync();
    }

    private void Repeated(IReadOnlyList<DeedKey> deeds)
    {
        foreach (var deed in deeds)
        {
            run.Report.Imported(Kind(deed.Kind), -1);
            run.Report.AlreadyThere(Kind(deed.Kind));
        }
    }

    private static string Kind(ImportItem item) => item switch
    {
        ImportedUser => "users",
        ImportedGroup { IsCourse: false } => "groups",
        ImportedGroup => "courses",
        ImportedMember => "members",
        ImportedPost => "posts",
        ImportedComment { Parent: null } => "comments",
        ImportedComment => "replies",
        ImportedReaction => "reactions",
        ImportedMark mark => Kind(mark.Kind),
        _ => "follows",
    };

    private static string Kind(DeedKind kind) => kind switch
    {
        DeedKind.JoinGroup or DeedKind.Enrol => "members",
        DeedKind.View => "views",
        DeedKind.Bookmark => "bookmarks",
        DeedKind.Share => "shares",
        DeedKind.Follow => "follows",
        _ => "reactions",
    };

    private Task Take(ImportItem item, CancellationToken ct) => item switch
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
            run.Report.AlreadyThere("users");
            return;
        }

        var name = names.Take(user.Username);
        if (!string.Equals(name, user.Username, StringComparison.Ordinal))
            run.Report.Changed("users got another name: theirs was taken");
        if (user.Email is { } email && !names.TryTakeAddress(email))
        {
            run.Report.Changed("users lost their address: another account has it");
            user = user with { Email = null, EmailVerified = false };
        }

        var id = await Id("users", ct);
        known.Add(user.Ref, id, user.Username);
        chunk.Add(id, user with { Username = name });
        run.Report.Imported("users");
    }

    private async Task Take(ImportedGroup group, CancellationToken ct)
    {
        if (known.Groups.ContainsKey(group.Ref))
        {
            run.Report.AlreadyThere(Kind(group));
        }
        else if (known.Users.TryGetValue(group.Owner, out var owner))
        {
            var id = (int)await Id(group.IsCourse ? "courses" : "groups", ct);
            known.Groups.Add(group.Ref, (id, owner, group.IsCourse));
            chunk.Add(id, owner, group);
            run.Report.Imported(Kind(group));
            Do(DeedKey(id, group.IsCourse, owner), 0, group.At, ImportEntries.Join(id, group.IsCourse, owner, owner, group.At));
        }
        else
        {
            run.Report.Skipped(Kind(group), "its owner is not there");
        }
    }

    private async Task Take(ImportedPost post, CancellationToken ct)
    {
        if (known.Posts.ContainsKey(post.Ref))
        {
            run.Report.AlreadyThere("posts");
        }
        else if (!known.Users.TryGetValue(post.Author, out var author))
        {
            run.Report.Skipped("posts", "their author is not there");
        }
        else
        {
            var here = new KnownPost(await Id("posts", ct), author, Group(post.Group), Group(post.Course));
            known.Add(post.Ref, here);
            var text = post.Title is null ? post.Text : $"{post.Title}\n{post.Text}";
            chunk.Add(here, post, Mentions(ObjectKind.Post, here.Id, here.Id, author, text, post.At));
            Count("posts", post);
            if (post.Views > 0)
                run.Report.Imported("view totals", post.Views);
        }
    }

    private async Task Take(ImportedComment comment, CancellationToken ct)
    {
        if (known.Comments.ContainsKey(comment.Ref))
        {
            run.Report.AlreadyThere(Kind(comment));
        }
        else if (!known.Users.TryGetValue(comment.Author, out var author))
        {
            run.Report.Skipped(Kind(comment), "their author is not there");
        }
        else if (!known.Posts.TryGetValue(comment.Post, out var post))
        {
            run.Report.Skipped(Kind(comment), "their post is not there");
        }
        else if (!Parent(comment, post, out var parent))
        {
            run.Report.Skipped(Kind(comment), "what they reply to is not there");
        }
        else
        {
            var id = await Id("comments", ct);
            var here = new KnownComment(id, author, post.Id, parent?.Root ?? id);
            known.Comments.Add(comment.Ref, here);
            chunk.Add(here, post, parent, comment, Mentions(ObjectKind.Comment, id, post.Id, author, comment.Text, comment.At));
            Count(Kind(comment), comment);
        }
    }

    private Task Take(ImportedMember member)
    {
        if (!known.Groups.TryGetValue(member.Group, out var group))
            run.Report.Skipped("members", "their group or course is not there");
        else if (!known.Users.TryGetValue(member.User, out var user))
            run.Report.Skipped("members", "the person is not there");
        else
            Do(DeedKey(group.Id, group.IsCourse, user), 0, member.At, ImportEntries.Join(group.Id, group.IsCourse, group.Owner, user, member.At));
        return Task.CompletedTask;
    }

    private Task Take(ImportedMark mark)
    {
        if (!known.Posts.TryGetValue(mark.Post, out var post))
            run.Report.Skipped(Kind(mark.Kind), "their post is not there");
        else if (!known.Users.TryGetValue(mark.User, out var user))
            run.Report.Skipped(Kind(mark.Kind), "the person is not there");
        else
            Do(new DeedKey(mark.Kind, post.Id, user), 0, mark.At, ImportEntries.Mark(post, mark.Kind, user, mark.At));
        return Task.CompletedTask;
    }

    private Task Take(ImportedFollow follow)
    {
        if (!known.Users.TryGetValue(follow.Follower, out var follower) || !known.Users.TryGetValue(follow.Followed, out var followed))
            run.Report.Skipped("follows", "the person is not there");
        else if (follower == followed)
            run.Report.Skipped("follows", "nobody follows themselves");
        else
            Do(new DeedKey(DeedKind.Follow, followed, follower), 0, follow.At, ImportEntries.Follow(follower, followed, follow.At));
        return Task.CompletedTask;
    }

    private Task Take(ImportedReaction reaction)
    {
        if (!known.Users.TryGetValue(reaction.User, out var user))
            run.Report.Skipped("reactions", "the person is not there");
        else if (reaction.OnComment && known.Comments.TryGetValue(reaction.Object, out var comment))
            Do(new DeedKey(DeedKind.ReactToComment, comment.Id, user), reaction.Kind, reaction.At,
                ImportEntries.LikeComment(comment, known.PostsById[comment.Post], user, reaction.Kind, reaction.At));
        else if (!reaction.OnComment && known.Posts.TryGetValue(reaction.Object, out var post))
            Do(new DeedKey(DeedKind.ReactToPost, post.Id, user), reaction.Kind, reaction.At, ImportEntries.Like(post, user, reaction.Kind, reaction.At));
        else
            run.Report.Skipped("reactions", "what they are to is not there");
        return Task.CompletedTask;
    }

    private void Do(DeedKey key, int value, DateTime at, Entry entry)
    {
        if (chunk.TryAdd(new ImportDeed(key, value, at), entry))
            run.Report.Imported(Kind(key.Kind));
        else
            run.Report.AlreadyThere(Kind(key.Kind));
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

        run.Report.Imported("mentions", mentions.Count);
        return mentions;
    }

    private void Count(string kind, ImportedText text)
    {
        run.Report.Imported(kind);
        foreach (var total in text.Reactions)
            run.Report.Imported("reaction totals", total.Count);
    }

    /// <summary>Ids are drawn many at a time; what a run does not use stays a gap. A dry run draws none.</summary>
    private async Task<long> Id(string table, CancellationToken ct)
    {
        if (run.DryRun)
            return --unreal;
        if (!ids.TryGetValue(table, out var drawn) || drawn.Count == 0)
            ids[table] = drawn = await ImportStore.DrawIds(db, table, table is "groups" or "courses" ? 1 : PerDraw, ct);
        return drawn.Dequeue();
    }
}
