namespace Hearth.Platform;

/// <summary>What is in a cache, and how often it helped since the start.</summary>
/// <param name="Bytes">About what the entries take.</param>
internal readonly record struct CacheFigures(long Entries, long Bytes, long Hits, long Misses);

/// <summary>One of this node's caches, as administrators see it. The ledger keeps it current; clearing it costs time and changes no answer.</summary>
/// <param name="Name">Its name in status pages.</param>
/// <param name="Lifetime">How long an entry stays at most, whatever the ledger says; null: until the ledger says that it changed.</param>
/// <param name="Figures">How it fares.</param>
/// <param name="Clear">Forgets everything.</param>
internal sealed record NodeCache(string Name, TimeSpan? Lifetime, Func<CacheFigures> Figures, Action Clear)
{
    /// <summary>Forgets what it has of a person; null where it has nothing of any.</summary>
    public Action<long>? Forget { get; init; }

    /// <summary>Lets go of what is older than it may be, and says how much; null where nothing waits for that.</summary>
    public Func<int>? Trim { get; init; }
}

/// <summary>Something that keeps caches.</summary>
internal interface ICacheHolder
{
    IReadOnlyList<NodeCache> Caches { get; }
}

/// <summary>Reads ahead what many will ask for.</summary>
internal interface ICacheWarmth
{
    /// <summary>What it reads.</summary>
    string Name { get; }

    Task Warm(CancellationToken ct);
}

/// <summary>All of this node's caches.</summary>
internal sealed class NodeCaches(IEnumerable<ICacheHolder> holders)
{
    private readonly NodeCache[] all = [.. holders.SelectMany(holder => holder.Caches).OrderBy(cache => cache.Name, StringComparer.Ordinal)];

    public IReadOnlyList<NodeCache> All => all;

    public void Clear()
    {
        foreach (var cache in all)
            cache.Clear();
    }

    public void Forget(long user)
    {
        foreach (var cache in all)
            cache.Forget?.Invoke(user);
    }

    /// <returns>How many entries were older than they may be.</returns>
    public int Trim() => all.Sum(cache => cache.Trim?.Invoke() ?? 0);
}

/// <summary>All that is read ahead on this node. Apart from the caches, which the ledger's tail knows: what reads ahead may wait for the tail.</summary>
internal sealed class NodeWarmth(IEnumerable<ICacheWarmth> warmths)
{
    /// <returns>What was read ahead.</returns>
    public async Task<IReadOnlyList<string>> Warm(CancellationToken ct)
    {
        var warmed = new List<string>();
        foreach (var warmth in warmths)
        {
            await warmth.Warm(ct);
            warmed.Add(warmth.Name);
        }

        return warmed;
    }
}

/// <summary>Counts how often a cache helped.</summary>
internal sealed class HitCount
{
    private long hits;
    private long misses;

    public long Hits => Volatile.Read(ref hits);

    public long Misses => Volatile.Read(ref misses);

    public void Count(bool hit) => Interlocked.Increment(ref hit ? ref hits : ref misses);
}

/// <summary>The contract's lifetimes of what is cached: upper bounds, as the ledger says sooner what has changed.</summary>
internal static class CacheLifetimes
{
    public static readonly TimeSpan Profiles = TimeSpan.FromMinutes(30);
    public static readonly TimeSpan Content = TimeSpan.FromMinutes(30);
    public static readonly TimeSpan Trending = TimeSpan.FromMinutes(15);
    public static readonly TimeSpan Search = TimeSpan.FromMinutes(5);
    public static readonly TimeSpan Feeds = TimeSpan.FromMinutes(5);
    public static readonly TimeSpan Notifications = TimeSpan.FromMinutes(5);
}
