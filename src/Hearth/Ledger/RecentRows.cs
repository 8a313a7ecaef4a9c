namespace Hearth.Ledger;

/// <summary>
/// The rows that the tail saw last, in memory: a projection that is up to date takes its rows from here, and one that
/// lags, or starts, reads the table.
/// </summary>
internal sealed class RecentRows
{
    private const int Most = 40_000;

    private readonly Lock gate = new();
    private readonly Queue<(long From, long UpTo, List<LedgerRow> Rows)> batches = new();
    private TaskCompletionSource grown = New();
    private long from = long.MaxValue;
    private long upTo = -1;
    private int count;

    /// <summary>Says where the tail begins: rows after it will come.</summary>
    public void Begin(long position)
    {
        lock (gate)
        {
            from = position;
            upTo = position;
            Grow();
        }
    }

    public void Add(List<LedgerRow> rows, long position)
    {
        lock (gate)
        {
            batches.Enqueue((upTo, position, rows));
            upTo = position;
            count += rows.Count;
            while (count > Most && batches.Count > 1)
            {
                var oldest = batches.Dequeue();
                count -= oldest.Rows.Count;
                from = oldest.UpTo;
            }

            Grow();
        }
    }

    /// <summary>
    /// Rows after a position, in order, and how far they reach. False when the position is older than what is kept,
    /// so that the caller must read the table.
    /// </summary>
    public bool TryRead(long after, int limit, out List<LedgerRow> rows, out long reached)
    {
        rows = [];
        reached = after;
        lock (gate)
        {
            if (after < from || upTo < 0)
                return false;
            foreach (var (_, batchUpTo, batchRows) in batches)
            {
                if (batchUpTo <= after)
                    continue;
                if (rows.Count > 0 && rows.Count + batchRows.Count > limit)
                    break;
                foreach (var row in batchRows)
                {
                    if (row.Id > after)
                        rows.Add(row);
                }

                reached = batchUpTo;
            }

            return true;
        }
    }

    /// <summary>Ends when there is something after the position.</summary>
    public Task After(long position)
    {
        lock (gate)
            return upTo > position ? Task.CompletedTask : grown.Task;
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Grow()
    {
        var done = grown;
        grown = New();
        done.TrySetResult();
    }
}
