using Hearth.Platform;
using Hearth.Tests.Harness;

namespace Hearth.Tests.Features.Messaging;

public sealed class CampaignTests(HearthApp app) : IClassFixture<HearthApp>
{
    [Fact]
    public async Task A_campaign_reaches_each_of_its_audience_once()
    {
        var desk = await Desk.Open(app);
        foreach (var n in Enumerable.Range(1, 5))
            await desk.Contact($"Friend {n}", null, null, "friends");
        var out_ = await desk.Contact("Wants nothing", null, null, "friends");
        (await desk.Member.Patch($"/api/messaging/contacts/{out_}/", new { opted_out = true })).Is(200);
        var (kept, twin) = (await desk.Contact("Sarah"), await desk.Contact("Sarah again", null, null, "friends"));
        (await desk.Member.Post($"/api/messaging/contacts/{kept}/merge/", new { duplicate = twin })).Is(201);
        await desk.Contact("A stranger");

        var campaign = await desk.Campaign(new { tags = new[] { "friends" }, contacts = new[] { kept } });
        Assert.Equal(6, (await desk.Start(campaign)).Is(200)["data.recipient_count"].GetInt32());
        (await desk.Start(campaign)).Is(409);
        var done = await desk.Becomes(campaign, view => view.GetProperty("status").GetString() == "completed");
        Assert.Equal((6, 6, 0, 100.0), (done["data.sent"].GetInt32(), done["data.delivered"].GetInt32(), done["data.pending"].GetInt32(), done["data.delivery_rate"].GetDouble()));

        var receipts = (await desk.Member.Get($"/api/messaging/campaigns/{campaign}/receipts/")).Is(200);
        Assert.Equal(["Friend 1", "Friend 2", "Friend 3", "Friend 4", "Friend 5", "Sarah"], receipts["data.results"].EnumerateArray().Select(one => one.GetProperty("contact").GetProperty("name").GetString()));
        var metrics = (await desk.Member.Get("/api/messaging/performance/overview/")).Is(200);
        Assert.Equal((6, 100.0, 100.0), (metrics["data.metrics.total_messages"].GetInt32(), metrics["data.metrics.delivery_rate"].GetDouble(), metrics["data.metrics.campaign_success_rate"].GetDouble()));
        var feed = (await desk.Member.Get("/api/messaging/activity/recent/")).Is(200);
        Assert.Equal(["campaign_completed", "campaign_started"], feed["data.activities"].EnumerateArray().Take(2).Select(one => one.GetProperty("type").GetString()));
        Assert.Equal("100% delivered", feed["data.activities.0.description"].GetString());
        Assert.Equal(6, feed["data.activities.1.metadata.recipient_count"].GetInt32());
        Assert.True(feed["data.activities.1.is_live"].GetBoolean());
        Assert.Equal(1, (await desk.Member.Get("/api/messaging/activity/statistics/"))["data.this_month.campaigns_launched"].GetInt32());
        await desk.NothingDrifts();
    }

    [Fact]
    public async Task A_paused_campaign_waits_and_goes_on_where_it_was()
    {
        var desk = await Desk.Open(app);
        await SlowAudience(desk);
        var campaign = await desk.Campaign(new { tags = new[] { "slow" } });
        (await desk.Start(campaign)).Is(200);
        Assert.Equal("paused", (await desk.Member.Post($"/api/messaging/campaigns/{campaign}/pause/")).Is(200)["data.status"].GetString());
        (await desk.Member.Post($"/api/messaging/campaigns/{campaign}/pause/")).Is(409);
        Assert.True((await desk.Campaign(campaign))["data.pending"].GetInt32() > 0);

        await Hurry(desk);
        (await desk.Member.Post($"/api/messaging/campaigns/{campaign}/resume/")).Is(200);
        var done = await desk.Becomes(campaign, view => view.GetProperty("status").GetString() == "completed");
        Assert.Equal(6, done["data.delivered"].GetInt32());
        await desk.NothingDrifts();
    }

