using Hearth.Tests.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Features.Messaging;

public sealed class ActivityTests(ActivityTests.App app) : IClassFixture<ActivityTests.App>
{
    [Fact]
    public async Task The_feed_shows_each_type_as_the_contract_does()
    {
        app.AtTenPast();
        var desk = await Desk.Open(app);
        await desk.ApprovedTemplate();
        var contact = await desk.Contact("John Kamau", "+254700000001");
        var conversation = await desk.Conversation(contact);
        var message = (await desk.Inbound("sandbox", "+254700000001", "Thank you for the quick response, and for all the fish", "x1")).Is(200)["data.message"].GetGuid();

        var feed = (await desk.Member.Get("/api/messaging/activity/recent/?limit=10")).Is(200);
        Assert.True(feed["success"].GetBoolean());
        Assert.Equal(["activities", "has_more", "total_count", "live_count"], feed["data"].EnumerateObject().Select(field => field.Name));
        Assert.Equal((3, 1, false), (feed["data.total_count"].GetInt32(), feed["data.live_count"].GetInt32(), feed["data.has_more"].GetBoolean()));
        var reply = feed["data.activities.0"];
        Assert.Equal(["id", "type", "title", "description", "timestamp", "time_ago", "is_live", "metadata"], reply.EnumerateObject().Select(field => field.Name));
        Assert.Equal($"msg_{message}", reply.GetProperty("id").GetString());
        Assert.Equal("John Kamau replied to conversation Kenya Coffee Exports", reply.GetProperty("title").GetString());
        Assert.Equal("New message: Thank you for the quick response, and for all the...", reply.GetProperty("description").GetString());
        Assert.Equal("just now", reply.GetProperty("time_ago").GetString());
        Assert.Equal(
            $$"""{"conversation_id":"{{conversation}}","contact_name":"John Kamau","conversation_subject":"Kenya Coffee Exports","message_id":"{{message}}"}""",
            reply.GetProperty("metadata").GetRawText());

        var added = feed["data.activities.1"];
        Assert.Equal($"contact_{contact}", added.GetProperty("id").GetString());
        Assert.Equal("New contact: +254700000001", added.GetProperty("description").GetString());
        Assert.False(added.GetProperty("is_live").GetBoolean());
        var template = feed["data.activities.2"];
        Assert.Equal($"{desk.Member.Name} approved template Welcome Message - Swahili", template.GetProperty("title").GetString());
        Assert.Equal("Onboarding - Kiswahili", template.GetProperty("description").GetString());

        Assert.Equal(1, (await desk.Member.Get("/api/messaging/activity/recent/?type=conversation_reply"))["data.total_count"].GetInt32());
        (await desk.Member.Get("/api/messaging/activity/recent/?type=nothing")).Is(400);
        await desk.NothingDrifts();
    }

    [Fact]
    public async Task Contacts_of_one_clock_hour_are_one_line()
    {
        app.AtTenPast();
        var desk = await Desk.Open(app);
        await desk.Contact("A");
        await desk.Contact("B");
        app.Clock.Advance(TimeSpan.FromHours(1));
        await desk.SignIn();
        await desk.Contact("C");

        var feed = (await desk.Member.Get("/api/messaging/activity/recent/")).Is(200);
        Assert.Equal(["contact_added", "contacts_added"], feed["data.activities"].EnumerateArray().Select(one => one.GetProperty("type").GetString()));
        Assert.Equal("Added 2 new contacts", feed["data.activities.1.title"].GetString());
        Assert.Equal(2, feed["data.activities.1.metadata.contacts"].GetArrayLength());
        Assert.Equal(2, feed["data.total_count"].GetInt32());
        await desk.NothingDrifts();
    }

    [Fact]
    public async Task A_reply_is_live_for_five_minutes()
    {
        var desk = await Desk.Open(app);
        (await desk.Inbound("sandbox", "+254700000001", "Hello", "x1")).Is(200);
        app.Clock.Advance(TimeSpan.FromMinutes(6));
        var feed = (await desk.Member.Get("/api/messaging/activity/recent/?type=conversation_reply")).Is(200);
        Assert.False(feed["data.activities.0.is_live"].GetBoolean());
        Assert.Equal("6 min ago", feed["data.activities.0.time_ago"].GetString());
        Assert.Equal(0, feed["data.live_count"].GetInt32());
    }

