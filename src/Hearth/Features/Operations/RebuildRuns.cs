using System.Collections.Concurrent;
using Hearth.Ledger;
using Hearth.Platform;

namespace Hearth.Features.Operations;

/// <summary>The rebuilds that requests started on this node; each runs on behind the answer, and its state is shown with the projection.</summary>
internal sealed partial class RebuildRuns(
    Rebuilds rebuilds, IEnumerable<Projection> projections, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<RebuildRuns> log)
{
    private readonly ConcurrentDictionary<string, RebuildView> runs = new(StringComparer.Ordinal);

    public RebuildView? Find(string name) => runs.GetValueOrDefault(name);

    /// <exception cref="Failure">404 for an unknown name, 409 while one runs.</exception>
    public RebuildView Start(string name)
    {
        var projection = projections.FirstOrDefault(one => string.Equals(one.Name, name, StringComparison.Ordinal)) ?? throw Failure.NotFound();
        var run = new RebuildView(name, "running", Now, null, null, null);
        var kept = runs.AddOrUpdate(name, run, (_, before) => before.State == "running" ? before : run);
        if (!ReferenceEquals(kept, run))
            throw Failure.Conflict("A rebuild of this projection is running.");
        _ = Task.Run(() => Run(projection, run));
        return run;
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private async Task Run(Projection projection, RebuildView run)
    {
        try
        {
            var rows = await rebuilds.Rebuild(projection, null, lifetime.ApplicationStopping);
            runs[run.Name] = run with { State = "done", EndedAt = Now, Rows = rows };
        }
        catch (Exception e)
        {
            // The tables are as they were: a rebuild swaps them at its very end.
            Failed(log, e, run.Name);
            runs[run.Name] = run with { State = "failed", EndedAt = Now, Error = e is OperationCanceledException ? "The server stopped." : "See the server's log." };
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The rebuild of {Projection} failed; its tables are as they were.")]
    private static partial void Failed(ILogger log, Exception e, string projection);
}
