using Hearth.Ledger;
using Hearth.Platform;
using Hearth.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Features.Engagement;

public sealed class RuleTests(HearthApp app) : IClassFixture<HearthApp>
{
    private const string Path = "/api/engagement/rules/";

    [Fact]
    public async Task Rules_are_published_from_a_time_or_over_all_history_and_reverted()
    {
        var admin = await app.SignUp("head", Roles.Admin);
        var amina = await app.SignUp("amina");
        var baraka = await app.SignUp("baraka");
        await app.Append(Community.Like(baraka, 70_000, amina, DateTime.UtcNow.AddDays(-3)));
        Assert.Equal(2, await Score(amina));

        var preview = (await admin.Post(Path + "preview/", new { points = new { post_reaction = 7 }, effective_from = "always" })).Is(200);
        var change = Assert.Single(preview["changes"].EnumerateArray(), one => one.GetProperty("user_id").GetInt64() == amina.Id);
        Assert.Equal([2, 7, 5], Community.Figures(change, "score", "new_score", "change"));
        Assert.Equal(2, await Score(amina));

        var always = (await admin.Post(Path, new { points = new { post_reaction = 7 }, effective_from = "always" })).Is(201);
        Assert.Equal(7, await Score(amina));
        var later = (await admin.Post(Path, new { points = new { post_reaction = 10 }, caps = new { per_person_per_day = 15 } })).Is(201);
        Assert.Equal(7, await Score(amina));
        await app.Append(Community.Like(baraka, 70_001, amina), Community.Like(baraka, 70_002, amina));
        Assert.Equal(22, await Score(amina));
        var statement = (await amina.Get("/api/engagement/reputation/statement/")).Is(200);
        Assert.Equal(22, statement["results"].EnumerateArray().Sum(point => point.GetProperty("points").GetInt32()));
        Assert.Equal(later["version"].GetInt32(), statement["results.0.rule_version"].GetInt32());
        Assert.True(statement["results.0.capped"].GetBoolean());

        // Other tests of this class publish rules, too.
        int[] versions = [1, always["version"].GetInt32(), later["version"].GetInt32()];
        var list = (await admin.Get(Path)).Is(200)["results"].EnumerateArray().Where(one => versions.Contains(one.GetProperty("version").GetInt32())).ToList();
        Assert.Equal(versions, list.Select(one => one.GetProperty("version").GetInt32()));
        Assert.Equal([false, false, true], list.Select(one => one.GetProperty("current").GetBoolean()));

        (await admin.Post($"{Path}{later["version"]}/revert/")).Is(200);
        Assert.Equal(21, await Score(amina));
        (await admin.Post($"{Path}{always["version"]}/revert/")).Is(200);
        Assert.Equal(6, await Score(amina));
        (await admin.Post($"{Path}{always["version"]}/revert/")).Is(409);
        (await admin.Post($"{Path}1/revert/")).Is(409);
        (await admin.Post($"{Path}999/revert/")).Is(404);
        var drift = await app.Services.GetRequiredService<Verification>().Run("engagement", CancellationToken.None);
        Assert.True(drift.Differences == 0, string.Join('\n', drift.Examples.Select(example => $"{example.Object}: {example.Actual}")));
    }

    [Fact]
    public async Task Rules_over_all_history_stand_in_no_previews_way()
    {
        var admin = await app.SignUp("warden", Roles.Admin);
        var (daktari, esther) = (await app.SignUp("daktari"), await app.SignUp("esther"));
        await app.Append(Community.Like(esther, 71_000, daktari));
        var version = (await admin.Post(Path, new { points = new { post_reaction = 4 }, effective_from = "always" })).Is(201)["version"].GetInt32();
        foreach (var from in new[] { null, "always", $"{DateTime.UtcNow.AddDays(-2):O}" })
        {
            // A preview is a read, and sees what a write brought that it names.
            var preview = (await admin.Send(
                HttpMethod.Post, Path + "preview/", new { points = new { post_reaction = 5 }, effective_from = from }, (Position.Header, app.LastPosition))).Is(200);
            var changes = preview["changes"].EnumerateArray().Where(one => one.GetProperty("user_id").GetInt64() == daktari.Id);
            Assert.Equal(from is null ? [] : [1], changes.Select(one => one.GetProperty("change").GetInt32()));
        }

        (await admin.Post($"{Path}{version}/revert/")).Is(200);
    }

