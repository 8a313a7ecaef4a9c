using Hearth.Ledger;
using Hearth.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Hearth.Tests.Features.Engagement;

public sealed class EngagementMemoryTests(HearthApp app) : IClassFixture<HearthApp>
{
    [Fact]
    public async Task What_is_remembered_of_people_is_given_up_with_a_transaction_that_fails()
    {
        const long Actor = 4_001;
        const long Author = 4_002;
        static Entry Like(long post) => new(Verb.LikePost, ObjectKind.Post, post) { Actor = Actor, Subject = Author };
        await Append([Like(70_001)]);
        await app.Settled();

        // The slice has read, folded and changed what it remembers when it comes to the table that it may not write.
        await using (var db = await app.Services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync())
        {
            await using var held = await db.BeginTransactionAsync();
            await using (var hold = new NpgsqlCommand("lock table engagement_users in share mode", db))
                await hold.ExecuteNonQueryAsync();
            await Append([Like(70_002), Like(70_003)]);
            await using var kill = new NpgsqlCommand(
                "select count(pg_terminate_backend(pid)) from pg_locks where relation = 'engagement_users'::regclass and mode = 'RowExclusiveLock' and not granted", db);
            await Eventually.IsTrue(async () => (long)(await kill.ExecuteScalarAsync())! > 0);
        }

        await Append([Like(70_004)]);
        await app.Settled();
        Assert.Equal([(Actor, 4L, 0L)], await Rows($"select user_id, likes::bigint, likes_received::bigint from engagement_users where user_id = {Actor}"));
        Assert.Equal([(Author, 8L, 4L)], await Rows($"select user_id, score::bigint, likes_received::bigint from engagement_users where user_id = {Author}"));
    }

    private async Task Append(IReadOnlyList<Entry> entries)
    {
        await using var write = await app.Services.GetRequiredService<Writes>().Begin();
        foreach (var entry in entries)
            write.Append(entry);
        app.Remember(Position.Format(await write.Commit()));
    }

    private async Task<List<(long A, long B, long C)>> Rows(string sql)
    {
        await using var db = await app.Services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync();
        await using var command = new NpgsqlCommand(sql, db);
        var rows = new List<(long, long, long)>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            rows.Add((reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2)));
        return rows;
    }
}
