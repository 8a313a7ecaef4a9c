using Hearth.Ledger;
using Npgsql;

namespace Hearth.Features.Health;

/// <summary>Looks at what a request needs: the database, and this node's tail of the ledger. At most once a second.</summary>
internal sealed partial class Readiness(NpgsqlDataSource source, LedgerTail tail, TimeProvider clock, ILogger<Readiness> log)
{
    public const string Ok = "ok";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private Task<HealthView>? latest;
    private long looked;

    public Task<HealthView> Check()
    {
        lock (gate)
        {
            if (latest is null || (latest.IsCompleted && clock.GetElapsedTime(looked) > Fresh))
                (latest, looked) = (Look(), clock.GetTimestamp());
            return latest;
        }
    }

    private async Task<HealthView> Look()
    {
        await Task.Yield();
        var (database, horizon) = await Database();
        var ledger = horizon is { } position ? await Tail(position) : "not known";
        var checks = new Dictionary<string, string>(StringComparer.Ordinal) { ["database"] = database, ["ledger"] = ledger };
        return new HealthView(checks.Values.All(state => state == Ok) ? Ok : "unavailable", checks);
    }

    private async Task<(string State, long? Horizon)> Database()
    {
        try
        {
            using var limit = new CancellationTokenSource(Patience);
            await using var db = await source.OpenConnectionAsync(limit.Token);
            return (Ok, await LedgerStore.Horizon(db, limit.Token));
        }
        catch (Exception e) when (e is NpgsqlException or OperationCanceledException or TimeoutException)
        {
            DatabaseFailed(log, e.Message);
            return ("does not answer", null);
        }
    }

    private async Task<string> Tail(long horizon)
    {
        try
        {
            await tail.Passed(horizon).WaitAsync(Patience);
            return Ok;
        }
        catch (TimeoutException)
        {
            return "stands still";
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Not ready: the database does not answer ({Reason}).")]
    private static partial void DatabaseFailed(ILogger log, string reason);
}
