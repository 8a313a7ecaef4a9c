using Hearth.Features.Engagement.Actions;
using Hearth.Features.Engagement.Boards;
using Hearth.Features.Engagement.Chronicle;
using Hearth.Features.Engagement.Reputation;
using Hearth.Jobs;
using Hearth.Ledger;
using Hearth.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Hearth.Tests.Features.Engagement;

/// <summary>What the chronicle tells of a time is what is computed for it without it, whatever happens to the past.</summary>
public sealed class ChronicleTests(HearthApp app) : IClassFixture<HearthApp>
{
    private static readonly Ranking[] Rankings = Enum.GetValues<Ranking>();

    private Harness.Person? ruler;

    private static CancellationToken Ct => CancellationToken.None;

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public async Task Days_told_are_days_computed_whatever_was_taken_back_voided_dated_back_or_valued_anew(int seed)
    {
        var lives = new RandomLives(seed, withRules: false);
        var random = new Random(seed);
        var times = new List<DateTime>();
        var publications = new List<(int Version, long Row)>();
        for (var transactions = 0; transactions < 25; transactions++)
        {
            var written = await Ledger();
            var entries = Enumerable.Range(0, random.Next(1, 30)).Select(_ => lives.Next(written)).ToList();
            // Some are dated back, by days or by weeks.
            for (var i = 0; i < entries.Count; i++)
            {
                if (random.Next(8) == 0)
                    entries[i] = entries[i] with { At = entries[i].At!.Value.AddMinutes(-random.Next(1, random.Next(2) == 0 ? 2_000 : 40_000)) };
            }

            await app.Append(entries);
            times.AddRange(entries.Select(entry => entry.At!.Value));
            if (transactions % 6 == 2)
                publications.Add(await Publish(random, times[^1].AddSeconds(1)));
            if (transactions % 12 == 11)
                await Revert(publications[random.Next(publications.Count)], times[^1].AddSeconds(2));
            // What was told on the way is told anew where it must be.
            if (transactions % 5 == 0)
                await Run();
        }

        await Run();
        Assert.Null(await Lacking());
        foreach (var time in times.Where((_, i) => i % 5 == 0).SelectMany(time => new[] { time, time.AddTicks(-10), time.Date }))
            await Agrees(time);
    }

    [Fact]
    public async Task What_is_dated_back_takes_back_the_days_that_it_changes_and_no_others()
    {
        var amina = await app.SignUp("amina");
        var baraka = await app.SignUp("baraka");
        var day = DateTime.UtcNow.Date.AddDays(-40);
        await app.Append(Community.Like(baraka, 90_001, amina, day.AddHours(1)), Community.Like(baraka, 90_002, amina, day.AddDays(30)));
        await Run();
        Assert.Equal(1, await Told(baraka, day.AddDays(20)));

        await app.Append(Community.Like(baraka, 90_003, amina, day.AddDays(10).AddHours(5)), new Entry(Verb.Follow, ObjectKind.User, baraka.Id) { Actor = amina.Id, Subject = baraka.Id });
        Assert.NotNull(await Find(Ranking.Engagements, day.AddDays(9)));
        Assert.Null(await Find(Ranking.Engagements, day.AddDays(10)));
        Assert.Null(await Find(Ranking.Engagements, day.AddDays(39)));
        var boards = app.Services.GetRequiredService<PastBoards>();
        Assert.Equal(2, (await boards.Top(Ranking.Engagements, null, day.AddDays(20), Ct)).Single(place => place.Id == baraka.Id).Value);

        await Run();
        Assert.Equal(1, await Told(baraka, day.AddDays(10).AddHours(4)));
        Assert.Equal(2, await Told(baraka, day.AddDays(10).AddHours(5)));
        // What happens today changes nothing that is told.
        var revision = await Revision();
        await app.Append(Community.Unlike(baraka, 90_001, amina), Community.Like(baraka, 90_004, amina));
        Assert.Equal(revision, await Revision());
        await Agrees(day.AddDays(25));
    }

