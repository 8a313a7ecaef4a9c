using Hearth.Ledger;
using Hearth.Tests.Harness;
using Npgsql;

namespace Hearth.Tests.Ledger;

public sealed class BatchWriterTests(TestDatabase database) : IClassFixture<TestDatabase>, IAsyncLifetime
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await using var command = database.Source.CreateCommand(
            "create table if not exists batch_items (id int primary key, batch bigint not null default pg_current_xact_id()::text::bigint)");
        await command.ExecuteNonQueryAsync();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_batch_with_one_bad_item_fails_for_that_item_only()
    {
        await using var writer = Writer(Insert);
        var adds = Enumerable.Range(0, 200).Select(n => writer.Add(n == 77 ? -1 : 1_000 + n, Ct)).ToList();
        for (var n = 0; n < adds.Count; n++)
        {
            if (n == 77)
                await Assert.ThrowsAsync<PostgresException>(() => adds[77]);
            else
                Assert.Equal(1_000 + n, (await adds[n]).Result);
        }

        Assert.Equal(199, await Count("id between 1000 and 1999"));
    }

    [Fact]
    public async Task Items_that_wait_together_share_a_transaction_and_are_answered_after_its_commit()
    {
        await using var writer = Writer(Insert);
        await Task.WhenAll(Enumerable.Range(2_000, 300).Select(async n =>
        {
            await writer.Add(n, Ct);
            Assert.Equal(1, await Count($"id = {n}"));
        }));
        await using var command = database.Source.CreateCommand("select count(distinct batch) from batch_items where id between 2000 and 2999");
        Assert.InRange((long)(await command.ExecuteScalarAsync(Ct))!, 1, 150);
    }

    [Fact]
    public async Task An_item_that_its_flush_refuses_fails_without_touching_the_others()
    {
        await using var writer = Writer(async (db, items, ct) =>
        {
            var good = items.Where(item => item % 10 != 0).ToList();
            var (_, position) = await Insert(db, good, ct);
            return (
                [.. items.Select(item => item % 10 == 0 ? new Outcome<int>(0, new InvalidOperationException("refused")) : new Outcome<int>(item))],
                position);
        });
        var adds = Enumerable.Range(3_001, 20).ToDictionary(n => n, n => writer.Add(n, Ct));
        foreach (var (n, add) in adds)
        {
            if (n % 10 == 0)
                await Assert.ThrowsAsync<InvalidOperationException>(() => add);
            else
                Assert.Equal(n, (await add).Result);
        }

        Assert.Equal(18, await Count("id between 3001 and 3999"));
    }

    [Fact]
    public async Task Stopping_writes_what_was_accepted()
    {
        var writer = Writer(Insert);
        var adds = Enumerable.Range(4_000, 500).Select(n => writer.Add(n, Ct)).ToList();
        await writer.DisposeAsync();
        await Task.WhenAll(adds);
        Assert.Equal(500, await Count("id between 4000 and 4999"));
    }

    [Fact]
    public async Task The_next_batch_runs_while_the_one_before_it_commits()
    {
        await using var holder = await database.Source.OpenConnectionAsync(Ct);
        await database.Execute(
            """
            create function wait_at_commit() returns trigger language plpgsql as 'begin perform pg_advisory_xact_lock_shared(77); return null; end';
            create constraint trigger slow_commit after insert on batch_items deferrable initially deferred for each row
                   when (new.id between 5000 and 5999) execute function wait_at_commit();
            """);
        await using (var hold = new NpgsqlCommand("select pg_advisory_lock(77)", holder))
            await hold.ExecuteNonQueryAsync(Ct);
        var ran = new TaskCompletionSource();
        await using var writer = Writer((db, items, ct) =>
        {
            if (items.Contains(5_001))
                ran.SetResult();
            return Insert(db, items, ct);
        });
        var first = writer.Add(5_000, Ct);
        while (!await database.Scalar<bool>("select exists (select from pg_locks where locktype = 'advisory' and objid = 77 and not granted)"))
            await Task.Yield();
        var second = writer.Add(5_001, Ct);
        await ran.Task.WaitAsync(TimeSpan.FromSeconds(30), Ct);
        Assert.False(first.IsCompleted);

        await using (var release = new NpgsqlCommand("select pg_advisory_unlock(77)", holder))
            await release.ExecuteNonQueryAsync(Ct);
        await Task.WhenAll(first, second);
        Assert.Equal(2, await Count("id between 5000 and 5999"));
    }

    [Fact]
    public async Task A_commit_whose_outcome_is_unknown_is_not_tried_again()
    {
        await database.Execute(
            """
            create function break_at_commit() returns trigger language plpgsql as 'begin perform pg_terminate_backend(pg_backend_pid()); return null; end';
            create constraint trigger broken_commit after insert on batch_items deferrable initially deferred for each row
                   when (new.id between 6000 and 6999) execute function break_at_commit();
            """);
        var (held, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        var runs = 0;
        await using var writer = Writer(async (db, items, ct) =>
        {
            if (items.Contains(7_000))
            {
                held.SetResult();
                await go.Task;
            }

            if (items.Contains(6_000))
                runs++;
            return await Insert(db, items, ct);
        });
        var first = writer.Add(7_000, Ct);
        await held.Task.WaitAsync(TimeSpan.FromSeconds(30), Ct);
        // They wait together, and so share a batch.
        Task[] broken = [writer.Add(6_000, Ct), writer.Add(6_001, Ct)];
        go.SetResult();
        await first;
        foreach (var one in broken)
            await Assert.ThrowsAnyAsync<NpgsqlException>(() => one);
        Assert.Equal(1, runs);
        Assert.Equal(0, await Count("id between 6000 and 6999"));
    }

    [Fact]
    public async Task An_item_that_the_commit_refuses_fails_alone()
    {
        await database.Execute(
            """
            create function refuse_at_commit() returns trigger language plpgsql as
              'begin raise exception ''no'' using errcode = ''23514''; return null; end';
            create constraint trigger refused_commit after insert on batch_items deferrable initially deferred for each row
                   when (new.id = 8077) execute function refuse_at_commit();
            """);
        await using var writer = Writer(Insert);
        var adds = Enumerable.Range(8_000, 200).ToDictionary(n => n, n => writer.Add(n, Ct));
        foreach (var (n, add) in adds)
        {
            if (n == 8_077)
                await Assert.ThrowsAsync<PostgresException>(() => add);
            else
                await add;
        }

        Assert.Equal(199, await Count("id between 8000 and 8999"));
    }

    private static async Task<(IReadOnlyList<Outcome<int>> Outcomes, long Position)> Insert(NpgsqlConnection db, IReadOnlyList<int> items, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("insert into batch_items (id) select nullif(i, -1) from unnest($1::int[]) i", db)
        {
            Parameters = { new() { Value = items.ToArray() } },
        };
        await command.ExecuteNonQueryAsync(ct);
        return ([.. items.Select(item => new Outcome<int>(item))], 0);
    }

    private BatchWriter<int, int> Writer(BatchWriter<int, int>.Flush flush) =>
        new("test", database.Source, new LedgerSignal(), 2, flush);

    private async Task<long> Count(string where)
    {
        await using var command = database.Source.CreateCommand($"select count(*) from batch_items where {where}");
        return (long)(await command.ExecuteScalarAsync(Ct))!;
    }
}
