using Hearth.Platform;

namespace Hearth.Features.Community;

/// <summary>
/// A bounded cache that may be trusted to be current: what was loaded before a removal cannot be put after it. A loader takes the
/// <see cref="Version"/> before it reads the database and gives it with what it puts.
/// </summary>
/// <remarks>
/// Each stripe keeps two generations: when the young one is full it becomes the old one, and what is used moves on. With a lifetime nothing
/// is given out that was put longer ago.
/// </remarks>
internal sealed class StripedCache<TKey, TValue>
    where TKey : notnull
    where TValue : class
{
    private readonly Stripe[] stripes;

    public StripedCache(int capacity, int stripes = 64, TimeSpan? lifetime = null)
    {
        this.stripes = new Stripe[stripes];
        var longest = lifetime is { } given ? (long)given.TotalMilliseconds : long.MaxValue;
        for (var i = 0; i < stripes; i++)
            this.stripes[i] = new Stripe(Math.Max(1, capacity / stripes / 2), longest);
    }

    public TValue? Get(TKey key) => Of(key).Get(key);

    /// <summary>Taken before a load whose keys are not known yet.</summary>
    public Versions Snapshot()
    {
        var versions = new long[stripes.Length];
        for (var i = 0; i < versions.Length; i++)
            versions[i] = stripes[i].Version;
        return new Versions(this, versions);
    }

    public long Version(TKey key) => stripes[Index(key)].Version;

    /// <summary>Keeps a value, unless something of its stripe was removed since <paramref name="version"/>.</summary>
    public void Put(TKey key, TValue value, long version) => Of(key).Put(key, value, version);

    /// <returns>The value that is kept now: the given one, or one that was there before.</returns>
    public TValue GetOrAdd(TKey key, Func<TKey, TValue> make) => Of(key).GetOrAdd(key, make);

    public void Remove(TKey key) => Of(key).Remove(key);

    public void RemoveWhere(Func<TValue, bool> condition)
    {
        foreach (var stripe in stripes)
            stripe.RemoveWhere(condition);
    }

    public void Clear()
    {
        foreach (var stripe in stripes)
            stripe.RemoveWhere(static _ => true);
    }

    /// <returns>How many entries were older than they may be, and are gone.</returns>
    public int Trim() => stripes.Sum(stripe => stripe.Trim());

    /// <param name="bytes">About what a value takes.</param>
    public CacheFigures Figures(Func<TValue, long> bytes)
    {
        var sum = default(CacheFigures);
        foreach (var stripe in stripes)
        {
            var one = stripe.Figures(bytes);
            sum = new CacheFigures(sum.Entries + one.Entries, sum.Bytes + one.Bytes, sum.Hits + one.Hits, sum.Misses + one.Misses);
        }

        return sum;
    }

    private Stripe Of(TKey key) => stripes[Index(key)];

    private int Index(TKey key) => (int)((uint)key.GetHashCode() * 0x9E3779B1u % (uint)stripes.Length);

    /// <summary>The versions of all stripes at one moment.</summary>
    public sealed class Versions(StripedCache<TKey, TValue> cache, long[] versions)
    {
        public void Put(TKey key, TValue value) => cache.Put(key, value, versions[cache.Index(key)]);
    }

    private readonly record struct Kept(TValue Value, long At);

    private sealed class Stripe(int most, long lifetime)
    {
        private readonly Lock gate = new();
        private Dictionary<TKey, Kept> young = [];
        private Dictionary<TKey, Kept> old = [];
        private long version;
        private long hits;
        private long misses;

        public long Version => Volatile.Read(ref version);

        public TValue? Get(TKey key)
        {
            lock (gate)
                return Find(key);
        }

        public void Put(TKey key, TValue value, long since)
        {
            lock (gate)
            {
                if (version == since)
                    Keep(key, new Kept(value, Environment.TickCount64));
            }
        }

        public TValue GetOrAdd(TKey key, Func<TKey, TValue> make)
        {
            lock (gate)
            {
                if (Find(key) is { } found)
                    return found;
                var value = make(key);
                Keep(key, new Kept(value, Environment.TickCount64));
                return value;
            }
        }

        public void Remove(TKey key)
        {
            lock (gate)
            {
                version++;
                young.Remove(key);
                old.Remove(key);
            }
        }

        public void RemoveWhere(Func<TValue, bool> condition)
        {
            lock (gate)
            {
                version++;
                foreach (var generation in (Dictionary<TKey, Kept>[])[young, old])
                {
                    foreach (var (key, kept) in generation)
                    {
                        if (condition(kept.Value))
                            generation.Remove(key);
                    }
                }
            }
        }

        public int Trim()
        {
            var gone = 0;
            lock (gate)
            {
                foreach (var generation in (Dictionary<TKey, Kept>[])[young, old])
                {
                    foreach (var (key, kept) in generation)
                    {
                        if (!Holds(kept) && generation.Remove(key))
                            gone++;
                    }
                }
            }

            return gone;
        }

        public CacheFigures Figures(Func<TValue, long> bytes)
        {
            lock (gate)
            {
                var now = Environment.TickCount64;
                long count = 0, sum = 0;
                foreach (var kept in young.Values.Concat(old.Values).Where(kept => now - kept.At <= lifetime))
                {
                    count++;
                    sum += bytes(kept.Value);
                }

                return new CacheFigures(count, sum, hits, misses);
            }
        }

        private TValue? Find(TKey key)
        {
            if (young.TryGetValue(key, out var kept))
            {
                if (Holds(kept))
                    return Hit(kept);
                young.Remove(key);
            }
            else if (old.Remove(key, out kept) && Holds(kept))
            {
                Keep(key, kept);
                return Hit(kept);
            }

            misses++;
            return null;
        }

        private TValue Hit(Kept kept)
        {
            hits++;
            return kept.Value;
        }

        private bool Holds(Kept kept) => lifetime == long.MaxValue || Environment.TickCount64 - kept.At <= lifetime;

        private void Keep(TKey key, Kept kept)
        {
            if (young.Count >= most && !young.ContainsKey(key))
            {
                old = young;
                young = [];
            }

            old.Remove(key);
            young[key] = kept;
        }
    }
}
