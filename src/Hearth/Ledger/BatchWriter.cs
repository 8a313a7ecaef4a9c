using System.Diagnostics.Metrics;
using System.Threading.Channels;
using Npgsql;

namespace Hearth.Ledger;

/// <summary>What a flush made of one item: its result, or why it alone must fail.</summary>
internal readonly record struct Outcome<TResult>(TResult Result, Exception? Failure = null);

/// <summary>
/// Writes the items of many requests in one transaction. Whatever waits when a lane is free becomes one batch: no timer,
/// so a lone request waits for nobody, and under load batches grow by themselves. An item is answered after the commit that holds it.
/// </summary>
/// <remarks>
/// <para>Items with the same lane go in order; two lanes hide a slow commit.</para>
/// <para>A batch that fails as a whole (a constraint, a deadlock, a broken connection) is tried again item by item, so that
/// a bad item fails alone. A commit whose outcome a crash hides is reported as failed: the client's retry is harmless,
/// since every item is idempotent by its own state.</para>
/// </remarks>
internal sealed class BatchWriter<TItem, TResult> : IAsyncDisposable
{
    public delegate Task<(IReadOnlyList<Outcome<TResult>> Outcomes, long Position)> Flush(
        NpgsqlConnection db, IReadOnlyList<TItem> items, CancellationToken ct);

    private readonly NpgsqlDataSource source;
    private readonly LedgerSignal signal;
    private readonly Flush flush;
    private readonly Func<TItem, int> laneOf;
    private readonly int most;
    private readonly Channel<Waiting>[] lanes;
    private readonly Task[] loops;
    private readonly CancellationTokenSource stopping = new();
    private readonly KeyValuePair<string, object?> tag;

    /// <param name="name">Its name in metrics.</param>
    /// <param name="lanes">How many batches may be in flight.</param>
    /// <param name="laneOf">A hash; items with the same one never overtake each other.</param>
    /// <param name="flush">
    /// Writes a batch inside an open transaction and returns one outcome per item, in the items' order, and the greatest
    /// ledger id that it appended (0 when nothing changed).
    /// </param>
    /// <param name="most">The greatest number of items in one batch.</param>
    public BatchWriter(string name, NpgsqlDataSource source, LedgerSignal signal, int lanes, Func<TItem, int> laneOf, Flush flush, int most = 512)
    {
        this.source = source;
        this.signal = signal;
        this.flush = flush;
        this.laneOf = laneOf;
        this.most = most;
        tag = new("writer", name);
        this.lanes = new Channel<Waiting>[lanes];
        loops = new Task[lanes];
        for (var i = 0; i < lanes; i++)
        {
            // Bounded: a stalled database is back-pressure on the requests, not memory.
            var channel = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(16_384) { SingleReader = true });
            this.lanes[i] = channel;
            loops[i] = Task.Run(() => Run(channel.Reader));
        }
    }

    /// <returns>The item's result and the position of the transaction that holds it (0 when it changed nothing), after the commit.</returns>
    public async Task<(TResult Result, long Position)> Add(TItem item, CancellationToken ct = default)
    {
        var waiting = new Waiting(item);
        var lane = lanes[(int)((uint)laneOf(item) % (uint)lanes.Length)];
        if (!lane.Writer.TryWrite(waiting))
            await lane.Writer.WriteAsync(waiting, ct);
        return await waiting.Done.Task;
    }

    /// <summary>Writes one item by the same statements in a transaction of the caller's, which is to commit.</summary>
    public async Task<(TResult Result, long Position)> WriteIn(NpgsqlConnection db, TItem item, CancellationToken ct)
    {
        var (outcomes, position) = await flush(db, [item], ct);
        return outcomes[0].Failure is { } failure ? throw failure : (outcomes[0].Result, position);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var lane in lanes)
            lane.Writer.TryComplete();
        // What was accepted is written before the end; a database that is gone must not hold the stop.
        stopping.CancelAfter(TimeSpan.FromSeconds(10));
        await Task.WhenAll(loops);
        stopping.Dispose();
    }

    private async Task Run(ChannelReader<Waiting> reader)
    {
        var batch = new List<Waiting>(most);
        while (await reader.WaitToReadAsync())
        {
            batch.Clear();
            while (batch.Count < most && reader.TryRead(out var waiting))
                batch.Add(waiting);
            await Write(batch);
        }
    }

    private async Task Write(List<Waiting> batch)
    {
        try
        {
            await Commit(batch);
        }
        catch (Exception e) when (batch.Count > 1)
        {
            BatchMetrics.Split.Add(1, tag);
            _ = e;
            foreach (var one in batch)
                await Write([one]);
        }
        catch (Exception e)
        {
            batch[0].Done.TrySetException(e);
        }
    }

    private async Task Commit(List<Waiting> batch)
    {
        var items = new TItem[batch.Count];
        for (var i = 0; i < items.Length; i++)
            items[i] = batch[i].Item;

        IReadOnlyList<Outcome<TResult>> outcomes;
        long position;
        await using (var db = await source.OpenConnectionAsync(stopping.Token))
        await using (var transaction = await db.BeginTransactionAsync(stopping.Token))
        {
            (outcomes, position) = await flush(db, items, stopping.Token);
            await transaction.CommitAsync(stopping.Token);
        }

        BatchMetrics.Items.Add(items.Length, tag);
        BatchMetrics.Batches.Add(1, tag);
        if (position > 0)
            signal.Raise(position);
        for (var i = 0; i < items.Length; i++)
        {
            if (outcomes[i].Failure is { } failure)
                batch[i].Done.TrySetException(failure);
            else
                batch[i].Done.TrySetResult((outcomes[i].Result, position));
        }
    }

    private sealed record Waiting(TItem Item)
    {
        // Continuations of hundreds of requests must not run on the lane's loop.
        public TaskCompletionSource<(TResult Result, long Position)> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

internal static class BatchMetrics
{
    private static readonly Meter Meter = new("Hearth.Ledger.Writers");

    public static readonly Counter<long> Items = Meter.CreateCounter<long>("hearth_batch_items_total");

    public static readonly Counter<long> Batches = Meter.CreateCounter<long>("hearth_batches_total");

    public static readonly Counter<long> Split = Meter.CreateCounter<long>("hearth_batches_split_total");
}
