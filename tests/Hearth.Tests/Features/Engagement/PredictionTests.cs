using Hearth.Features.Engagement.Predictions;
using Hearth.Jobs;
using Hearth.Platform;
using Hearth.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Features.Engagement;

public sealed class PredictionTests(HearthApp app) : IClassFixture<HearthApp>
{
    [Fact]
    public void A_model_is_measured_on_weeks_it_has_not_seen_and_served_only_when_it_beats_last_week()
    {
        // Steady people whose weeks scatter: their average tells more than their last week.
        var random = new Random(7);
        var people = Enumerable.Range(0, 120).Select(i => Enumerable.Range(0, 26).Select(_ => random.Next(0, 2 + (i % 12))).ToArray()).ToList();
        var models = Training.Train(people, new DateOnly(2026, 6, 1)).ToList();
        var engagements = Assert.Single(models, model => model.Kind == Training.Engagements);
        Assert.True(engagements.Served);
        Assert.InRange(engagements.Error, 0, engagements.NaiveError);
        Assert.Equal(4, engagements.HeldOutWeeks);
        Assert.InRange(Training.Predict(Training.Engagements, engagements.Weights, [9, 11, 10, 9, 8, 12, 10, 11]), 5, 15);
        Assert.InRange(Training.Predict(Training.Engagements, engagements.Weights, [0, 0, 1, 0, 0, 0, 1, 0]), 0, 2);

        // Who does the same every week is told best by last week.
        var clocks = Enumerable.Range(0, 60).Select(i => Enumerable.Repeat(1 + (i % 9), 26).ToArray()).ToList();
        Assert.False(Training.Train(clocks, new DateOnly(2026, 6, 1)).Single(model => model.Kind == Training.Engagements).Served);
        Assert.Empty(Training.Train([], new DateOnly(2026, 6, 1)));
    }

    [Fact]
    public void Who_fades_is_at_risk()
    {
        var random = new Random(11);
        var people = Enumerable.Range(0, 200).Select(i =>
        {
            var leaves = i % 2 == 0 ? random.Next(6, 26) : 99;
            return Enumerable.Range(0, 26).Select(week => week < leaves ? random.Next(0, 6) : 0).ToArray();
        }).ToList();
        var leaving = Training.Train(people, new DateOnly(2026, 6, 1)).Single(model => model.Kind == Training.Leaving);
        Assert.True(leaving.Served);
        var (fading, steady) = (
            Training.Predict(Training.Leaving, leaving.Weights, [3, 2, 4, 1, 0, 0, 0, 0]), Training.Predict(Training.Leaving, leaving.Weights, [3, 2, 4, 1, 3, 5, 2, 4]));
        Assert.True(fading > 0.6 && steady < 0.4, $"{fading} and {steady}");
    }

    [Fact]
    public async Task Predictions_come_with_the_measured_errors()
    {
        var amina = await app.SignUp("amina");
        var before = (await amina.Get("/api/engagement/predictions/")).Is(200);
        Assert.Equal(["user_id", "as_of", "expected_engagements", "risk_of_leaving", "models"], Community.Names(before.Json));
        Assert.Equal("null", before["expected_engagements"].GetRawText());

        var random = new Random(3);
        var today = DateTime.UtcNow.Date.AddSeconds(1);
        var id = 9_000_000L;
        await app.Append(
            from person in Enumerable.Range(0, 40)
            from week in Enumerable.Range(0, 20)
            from one in Enumerable.Range(0, random.Next(0, 3 + (person % 5)))
            select new Hearth.Ledger.Entry(Hearth.Ledger.Verb.JoinGroup, Hearth.Ledger.ObjectKind.Group, id++)
            {
                Actor = person == 0 ? amina.Id : 900_000 + person,
                At = today.AddDays(-1 - (week * 7)),
            });
        await app.Services.GetServices<ScheduledJob>().Single(job => job.Name == "predictions").Run(CancellationToken.None);
        var after = (await amina.Get("/api/engagement/predictions/")).Is(200);
        var model = after["models"].EnumerateArray().Single(one => one.GetProperty("predicts").GetString() == "engagements");
        Assert.Equal(
            ["predicts", "trained_at", "examples", "held_out_examples", "held_out_weeks", "error", "naive_error", "served"], Community.Names(model));
        Assert.True(model.GetProperty("served").GetBoolean());
        Assert.InRange(after["expected_engagements"].GetDouble(), 0, 10);
        Assert.True(model.GetProperty("error").GetDouble() < model.GetProperty("naive_error").GetDouble());

        var baraka = await app.SignUp("baraka");
        (await baraka.Get($"/api/engagement/predictions/?user={amina.Id}")).Is(403);
        (await (await app.SignUp("head", Roles.Admin)).Get($"/api/engagement/predictions/?user={amina.Id}")).Is(200);
        (await app.Anyone.Get("/api/engagement/predictions/")).Is(401);
    }
}
