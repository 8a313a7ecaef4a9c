using Hearth.Jobs;
using Hearth.Ledger;
using Hearth.Platform;
using Hearth.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Features.Operations;

public sealed class OperationsTests(HearthApp app) : IClassFixture<HearthApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Only_an_administrator_looks_behind_the_counter()
    {
        var juma = await app.SignUp("juma", Roles.Moderator);
        foreach (var path in new[] { "/api/operations/ledger", "/api/operations/drift", "/api/operations/deliveries" })
        {
            (await app.Anyone.Get(path)).Is(401);
            (await juma.Get(path)).Is(403);
        }

        (await juma.Post("/api/operations/projections/engagement/rebuild")).Is(403);
        (await juma.Post("/api/operations/deliveries/1/retry")).Is(403);
    }

    [Fact]
    public async Task The_ledger_shows_its_position_its_readers_and_its_partitions()
    {
        var amina = await app.SignUp("amina", Roles.Admin);
        await app.Settled();
        var ledger = (await amina.Get("/api/operations/ledger")).Is(200);
        Assert.True(string.CompareOrdinal(ledger["position"].GetString(), app.LastPosition) >= 0);
        Assert.True(ledger["rows_per_second"].GetDouble() > 0);
        Assert.Equal(app.Services.GetServices<Projection>().Count(), ledger["projections"].GetArrayLength());
        Assert.Equal("ledger_00000", ledger["partitions"][ledger["partitions"].GetArrayLength() - 1].GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_projection_is_rebuilt_behind_the_answer()
    {
        var amina = await app.SignUp("amina", Roles.Admin);
        var name = app.Services.GetServices<Projection>().First().Name;
        Assert.Equal("running", (await amina.Post($"/api/operations/projections/{name}/rebuild")).Is(202)["state"].GetString());
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        string? state;
        do
        {
            var ledger = (await amina.Get("/api/operations/ledger")).Is(200);
            state = ledger["projections"].EnumerateArray().Single(one => one.GetProperty("name").GetString() == name).GetProperty("rebuild").GetProperty("state").GetString();
        }
        while (state == "running" && !limit.IsCancellationRequested);
        Assert.Equal("done", state);
        (await amina.Post("/api/operations/projections/nothing/rebuild")).Is(404);
    }

    [Fact]
    public async Task A_counter_that_is_wrong_is_seen_and_one_that_is_right_is_not()
    {
        var amina = await app.SignUp("amina", Roles.Admin);
        (await amina.Post("/api/ventroom/posts/", new { content = "Habari" })).Is(201);
        var watch = app.Services.GetRequiredService<DriftWatch>();
        var names = app.Services.GetRequiredService<Verification>().Names;
        await app.Settled();
        foreach (var name in names)
            await watch.Check(name, Ct);
        var drift = (await amina.Get("/api/operations/drift")).Is(200);
        Assert.Equal(0, drift["differences"].GetInt64());
        Assert.Equal(names, drift["checks"].EnumerateArray().Select(check => check.GetProperty("name").GetString()!), StringComparer.Ordinal);
        Assert.All(drift["checks"].EnumerateArray(), check => Assert.NotEqual(System.Text.Json.JsonValueKind.Null, check.GetProperty("checked_at").ValueKind));

        await app.Db.Execute("update posts set comment_count = comment_count + 1");
        foreach (var name in names.Where(name => name.StartsWith("posts", StringComparison.Ordinal)))
            await watch.Check(name, Ct);
        Assert.True((await amina.Get("/api/operations/drift")).Is(200)["differences"].GetInt64() > 0);
        await app.Db.Execute("update posts set comment_count = comment_count - 1");
        foreach (var name in names.Where(name => name.StartsWith("posts", StringComparison.Ordinal)))
            await watch.Check(name, Ct);
        Assert.Equal(0, (await amina.Get("/api/operations/drift")).Is(200)["differences"].GetInt64());
    }

    [Fact]
    public async Task What_was_given_up_is_found_and_tried_again()
    {
        var amina = await app.SignUp("amina", Roles.Admin);
        await using (var db = await app.Db.Source.OpenConnectionAsync(Ct))
        {
            // No channel has this name: nothing takes them meanwhile.
            foreach (var key in new[] { "ops:1", "ops:2", "ops:3" })
                await Deliveries.Enqueue(db, key, "nowhere", """{"secret":"not shown"}""", ct: Ct);
        }

        await app.Db.Execute("update deliveries set state = 'dead', attempts = 20, last_error = '550 no' where key = 'ops:2'");
        await app.Db.Execute("update deliveries set state = 'sent', sent_at = now() where key = 'ops:3'");

        var dead = (await amina.Get("/api/operations/deliveries?state=dead&channel=nowhere")).Is(200);
        Assert.Equal("ops:2", dead["results.0.key"].GetString());
        Assert.Equal("550 no", dead["results.0.last_error"].GetString());
        Assert.Equal(1, dead["results"].GetArrayLength());
        Assert.DoesNotContain("secret", dead.Text, StringComparison.Ordinal);
        var first = (await amina.Get("/api/operations/deliveries?channel=nowhere&limit=2")).Is(200);
        Assert.Equal("ops:3", first["results.0.key"].GetString());
        Assert.Equal("ops:1", (await amina.Get(first["next"].GetString()!)).Is(200)["results.0.key"].GetString());
        (await amina.Get("/api/operations/deliveries?state=lost")).Is(400);

        var again = (await amina.Post($"/api/operations/deliveries/{dead["results.0.id"].GetInt64()}/retry")).Is(200);
        Assert.Equal("pending", again["state"].GetString());
        Assert.Equal(0, again["attempts"].GetInt32());
        (await amina.Post($"/api/operations/deliveries/{first["results.0.id"].GetInt64()}/retry")).Is(409);
        (await amina.Post("/api/operations/deliveries/999999999/retry")).Is(404);
    }
}
