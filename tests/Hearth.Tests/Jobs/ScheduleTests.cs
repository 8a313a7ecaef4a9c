using Hearth.Jobs;
using Hearth.Platform;
using Hearth.Tests.Harness;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Hearth.Tests.Jobs;

public sealed class ScheduleTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly Clock clock = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_job_runs_on_one_node_at_a_time_and_again_after_its_period()
    {
        var job = new Counting("once");
        var nodes = await Nodes(3, job);
        await Task.WhenAll(nodes.Select(node => node.RunDue(Ct)));
        Assert.Equal(1, job.Runs);

        clock.Advance(TimeSpan.FromMinutes(4));
        await Task.WhenAll(nodes.Select(node => node.RunDue(Ct)));
        Assert.Equal(1, job.Runs);

        clock.Advance(TimeSpan.FromMinutes(2));
        await Task.WhenAll(nodes.Select(node => node.RunDue(Ct)));
        Assert.Equal(2, job.Runs);

        var status = await Status(nodes[0], "once");
        Assert.Equal(2, status.Runs);
        Assert.Equal("succeeded", status.Outcome);
        Assert.Equal("run 2", status.Message);
        Assert.Equal(clock.GetUtcNow().UtcDateTime, status.LastRunAt);
        Assert.Equal(clock.GetUtcNow().UtcDateTime.AddMinutes(5), status.NextRunAt);
        Assert.False(status.IsRunning);
    }

    [Fact]
    public async Task A_job_that_runs_is_seen_running_and_not_begun_by_another_node()
    {
        var job = new Counting("slow") { Hold = true };
        var nodes = await Nodes(2, job);
        var first = nodes[0].RunDue(Ct);
        await job.Began.Task.WaitAsync(TimeSpan.FromSeconds(30), Ct);
        clock.Advance(TimeSpan.FromMinutes(6));
        await nodes[1].RunDue(Ct);
        Assert.True((await Status(nodes[1], "slow")).IsRunning);
        job.Go.SetResult();
        await first;
        Assert.Equal(1, job.Runs);
        Assert.False((await Status(nodes[1], "slow")).IsRunning);
    }

    [Fact]
    public async Task A_job_that_fails_says_so_and_runs_again()
    {
        var job = new Counting("fails") { Fails = true };
        var node = (await Nodes(1, job))[0];
        await node.RunDue(Ct);
        var status = await Status(node, "fails");
        Assert.Equal("failed", status.Outcome);
        Assert.Equal("no luck", status.Message);
        clock.Advance(TimeSpan.FromMinutes(5));
        await node.RunDue(Ct);
        Assert.Equal(2, job.Runs);
    }

    [Fact]
    public async Task A_job_can_be_asked_for_before_its_time()
    {
        var job = new Counting("asked");
        var node = (await Nodes(1, job))[0];
        await node.RunDue(Ct);
        Assert.True(await node.Request("asked", Ct));
        Assert.False(await node.Request("nothing of that name", Ct));
        await node.RunDue(Ct);
        Assert.Equal(2, job.Runs);
    }

    [Fact]
    public async Task Stopped_batches_rest_and_other_jobs_go_on()
    {
        var batch = new Counting("batch", isBatch: true);
        var other = new Counting("other");
        var node = (await Nodes(1, batch, other))[0];
        await node.Pause(true, Ct);
        await node.RunDue(Ct);
        Assert.Equal((0, 1), (batch.Runs, other.Runs));
        await node.Pause(false, Ct);
        await node.RunDue(Ct);
        Assert.Equal((1, 1), (batch.Runs, other.Runs));
    }

    [Fact]
    public async Task A_stopped_batch_that_is_asked_for_runs_once()
    {
        var batch = new Counting("asked while stopped", isBatch: true);
        var node = (await Nodes(1, batch))[0];
        await node.Pause(true, Ct);
        Assert.True(await node.Request(batch.Name, Ct));
        Assert.True((await Status(node, batch.Name)).NextRunAt > DateTime.MinValue);
        await node.RunDue(Ct);
        clock.Advance(TimeSpan.FromMinutes(6));
        await node.RunDue(Ct);
        Assert.Equal(1, batch.Runs);
        await node.Pause(false, Ct);
        await node.RunDue(Ct);
        Assert.Equal(2, batch.Runs);
    }

    [Fact]
    public async Task Batches_that_are_switched_off_do_not_run()
    {
        var batch = new Counting("switched off", isBatch: true);
        using var node = Node(new HearthOptions { EnableBatchProcessing = false }, batch);
        await node.Declare(Ct);
        await node.RunDue(Ct);
        Assert.Equal(0, batch.Runs);
    }

    [Fact]
    public async Task Many_jobs_that_are_due_at_once_leave_connections_for_their_work()
    {
        var jobs = Enumerable.Range(0, 30).Select(i => new Counting($"due {i}") { Source = database.Source }).ToArray();
        var node = (await Nodes(1, jobs))[0];
        await node.RunDue(Ct);
        Assert.All(jobs, job => Assert.Equal(1, job.Runs));
        foreach (var status in (await node.Status(Ct)).Where(status => status.Name.StartsWith("due ", StringComparison.Ordinal)))
            Assert.Equal("run 1", status.Message);
    }

    private static async Task<JobStatus> Status(Schedule node, string name) =>
        Assert.Single(await node.Status(Ct), status => string.Equals(status.Name, name, StringComparison.Ordinal));

    private async Task<List<Schedule>> Nodes(int count, params ScheduledJob[] jobs)
    {
        var nodes = Enumerable.Range(0, count).Select(_ => Node(new HearthOptions(), jobs)).ToList();
        foreach (var node in nodes)
            await node.Declare(Ct);
        return nodes;
    }

    private Schedule Node(HearthOptions options, params ScheduledJob[] jobs) => new(database.Source, jobs, options, clock, NullLogger<Schedule>.Instance);

    private sealed class Clock : TimeProvider
    {
        private DateTimeOffset now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => now;

        public void Advance(TimeSpan by) => now += by;
    }

    private sealed class Counting(string name, bool isBatch = false) : ScheduledJob
    {
        private int runs;

        public override string Name => name;

        public override TimeSpan Period => TimeSpan.FromMinutes(5);

        public override bool IsBatch => isBatch;

        public bool Fails { get; init; }

        public bool Hold { get; init; }

        /// <summary>Where it takes a connection for its work.</summary>
        public NpgsqlDataSource? Source { get; init; }

        public int Runs => Volatile.Read(ref runs);

        public TaskCompletionSource Began { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Go { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override async Task<string> Run(CancellationToken ct)
        {
            var run = Interlocked.Increment(ref runs);
            Began.TrySetResult();
            await using var db = Source is null ? null : await Source.OpenConnectionAsync(ct);
            if (Hold)
                await Go.Task.WaitAsync(ct);
            return Fails ? throw new InvalidOperationException("no luck") : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"run {run}");
        }
    }
}
