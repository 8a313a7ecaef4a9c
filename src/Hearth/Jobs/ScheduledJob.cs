namespace Hearth.Jobs;

/// <summary>Work that is done every so often, by one node at a time. A run that a crash cut short is made again, so it must bear that.</summary>
internal abstract class ScheduledJob
{
    /// <summary>Its name in the table of jobs, in status pages and in commands.</summary>
    public abstract string Name { get; }

    /// <summary>From the beginning of a run to the beginning of the next.</summary>
    public abstract TimeSpan Period { get; }

    /// <summary>Whether it rests while batch processing is stopped, or switched off by <c>ENABLE_BATCH_PROCESSING</c>.</summary>
    public virtual bool IsBatch => false;

    /// <returns>What it did, in a few words, for whoever looks at its status.</returns>
    public abstract Task<string> Run(CancellationToken ct);
}

/// <summary>A job as status pages show it.</summary>
internal sealed record JobStatus(
    string Name,
    TimeSpan Period,
    bool IsBatch,
    bool IsPaused,
    bool IsRunning,
    long Runs,
    DateTime NextRunAt,
    DateTime? LastRunAt,
    long? DurationMs,
    string? Outcome,
    string? Message);