    [Fact]
    public async Task Days_older_than_the_first_are_told_as_well_once_something_is_dated_there()
    {
        var chausiku = await app.SignUp("chausiku");
        var dalila = await app.SignUp("dalila");
        await app.Append(Community.Like(chausiku, 91_001, dalila, DateTime.UtcNow.Date.AddDays(-50)));
        await Run();
        var first = await app.Db.Scalar<DateOnly>("select min(day) from engagement_chronicle");
        var older = first.AddDays(-3).ToDateTime(new TimeOnly(7, 0), DateTimeKind.Utc);
        await app.Append(Community.Like(chausiku, 91_002, dalila, older));
        await Run();
        Assert.Equal(first.AddDays(-3), await app.Db.Scalar<DateOnly>("select min(day) from engagement_chronicle"));
        Assert.Equal(1, await Told(chausiku, older.AddHours(1)));
    }

    [Fact]
    public async Task Tables_that_a_rebuild_put_in_place_are_told_anew_and_are_no_drift()
    {
        var eshe = await app.SignUp("eshe");
        var farida = await app.SignUp("farida");
        var time = DateTime.UtcNow.Date.AddDays(-20).AddHours(3);
        await app.Append(Community.Like(farida, 92_001, eshe, time));
        await Run();
        Assert.Equal(1, await Told(farida, time));
        var verification = app.Services.GetRequiredService<Verification>();
        Assert.Equal(0, (await verification.Run("engagement", Ct)).Differences);

        await app.Services.GetRequiredService<Rebuilds>().Rebuild(new EngagementProjection(), null, Ct);
        Assert.Null(await Find(Ranking.Engagements, time));
        await Run();
        Assert.Equal(1, await Told(farida, time));
        Assert.Equal(0, (await verification.Run("engagement", Ct)).Differences);
    }

    [Fact]
    public async Task A_day_computed_before_the_past_changed_is_not_written_after_it()
    {
        var gasira = await app.SignUp("gasira");
        var halima = await app.SignUp("halima");
        var time = DateTime.UtcNow.Date.AddDays(-30).AddHours(3);
        await app.Append(Community.Like(halima, 93_001, gasira, time));
        await using var db = await Open();
        var revision = await ChronicleStore.Announce(db, "engagement", DateOnly.FromDateTime(DateTime.UtcNow), Ct);
        var day = new ChronicleDay(DateOnly.FromDateTime(time), [halima.Id], [0], [0], [0], [1]);

        await app.Append(Community.Like(halima, 93_002, gasira, time.AddHours(1)));
        Assert.False(await ChronicleStore.Write(db, "engagement", revision, [(Ranking.Engagements, null, day)], null, Ct));

        // Nor over other tables.
        revision = await ChronicleStore.Announce(db, "engagement", DateOnly.FromDateTime(DateTime.UtcNow), Ct);
        await app.Services.GetRequiredService<Rebuilds>().Rebuild(new EngagementProjection(), null, Ct);
        Assert.False(await ChronicleStore.Write(db, "engagement", revision, [(Ranking.Engagements, null, day)], null, Ct));
        await Run();
        Assert.Equal(2, await Told(halima, time.AddHours(1)));
    }

    [Fact]
    public async Task Whoever_announces_days_waits_for_the_slice_that_is_under_way()
    {
        // With the patience of tests: the server's own sessions end when they idle in a transaction for seconds.
        await using var slice = await app.Db.Source.OpenConnectionAsync(Ct);
        await using var under = await slice.BeginTransactionAsync();
        await ProjectionStore.Hold(slice, "engagement", Ct);
        await using var db = await app.Db.Source.OpenConnectionAsync(Ct);
        var announcing = ChronicleStore.Announce(db, "engagement", DateOnly.FromDateTime(DateTime.UtcNow), Ct);
        await Eventually.IsTrue(async () => await app.Db.Scalar<bool>(
            "select exists (select from pg_stat_activity where pid = $1 and wait_event_type = 'Lock')", db.ProcessID));
        Assert.False(announcing.IsCompleted);
        await under.RollbackAsync();
        await announcing;
    }

