using Hearth.Features.Engagement.Badges;
using Hearth.Features.Engagement.Boards;
using Hearth.Features.Engagement.Reputation;
using Hearth.Ledger;
using Hearth.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Hearth.Tests.Features.Engagement;

/// <summary>What <c>as_of</c> answers is what a ledger that ended then would answer now.</summary>
public sealed class PastTests(HearthApp app) : IClassFixture<HearthApp>
{
    [Fact]
    public async Task The_past_is_as_it_was_when_the_ledger_ended_there()
    {
        var lives = new RandomLives(5, withRules: false);
        var random = new Random(5);
        for (var transactions = 0; transactions < 25; transactions++)
        {
            var written = await Ledger();
            await app.Append([.. Enumerable.Range(0, random.Next(1, 30)).Select(_ => lives.Next(written))]);
        }

        var ledger = await Ledger();
        await using var db = await app.Services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync();
        var boards = app.Services.GetRequiredService<PastBoards>();
        foreach (var row in ledger.Where((_, i) => i % 37 == 20))
        {
            var naive = new NaiveEngagement([.. ledger.Where(one => one.At <= row.At)]);
            var scores = naive.Scores();
            var past = new Past(row.At, RuleTimeline.BuiltIn);
            var week = Days.Last(7, DateOnly.FromDateTime(row.At)).From;
            foreach (var user in Enumerable.Range(501, 9).Select(id => (long)id))
            {
                Assert.Equal(scores.GetValueOrDefault(user), await past.Score(db, user, CancellationToken.None));
                var engagements = naive.Days().Where(day => day.Key.User == user && day.Key.Day >= week).Sum(day => day.Value);
                Assert.Equal(engagements, await past.Engagements(db, user, week, CancellationToken.None));
                var badges = naive.Badges.Where(badge => badge.Key.User == user).Select(badge => (badge.Key.Badge, badge.Value)).Order();
                Assert.Equal(badges, (await PastBadges.Of(db, user, row.At, CancellationToken.None)).Select(holding => (holding.Badge, holding.Id)).Order());
            }

            Assert.Equal(Ranked(scores), await Board(boards, Ranking.Reputation, null, row.At));
            var weekly = naive.Days().Where(day => day.Key.Day >= week).GroupBy(day => day.Key.User).ToDictionary(user => user.Key, user => user.Sum(day => day.Value));
            Assert.Equal(Ranked(weekly), await Board(boards, Ranking.Engagements, 7, row.At));
            var helpful = naive.Present.Values.Where(one => one.Verb == Verb.LikeComment && one.Subject != one.Actor)
                .GroupBy(one => one.Subject!.Value).ToDictionary(user => user.Key, user => user.Select(one => one.ObjectId).Distinct().Count());
            Assert.Equal(Ranked(helpful), await Board(boards, Ranking.Helpful, null, row.At));
        }
    }

    private static List<(long, int)> Ranked(Dictionary<long, int> values) =>
        [.. values.Where(one => one.Value > 0).OrderByDescending(one => one.Value).ThenBy(one => one.Key).Select(one => (one.Key, one.Value))];

    private static async Task<List<(long, int)>> Board(PastBoards boards, Ranking ranking, int? days, DateTime at) =>
        [.. (await boards.Top(ranking, days, at, CancellationToken.None)).Select(place => (place.Id, place.Value))];

    private async Task<List<LedgerRow>> Ledger()
    {
        await using var db = await app.Services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync();
        return await LedgerStore.Read(db, 0, long.MaxValue, int.MaxValue);
    }
}
