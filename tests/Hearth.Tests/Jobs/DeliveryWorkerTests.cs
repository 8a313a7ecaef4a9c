using System.Collections.Concurrent;
using System.Globalization;
using Hearth.Jobs;
using Hearth.Tests.Harness;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hearth.Tests.Jobs;

public sealed class DeliveryWorkerTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_enqueued_twice_goes_out_once_and_what_is_rolled_back_never()
    {
        var channel = new Recorder();
        await Enqueue("a", channel);
        await Enqueue("a", channel);
        await using (var db = await database.Source.OpenConnectionAsync(Ct))
        await using (await db.BeginTransactionAsync(Ct))
            Assert.True(await Deliveries.Enqueue(db, "never" + channel.Name, channel.Name, "{}", ct: Ct));

        await Drain(Worker(channel), channel);

        var sent = Assert.Single(channel.Sent);
        Assert.Equal("a" + channel.Name, sent.Key);
        Assert.Equal("""{"text": "a"}""", sent.Payload);
        Assert.Equal(["sent|1|{}"], await database.Rows("select state, attempts, payload from deliveries where channel = $1", channel.Name));
    }

    [Fact]
    public async Task What_a_node_sent_and_did_not_mark_goes_out_again_under_the_same_key()
    {
        var channel = new Recorder();
        await Enqueue("a", channel);
        await using (var db = await database.Source.OpenConnectionAsync(Ct))
            Assert.Single(await DeliveryStore.Lease(db, channel.Name, 10, TimeSpan.FromMinutes(2), Ct));

        // The node that leased it is dead, and its lease still runs.
        var worker = Worker(channel);
        Assert.Equal(0, await worker.Turn(channel, Ct));
        await Pass(channel);
        Assert.Equal(1, await worker.Turn(channel, Ct));

        var again = Assert.Single(channel.Sent);
        Assert.Equal("a" + channel.Name, again.Key);
        Assert.Equal(2, again.Attempt);
        Assert.True(again.OutcomeUnknown);
    }

    [Fact]
    public async Task A_node_whose_lease_ran_out_no_longer_decides()
    {
        var channel = new Recorder();
        await Enqueue("a", channel);
        await using var db = await database.Source.OpenConnectionAsync(Ct);
        var late = Assert.Single(await DeliveryStore.Lease(db, channel.Name, 10, TimeSpan.FromMinutes(2), Ct));
        await Pass(channel);
        Assert.Single(await DeliveryStore.Lease(db, channel.Name, 10, TimeSpan.FromMinutes(2), Ct));

        await DeliveryStore.Dead(db, late, "too late");

        Assert.Equal(["sending|2"], await database.Rows("select state, attempts from deliveries where channel = $1", channel.Name));
    }

    [Fact]
    public async Task A_server_that_is_down_for_an_hour_loses_nothing_and_doubles_nothing()
    {
        var up = false;
        var channel = new Recorder { Answer = _ => up ? Outcome.Sent : throw new IOException("Connection refused") };
        for (var i = 0; i < 20; i++)
            await Enqueue(string.Create(CultureInfo.InvariantCulture, $"{i:00}"), channel);
        var worker = Worker(channel);
        for (var attempt = 1; attempt < Backoff.Attempts; attempt++)
        {
            await Drain(worker, channel);
            await Pass(channel);
        }

        Assert.Empty(channel.Sent);
        up = true;
        await Drain(worker, channel);
        await Pass(channel);
        await Drain(worker, channel);

        Assert.Equal(20, channel.Sent.Count);
        Assert.Equal(20, channel.Sent.Select(delivery => delivery.Key).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(["sent|20"], await database.Rows("select state, count(*) from deliveries where channel = $1 group by 1", channel.Name));
    }

    [Fact]
    public async Task What_never_succeeds_is_given_up_and_can_be_seen()
    {
        var channel = new Recorder { Answer = _ => Outcome.Retry("451 later") };
        await Enqueue("a", channel);
        var worker = Worker(channel);
        for (var attempt = 1; attempt <= Backoff.Attempts + 2; attempt++)
        {
            await worker.Turn(channel, Ct);
            await Pass(channel);
        }

        Assert.Equal(
            [string.Create(CultureInfo.InvariantCulture, $"dead|{Backoff.Attempts}|451 later")],
            await database.Rows("select state, attempts, last_error from deliveries where channel = $1", channel.Name));
    }

    [Fact]
    public async Task What_failed_for_good_is_not_tried_again_and_what_was_not_tried_does_not_count()
    {
        var channel = new Recorder { Answer = delivery => delivery.Key.StartsWith('a') ? Outcome.Dead("550") : Outcome.Later("not so fast", TimeSpan.FromSeconds(30)) };
        await Enqueue("a", channel);
        await Enqueue("b", channel);
        await Drain(Worker(channel), channel);
        Assert.Equal(
            ["dead|1|550", "pending|0|not so fast"],
            await database.Rows("select state, attempts, last_error from deliveries where channel = $1 order by key", channel.Name));
    }

    [Fact]
    public async Task Several_nodes_at_once_send_each_delivery_once()
    {
        var channel = new Recorder { AtOnce = 7 };
        for (var i = 0; i < 200; i++)
            await Enqueue(string.Create(CultureInfo.InvariantCulture, $"{i:000}"), channel);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Drain(Worker(channel), channel)));
        Assert.Equal(200, channel.Sent.Count);
        Assert.Equal(200, channel.Sent.Select(delivery => delivery.Key).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task A_running_worker_sends_what_comes_and_what_is_due_later_waits()
    {
        var channel = new Recorder();
        var signal = new DeliverySignal();
        using var worker = Worker(channel, signal);
        await worker.StartAsync(Ct);
        await Enqueue("later", channel, DateTime.UtcNow.AddHours(1));
        await Enqueue("now", channel);
        signal.Raise();
        Assert.Equal("now" + channel.Name, (await channel.First.Task.WaitAsync(TimeSpan.FromSeconds(30), Ct)).Key);
        await worker.StopAsync(Ct);
        Assert.Equal(["pending|later" + channel.Name], await database.Rows("select state, key from deliveries where channel = $1 and state <> 'sent'", channel.Name));
    }

    [Fact]
    public async Task What_was_not_begun_can_be_taken_back()
    {
        var channel = new Recorder();
        await Enqueue("a", channel);
        await using (var db = await database.Source.OpenConnectionAsync(Ct))
        {
            Assert.True(await Deliveries.Cancel(db, "a" + channel.Name, Ct));
            Assert.False(await Deliveries.Cancel(db, "a" + channel.Name, Ct));
        }

        await Drain(Worker(channel), channel);
        Assert.Empty(channel.Sent);
    }

    [Fact]
    public async Task What_ended_a_month_ago_is_swept()
    {
        var channel = new Recorder { Answer = delivery => delivery.Key.StartsWith("dead", StringComparison.Ordinal) ? Outcome.Dead("550") : Outcome.Sent };
        foreach (var key in new[] { "dead-old", "dead-new", "sent-old", "sent-new" })
            await Enqueue(key, channel);
        await Enqueue("waits-old", channel, DateTime.UtcNow.AddHours(1));
        await Drain(Worker(channel), channel);
        await database.Execute("update deliveries set sent_at = sent_at - interval '31 days', due_at = due_at - interval '31 days' where channel = $1 and state <> 'pending' and key like '%-old%'", channel.Name);

        await new DeliverySweep(database.Source).Run(Ct);

        Assert.Equal(
            ["dead-new", "sent-new", "waits-old"],
            await database.Rows("select replace(key, $1, '') from deliveries where channel = $1 order by key", channel.Name));
    }

    private DeliveryWorker Worker(Recorder channel, DeliverySignal? signal = null) =>
        new(database.Source, [channel], signal ?? new DeliverySignal(), NullLogger<DeliveryWorker>.Instance);

    private async Task Enqueue(string key, Recorder channel, DateTime? dueAt = null)
    {
        await using var db = await database.Source.OpenConnectionAsync(Ct);
        await Deliveries.Enqueue(db, key + channel.Name, channel.Name, $$"""{"text": "{{key}}"}""", dueAt, Ct);
    }

    /// <summary>Until nothing is due.</summary>
    private static async Task Drain(DeliveryWorker worker, Recorder channel)
    {
        while (await worker.Turn(channel, Ct) > 0)
            Ct.ThrowIfCancellationRequested();
    }

    /// <summary>As if the waits and leases of everything unfinished were over.</summary>
    private Task Pass(Recorder channel) =>
        database.Execute("update deliveries set due_at = now() - interval '1 second' where channel = $1 and state in ('pending', 'sending')", channel.Name);

    private sealed class Recorder : IDeliveryChannel
    {
        private static int channels;

        public string Name { get; } = string.Create(CultureInfo.InvariantCulture, $"#{Interlocked.Increment(ref channels)}");

        public int AtOnce { get; init; } = 4;

        public ConcurrentQueue<Delivery> Sent { get; } = new();

        public TaskCompletionSource<Delivery> First { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Func<Delivery, Outcome> Answer { get; init; } = _ => Outcome.Sent;

        public Task<Outcome> Send(Delivery delivery, CancellationToken ct)
        {
            var outcome = Answer(delivery);
            if (ReferenceEquals(outcome, Outcome.Sent))
            {
                Sent.Enqueue(delivery);
                First.TrySetResult(delivery);
            }

            return Task.FromResult(outcome);
        }
    }
}
