using Hearth.Features.Interactions;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Hearth.Tests.Features.Interactions;

public sealed class ExperimentTests(InteractionsApp app) : IClassFixture<InteractionsApp>
{
    [Fact]
    public async Task Assignment_is_the_same_for_ever_and_follows_the_weights()
    {
        var experiment = new Experiment(1, Guid.Parse("6f9619ff-8b86-d011-b42d-00c04fc964ff"), "x", "", ["a", "b"], [1, 3], 2, 7, 10, DateTime.UnixEpoch);
        var variants = Enumerable.Range(1, 4000).Select(user => experiment.VariantOf(user)).ToList();
        Assert.Equal(variants, Enumerable.Range(1, 4000).Select(user => experiment.VariantOf(user)));
        Assert.InRange(variants.Count(variant => variant == 1), 2850, 3150);

        var keeper = await app.Keeper();
        var amina = await app.SignUp("amina");
        var id = (await keeper.Post("/interactions/experiments", Body("steady"))).Is(201)["id"].GetInt64();
        var told = (await amina.Get("/interactions/experiments?limit=1")).Is(200)["results.0.variant"].GetString();
        var exposed = (await amina.Post($"/interactions/experiments/{id}/exposures", new { userId = amina.Id })).Is(201);
        Assert.Equal(told, exposed["variant"].GetString());
        Assert.Equal(told, (await keeper.Post($"/interactions/experiments/{id}/exposures", new { userId = amina.Uuid })).Is(201)["variant"].GetString());
        Assert.Equal(1, await app.Db.Scalar<long>("select count(*) from ledger where object_kind = 24 and object_id = $1 and verb = 172", id));
    }

    [Fact]
    public async Task The_report_counts_what_came_after_the_exposure_and_warns_before_the_plan_is_fulfilled()
    {
        var keeper = await app.Keeper();
        var content = await app.Content("Offered");
        var id = (await keeper.Post("/interactions/experiments", Body("report"))).Is(201)["id"].GetInt64();
        var (before, after, none) = (await app.SignUp("before"), await app.SignUp("after"), await app.SignUp("none"));
        (await InteractionsApp.Track(before, content, "like")).Is(201);
        foreach (var person in new[] { before, after, none })
            (await person.Post($"/interactions/experiments/{id}/exposures", new { userId = person.Id })).Is(201);
        (await InteractionsApp.Track(after, content, "like")).Is(201);
        (await InteractionsApp.Track(none, content, "view")).Is(201);

        var report = (await keeper.Get($"/interactions/experiments/{id}/report")).Is(200);
        var variants = report["variants"].EnumerateArray().ToList();
        Assert.Equal(3, variants.Sum(variant => variant.GetProperty("people").GetInt64()));
        Assert.Equal(1, variants.Sum(variant => variant.GetProperty("outcomes").GetInt64()));
        Assert.Equal(2, variants.Sum(variant => variant.GetProperty("pending").GetInt64()));
        Assert.Contains("Do not decide yet", report["warning"].GetString(), StringComparison.Ordinal);

        // Once the days for it are over, nobody has time for it any more.
        await using var db = await app.Services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync(TestContext.Current.CancellationToken);
        var experiment = (await ExperimentStore.Find(db, id, TestContext.Current.CancellationToken))!;
        var later = await ExperimentStore.Counts(db, experiment, DateTime.UtcNow.AddDays(experiment.OutcomeDays), TestContext.Current.CancellationToken);
        Assert.Equal((3, 1, 0), (later.Values.Sum(one => one.People), later.Values.Sum(one => one.Outcomes), later.Values.Sum(one => one.Pending)));

        (await after.Get($"/interactions/experiments/{id}/report")).Is(403);
        (await after.Post("/interactions/experiments", Body("mine"))).Is(403);
        (await keeper.Post("/interactions/experiments", Body("report"))).Is(409);
        (await keeper.Get("/interactions/experiments/99999999/report")).Is(404);
    }

    [Fact]
    public void Intervals_are_those_of_the_literature()
    {
        // Newcombe 1998, table II (a): 56 of 70 and 48 of 80, method 10.
        var counts = new Dictionary<int, VariantCounts> { [0] = new(80, 48, 0), [1] = new(70, 56, 0) };
        var report = ExperimentFigures.Report(new Experiment(1, Guid.Empty, "x", "", ["a", "b"], [1, 1], 2, 7, 70, DateTime.UnixEpoch), counts);
        Assert.Equal(0.2, report.Variants[1].Difference!.Value, 4);
        Assert.Equal(0.0524, report.Variants[1].DifferenceInterval!.Low, 4);
        Assert.Equal(0.3339, report.Variants[1].DifferenceInterval!.High, 4);
        Assert.Null(report.Warning);
        // Wilson: none of 10.
        Assert.Equal(0, ExperimentFigures.Wilson(10, 0).Low, 10);
        Assert.Equal(0.2775, ExperimentFigures.Wilson(10, 0).High, 4);
    }

    [Fact]
    public async Task A_replay_scores_a_ranking_by_what_people_took_to()
    {
        var keeper = await app.Keeper();
        var (a, b, c) = (await app.Content("A"), await app.Content("B"), await app.Content("C"));
        var id = (await keeper.Post("/interactions/experiments", Body("replay"))).Is(201)["id"].GetInt64();
        var imani = await app.SignUp("imani");
        (await imani.Post($"/interactions/experiments/{id}/exposures", new { userId = imani.Id, shown = new[] { a, b, c } })).Is(201);
        (await InteractionsApp.Track(imani, c, "like")).Is(201);
        var replay = (await keeper.Post($"/interactions/experiments/{id}/replay", new { ranking = new[] { c } })).Is(200);
        Assert.Equal(1, replay["judged"].GetInt32());
        Assert.Equal(1.0 / 3, replay["recorded.reciprocalRank"].GetDouble(), 6);
        Assert.Equal(0.5, replay["recorded.ndcg"].GetDouble(), 6);
        Assert.Equal(1, replay["replayed.ndcg"].GetDouble(), 6);
        Assert.Equal(0.5, replay["difference"].GetDouble(), 6);
        (await keeper.Post($"/interactions/experiments/{id}/replay", new { ranking = new[] { "no such" } })).Is(400);
    }

    private static object Body(string name) => new
    {
        name,
        outcome = "like",
        variants = new object[] { new { name = "as it is" }, new { name = "new ranking", weight = 2 } },
    };
}
