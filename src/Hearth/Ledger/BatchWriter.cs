using System.Diagnostics.Metrics;
using System.Threading.Channels;
using Npgsql;

namespace Hearth.Ledger;

/// <summary>What a flush made of one item: its result, or why it alone must fail.</summary>
internal readonly record struct Outcome<TResult>(TResult Result, Exception? Failure = null);

/// <summary>
/// Writes the items of many requests in one transaction. Whatever waits when the writer is free becomes one batch: no timer,
/// so a lone request waits for nobody, and under load batches grow by themselves. An item is answered after the commit that holds it.
/// </summary>
/// <remarks>
/// <para>Batches run one after another; only their commits overlap, so that a slow one does not hold up the next batch's statements.
/// What two batches touch is ordered by its locks: a flush takes them in its first statement, and reads in a later one.</para>
/// <para>A batch that fails as a whole (a constraint, a deadlock, a broken connection) is tried again item by item, so that
/// a bad item fails alone. A commit whose outcome a crash hides is reported as failed and not tried again here, for what counts
/// each time would count twice: that is for the client to decide.</para>
/// </remarks>
internal sealed class BatchWriter<TItem, TResult> : IAsyncDisposable
{
    public delegate Task<(IReadOnlyList<Outcome<TResult>> Outcomes, long Position)> Flush(
        NpgsqlConnection db, IReadOnlyList<TItem> items, CancellationToken ct);

    private readonly NpgsqlDataSource source;
    private readonly LedgerSignal signal;
    private readonly Flush flush;
    private readonly int most;
    private readonly int commits;
    private readonly Channel<Waiting> queue;
    private readonly SemaphoreSlim free;
    private readonly Task loop;
    private readonly CancellationTokenSource stopping = new();
    private readonly KeyValuePair<string, object?> tag;

    /// <param name="name">Its name in metrics.</param>
    /// <param name="commits">How many batches may be under way: one runs, the others commit.</param>
    /// <param name="flush">
    /// Writes a batch inside an open transaction and returns one outcome per item, in the items' order, and the greatest
    /// ledger id that it appended (0 when nothing changed).
    /// </param>
    /// <param name="most">The greatest number of items in one batch.</param>
    public BatchWriter(string name, NpgsqlDataSource source, LedgerSignal signal, int commits, Flush flush, int most = 512)
    {
        this.source = source;
        this.signal = signal;
        this.flush = flush;
        this.most = most;
        this.commits = commits;
        tag = new("writer", name);
        free = new SemaphoreSlim(commits);
        // Bounded: a stalled database is back-pressure on the requests, not memory.
        queue = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(16_384) { SingleReader = true });
        loop = Task.Run(Run);
    }

    /// <returns>The item's result and the position of the transaction that holds it (0 when it changed nothing), after the commit.</returns>
    public async Task<(TResult Result, long Position)> Add(TItem item, CancellationToken ct = default)
    {
        var waiting = new Waiting(item);
        if (!queue.Writer.TryWrite(waiting))
            await queue.Writer.WriteAsync(waiting, ct);
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
        queue.Writer.TryComplete();
        // What was accepted is written before the end; a database that is gone must not hold the stop.
        stopping.CancelAfter(TimeSpan.FromSeconds(10));
        await loop;
        for (var i = 0; i < commits; i++)
            await free.WaitAsync();
        stopping.Dispose();
        free.Dispose();
    }

    private async Task Run()
    {
        while (await queue.Reader.WaitToReadAsync())
        {
            await free.WaitAsync();
            var batch = new List<Waiting>();
            while (batch.Count < most && queue.Reader.TryRead(out var waiting))
                batch.Add(waiting);
            await Start(batch);
        }
    }

    /// <summary>Ends when the batch has run and its commit is under way.</summary>
    private async Task Start(List<Waiting> batch)
    {
        Written? written = null;
        try
        {
            written = await Write(batch);
        }
        catch (Exception e)
        {
            await Split(batch, e);
        }

        if (written is null)
            free.Release();
        else
            _ = Finish(batch, written);
    }

    private async Task Finish(List<Waiting> batch, Written written)
    {
        try
        {
            await Commit(batch, written);
        }
        catch (PostgresException e) when (e.SqlState[..2] is "23" or "40")
        {
            // The server says that it took all of it back.
            await Split(batch, e);
        }
        catch (Exception e)
        {
            foreach (var one in batch)
                one.Done.TrySetException(e);
        }
        finally
        {
            free.Release();
        }
    }

    private async Task Split(List<Waiting> batch, Exception failure)
    {
        if (batch.Count == 1)
        {
            batch[0].Done.TrySetException(failure);
            return;
        }

        BatchMetrics.Split.Add(1, tag);
        foreach (var one in batch)
        {
            try
            {
                await Commit([one], await Write([one]));
            }
            catch (Exception e)
            {
                one.Done.TrySetException(e);
            }
        }
    }

    private async Task<Written> Write(List<Waiting> batch)
    {
        var db = await source.OpenConnectionAsync(stopping.Token);
        NpgsqlTransaction? transaction = null;
        try
        {
            transaction = await db.BeginTransactionAsync(stopping.Token);
            var (outcomes, position) = await flush(db, batch.ConvertAll(static one => one.Item), stopping.Token);
            return new Written(db, transaction, outcomes, position);
        }
        catch
        {
            if (transaction is not null)
                await transaction.DisposeAsync();
            await db.DisposeAsync();
            throw;
        }
    }

    private async Task Commit(List<Waiting> batch, Written written)
    {
        await using (written.Db)
        await using (written.Transaction)
            await written.Transaction.CommitAsync(stopping.Token);

        BatchMetrics.Items.Add(batch.Count, tag);
        BatchMetrics.Batches.Add(1, tag);
        if (written.Position > 0)
            signal.Raise(written.Position);
        for (var i = 0; i < batch.Count; i++)
        {
            if (written.Outcomes[i].Failure is { } failure)
                batch[i].Done.TrySetException(failure);
            else
                batch[i].Done.TrySetResult((written.Outcomes[i].Result, written.Position));
        }
    }

    /// <summary>A batch whose statements have run, in its open transaction.</summary>
    private sealed record Written(NpgsqlConnection Db, NpgsqlTransaction Transaction, IReadOnlyList<Outcome<TResult>> Outcomes, long Position);

    private sealed record Waiting(TItem Item)
    {
        // Continuations of hundreds of requests must not run on the writer's loop.
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