    [Fact]
    public async Task A_cancelled_campaign_sends_no_more()
    {
        var desk = await Desk.Open(app);
        await SlowAudience(desk);
        var campaign = await desk.Campaign(new { tags = new[] { "slow" } });
        (await desk.Start(campaign)).Is(200);
        (await desk.Member.Post($"/api/messaging/campaigns/{campaign}/cancel/")).Is(200);
        (await desk.Member.Post($"/api/messaging/campaigns/{campaign}/resume/")).Is(409);
        var receipts = (await desk.Member.Get($"/api/messaging/campaigns/{campaign}/receipts/")).Is(200);
        var cancelled = receipts["data.results"].EnumerateArray().Count(one => one.GetProperty("status").GetString() == "cancelled");
        Assert.True(cancelled > 0);
        Assert.Equal(cancelled, (await desk.Member.Get($"/api/messaging/campaigns/{campaign}/receipts/?status=cancelled")).Is(200)["data.results"].GetArrayLength());
        Assert.Equal(0, (await desk.Member.Get($"/api/messaging/campaigns/{campaign}/receipts/?status=queued")).Is(200)["data.results"].GetArrayLength());
        (await desk.Member.Get($"/api/messaging/campaigns/{campaign}/receipts/?status=lost")).Is(400);
        await desk.NothingDrifts();
    }

    [Fact]
    public async Task A_campaign_needs_an_approved_template_and_somebody_to_reach()
    {
        var desk = await Desk.Open(app);
        var draft = (await desk.Member.Post("/api/messaging/templates/", new { name = "Draft", category = "news", language = "en", channel = "email", body = "x" })).Is(201)["data.id"].GetGuid();
        var contact = await desk.Contact("Sarah");
        (await desk.Start(await desk.Campaign(new { contacts = new[] { contact } }, template: draft))).Is(409);
        (await desk.Start(await desk.Campaign(new { contacts = new[] { contact } }, channel: "email"))).Is(400);
        (await desk.Start(await desk.Campaign(new { contacts = new[] { contact } }, channel: "webhook"))).Is(409);
        (await desk.Member.Post("/api/messaging/campaigns/", new { name = "x", template = draft, channel = "sandbox", audience = new { } })).Is(400);
        (await desk.Member.Post("/api/messaging/campaigns/", new { name = "x", template = Guid.NewGuid(), channel = "sandbox", audience = new { tags = new[] { "a" } } })).Is(400);
        (await desk.Member.Post("/api/messaging/campaigns/", """{"name":"x","template":"6865c4f9-7cb4-49de-bfbe-bf0fe726d25b","channel":"sandbox","audience":{"segment":{"all":[{"action_type":"dance","count_at_least":1,"within_days":1}]}}}""")).Is(400);
    }

    [Fact]
    public async Task A_template_is_approved_by_those_who_may_and_keeps_its_versions()
    {
        var desk = await Desk.Open(app);
        var admin = await app.SignUp("root", Roles.Admin);
        var clerk = await app.SignUp("bilal");
        await desk.Hire(admin, clerk);
        var id = (await clerk.Post("/api/messaging/templates/", new { name = "Welcome", category = "news", language = "en", channel = "sandbox", body = "First" })).Is(201)["data.id"].GetGuid();
        (await desk.Member.Post($"/api/messaging/templates/{id}/approve/")).Is(409);
        (await clerk.Post($"/api/messaging/templates/{id}/submit/")).Is(200);
        (await clerk.Post($"/api/messaging/templates/{id}/approve/")).Is(403);
        (await desk.Member.Post($"/api/messaging/templates/{id}/approve/")).Is(200);

        var edited = (await clerk.Patch($"/api/messaging/templates/{id}/", new { body = "Second" })).Is(200);
        Assert.Equal((2, 1, "draft"), (edited["data.version"].GetInt32(), edited["data.approved_version"].GetInt32(), edited["data.status"].GetString()));
        (await clerk.Post($"/api/messaging/templates/{id}/submit/")).Is(200);
        Assert.Equal("Too short", (await desk.Member.Post($"/api/messaging/templates/{id}/reject/", new { reason = "Too short" })).Is(200)["data.reason"].GetString());
        var versions = (await clerk.Get($"/api/messaging/templates/{id}/versions/")).Is(200);
        Assert.Equal(["rejected", "approved"], versions["data.results"].EnumerateArray().Select(one => one.GetProperty("status").GetString()));
        await desk.NothingDrifts();
    }

    /// <summary>Six contacts, and a rate at which they would take minutes.</summary>
    private static async Task SlowAudience(Desk desk)
    {
        (await desk.Member.Patch("/api/messaging/settings/", new { rate_per_minute = 1 })).Is(200);
        foreach (var n in Enumerable.Range(1, 6))
            await desk.Contact($"Friend {n}", null, null, "slow");
    }

    private async Task Hurry(Desk desk)
    {
        (await desk.Member.Patch("/api/messaging/settings/", new { rate_per_minute = 600_000 })).Is(200);
        await app.Db.Execute("update messaging_settings set next_at = '-infinity'");
    }
}
