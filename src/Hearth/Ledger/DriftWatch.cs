using System.Diagnostics.Metrics;
using Hearth.Database;
using Npgsql;

namespace Hearth.Ledger;

/// <summary>
/// Runs one check after another in the background, on one node of the cluster at a time, and remembers what each found last:
/// the drift figures, which must be 0.
/// </summary>
internal sealed partial class DriftWatch : BackgroundService
{
    private static readonly Meter Meter = new("Hearth.Ledger.Drift");
    private readonly Verification verification;
    private readonly NpgsqlDataSource source;
    private readonly ILogger<DriftWatch> log;
    private readonly Dictionary<string, CheckResult> latest = new(StringComparer.Ordinal);
    private readonly Lock gate = new();

    public DriftWatch(Verification verification, NpgsqlDataSource source, ILogger<DriftWatch> log)
    {
        this.verification = verification;
        this.source = source;
        this.log = log;
        Meter.CreateObservableGauge(
            "hearth_drift_rows",
            () => Latest.Select(result => new Measurement<long>(result.Differences, new KeyValuePair<string, object?>("check", result.Name))));
    }

    /// <summary>Between two checks; a whole round takes this times the number of checks.</summary>
    public static TimeSpan Pause { get; } = TimeSpan.FromMinutes(2);

    /// <summary>What each check found last, on this node.</summary>
    public IReadOnlyList<CheckResult> Latest
    {
        get
        {
            lock (gate)
                return [.. latest.Values.OrderBy(result => result.Name, StringComparer.Ordinal)];
        }
    }

    /// <summary>Runs a check now and remembers what it found, here and for the other nodes.</summary>
    public async Task<CheckResult> Check(string name, CancellationToken ct)
    {
        var result = await verification.Run(name, ct);
        lock (gate)
            latest[name] = result;
        await using (var db = await source.OpenConnectionAsync(ct))
            await DriftStore.Keep(db, result, ct);
        if (result.Differences > 0)
            Drifted(log, name, result.Differences, result.Rows);
        return result;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var next = 0; !stoppingToken.IsCancellationRequested; next++)
        {
            await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stoppingToken.IsCancellationRequested || verification.Names.Count == 0)
                continue;
            try
            {
                await InTurn(verification.Names[next % verification.Names.Count], stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                NotChecked(log, e.Message);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task InTurn(string name, CancellationToken ct)
    {
        // The lock goes with the session.
        await using var session = await OwnSession.Open(source, ct);
        await using var turn = new NpgsqlCommand("select pg_try_advisory_lock(14, 0)", session.Db);
        if ((bool)(await turn.ExecuteScalarAsync(ct))!)
            await Check(name, ct);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Check}: {Differences} of {Rows} rows are not what their source says")]
    private static partial void Drifted(ILogger log, string check, long differences, long rows);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A drift check could not run: {Reason}")]
    private static partial void NotChecked(ILogger log, string reason);
}
