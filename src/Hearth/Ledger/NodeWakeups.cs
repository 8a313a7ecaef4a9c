using Hearth.Database;
using Npgsql;

namespace Hearth.Ledger;

/// <summary>
/// Wakes the tails of other nodes: after this node's tail has seen rows that a commit of this node announced, one NOTIFY
/// per batch, on a connection of its own and never in a write's transaction, where it would take a cluster-wide lock at commit.
/// </summary>
internal sealed partial class NodeWakeups(NpgsqlDataSource source, LedgerSignal signal, ILogger<NodeWakeups> log) : BackgroundService, ITailReader
{
    private const string Channel = "hearth_ledger";

    private readonly string node = Guid.NewGuid().ToString("n");
    private readonly SemaphoreSlim due = new(0, 1);
    private long told;

    public ValueTask Apply(IReadOnlyList<LedgerRow> rows, long upTo, CancellationToken ct)
    {
        if (rows.Count > 0 && signal.Raised > told)
        {
            told = upTo;
            if (due.CurrentCount == 0)
                due.Release();
        }

        return ValueTask.CompletedTask;
    }

    public override void Dispose()
    {
        due.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(KeepOn(Listen, stoppingToken), KeepOn(Tell, stoppingToken));

    private async Task Listen(CancellationToken ct)
    {
        await using var session = await OwnSession.Open(source, ct);
        var db = session.Db;
        db.Notification += (_, e) =>
        {
            if (!string.Equals(e.Payload, node, StringComparison.Ordinal))
                signal.Wake();
        };
        await using (var listen = new NpgsqlCommand($"listen {Channel}", db))
            await listen.ExecuteNonQueryAsync(ct);
        while (true)
            await db.WaitAsync(ct);
    }

    private async Task Tell(CancellationToken ct)
    {
        while (true)
        {
            await due.WaitAsync(ct);
            await using var notify = source.CreateCommand("select pg_notify($1, $2)");
            notify.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Channel });
            notify.Parameters.Add(new NpgsqlParameter<string> { TypedValue = node });
            await notify.ExecuteNonQueryAsync(ct);
        }
    }

    private async Task KeepOn(Func<CancellationToken, Task> work, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await work(ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                Interrupted(log, e.Message);
                await Task.Delay(1_000, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Other nodes are woken by their poll until this is mended: {Reason}")]
    private static partial void Interrupted(ILogger log, string reason);
}
