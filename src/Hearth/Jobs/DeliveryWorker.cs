using System.Diagnostics.Metrics;
using Npgsql;

namespace Hearth.Jobs;

/// <summary>
/// Works the deliveries table off: leases what is due, sends it by its channel, marks how it went. Any number of nodes
/// do so at once. What was sent but not marked (a crash between the two) is sent again after its lease, with the same key.
/// </summary>
internal sealed partial class DeliveryWorker(
    NpgsqlDataSource source, IEnumerable<IDeliveryChannel> channels, DeliverySignal signal, ILogger<DeliveryWorker> log) : BackgroundService
{
    /// <summary>A send is cut off after this; the lease is twice as long, so that no other node takes what is still under way.</summary>
    public static readonly TimeSpan SendLimit = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Lease = SendLimit * 2;
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    private static readonly Meter Meter = new("Hearth.Jobs");
    private static readonly Counter<long> Attempts = Meter.CreateCounter<long>("hearth_delivery_attempts_total");

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(channels.Select(channel => Serve(channel, stoppingToken)));

    /// <summary>Leases and sends once.</summary>
    /// <returns>How many were due; as many as <see cref="IDeliveryChannel.AtOnce"/> means there may be more.</returns>
    public async Task<int> Turn(IDeliveryChannel channel, CancellationToken ct)
    {
        List<Delivery> due;
        await using (var db = await source.OpenConnectionAsync(ct))
            due = await DeliveryStore.Lease(db, channel.Name, channel.AtOnce, Lease, ct);
        await Task.WhenAll(due.Select(delivery => Attempt(channel, delivery)));
        return due.Count;
    }

    private async Task Serve(IDeliveryChannel channel, CancellationToken ct)
    {
        await Task.Yield();
        while (!ct.IsCancellationRequested)
        {
            var woken = signal.Next;
            try
            {
                if (await Turn(channel, ct) == channel.AtOnce)
                    continue;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                TurnFailed(log, e, channel.Name);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }

            await Task.WhenAny(woken, Task.Delay(Poll, ct));
        }
    }

    private async Task Attempt(IDeliveryChannel channel, Delivery delivery)
    {
        // Not the host's stopping token: what is begun is brought to an end, within the limit.
        using var limit = new CancellationTokenSource(SendLimit);
        var outcome = await Send(channel, delivery, limit.Token);
        Attempts.Add(1, new("channel", channel.Name), new("outcome", ReferenceEquals(outcome, Outcome.Sent) ? "sent" : outcome.IsFinal ? "dead" : "later"));
        await using var db = await source.OpenConnectionAsync(CancellationToken.None);
        if (ReferenceEquals(outcome, Outcome.Sent))
        {
            await DeliveryStore.Sent(db, delivery);
            return;
        }

        var reason = outcome.Reason ?? "";
        if (outcome.IsFinal || (outcome.Counts && delivery.Attempt >= Backoff.Attempts))
        {
            GivenUp(log, channel.Name, delivery.Id, delivery.Attempt, reason);
            await DeliveryStore.Dead(db, delivery, reason);
            return;
        }

        var wait = outcome.After ?? Backoff.After(delivery.Attempt, Random.Shared.NextDouble());
        Failed(log, channel.Name, delivery.Id, delivery.Attempt, reason, wait);
        await DeliveryStore.Later(db, delivery, wait, reason, outcome.Counts);
    }

    private static async Task<Outcome> Send(IDeliveryChannel channel, Delivery delivery, CancellationToken ct)
    {
        // One whose every attempt ends the process is not tried for ever.
        if (delivery.Attempt > Backoff.Attempts)
            return Outcome.Dead("No attempt came to an end.");
        try
        {
            return await channel.Send(delivery, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return Outcome.Retry("Timed out.");
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return Outcome.Retry(e.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Deliveries by {Channel} cannot be read or marked; trying again.")]
    private static partial void TurnFailed(ILogger log, Exception e, string channel);

    [LoggerMessage(Level = LogLevel.Information, Message = "Delivery {Id} by {Channel}: attempt {Attempt} failed ({Reason}); the next in {Wait}.")]
    private static partial void Failed(ILogger log, string channel, long id, int attempt, string reason, TimeSpan wait);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Delivery {Id} by {Channel} is given up after {Attempt} attempts: {Reason}.")]
    private static partial void GivenUp(ILogger log, string channel, long id, int attempt, string reason);
}
