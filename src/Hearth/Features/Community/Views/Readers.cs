using Hearth.Platform;

namespace Hearth.Features.Community;

/// <summary>
/// What this node knows of one person and the posts they see: viewed or not, which reaction. A view once counted never
/// goes to the database again while it is remembered here.
/// </summary>
internal sealed class Reader(DateTimeOffset since)
{
    private const int Most = 2_000;
    private const byte Known = 0x80;
    private const byte IsViewed = 0x40;
    private const byte IsClaimed = 0x20;
    private const byte Kind = 0x07;

    private readonly Lock gate = new();
    private readonly Dictionary<long, byte> posts = [];
    private int version;

    public DateTimeOffset Since => since;

    /// <summary>Of how many posts something is known.</summary>
    public int Count
    {
        get
        {
            lock (gate)
                return posts.Count;
        }
    }

    /// <summary>Taken before marks are loaded, and given to <see cref="Learn"/> with them.</summary>
    public int Version => Volatile.Read(ref version);

    /// <summary>Fills in the marks that are known.</summary>
    /// <returns>Whether all are.</returns>
    public bool TryFill(ReadOnlySpan<long> ids, Span<Mark> marks)
    {
        lock (gate)
        {
            for (var i = 0; i < ids.Length; i++)
            {
                if (!posts.TryGetValue(ids[i], out var bits) || (bits & Known) == 0)
                    return false;
                marks[i] = new Mark((bits & IsViewed) != 0, (byte)(bits & Kind));
            }

            return true;
        }
    }

    /// <summary>Remembers loaded marks, unless one was forgotten since.</summary>
    public void Learn(ReadOnlySpan<long> ids, ReadOnlySpan<Mark> marks, int since)
    {
        lock (gate)
        {
            if (version != since)
                return;
            if (posts.Count + ids.Length > Most)
                posts.Clear();
            for (var i = 0; i < ids.Length; i++)
            {
                var claimed = posts.GetValueOrDefault(ids[i]) & IsClaimed;
                posts[ids[i]] = (byte)(Known | claimed | (marks[i].Viewed ? IsViewed : 0) | marks[i].Reaction);
            }
        }
    }

    /// <returns>The posts whose view is neither counted nor on its way; they are on their way from now on.</returns>
    public long[] Claim(ReadOnlySpan<long> ids)
    {
        var claimed = 0;
        Span<long> fresh = ids.Length <= 128 ? stackalloc long[ids.Length] : new long[ids.Length];
        lock (gate)
        {
            foreach (var id in ids)
            {
                var bits = posts.GetValueOrDefault(id);
                if ((bits & (IsViewed | IsClaimed)) != 0)
                    continue;
                posts[id] = (byte)(bits | IsClaimed);
                fresh[claimed++] = id;
            }
        }

        return claimed == 0 ? [] : fresh[..claimed].ToArray();
    }

    /// <summary>Their views are counted.</summary>
    public void Viewed(ReadOnlySpan<long> ids)
    {
        lock (gate)
        {
            foreach (var id in ids)
            {
                if (posts.TryGetValue(id, out var bits))
                    posts[id] = (byte)((bits & ~IsClaimed) | IsViewed);
            }
        }
    }

    /// <summary>Their views were not counted: the next look tries again.</summary>
    public void Release(ReadOnlySpan<long> ids)
    {
        lock (gate)
        {
            foreach (var id in ids)
            {
                if (posts.TryGetValue(id, out var bits))
                    posts[id] = (byte)(bits & ~IsClaimed);
            }
        }
    }

    /// <summary>What is known of the post is no longer so.</summary>
    public void Forget(long id)
    {
        lock (gate)
        {
            version++;
            posts.Remove(id);
        }
    }
}

/// <summary>The people whom this node served in the last 24 hours.</summary>
internal sealed class Readers(TimeProvider time)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    private const int Most = 20_000;

    private readonly StripedCache<long, Reader> cache = new(Most);

    public Reader Of(long user)
    {
        var reader = cache.GetOrAdd(user, New);
        if (time.GetUtcNow() - reader.Since < Lifetime)
            return reader;
        cache.Remove(user);
        return cache.GetOrAdd(user, New);
    }

    /// <returns>What is known of them; null when this node has not served them.</returns>
    public Reader? Known(long user) => cache.Get(user);

    public CacheFigures Figures() => cache.Figures(reader => 96 + (24 * reader.Count));

    public void Clear() => cache.Clear();

    public void Forget(long user) => cache.Remove(user);

    private Reader New(long user) => new(time.GetUtcNow());
}
