using Hearth.Ledger;
using Hearth.Tests.Harness;
using Npgsql;

namespace Hearth.Tests.Ledger;

public sealed class FenceTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_reader_up_to_the_horizon_skips_nothing_and_sees_nothing_twice_under_slow_and_aborting_writers()
    {
        await using var node = await LedgerNode.Start(database.Source);
        var read = new List<long>();
        using var written = new CancellationTokenSource();
        var reader = Task.Run(() => Follow(read, written.Token), Ct);

        await Task.WhenAll(Enumerable.Range(1, 12).Select(seed => Task.Run(() => Write(seed, 40), Ct)));
        await written.CancelAsync();
        await reader;

        await using var db = await database.Source.OpenConnectionAsync(Ct);
        var all = new List<long>();
        await using var command = new NpgsqlCommand("select id from ledger order by id", db);
        await using var rows = await command.ExecuteReaderAsync(Ct);
        while (await rows.ReadAsync(Ct))
            all.Add(rows.GetInt64(0));
        Assert.True(all.Count > 300, $"Only {all.Count} rows were committed.");
        Assert.Equal(all, read);
    }

    [Fact]
    public async Task A_writer_that_has_appended_and_not_committed_holds_the_horizon_below_its_rows()
    {
        await using var node = await LedgerNode.Start(database.Source);
        await using var slow = await node.Writes.Begin(Ct);
        var held = await LedgerStore.Append(slow.Db, [new Entry(Verb.LikePost, ObjectKind.Post, 1) { Actor = 1 }], Ct);
        var later = await node.Append(new Entry(Verb.LikePost, ObjectKind.Post, 2) { Actor = 2 });

        await using var db = await database.Source.OpenConnectionAsync(Ct);
        Assert.True(later > held);
        Assert.True(await LedgerStore.Horizon(db, Ct) < held);
        await slow.Commit();
        await node.Tail.Passed(later).WaitAsync(TimeSpan.FromSeconds(30), Ct);
        Assert.True(await LedgerStore.Horizon(db, Ct) >= later);
    }

    [Fact]
    public async Task The_sequence_may_jump_to_a_new_month_while_writers_write()
    {
        await using var node = await LedgerNode.Start(database.Source);
        var clock = new FixedTime(new DateTimeOffset(2031, 5, 3, 0, 0, 0, TimeSpan.Zero));
        var read = new List<long>();
        using var written = new CancellationTokenSource();
        var reader = Task.Run(() => Follow(read, written.Token), Ct);
        var writers = Enumerable.Range(1, 6).Select(seed => Task.Run(() => Write(seed, 25), Ct)).ToList();
        var before = await node.Number("select coalesce(pg_sequence_last_value('ledger_id_seq'), 0)");

        await Task.WhenAll(new Partitions(database.Source, clock).Maintain(Ct), new Partitions(database.Source, clock).Maintain(Ct));
        await Task.WhenAll(writers);
        var position = await node.Append(new Entry(Verb.LikePost, ObjectKind.Post, 1) { Actor = 1 });
        await written.CancelAsync();
        await reader;

        var start = await node.Number("select from_id from ledger_parts where month = '2031-05-01'");
        Assert.True(start > before);
        Assert.True(position > start);
        Assert.Equal(await node.Number("select count(*) from ledger"), read.Count);
        Assert.Equal(read.Order().Distinct(), read);
        Assert.True(await node.Number("select max(to_id) from ledger_parts") > position + Partitions.Size);
    }

    private async Task Write(int seed, int transactions)
    {
        var random = new Random(seed);
        for (var i = 0; i < transactions; i++)
        {
            await using var db = await database.Source.OpenConnectionAsync(Ct);
            await using var transaction = await db.BeginTransactionAsync(Ct);
            for (var inserts = random.Next(1, 4); inserts > 0; inserts--)
            {
                await LedgerStore.Append(
                    db, [.. Enumerable.Range(1, random.Next(1, 4)).Select(n => new Entry(Verb.LikePost, ObjectKind.Post, n) { Actor = seed })], Ct);
                if (random.Next(4) == 0)
                    await Run(db, $"savepoint s; insert into ledger (object_id, verb, object_kind) values (1, 1, 2); rollback to s");
                if (random.Next(5) == 0)
                    await Run(db, $"select pg_sleep({random.Next(1, 60) / 1000.0:0.000})");
            }

            if (random.Next(5) == 0)
                await transaction.RollbackAsync(Ct);
            else
                await transaction.CommitAsync(Ct);
        }
    }

    private static async Task Run(NpgsqlConnection db, string sql)
    {
        await using var command = new NpgsqlCommand(sql, db);
        await command.ExecuteNonQueryAsync(Ct);
    }

    /// <summary>Reads like a projection does: horizon first, rows by a later statement, never back.</summary>
    private async Task Follow(List<long> read, CancellationToken written)
    {
        await using var db = await database.Source.OpenConnectionAsync(Ct);
        var cursor = 0L;
        while (true)
        {
            var ended = written.IsCancellationRequested;
            var horizon = await LedgerStore.Horizon(db, Ct);
            if (horizon > cursor)
            {
                read.AddRange((await LedgerStore.Read(db, cursor, horizon, 1_000_000, Ct)).Select(row => row.Id));
                cursor = horizon;
            }

            if (ended && cursor >= await LedgerStore.Head(db, Ct))
                return;
        }
    }

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
