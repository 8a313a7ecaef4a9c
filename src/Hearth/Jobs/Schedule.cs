using System.Collections.Concurrent;
using Hearth.Database;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Jobs;

/// <summary>
/// Runs the scheduled jobs. Every node asks the table what is due; an advisory lock held during the run lets one of
/// them do it, and a node that dies lets go of it. A run that fails is made again after its period. A node runs a few at once.
/// </summary>
internal sealed partial class Schedule(
    NpgsqlDataSource source, IEnumerable<ScheduledJob> jobs, HearthOptions options, TimeProvider time, ILogger<Schedule> log) : BackgroundService
{
    // Each run holds a connection and takes more for its work: were all that are due begun at once, as after a long stop,
    // they would hold the whole pool and wait for each other.
    private const int AtOnce = 3;

    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, ScheduledJob> byName = jobs.ToDictionary(job => job.Name, StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Task> running = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim wake = new(0);
    private readonly SemaphoreSlim slots = new(AtOnce);

    /// <summary>Makes a job due now, on whichever node comes first; false when there is none of that name.</summary>
    public async Task<bool> Request(string name, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        var known = await JobStore.Request(db, name, Now, ct);
        wake.Release();
        return known;
    }

    /// <summary>Stops or starts the batch jobs, on all nodes; what runs is not interrupted.</summary>
    public async Task Pause(bool paused, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        await JobStore.Pause(db, paused, ct);
        wake.Release();
    }

    public async Task<IReadOnlyList<JobStatus>> Status(CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        return await JobStore.Status(db, ct);
    }

    /// <summary>Tells the table which jobs there are.</summary>
    public async Task Declare(CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        foreach (var job in byName.Values)
            await JobStore.Declare(db, job, Now, ct);
    }

    /// <summary>Runs what is due and waits for it.</summary>
    public async Task RunDue(CancellationToken ct)
    {
        await StartDue(ct);
        await Task.WhenAll(running.Values);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var declared = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!declared)
                    await Declare(stoppingToken);
                declared = true;
                await StartDue(stoppingToken);
                await wake.WaitAsync(Poll, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (NpgsqlException e)
            {
                Unreadable(log, e);
                await Task.WhenAny(Task.Delay(Poll, stoppingToken));
            }
        }

        await Task.WhenAll(running.Values);
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private async Task StartDue(CancellationToken ct)
    {
        List<string> due;
        await using (var db = await source.OpenConnectionAsync(ct))
            due = await JobStore.Due(db, Now, ct);
        foreach (var name in due)
        {
            if (byName.TryGetValue(name, out var job) && (options.EnableBatchProcessing || !job.IsBatch) && !running.ContainsKey(name))
                running[name] = RunAlone(job, ct);
        }
    }

    private async Task RunAlone(ScheduledJob job, CancellationToken ct)
    {
        // The caller puts the task into the table first.
        await Task.Yield();
        var began = false;
        try
        {
            await slots.WaitAsync(ct);
            began = true;
            // The lock goes with the session.
            await using var session = await OwnSession.Open(source, ct);
            if (await JobStore.TryLock(session.Db, job.Name, ct) && await JobStore.Claim(session.Db, job.Name, Now, ct))
                await Run(session.Db, job, ct);
        }
        catch (Exception e) when (e is NpgsqlException or OperationCanceledException)
        {
            if (!ct.IsCancellationRequested)
                Lost(log, e, job.Name);
        }
        finally
        {
            if (began)
                slots.Release();
            running.TryRemove(job.Name, out _);
        }
    }

    private async Task Run(NpgsqlConnection db, ScheduledJob job, CancellationToken ct)
    {
        var began = time.GetTimestamp();
        var (outcome, message) = await Outcome(job, ct);
        await JobStore.Finish(db, job.Name, time.GetElapsedTime(began), outcome, message);
    }

    private async Task<(string Outcome, string Message)> Outcome(ScheduledJob job, CancellationToken ct)
    {
        try
        {
            return ("succeeded", await job.Run(ct));
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return ("stopped", "The server stopped; another run follows.");
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            Failed(log, e, job.Name);
            return ("failed", e.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The job {Job} failed; it runs again after its period.")]
    private static partial void Failed(ILogger log, Exception e, string job);

    [LoggerMessage(Level = LogLevel.Error, Message = "The job {Job} lost the database.")]
    private static partial void Lost(ILogger log, Exception e, string job);

    [LoggerMessage(Level = LogLevel.Error, Message = "The table of jobs cannot be read; trying again.")]
    private static partial void Unreadable(ILogger log, Exception e);
}
