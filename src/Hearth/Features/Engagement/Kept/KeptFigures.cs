using Hearth.Features.Engagement.Boards;
using Hearth.Ledger;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Engagement.Kept;

/// <summary>Which figures: equal for equal answers.</summary>
/// <param name="Name">Of the figures.</param>
/// <param name="Id">Whose.</param>
/// <param name="Days">Of which days, where it is of some; with the last of them, so that a new day asks anew.</param>
internal readonly record struct FigureKey(string Name, long Id, Days Days = default);

/// <summary>Figures that were read.</summary>
/// <param name="Value">What is answered; never changed afterwards.</param>
/// <param name="Rows">How many rows it holds, for what it takes of memory.</param>
/// <param name="Topics">All that it is about; null where that is too much to follow, and it is not kept.</param>
internal sealed record Figures<T>(T Value, int Rows, IReadOnlyCollection<Topic>? Topics)
    where T : class;

/// <summary>
/// What this node keeps of figures until a row of the ledger concerns them, half an hour at most. Figures say up to which row the
/// projection was applied when they were read; they hold while no later row concerned one of their topics. So what was read while the
/// projection had yet to apply such a row is never given out again, and whoever sends a <c>Ledger-Position</c> sees what follows from it.
/// </summary>
internal sealed class KeptFigures(NpgsqlDataSource source, TimeProvider time) : ITailReader, ICacheHolder
{
    private const int MostRows = 100_000;
    private const int BytesPerRow = 100;

    private readonly Lock gate = new();
    private readonly HitCount looks = new();
    // Two generations: a full one becomes the old one, and what is used moves on.
    private Dictionary<FigureKey, Kept> young = [];
    private Dictionary<FigureKey, Kept> old = [];
    private Dictionary<Topic, Mark> marks = [];
    private int rows;
    private long seen;

    public IReadOnlyList<NodeCache> Caches => [new("figures", CacheLifetimes.Profiles, Counted, Clear) { Forget = Forget }];

    public ValueTask Apply(IReadOnlyList<LedgerRow> rows, long upTo, CancellationToken ct)
    {
        lock (gate)
        {
            foreach (var row in marks.Count == 0 ? [] : rows)
            {
                foreach (var topic in Topic.Of(row.Voided ?? row))
                {
                    if (marks.TryGetValue(topic, out var mark))
                        mark.Row = row.Id;
                }
            }

            // Ids that came to nothing concern nobody, and the projection may rest before them.
            seen = rows.Count > 0 ? rows[^1].Id : seen == 0 ? upTo : seen;
        }

        return ValueTask.CompletedTask;
    }

    /// <returns>The figures that are kept, where they hold; else what <paramref name="read"/> reads.</returns>
    public async ValueTask<T> Read<T>(FigureKey key, Func<NpgsqlConnection, Task<Figures<T>>> read, CancellationToken ct)
        where T : class
    {
        var kept = Find(key);
        looks.Count(kept is not null);
        if (kept is not null)
            return (T)kept;
        await using var db = await source.OpenConnectionAsync(ct);
        // First how far the tables are, then what they say: they may be further by then, never less far.
        var applied = await ProjectionStore.Checkpoint(db, "engagement", ct);
        var figures = await read(db);
        Keep(key, figures, applied);
        return figures.Value;
    }

    /// <summary>The same of many, each kept by itself; <paramref name="read"/> reads those that are lacking.</summary>
    /// <returns>By id; without those that are not there.</returns>
    public async ValueTask<Dictionary<long, T>> Read<T>(
        string name, IReadOnlyList<long> ids, Func<NpgsqlConnection, long[], Task<Dictionary<long, Figures<T>>>> read, CancellationToken ct)
        where T : class
    {
        var found = new Dictionary<long, T>(ids.Count);
        foreach (var id in ids)
        {
            if (Find(new FigureKey(name, id)) is { } kept)
                found.Add(id, (T)kept);
        }

        looks.Count(found.Count == ids.Count);
        if (found.Count == ids.Count)
            return found;
        await using var db = await source.OpenConnectionAsync(ct);
        var applied = await ProjectionStore.Checkpoint(db, "engagement", ct);
        foreach (var (id, figures) in await read(db, [.. ids.Where(id => !found.ContainsKey(id))]))
        {
            found.Add(id, figures.Value);
            Keep(new FigureKey(name, id), figures, applied);
        }

        return found;
    }

    private object? Find(FigureKey key)
    {
        lock (gate)
        {
            if (young.TryGetValue(key, out var kept))
                return Holds(kept) ? kept.Value : null;
            if (!old.Remove(key, out kept) || !Holds(kept))
                return null;
            Add(key, kept);
            return kept.Value;
        }
    }

    private bool Holds(Kept kept) =>
        time.GetElapsedTime(kept.At) < CacheLifetimes.Profiles && Array.TrueForAll(kept.Marks, mark => mark.Row <= kept.Applied);

    private void Keep<T>(FigureKey key, Figures<T> figures, long applied)
        where T : class
    {
        if (figures.Topics is not { } topics)
            return;
        var at = time.GetTimestamp();
        // An empty list takes a place, too.
        var rows = 1 + figures.Rows;
        lock (gate)
            Add(key, new Kept(figures.Value, rows, [.. topics.Select(Marked)], applied, at));
    }

    /// <summary>What nobody followed so far may be concerned by any row up to now.</summary>
    private Mark Marked(Topic topic)
    {
        if (!marks.TryGetValue(topic, out var mark))
            marks.Add(topic, mark = new Mark(topic) { Row = seen });
        return mark;
    }

    private bool IsFollowed(Mark mark) => marks.TryGetValue(mark.Topic, out var followed) && followed == mark;

    private void Add(FigureKey key, Kept kept)
    {
        if (rows >= MostRows)
        {
            (old, young, rows) = (young, [], 0);
            marks = old.Values.Append(kept).SelectMany(one => one.Marks).Where(IsFollowed).Distinct().ToDictionary(mark => mark.Topic);
        }

        rows += kept.Rows - (young.TryGetValue(key, out var before) ? before.Rows : 0);
        old.Remove(key);
        young[key] = kept;
    }

    private void Forget(long person)
    {
        lock (gate)
        {
            if (marks.Remove(Topic.Person(person), out var mark))
                mark.Row = long.MaxValue;
        }
    }

    private void Clear()
    {
        lock (gate)
            (young, old, marks, rows) = ([], [], [], 0);
    }

    private CacheFigures Counted()
    {
        lock (gate)
        {
            return new CacheFigures(
                young.Count + old.Count, young.Values.Concat(old.Values).Sum(kept => (long)kept.Rows * BytesPerRow), looks.Hits, looks.Misses);
        }
    }

    /// <summary>The last row that concerned a topic.</summary>
    private sealed class Mark(Topic topic)
    {
        public Topic Topic => topic;

        public long Row { get; set; }
    }

    private sealed record Kept(object Value, int Rows, Mark[] Marks, long Applied, long At);
}
