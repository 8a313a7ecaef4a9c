using Hearth.Ledger;
using Npgsql;

namespace Hearth.Realtime;

/// <summary>
/// The ledger's latest rows that lead to live events, of at most a day, in memory: a node that restarts has all its clients come back
/// at once, each asking for much the same. What is older than this node's start is read from the ledger, once for all.
/// </summary>
internal sealed class RecentNews(NpgsqlDataSource source, LiveFeatures features, TimeProvider time)
{
    private const int Most = 20_000;
    private const int MostIds = 200_000;
    private const int RowsPerRead = 2_000;
    private static readonly TimeSpan Reach = TimeSpan.FromHours(24);

    private readonly SemaphoreSlim reading = new(1);
    private readonly Lock gate = new();
    private List<LedgerRow> rows = [];
    private long begin = -1;
    private bool isFull;

    private DateTime Oldest => time.GetUtcNow().UtcDateTime - Reach;

    /// <summary>Takes the rows that follow those before.</summary>
    public void Add(IReadOnlyList<LedgerRow> more, long upTo)
    {
        lock (gate)
        {
            if (begin < 0)
                begin = more.Count > 0 ? more[0].Id - 1 : upTo;
            rows.AddRange(more.Where(features.Knows));
            if (rows.Count > Most)
                Trim(rows.Count - (Most / 2));
        }
    }

    /// <summary>Rows were lost on this node: they are in the ledger.</summary>
    public void Skip(long upTo)
    {
        lock (gate)
        {
            rows = [];
            begin = upTo;
            isFull = false;
        }
    }

    /// <returns>The rows after one position up to another; null when that is too long ago or too much.</returns>
    public async Task<IReadOnlyList<LedgerRow>?> Read(long after, long upTo, CancellationToken ct)
    {
        if (Held(after, upTo) is { } held)
            return held;
        await reading.WaitAsync(ct);
        try
        {
            return await Reaches(after, ct) ? Held(after, upTo) : null;
        }
        finally
        {
            reading.Release();
        }
    }

    private List<LedgerRow>? Held(long after, long upTo)
    {
        lock (gate)
        {
            if (begin < 0 || after < begin)
                return null;
            var start = FirstAfter(after);
            var end = FirstAfter(upTo);
            return start < end && rows[start].At < Oldest ? null : rows[start..end];
        }
    }

    /// <summary>Reads what is before the rows that are held, back to the position.</summary>
    private async Task<bool> Reaches(long after, CancellationToken ct)
    {
        long end;
        lock (gate)
        {
            if (after >= begin)
                return begin >= 0;
            if (isFull || begin - after > MostIds)
                return false;
            end = begin;
        }

        var older = new List<LedgerRow>();
        await using var db = await source.OpenConnectionAsync(ct);
        for (var at = after; at < end;)
        {
            var read = await LedgerStore.Read(db, at, end, RowsPerRead, ct);
            if (read.Count > 0 && read[0].At < Oldest)
                return false;
            older.AddRange(read.Where(features.Knows));
            if (older.Count > Most / 2)
                return false;
            at = read.Count == RowsPerRead ? read[^1].Id : end;
        }

        lock (gate)
        {
            if (begin != end || rows.Count + older.Count > Most)
                return false;
            rows.InsertRange(0, older);
            begin = after;
            return true;
        }
    }

    private void Trim(int count)
    {
        begin = rows[count - 1].Id;
        rows.RemoveRange(0, count);
        // What was let go for want of room is not read again.
        isFull = true;
    }

    private int FirstAfter(long position)
    {
        var low = 0;
        var high = rows.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (rows[middle].Id <= position)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
