using Hearth.Ledger;
using Npgsql;

namespace Hearth.Features.Engagement.Boards;

/// <summary>
/// What this node keeps in memory of many people or posts, so that a ranking or a count of all of them needs no scan: read whole
/// once, then only those whom a row of the ledger concerns are read again, at the next look.
/// </summary>
internal abstract class Board
{
    private readonly Lock gate = new();
    private readonly Dictionary<long, long> dirty = [];
    private readonly SemaphoreSlim turn = new(1, 1);
    private long reloadFor = long.MaxValue;

    /// <summary>When somebody looked last, and when it was read whole; in the clock's timestamps.</summary>
    public long LookedAt { get; set; }

    public long LoadedAt { get; private set; }

    /// <summary>How many people or posts are on it.</summary>
    public abstract int Count { get; }

    /// <summary>Marks whom a row concerns.</summary>
    public void Note(LedgerRow row)
    {
        lock (gate)
        {
            var concerned = row.Voided ?? row;
            if (Resets(concerned))
                reloadFor = row.Id;
            foreach (var id in Concerned(concerned))
                dirty[id] = row.Id;
        }
    }

    /// <summary>Brings it up to the tables: what followed from a row is seen once the projection has applied it.</summary>
    public async Task Refresh(NpgsqlDataSource source, TimeProvider time, TimeSpan lifetime, CancellationToken ct)
    {
        await turn.WaitAsync(ct);
        try
        {
            var whole = LoadedAt == 0 || time.GetElapsedTime(LoadedAt) > lifetime;
            Dictionary<long, long> noted;
            lock (gate)
            {
                whole |= reloadFor != long.MaxValue || dirty.Count > MostDirty;
                noted = new Dictionary<long, long>(dirty);
            }

            if (!whole && noted.Count == 0)
                return;
            await using var db = await source.OpenConnectionAsync(ct);
            // First how far the tables are, then what they say: they may be further by then, never less far.
            var applied = FollowsProjection ? await ProjectionStore.Checkpoint(db, "engagement", ct) : long.MaxValue;
            await Read(db, whole ? null : [.. noted.Keys], ct);
            if (whole)
                LoadedAt = time.GetTimestamp();
            Clean(noted, applied, whole);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Whether it reads what the projection writes, rather than the features' own tables.</summary>
    protected virtual bool FollowsProjection => true;

    // Beyond it reading all is the shorter way.
    private static int MostDirty => 50_000;

    protected abstract IEnumerable<long> Concerned(LedgerRow row);

    /// <summary>Whether a row changes all of it.</summary>
    protected virtual bool Resets(LedgerRow row) => false;

    /// <summary>Reads all (null) or some, and keeps what it read.</summary>
    protected abstract Task Read(NpgsqlConnection db, long[]? ids, CancellationToken ct);

    private void Clean(Dictionary<long, long> noted, long applied, bool whole)
    {
        lock (gate)
        {
            if (whole && reloadFor <= applied)
                reloadFor = long.MaxValue;
            foreach (var (id, row) in noted)
            {
                // A row that came meanwhile is still to be looked at.
                if (row <= applied && dirty.TryGetValue(id, out var latest) && latest == row)
                    dirty.Remove(id);
            }
        }
    }
}

/// <summary>One place in a ranking.</summary>
internal readonly record struct Place<T>(long Id, T Value);

/// <summary>A board of values by id, ranked.</summary>
internal abstract class Board<T> : Board
    where T : struct
{
    private const int Kept = 200;

    private readonly Lock gate = new();
    private Dictionary<long, T> values = [];
    private Place<T>[]? top;

    public override int Count
    {
        get
        {
            lock (gate)
                return values.Count;
        }
    }

    /// <summary>Raised whenever a value changes.</summary>
    public long Revision { get; private set; }

    public T? this[long id]
    {
        get
        {
            lock (gate)
                return values.TryGetValue(id, out var value) ? value : null;
        }
    }

    /// <returns>The first places, at most 200; equal ones by id.</returns>
    public IReadOnlyList<Place<T>> Top()
    {
        lock (gate)
            return top ??= Ranked(Kept);
    }

    /// <returns>The value on a place counted from 1; null where there is no such place, as on an empty board.</returns>
    public T? At(int place)
    {
        if (place < 1)
            return null;
        if (place <= Kept)
            return Top() is var ranked && place <= ranked.Count ? ranked[place - 1].Value : null;
        lock (gate)
            return Ranked(place) is { } all && all.Length == place ? all[^1].Value : null;
    }

    /// <summary>Computes something over all values.</summary>
    public TResult Over<TResult>(Func<IReadOnlyDictionary<long, T>, TResult> compute)
    {
        lock (gate)
            return compute(values);
    }

    /// <summary>A number to rank by, the greatest first.</summary>
    protected abstract double Rank(T value);

    /// <returns>The values of all (null) or some; who has none is not among them.</returns>
    protected abstract Task<Dictionary<long, T>> Values(NpgsqlConnection db, long[]? ids, CancellationToken ct);

    /// <summary>For sums that go along.</summary>
    protected virtual void Changed(T? before, T? after)
    {
    }

    protected override async Task Read(NpgsqlConnection db, long[]? ids, CancellationToken ct)
    {
        var read = await Values(db, ids, ct);
        lock (gate)
        {
            Revision++;
            if (ids is null)
                Replace(read);
            else
                Update(ids, read);
        }
    }

    private void Replace(Dictionary<long, T> all)
    {
        foreach (var value in values.Values)
            Changed(value, null);
        values = all;
        foreach (var value in values.Values)
            Changed(null, value);
        top = null;
    }

    private void Update(long[] ids, Dictionary<long, T> read)
    {
        foreach (var id in ids)
        {
            T? before = values.TryGetValue(id, out var old) ? old : null;
            T? after = read.TryGetValue(id, out var value) ? value : null;
            if (EqualityComparer<T?>.Default.Equals(before, after))
                continue;
            Changed(before, after);
            if (after is { } kept)
                values[id] = kept;
            else
                values.Remove(id);
            if (top is not null && (Reaches(before) || Reaches(after)))
                top = null;
        }
    }

    /// <summary>Whether such a value may be among the first places.</summary>
    private bool Reaches(T? value) => value is { } one && (top!.Length < Kept || Rank(one) >= Rank(top[^1].Value));

    private Place<T>[] Ranked(int places)
    {
        var first = new PriorityQueue<Place<T>, (double Rank, long Id)>(places + 1);
        foreach (var (id, value) in values)
        {
            var order = (Rank(value), -id);
            if (first.Count < places)
                first.Enqueue(new Place<T>(id, value), order);
            else
                first.EnqueueDequeue(new Place<T>(id, value), order);
        }

        var ranked = new Place<T>[first.Count];
        for (var i = ranked.Length - 1; i >= 0; i--)
            ranked[i] = first.Dequeue();
        return ranked;
    }
}
