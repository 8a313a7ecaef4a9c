using Hearth.Ledger;
using Npgsql;

namespace Hearth.Features.Operations.Import;

/// <summary>What one transaction of an import writes: rows with their ids, and the ledger's rows in their order.</summary>
/// <param name="isNews">Whether people may be told of it; an import is no news.</param>
internal sealed class ImportChunk(bool isNews)
{
    private readonly List<(long, ImportedUser)> users = [];
    private readonly List<(int Id, long Owner, ImportedGroup Group)> groups = [];
    private readonly List<(KnownPost, ImportedPost)> posts = [];
    private readonly List<(KnownComment, long? Parent, ImportedComment)> comments = [];
    private readonly List<ImportedMention> mentions = [];
    private readonly Dictionary<DeedKey, ImportDeed> deeds = [];

    // An entry that belongs to a deed is appended only where the deed is new.
    private readonly List<(Entry Entry, ImportDeed? Deed)> entries = [];

    /// <summary>At most as many rows of the ledger.</summary>
    public int Weight { get; private set; }

    /// <summary>Characters of text.</summary>
    public int Length { get; private set; }

    public void Add(long id, ImportedUser user)
    {
        users.Add((id, user));
        Append(ImportEntries.Register(id, user));
    }

    public void Add(int id, long owner, ImportedGroup group)
    {
        groups.Add((id, owner, group));
        Append(ImportEntries.Found(id, owner, group));
    }

    public void Add(KnownPost known, ImportedPost post, IReadOnlyList<ImportedMention> named)
    {
        posts.Add((known, post));
        Length += post.Text.Length;
        Append(ImportEntries.Create(known, post));
        if (post.Views > 0)
            Append(ImportEntries.Views(known, post));
        foreach (var total in post.Reactions)
            Append(ImportEntries.Reactions(known, null, total, post.At));
        Add(named, known);
    }

    public void Add(KnownComment known, KnownPost post, KnownComment? parent, ImportedComment comment, IReadOnlyList<ImportedMention> named)
    {
        comments.Add((known, parent?.Id, comment));
        Length += comment.Text.Length;
        Append(ImportEntries.Comment(known, post, parent, comment));
        foreach (var total in comment.Reactions)
            Append(ImportEntries.Reactions(post, known, total, comment.At));
        Add(named, post);
    }

    /// <returns>Whether it is the first of its kind in this chunk.</returns>
    public bool TryAdd(ImportDeed deed, Entry entry)
    {
        if (!deeds.TryAdd(deed.Key, deed))
            return false;
        entries.Add((entry, deed));
        Weight++;
        return true;
    }

    /// <summary>Writes everything in the open transaction of <paramref name="write"/>; its entries are appended by the commit.</summary>
    /// <returns>The deeds that were there before.</returns>
    public async Task<IReadOnlyList<DeedKey>> Store(Write write, CancellationToken ct)
    {
        var db = write.Db;
        if (users.Count > 0)
            await ImportStore.Users(db, users, ct);
        if (groups.Count > 0)
            await ImportGroups.Store(db, groups, ct);
        if (posts.Count > 0)
            await ImportStore.Posts(db, posts, ct);
        if (comments.Count > 0)
            await ImportStore.Comments(db, comments, ct);
        if (mentions.Count > 0)
            await ImportStore.Mentions(db, mentions, ct);
        var done = await ImportDeeds.Store(db, deeds.Values, ct);
        foreach (var (entry, deed) in entries)
        {
            if (deed is null || done.Contains(deed.Key))
                write.Append(isNews ? entry : ImportEntries.Marked(entry));
        }

        return [.. deeds.Keys.Where(deed => !done.Contains(deed))];
    }

    /// <returns>The deeds that are there before anything is written.</returns>
    public Task<IReadOnlyList<DeedKey>> Existing(NpgsqlConnection db, CancellationToken ct) => ImportDeeds.Existing(db, deeds.Values, ct);

    private void Append(Entry entry)
    {
        entries.Add((entry, null));
        Weight++;
    }

    private void Add(IReadOnlyList<ImportedMention> named, KnownPost post)
    {
        mentions.AddRange(named);
        foreach (var mention in named)
            Append(ImportEntries.Mention(mention, post));
    }
}
