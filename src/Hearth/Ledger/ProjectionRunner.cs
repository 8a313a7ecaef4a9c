using System.Diagnostics;
using Hearth.Database;
using Npgsql;

namespace Hearth.Ledger;

/// <summary>
/// Runs one projection: on one node of the cluster at a time (a session's advisory lock), from its checkpoint on. Its writes and the
/// checkpoint commit together, and the checkpoint moves only from where this runner read it: a second runner fails instead of doubling.
/// </summary>
internal sealed partial class ProjectionRunner(
    Projection projection, NpgsqlDataSource source, LedgerTail tail, Rebuilds rebuilds, ILogger<ProjectionRunner> log)
{
    private const int LiveRows = 20_000;
    private const int ReplayRows = 10_000;
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestRest = TimeSpan.FromMilliseconds(400);

    /// <summary>For how long rows that just came wait: their live events are made meanwhile, on the same cores.</summary>
    private static readonly TimeSpan Precedence = TimeSpan.FromMilliseconds(20);

    private readonly Lock gate = new();
    private readonly PriorityQueue<TaskCompletionSource, long> waiting = new();
    private TaskCompletionSource hurry = NewHurry();
    private long position = -1;
    private long hurriedTo = -1;
    private volatile bool leads;

    public Projection Projection => projection;

    /// <summary>Its checkpoint as this node knows it: exact while it leads.</summary>
    public long Position => Volatile.Read(ref position);

    /// <summary>Whether this node runs it now.</summary>
    public bool Leads => leads;

    /// <summary>Ends when the projection has applied everything up to the position, on whichever node runs it. Somebody waits for it: it does not rest.</summary>
    public Task Passed(long target, CancellationToken ct) => Passed(target, hurries: true, ct);

    /// <summary>The same for what follows the projection at its own pace.</summary>
    public Task Followed(long target, CancellationToken ct) => Passed(target, hurries: false, ct);

    private async Task Passed(long target, bool hurries, CancellationToken ct)
    {
        while (Position < target)
        {
            if (leads)
            {
                await Enqueue(target, hurries).WaitAsync(ct);
            }
            else
            {
                Move(await Checkpoint(ct));
                if (Position < target)
                    await Task.Delay(10, ct);
            }
        }
    }

    public async Task Run(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await tail.Started.WaitAsync(ct);
                await using var session = await OwnSession.Open(source, ct);
                if (await Lead(session.Db, ct))
                {
                    leads = true;
                    await Follow(session.Db, ct);
                }

                await Task.Delay(Retry, ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                Interrupted(log, e, projection.Name);
                await Task.Delay(Retry, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            finally
            {
                leads = false;
                Release();
            }
        }
    }

    /// <summary>Takes the lead for as long as the connection lives: the server frees the lock when the node dies.</summary>
    private async Task<bool> Lead(NpgsqlConnection db, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select pg_try_advisory_lock(11, hashtext($1))", db)
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = projection.Name } },
        };
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }

    private async Task Follow(NpgsqlConnection db, CancellationToken ct)
    {
        await rebuilds.BringToVersion(projection, ct);
        projection.Begin();
        Move(await Checkpoint(ct));
        while (true)
        {
            var started = Stopwatch.GetTimestamp();
            var (rows, upTo) = await Next(db, ct);
            if (upTo > Position)
            {
                await Apply(db, rows, upTo, ct);
                Move(upTo);
                await Rest(Company(Stopwatch.GetElapsedTime(started)), ct);
            }
            else
            {
                await tail.Recent.After(Position).WaitAsync(ct);
                await Rest(Precedence, ct);
            }
        }
    }

    /// <summary>
    /// A person or post that many rows are about is written once for all of them: while rows keep coming, a round waits for company, four
    /// times as long as the last one took and never so long that a figure lags by a second.
    /// </summary>
    private static TimeSpan Company(TimeSpan took) => took * 4 < LongestRest ? took * 4 : LongestRest;

    /// <summary>Whoever waits for a position ends the rest.</summary>
    private async Task Rest(TimeSpan time, CancellationToken ct)
    {
        Task hurried;
        lock (gate)
        {
            if (hurriedTo > position)
                return;
            if (hurry.Task.IsCompleted)
                hurry = NewHurry();
            hurried = hurry.Task;
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await Task.WhenAny(hurried, Task.Delay(time, stop.Token));
        await stop.CancelAsync();
        ct.ThrowIfCancellationRequested();
    }

    private async Task<(List<LedgerRow> Rows, long UpTo)> Next(NpgsqlConnection db, CancellationToken ct)
    {
        if (tail.Recent.TryRead(Position, LiveRows, out var recent, out var reached))
            return (recent, reached);
        var horizon = await LedgerStore.Horizon(db, ct);
        var rows = await LedgerStore.Read(db, Position, horizon, ReplayRows, ct);
        return (rows, rows.Count == ReplayRows ? rows[^1].Id : Math.Max(horizon, Position));
    }

    private async Task Apply(NpgsqlConnection db, List<LedgerRow> rows, long upTo, CancellationToken ct)
    {
        await using var transaction = await db.BeginTransactionAsync(ct);
        await ProjectionStore.Advance(db, projection.Name, Position, upTo, rows.Count, ct);
        var afterwards = rows.Count > 0 ? await projection.Live(db, rows, ct) : null;
        await transaction.CommitAsync(ct);
        afterwards?.Invoke();
    }

    private async Task<long> Checkpoint(CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        return await ProjectionStore.Checkpoint(db, projection.Name, ct);
    }

    private Task Enqueue(long target, bool hurries)
    {
        lock (gate)
        {
            if (position >= target || !leads)
                return Task.CompletedTask;
            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting.Enqueue(done, target);
            if (hurries)
            {
                hurriedTo = Math.Max(hurriedTo, target);
                hurry.TrySetResult();
            }

            return done.Task;
        }
    }

    private static TaskCompletionSource NewHurry() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Move(long to)
    {
        List<TaskCompletionSource>? done = null;
        lock (gate)
        {
            position = to;
            while (waiting.TryPeek(out var one, out var target) && target <= to)
            {
                waiting.Dequeue();
                (done ??= []).Add(one);
            }
        }

        done?.ForEach(one => one.TrySetResult());
    }

    /// <summary>Who waited while this node led must look at the stored checkpoint now.</summary>
    private void Release()
    {
        lock (gate)
        {
            while (waiting.TryDequeue(out var one, out _))
                one.TrySetResult();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The projection {Name} was interrupted and goes on from its checkpoint")]
    private static partial void Interrupted(ILogger log, Exception e, string name);
}

/// <summary>All projections of this node.</summary>
internal sealed class Projections(
    IEnumerable<Projection> projections, NpgsqlDataSource source, LedgerTail tail, Rebuilds rebuilds, ILogger<ProjectionRunner> log)
    : BackgroundService
{
    public IReadOnlyList<ProjectionRunner> Runners { get; } =
        [.. projections.Select(projection => new ProjectionRunner(projection, source, tail, rebuilds, log))];

    public ProjectionRunner? Find(string name) =>
        Runners.FirstOrDefault(runner => string.Equals(runner.Projection.Name, name, StringComparison.Ordinal));

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Runners.Select(runner => Task.Run(() => runner.Run(stoppingToken), stoppingToken)));
}
