using Hearth.Features.Moderation.Scoring;
using Hearth.Tests.Harness;

namespace Hearth.Tests.Features.Moderation.Scoring;

public sealed class ScorerLearningTests(TestDatabase db) : IClassFixture<TestDatabase>, IAsyncLifetime
{
    private const string Spam = "CONGRATULATIONS! You have won a £1000 prize. Call 09061234567 now to claim, only 150p per min";
    private const string Quiet = "Come to our stall at the harvest fair and taste the honey from our village hives";

    private readonly TextScorer scorer = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private ScorerLearning Learning => new(scorer, db.Source);

    public async ValueTask InitializeAsync() => await db.Execute("truncate scorer_lessons, scorer_outcomes");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Decisions_move_scores_their_way()
    {
        var before = scorer.Score(Quiet);
        await Learn(Quiet, Harm.Spam, upheld: true, times: 30);
        var after = scorer.Score(Quiet);
        Assert.True(after.Spam > before.Spam, $"{before.Spam} then {after.Spam}");
        Assert.Equal(before.Offensive, after.Offensive);
        await Learn(Quiet, Harm.Spam, upheld: false, times: 60);
        Assert.True(scorer.Score(Quiet).Spam < after.Spam);
    }

    [Fact]
    public async Task A_few_decisions_overturn_nothing()
    {
        var before = scorer.Score(Spam);
        Assert.True(before is { IsSure: true, IsSpam: true });
        await Learn(Spam, Harm.Spam, upheld: false, times: 5);
        var after = scorer.Score(Spam);
        Assert.True(after is { IsSure: true, IsSpam: true }, $"{before} then {after}");
        Assert.InRange(LogOdds(before.Spam) - LogOdds(after.Spam), 0, Lessons.MostCorrection * 5 / (5 + Lessons.HalfTrust) + 1e-6);
    }

    [Fact]
    public async Task However_many_decisions_there_are_the_correction_is_bounded()
    {
        var before = scorer.Score(Quiet);
        await Learn(Quiet, Harm.Offensive, upheld: true, times: 150);
        Assert.InRange(LogOdds(scorer.Score(Quiet).Offensive) - LogOdds(before.Offensive), 0.5, Lessons.MostCorrection);
    }

    [Fact]
    public async Task What_is_taken_back_with_its_transaction_was_never_learnt()
    {
        await using (var connection = await db.Source.OpenConnectionAsync(Ct))
        await using (var transaction = await connection.BeginTransactionAsync(Ct))
        {
            await Learning.Learn(connection, Quiet, Harm.Spam, upheld: true, Ct);
            await transaction.RollbackAsync(Ct);
        }

        await Learning.Refresh(Ct);
        Assert.Equal(0, scorer.Lessons.Examples);
    }

    [Fact]
    public async Task Decisions_at_the_same_time_are_all_learnt()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Learn(Quiet, Harm.Spam, upheld: true, times: 1)));
        await Learning.Refresh(Ct);
        Assert.Equal(8, scorer.Lessons.Examples);
    }

    [Fact]
    public async Task The_record_tells_precision_and_recall_over_the_decisions()
    {
        await Learn(Spam, Harm.Spam, upheld: true, times: 3);
        await Learn(Spam, Harm.Spam, upheld: false, times: 1);
        await Learn(Quiet, Harm.Spam, upheld: true, times: 1);
        await Learn("ok", Harm.Spam, upheld: false, times: 1);

        var record = await Learning.Record(Ct);
        Assert.Equal(new ScorerRecord(Harm.Spam, 6, 3 / 4d, 3 / 4d, 1 / 6d), record[0]);
        Assert.Equal(new ScorerRecord(Harm.Offensive, 0, null, null, null), record[1]);
    }

    private async Task Learn(string text, Harm harm, bool upheld, int times)
    {
        for (var time = 0; time < times; time++)
        {
            await using var connection = await db.Source.OpenConnectionAsync(Ct);
            await using var transaction = await connection.BeginTransactionAsync(Ct);
            await Learning.Learn(connection, text, harm, upheld, Ct);
            await transaction.CommitAsync(Ct);
        }

        await Learning.Refresh(Ct);
    }

    private static double LogOdds(double chance) => Math.Log(chance / (1 - chance));
}
