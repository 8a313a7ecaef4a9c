using Hearth.Platform;
using Hearth.Tests.Harness;

namespace Hearth.Tests.Features.Engagement;

public sealed class CampaignTests(HearthApp app) : IClassFixture<HearthApp>
{
    private const string Path = "/api/engagement/campaigns/";

    [Fact]
    public async Task A_campaign_counts_impressions_clicks_and_conversions()
    {
        var amina = await app.SignUp("amina", Roles.Corporate);
        var readers = new List<Person>();
        for (var i = 0; i < 5; i++)
            readers.Add(await app.SignUp("reader"));
        var campaign = (await amina.Post(Path, new { name = "Black Friday Sale", link = "https://shop.example/sale?x=1" })).Is(201);
        Assert.Equal(["id", "name", "link", "tracked_link", "impressions", "clicks", "conversions", "created_at"], Community.Names(campaign.Json));
        var id = campaign["id"].GetInt32();
        var link = new Uri(campaign["tracked_link"].GetString()!).AbsolutePath;
        var post = await amina.Writes(campaign: id);
        foreach (var reader in readers)
            await reader.Views(post);
        await readers[0].Likes(post);
        await readers[1].Comments(post, text: $"For you, @{readers[2].Name}");

        var hit = (await app.Anyone.Get(link)).Is(302);
        Assert.Equal("https://shop.example/sale?x=1", hit.Header("Location"));
        Assert.Equal("no-store", hit.Header("Cache-Control"));
        Assert.Equal(["campaign"], Community.Names((await amina.Post("/api/ventroom/posts/", new { content = "Whose?", campaign = 999_999 })).Is(400).Json));
        (await readers[0].Get(link)).Is(302);
        (await app.Anyone.Send(HttpMethod.Head, link)).Is(302);
        (await app.Anyone.Send(HttpMethod.Get, link, null, ("User-Agent", "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"))).Is(302);
        (await app.Anyone.Get("/r/nothing")).Is(404);
        (await amina.Post($"{Path}{id}/conversions/", new { count = 1 })).Is(201);

        var performance = (await amina.Get("/api/engagement/analytics/campaign_performance/")).Is(200)["campaigns"][0];
        Assert.Equal(
            [
                "campaign_id", "campaign_name", "total_engagements", "likes", "comments", "mentions", "engagement_rate", "impressions", "ctr",
                "conversion_rate", "trend",
            ],
            Community.Names(performance));
        Assert.Equal([3, 1, 1, 1, 5], Community.Figures(performance, "total_engagements", "likes", "comments", "mentions", "impressions"));
        Assert.Equal(0.4, performance.GetProperty("engagement_rate").GetDouble());
        Assert.Equal(0.4, performance.GetProperty("ctr").GetDouble());
        Assert.Equal(0.5, performance.GetProperty("conversion_rate").GetDouble());
        Assert.Equal("up", performance.GetProperty("trend").GetString());
        var one = (await amina.Get($"{Path}{id}/")).Is(200);
        Assert.Equal([5, 2, 1], Community.Figures(one.Json, "impressions", "clicks", "conversions"));
        Assert.Equal(id, (await amina.Get(Path)).Is(200)["results.0.id"].GetInt32());
    }

    [Fact]
    public async Task A_campaign_is_its_owners()
    {
        var baraka = await app.SignUp("baraka", Roles.Corporate);
        var chausiku = await app.SignUp("chausiku", Roles.Corporate);
        var dalila = await app.SignUp("dalila");
        var id = (await baraka.Post(Path, new { name = "Mine" })).Is(201)["id"].GetInt32();
        Assert.Equal("null", (await baraka.Get($"{Path}{id}/")).Is(200)["tracked_link"].GetRawText());
        (await chausiku.Get($"{Path}{id}/")).Is(404);
        (await chausiku.Post($"{Path}{id}/conversions/")).Is(403);
        (await baraka.Post($"{Path}{id}/conversions/")).Is(201);
        (await baraka.Post($"{Path}{id}/conversions/", new { count = 0 })).Is(400);
        (await baraka.Post($"{Path}999999/conversions/")).Is(404);
        Assert.Equal(0, (await chausiku.Get("/api/engagement/analytics/campaign_performance/")).Is(200)["campaigns"].GetArrayLength());
        (await dalila.Get("/api/engagement/analytics/campaign_performance/")).Is(403);
        (await dalila.Post(Path, new { name = "No" })).Is(403);
        (await dalila.Get(Path)).Is(403);
        (await app.Anyone.Get(Path)).Is(401);
    }

    [Theory]
    [InlineData("""{}""", "name")]
    [InlineData("""{"name": " "}""", "name")]
    [InlineData("""{"name": "A", "link": "javascript:alert(1)"}""", "link")]
    [InlineData("""{"name": "A", "link": "shop"}""", "link")]
    public async Task What_is_wrong_with_a_campaign_is_named(string body, string field)
    {
        var eshe = await app.SignUp("eshe", Roles.Corporate);
        Assert.Equal([field], Community.Names((await eshe.Post(Path, body)).Is(400).Json));
    }
}
