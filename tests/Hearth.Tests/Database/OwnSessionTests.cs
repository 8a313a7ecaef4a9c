using Hearth.Database;
using Hearth.Tests.Harness;
using Npgsql;

namespace Hearth.Tests.Database;

public sealed class OwnSessionTests(HearthApp app) : IClassFixture<HearthApp>
{
    [Fact]
    public async Task What_a_session_holds_is_free_once_it_ends_however_it_ends()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var source = TestDatabase.Pool(app.Db.ConnectionString);
        await using (var session = await OwnSession.Open(source, ct))
        {
            Assert.True(await Ask(session.Db, "select pg_try_advisory_lock(99, 1)"));
            await using var set = new NpgsqlCommand("set search_path = pg_catalog", session.Db);
            await set.ExecuteNonQueryAsync(ct);
            // A statement that fails leaves the lock held.
            await Assert.ThrowsAsync<PostgresException>(() => Ask(session.Db, "select 1 / 0 = 1"));
        }

        // Two sessions at once: at least one of them is not the one that held it.
        await using var one = await source.OpenConnectionAsync(ct);
        await using var other = await source.OpenConnectionAsync(ct);
        Assert.True(await Ask(other, "select not exists (select from pg_locks where locktype = 'advisory' and classid = 99)"));
        Assert.True(await Ask(one, "select current_setting('search_path') like '%public%'"));
        Assert.True(await Ask(other, "select current_setting('search_path') like '%public%'"));
    }

    private static async Task<bool> Ask(NpgsqlConnection db, string sql)
    {
        await using var command = new NpgsqlCommand(sql, db);
        return (bool)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }
}
