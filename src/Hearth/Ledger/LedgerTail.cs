using System.Diagnostics;
using System.Diagnostics.Metrics;
using Hearth.Database;
using Npgsql;

namespace Hearth.Ledger;

/// <summary>
/// Follows the ledger on this node: each row once, in order, up to the horizon. It starts at the horizon of its start, so a
/// node sees what happens while it lives. A commit of this node wakes it; another node's NOTIFY does; an idle poll is the floor.
/// </summary>
internal sealed partial class LedgerTail(
    NpgsqlDataSource source,
    LedgerSignal signal,
    IEnumerable<ITailReader> readers,
    ILogger<LedgerTail> log) : BackgroundService
{
    private const int MostRows = 2_000;
    private static readonly TimeSpan IdlePoll = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestRest = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan ShortestRest = TimeSpan.FromMilliseconds(2);
    private static readonly Meter Meter = new("Hearth.Ledger");
    private static readonly Counter<long> RowsSeen = Meter.CreateCounter<long>("hearth_ledger_tail_rows_total");

    private readonly ITailReader[] readers = [.. readers];
    private readonly TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PositionWaiters waiters = new();

    /// <summary>Everything up to here has been seen by this node's readers; -1 before the start.</summary>
    public long Current => waiters.Position;

    /// <summary>Ends once the tail knows where it starts.</summary>
    public Task Started => started.Task;

    /// <summary>The latest rows, for projections that are up to date: they need no query of their own.</summary>
    public RecentRows Recent { get; } = new();

    /// <summary>Ends when this node has seen everything up to the position.</summary>
    public Task Passed(long target) => waiters.Passed(target);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var session = await OwnSession.Open(source, stoppingToken);
                await LedgerStore.PlanOnce(session.Db, stoppingToken);
                await Follow(session.Db, stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // The position stays: the next connection goes on from it.
                Interrupted(log, e.Message);
                await Task.Delay(IdlePoll, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task Follow(NpgsqlConnection db, CancellationToken ct)
    {
        if (Current < 0)
        {
            var start = await LedgerStore.Horizon(db, ct);
            // Nothing yet, but from here on everything.
            foreach (var reader in readers)
                await Tell(reader, [], start, ct);
            waiters.Pass(start);
            Recent.Begin(start);
            started.TrySetResult();
        }

        while (true)
        {
            var started = Stopwatch.GetTimestamp();
            await ReadOn(db, ct);
            if (signal.Raised > Current)
                await Rest(Stopwatch.GetElapsedTime(started), ct);
            else
                await signal.Wait(IdlePoll, ct);
        }
    }

    /// <summary>
    /// A round costs the database as much for one row as for a hundred: where rows keep coming, or are announced and not yet visible,
    /// rounds take at most a fifth of the time, and nobody waits longer than <see cref="LongestRest"/> for it.
    /// </summary>
    private static Task Rest(TimeSpan took, CancellationToken ct)
    {
        var rest = took * 4;
        return Task.Delay(rest < ShortestRest ? ShortestRest : rest < LongestRest ? rest : LongestRest, ct);
    }

    /// <summary>Reads up to the horizon.</summary>
    private async Task ReadOn(NpgsqlConnection db, CancellationToken ct)
    {
        long horizon;
        do
        {
            (horizon, var rows) = await LedgerStore.Next(db, Current, MostRows, ct);
            var upTo = rows.Count == MostRows ? rows[^1].Id : horizon;
            if (upTo <= Current)
                return;
            foreach (var reader in readers)
                await Tell(reader, rows, upTo, ct);
            Recent.Add(rows, upTo);
            RowsSeen.Add(rows.Count);
            waiters.Pass(upTo);
        }
        while (Current < horizon);
    }

    private async ValueTask Tell(ITailReader reader, List<LedgerRow> rows, long upTo, CancellationToken ct)
    {
        try
        {
            await reader.Apply(rows, upTo, ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            // One reader's defect must not stop the others, nor make them see rows twice.
            ReaderFailed(log, e, reader.GetType().Name, upTo);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The ledger's tail was interrupted and goes on from where it was: {Reason}")]
    private static partial void Interrupted(ILogger log, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Reader} failed on rows up to {UpTo}")]
    private static partial void ReaderFailed(ILogger log, Exception e, string reader, long upTo);
}