    [Fact]
    public async Task What_an_administrator_published_is_reverted_and_not_voided()
    {
        var (head, admin) = (await app.SignUp("head", Roles.Admin), await app.SignUp("admin", Roles.Admin));
        var (faraja, ghali) = (await app.SignUp("faraja"), await app.SignUp("ghali"));
        await ghali.Likes(await faraja.Writes());
        var version = (await admin.Post(Path, new { points = new { post_reaction = 9 }, effective_from = "always" })).Is(201)["version"].GetInt32();
        var badge = new { name = "warm", title = "Warm", rule = new { action_type = "like_post", count = 1 } };
        (await admin.Post("/api/engagement/badges/", badge)).Is(201);
        (await admin.Post("/api/engagement/badges/mentioned/award/", new { user = faraja.Id })).Is(201);

        (await head.Post("/api/v1/moderation/void", new { user = admin.Id, reason = "They were not themselves." })).Is(201);
        Assert.Equal(11, await Score(faraja));
        var mine = (await faraja.Get("/api/engagement/analytics/my_reputation/")).Is(200);
        Assert.DoesNotContain("mentioned", mine["badges"].EnumerateArray().Select(one => one.GetString()));
        Assert.Contains("warm", (await ghali.Get("/api/engagement/analytics/my_reputation/")).Is(200)["badges"].EnumerateArray().Select(one => one.GetString()));
        Assert.True((await head.Get(Path)).Is(200)["results"].EnumerateArray().Single(one => one.GetProperty("version").GetInt32() == version).GetProperty("current").GetBoolean());
        (await head.Post($"{Path}{version}/revert/")).Is(200);
        Assert.Equal(4, await Score(faraja));
    }

    [Fact]
    public async Task Levels_follow_the_rules_of_now()
    {
        var admin = await app.SignUp("lead", Roles.Admin);
        var chausiku = await app.SignUp("chausiku");
        await app.Append(Community.Joins(chausiku, 5));
        var version = (await admin.Post(Path, new { levels = new { active = 5 } })).Is(201)["version"].GetInt32();
        Assert.Equal("active", (await chausiku.Get("/api/engagement/analytics/my_reputation/")).Is(200)["activity_level"].GetString());
        (await admin.Post($"{Path}{version}/revert/")).Is(200);
        Assert.Equal("novice", (await chausiku.Get("/api/engagement/analytics/my_reputation/")).Is(200)["activity_level"].GetString());
    }

    [Theory]
    [InlineData("""{"points": {"dance": 1}}""", "points.dance")]
    [InlineData("""{"points": {"share": -1}}""", "points.share")]
    [InlineData("""{"points": {"share": "many"}}""", "points.share")]
    [InlineData("""{"caps": {"per_person_per_day": -1}}""", "caps.per_person_per_day")]
    [InlineData("""{"levels": {"active": 99}}""", "levels")]
    [InlineData("""{"effective_from": "soon"}""", "effective_from")]
    [InlineData("""{"effective_from": "12:00"}""", "effective_from")]
    [InlineData("""{"effective_from": "01/02/2026"}""", "effective_from")]
    [InlineData("""{"effective_from": "0001-01-01T00:00:00Z"}""", "effective_from")]
    public async Task What_is_wrong_with_rules_is_named(string body, string field)
    {
        var admin = await app.SignUp("chief", Roles.Admin);
        Assert.Equal([field], Community.Names((await admin.Post(Path, body)).Is(400).Json));
    }

    [Fact]
    public async Task Rules_are_for_administrators()
    {
        var dalila = await app.SignUp("dalila", Roles.Moderator);
        (await dalila.Get(Path)).Is(403);
        (await dalila.Post(Path, new { })).Is(403);
        (await dalila.Post(Path + "preview/", new { })).Is(403);
        (await dalila.Post(Path + "1/revert/")).Is(403);
        (await app.Anyone.Get(Path)).Is(401);
    }

    private static async Task<int> Score(Person who) =>
        (await who.Get("/api/engagement/analytics/my_reputation/")).Is(200)["reputation_score"].GetInt32();
}