    [Fact]
    public async Task Two_at_once_tell_each_day_once()
    {
        var imani = await app.SignUp("imani");
        var juma = await app.SignUp("juma");
        var time = DateTime.UtcNow.Date.AddDays(-70).AddHours(3);
        await app.Append(Community.Like(juma, 94_001, imani, time), Community.Like(juma, 94_002, imani, time.AddDays(50)));
        await Task.WhenAll(Job.Run(Ct), Job.Run(Ct), app.Append(Community.Like(juma, 94_003, imani, time.AddDays(20))));
        await Run();
        Assert.Null(await Lacking());
        Assert.Equal([1, 2, 3], [await Told(juma, time), await Told(juma, time.AddDays(20)), await Told(juma, time.AddDays(50))]);
    }

    private ScheduledJob Job => app.Services.GetServices<ScheduledJob>().Single(job => job.Name == "engagement_chronicle");

    /// <summary>Until nothing changes the past meanwhile.</summary>
    private async Task Run()
    {
        while (await Job.Run(Ct) is "The past changed meanwhile; the rest follows.")
        {
        }
    }

    private async Task Agrees(DateTime time)
    {
        var boards = app.Services.GetRequiredService<PastBoards>();
        foreach (var (ranking, days) in Rankings.SelectMany(ranking => ChronicleJob.Windows.Select(days => (ranking, days))))
        {
            var day = await Find(ranking, time, days);
            var computed = (await boards.Compute(ranking, days, time, Ct)).Select(place => (place.Id, place.Value)).ToList();
            var told = (day?.Top(time) ?? []).Select(place => (place.Id, place.Value)).ToList();
            Assert.True(computed.SequenceEqual(told), $"{ranking} of {days} days at {time:O}: computed {string.Join(' ', computed)}, told {string.Join(' ', told)}");
        }
    }

    private async Task<int?> Told(Harness.Person who, DateTime time) =>
        (await Find(Ranking.Engagements, time))?.Top(time).Where(place => place.Id == who.Id).Select(place => (int?)place.Value).SingleOrDefault();

    private async Task<ChronicleDay?> Find(Ranking ranking, DateTime time, int? days = null)
    {
        await using var db = await Open();
        return await ChronicleStore.Find(db, ranking, days, time, Ct);
    }

    private async Task<DateOnly?> Lacking()
    {
        await using var db = await Open();
        return await ChronicleStore.Lacking(db, Ct);
    }

    private Task<long> Revision() => app.Db.Scalar<long>("select revision from engagement_chronicle_state");

    /// <summary>Who publishes rules and takes them back.</summary>
    private async Task<long> Ruler() => (ruler ??= await app.SignUp("ruler")).Id;

    /// <summary>Publishes rules at a time of the past: the row of the ledger and the state that belongs to it.</summary>
    private async Task<(int Version, long Row)> Publish(Random random, DateTime at)
    {
        var from = random.Next(3) == 0 ? RuleSet.BuiltIn.From : at.AddHours(random.Next(-300, 30));
        int[] points = [.. Enumerable.Range(0, 11).Select(_ => random.Next(0, 7))];
        var cap = random.Next(1, 25);
        int[] levels = [.. RuleSet.BuiltIn.Levels];
        var version = await app.Db.Scalar<int>(
            "insert into reputation_rules (points, daily_cap, levels, effective_from, published_by, published_at) values ($1, $2, $3, $4, $6, $5) returning version",
            points, cap, levels, from, at, await Ruler());
        var rules = new RuleSet(version, from, points, cap, levels);
        return (version, await app.Append(new Entry(Verb.PublishRules, ObjectKind.Rules, version) { Actor = await Ruler(), Detail = rules.ToDetail(), At = at }));
    }

    private async Task Revert((int Version, long Row) publication, DateTime at)
    {
        await app.Db.Execute("update reputation_rules set reverted_by = $3, reverted_at = $2 where version = $1", publication.Version, at, await Ruler());
        await app.Append(new Entry(Verb.Void, ObjectKind.Ledger, 1) { Actor = await Ruler(), Voids = publication.Row, At = at });
    }

    private async Task<NpgsqlConnection> Open() => await app.Services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync();

    private async Task<List<LedgerRow>> Ledger()
    {
        await using var db = await Open();
        return await LedgerStore.Read(db, 0, long.MaxValue, int.MaxValue);
    }
}
