namespace Hearth.Features.Community;

/// <summary>
/// A bounded cache that may be trusted to be current: what was loaded before a removal cannot be put after it. A loader takes the
/// <see cref="Version"/> before it reads the database and gives it with what it puts.
/// </summary>
/// <remarks>Each stripe keeps two generations: when the young one is full it becomes the old one, and what is used moves on.</remarks>
internal sealed class StripedCache<TKey, TValue>
    where TKey : notnull
    where TValue : class
{
    private readonly Stripe[] stripes;

    public StripedCache(int capacity, int stripes = 64)
    {
        this.stripes = new Stripe[stripes];
        for (var i = 0; i < stripes; i++)
            this.stripes[i] = new Stripe(Math.Max(1, capacity / stripes / 2));
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

    private Stripe Of(TKey key) => stripes[Index(key)];

    private int Index(TKey key) => (int)((uint)key.GetHashCode() * 0x9E3779B1u % (uint)stripes.Length);

    /// <summary>The versions of all stripes at one moment.</summary>
    public sealed class Versions(StripedCache<TKey, TValue> cache, long[] versions)
    {
        public void Put(TKey key, TValue value) => cache.Put(key, value, versions[cache.Index(key)]);
    }

    private sealed class Stripe(int most)
    {
        private readonly Lock gate = new();
        private Dictionary<TKey, TValue> young = [];
        private Dictionary<TKey, TValue> old = [];
        private long version;

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
                    Keep(key, value);
            }
        }

        public TValue GetOrAdd(TKey key, Func<TKey, TValue> make)
        {
            lock (gate)
            {
                if (Find(key) is { } found)
                    return found;
                var value = make(key);
                Keep(key, value);
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
                foreach (var generation in (Dictionary<TKey, TValue>[])[young, old])
                {
                    foreach (var (key, value) in generation)
                    {
                        if (condition(value))
                            generation.Remove(key);
                    }
                }
            }
        }

        private TValue? Find(TKey key)
        {
            if (young.TryGetValue(key, out var value))
                return value;
            if (!old.Remove(key, out value))
                return null;
            Keep(key, value);
            return value;
        }

        private void Keep(TKey key, TValue value)
        {
            if (young.Count >= most && !young.ContainsKey(key))
            {
                old = young;
                young = [];
            }

            old.Remove(key);
            young[key] = value;
        }
    }
}
