namespace Hearth.Ledger;

/// <summary>Keeps partitions ahead of the ledger: at start, before a request is served, then every ten minutes.</summary>
internal sealed partial class PartitionWatch(Partitions partitions, ILogger<PartitionWatch> log) : IHostedLifecycleService, IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(10);

    private readonly CancellationTokenSource stopping = new();
    private Task loop = Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken) => partitions.Maintain(cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        loop = Run();
        return Task.CompletedTask;
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await stopping.CancelAsync();
        await loop;
    }

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => stopping.Dispose();

    private async Task Run()
    {
        while (!stopping.IsCancellationRequested)
        {
            await Task.Delay(Period, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stopping.IsCancellationRequested)
                return;
            try
            {
                await partitions.Maintain(stopping.Token);
            }
            catch (Exception e) when (!stopping.IsCancellationRequested)
            {
                // Two partitions are ahead: there is time until the next try.
                NotMaintained(log, e.Message);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The ledger's partitions could not be maintained: {Reason}")]
    private static partial void NotMaintained(ILogger log, string reason);
}