    [Fact]
    public async Task Every_figure_follows_from_what_was_done()
    {
        app.AtTenPast();
        var desk = await Desk.Open(app, zone: "Africa/Nairobi");
        var (john, sarah) = (await desk.Contact("John", "+254700000001"), await desk.Contact("Sarah", "+254700000002"));
        var (first, second) = (await desk.Conversation(john), await desk.Conversation(sarah));
        for (var i = 0; i < 3; i++)
            await desk.Say(first);
        (await desk.Inbound("sandbox", "+254700000001", "Thanks", "x1")).Is(200);
        (await desk.Member.Post($"/api/messaging/conversations/{second}/close/")).Is(200);

        var overview = (await desk.Member.Get("/api/messaging/performance/overview/")).Is(200);
        Assert.Equal(
            """{"total_messages":4,"delivery_rate":100,"response_rate":50,"active_conversations":1,"campaign_success_rate":0}""",
            overview["data.metrics"].GetRawText());
        Assert.False(overview["data.coming_soon"].GetBoolean());
        Assert.Equal(12, overview["data.charts.message_volume.labels"].GetArrayLength());
        Assert.Equal(app.Clock.GetUtcNow().AddHours(3).ToString("MMM", System.Globalization.CultureInfo.InvariantCulture), overview["data.charts.message_volume.labels.11"].GetString());
        Assert.Equal(4, overview["data.charts.message_volume.data.11"].GetInt32());
        Assert.Equal(100, overview["data.charts.delivery_rates.data.11"].GetDouble());

        var statistics = (await desk.Member.Get("/api/messaging/activity/statistics/")).Is(200);
        const string figures = """{"messages_sent":3,"messages_received":1,"conversations_started":2,"campaigns_launched":0}""";
        Assert.Equal([figures, figures, figures], statistics["data"].EnumerateObject().Select(period => period.Value.GetRawText()));
        var export = (await desk.Member.Get("/api/messaging/performance/export/?format=json")).Is(200);
        Assert.Equal(
            overview["data.charts.message_volume.data"].EnumerateArray().Select(count => count.GetInt64()),
            export["data.months"].EnumerateArray().Select(month => month.GetProperty("messages").GetInt64()));
        Assert.Contains(",3,1,4,3,100\r\n", (await desk.Member.Get("/api/messaging/performance/export/")).Is(200).Text);
    }

    [Fact]
    public async Task Weeks_begin_on_Monday_and_days_in_the_tenants_zone()
    {
        var desk = await Desk.Open(app, zone: "Africa/Nairobi");
        var conversation = await desk.Conversation(await desk.Contact("John"));
        // To half past eight in the evening of a Sunday, UTC, within a month: an hour later it is Monday in Nairobi.
        var now = app.Clock.GetUtcNow();
        var sunday = now.Date.AddDays(((7 - (int)now.DayOfWeek) % 7) + 7).AddHours(20).AddMinutes(30);
        while (sunday.Day is < 8 or > 20)
            sunday = sunday.AddDays(7);
        app.Clock.Advance(sunday - now.UtcDateTime);
        await desk.SignIn();
        await desk.Say(conversation);
        app.Clock.Advance(TimeSpan.FromHours(1));
        await desk.SignIn();
        await desk.Say(conversation);

        var statistics = (await desk.Member.Get("/api/messaging/activity/statistics/")).Is(200);
        Assert.Equal((1, 1, 2), (Sent(statistics, "today"), Sent(statistics, "this_week"), Sent(statistics, "this_month")));
    }

    [Fact]
    public async Task Without_a_tenant_or_a_token_the_contract_says_what()
    {
        var stranger = await app.SignUp("bilal");
        foreach (var path in (string[])["activity/recent/", "performance/overview/", "activity/statistics/", "contacts/"])
        {
            Assert.Equal("""{"success":false,"message":"User is not associated with any tenant"}""", (await stranger.Get($"/api/messaging/{path}")).Is(400).Text);
            Assert.Equal("""{"detail":"Authentication credentials were not provided."}""", (await app.Anyone.Get($"/api/messaging/{path}")).Is(401).Text);
        }
    }

    private static int Sent(Reply statistics, string period) => statistics[$"data.{period}.messages_sent"].GetInt32();

    public sealed class App : HearthApp
    {
        internal ShiftedTime Clock { get; } = new();

        /// <summary>Moves on to ten minutes past an hour: no hour, day or month ends while a test runs.</summary>
        internal void AtTenPast()
        {
            var now = Clock.GetUtcNow().UtcDateTime;
            Clock.Advance(now.Date.AddHours(now.Hour + 1).AddMinutes(10) - now);
        }

        private protected override void Change(WebApplicationBuilder builder) => builder.Services.AddSingleton<TimeProvider>(Clock);
    }
}
