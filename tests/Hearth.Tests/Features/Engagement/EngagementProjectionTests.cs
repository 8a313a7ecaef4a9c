using Hearth.Features.Engagement.Actions;
using Hearth.Ledger;
using Hearth.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Hearth.Tests.Features.Engagement;

public sealed class EngagementProjectionTests(HearthApp app) : IClassFixture<HearthApp>
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Lives_with_toggles_voids_and_restores_end_where_a_naive_count_ends(int seed)
    {
        var lives = new RandomLives(seed);
        var random = new Random(seed);
        for (var transactions = 0; transactions < 45; transactions++)
        {
            var written = await Ledger();
            var entries = Enumerable.Range(0, random.Next(1, 25)).Select(_ => lives.Next(written)).ToList();
            await Append(entries);
        }

        await app.Settled();
        var naive = new NaiveEngagement(await Ledger());
        Assert.Equal(
            naive.Present.Values.Select(row => row.Id).Order(),
            (await Rows("select id, 0::bigint, 0::bigint from engagement_actions")).Select(row => row.A).Order());
        Assert.Equal(
            naive.Scores().OrderBy(score => score.Key).Select(score => (score.Key, (long)score.Value, 0L)),
            await Rows("select user_id, score::bigint, 0::bigint from engagement_users where score <> 0 order by 1"));
        Assert.Equal(
            naive.Badges.OrderBy(badge => badge.Key).Select(badge => (badge.Key.User, (long)badge.Key.Badge, badge.Value)),
            await Rows("select user_id, badge::bigint, id from engagement_badges order by 1, 2"));
        Assert.Equal(
            naive.Days().OrderBy(day => day.Key).Select(day => (day.Key.User, (long)day.Key.Day.DayNumber, (long)day.Value)),
            await Rows("select scope_id, (day - date '0001-01-01')::bigint, engagements::bigint from engagement_days where scope = 1 and engagements > 0 order by 1, 2"));
        Assert.Equal(
            naive.Courses().OrderBy(course => course.Key).Select(course => (course.Key, (long)course.Value.Engagements, (long)course.Value.Reach)),
            await Rows("select scope_id, engagements::bigint, reach::bigint from engagement_totals where scope = 4 order by 1"));
        Assert.Equal([], await Rows("select user_id, sum(points), max(score) from engagement_points join engagement_users using (user_id) group by user_id having sum(points) <> max(score)"));

        var drift = await app.Services.GetRequiredService<Verification>().Run("engagement", CancellationToken.None);
        Assert.True(drift.Differences == 0, string.Join('\n', drift.Examples.Select(example => $"{example.Object}: {example.Actual}")));

        // In slices, a replay remembers from one to the next what it wrote.
        var slices = await app.Services.GetRequiredService<Rebuilds>().Compare(new EngagementProjection(replayRows: 40), null, CancellationToken.None);
        Assert.Equal([], slices.Tables.SelectMany(table => table.Examples));
        Assert.True(slices.Replayed > 200);
    }

    private async Task Append(IReadOnlyList<Entry> entries)
    {
        await using var write = await app.Services.GetRequiredService<Writes>().Begin();
        foreach (var entry in entries)
            write.Append(entry);
        app.Remember(Position.Format(await write.Commit()));
    }

    private async Task<List<LedgerRow>> Ledger()
    {
        await using var db = await app.Services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync();
        return await LedgerStore.Read(db, 0, long.MaxValue, int.MaxValue);
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
