using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Hearth.Features.Messaging.Channels;
using Hearth.Platform;
using Hearth.Tests.Harness;
using Hearth.Tests.Jobs.Mail;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Hearth.Tests.Features.Messaging;

public sealed class ChannelTests(ChannelTests.App app) : IClassFixture<ChannelTests.App>
{
    [Fact]
    public async Task Mails_that_may_have_arrived_are_not_sent_again_unless_a_person_says_so()
    {
        var desk = await Desk.Open(app);
        foreach (var n in Enumerable.Range(1, 4))
            await desk.Contact($"Friend {n}", null, $"friend{n}@example.org", "friends");
        app.Mail.NextTo("friend2@example.org", Mood.Unknown);
        app.Mail.NextTo("friend3@example.org", Mood.TakeAndBreak);
        var campaign = await desk.Campaign(new { tags = new[] { "friends" } }, "email");
        (await desk.Start(campaign)).Is(200);
        var done = await desk.Becomes(campaign, view => view.GetProperty("status").GetString() == "completed");

        Assert.Equal((2, 1, 1), (done["data.sent"].GetInt32(), done["data.failed"].GetInt32(), done["data.uncertain"].GetInt32()));
        Assert.Equal(3, ToFriends.Count);
        Assert.Equal(3, ToFriends.Select(mail => mail.To.ToString()).Distinct().Count());
        await desk.NothingDrifts();

        Assert.Equal(1, (await desk.Member.Post($"/api/messaging/campaigns/{campaign}/resend/")).Is(200)["data.queued"].GetInt32());
        var again = await desk.Becomes(campaign, view => view.GetProperty("sent").GetInt32() == 3);
        Assert.Equal((0, 0), (again["data.uncertain"].GetInt32(), again["data.pending"].GetInt32()));
        await desk.NothingDrifts();

        // The same Message-ID: whoever gets it twice can tell.
        Assert.Equal(3, ToFriends.Select(mail => mail.MessageId).Distinct().Count());
        await OptsOut(desk);
    }

    /// <summary>The link of a mail changes nothing when it is opened, and opts out when it is posted to.</summary>
    private async Task OptsOut(Desk desk)
    {
        var mail = ToFriends[0];
        Assert.Contains("Karibu Friend!", mail.TextBody);
        var link = mail.Headers["List-Unsubscribe"]!.Trim('<', '>');
        (await app.Anyone.Get(link)).Is(200);
        Assert.DoesNotContain(true, await Choices(desk));
        (await app.Anyone.Send(HttpMethod.Post, link, new StringContent("List-Unsubscribe=One-Click", Encoding.UTF8, "application/x-www-form-urlencoded"))).Is(200);
        Assert.Single(await Choices(desk), true);
        (await app.Anyone.Get("/api/messaging/opt-out/?token=AAAA")).Is(400);
    }

    [Fact]
    public async Task The_bridge_gets_signed_messages_and_tells_what_became_of_them()
    {
        var desk = await Desk.Open(app);
        (await desk.Member.Patch("/api/messaging/settings/", new { bridge_url = $"{app.Bridge}/in" })).Is(200);
        var contact = await desk.Contact("John Kamau", "+254700000001");
        var campaign = await desk.Campaign(new { contacts = new[] { contact } }, "webhook");
        (await desk.Start(campaign)).Is(200);
        await desk.Becomes(campaign, view => view.GetProperty("status").GetString() == "completed");

        var (body, timestamp, signature) = Assert.Single(app.Calls);
        Assert.Equal(Signatures.Of(desk.Secret, timestamp, Encoding.UTF8.GetBytes(body)), signature);
        var sent = JsonDocument.Parse(body).RootElement;
        Assert.Equal(("+254700000001", "Karibu John!"), (sent.GetProperty("to").GetString(), sent.GetProperty("body").GetString()));
        var message = sent.GetProperty("message_id").GetGuid();

        Assert.True((await desk.Receipt("webhook", message, "delivered")).Is(200)["data.changed"].GetBoolean());
        Assert.False((await desk.Receipt("webhook", message, "delivered")).Is(200)["data.changed"].GetBoolean());
        Assert.False((await desk.Receipt("webhook", message, "sent")).Is(200)["data.changed"].GetBoolean());
        Assert.Equal("read", (await desk.Receipt("webhook", message, "read")).Is(200)["data.status"].GetString());
        Assert.False((await desk.Receipt("webhook", message, "failed")).Is(200)["data.changed"].GetBoolean());
        (await desk.Receipt("email", message, "failed")).Is(404);
        (await desk.Receipt("webhook", Guid.NewGuid(), "read")).Is(404);
        (await desk.Receipt("webhook", message, "lost")).Is(400);

        var view = (await desk.Campaign(campaign)).Is(200);
        Assert.Equal((1, 1, 1), (view["data.sent"].GetInt32(), view["data.delivered"].GetInt32(), view["data.read"].GetInt32()));
        await desk.NothingDrifts();
    }

    [Fact]
    public async Task A_few_are_on_their_way_at_once_and_all_arrive()
    {
        var desk = await Desk.Open(app);
        (await desk.Member.Patch("/api/messaging/settings/", new { bridge_url = $"{app.Bridge}/held" })).Is(200);
        var people = Enumerable.Range(0, 120).Select(n => new { name = $"Friend {n}", phone = $"+2547100{n:000000}", tags = new[] { "friends" } });
        (await desk.Member.Post("/api/messaging/contacts/import/", people)).Is(201);
        var campaign = await desk.Campaign(new { tags = new[] { "friends" } }, "webhook");
        (await desk.Start(campaign)).Is(200);
        // So many would be uncertain if the node died now.
        await Eventually.IsTrue(async () => (await Waiting(desk, "sending"), await Waiting(desk, "queued")) == (50, 70));
        app.LetGo();
        var done = await desk.Becomes(campaign, view => view.GetProperty("status").GetString() == "completed");
        // Uncertain is what was held for longer than a request may take.
        Assert.Equal((120, 0), (done["data.sent"].GetInt32() + done["data.uncertain"].GetInt32(), done["data.pending"].GetInt32()));
        Assert.Equal(120, app.Held.Distinct().Count());
        Assert.Equal(120, app.Held.Count);
        await desk.NothingDrifts();

        async Task<int> Waiting(Desk desk, string status) =>
            (await desk.Member.Get($"/api/messaging/campaigns/{campaign}/receipts/?limit=100&status={status}")).Is(200)["data.results"].GetArrayLength();
    }

    [Fact]
    public async Task What_a_crash_left_half_done_is_uncertain()
    {
        var desk = await Desk.Open(app);
        var conversation = await desk.Conversation(await desk.Contact("John Kamau", null, "john.kamau@example.org"), channel: "email");
        var message = await desk.Say(conversation);
        await Eventually.IsTrue(async () => await Status(desk, conversation) == "sent");

        // As a node leaves it that dies between taking and settling: its lease ends, and another takes the delivery over.
        await app.Db.Execute("update messages set status = 2, sent_at = null where uuid = $1", message);
        await app.Db.Execute("update messaging_days set sent = sent - 1 where sent > 0 and tenant = (select number from tenants where id = $1)", desk.Tenant);
        var taken = app.Mail.Taken.Count;
        await app.Db.Execute(
            """
            update deliveries d set state = 'sending', due_at = now(), payload = jsonb_build_object('Tenant', m.tenant, 'From', m.id, 'To', m.id)
              from messages m where m.uuid = $1 and d.id = m.delivery
            """,
            message);
        await Eventually.IsTrue(async () => await Status(desk, conversation) == "uncertain");
        Assert.Equal(taken, app.Mail.Taken.Count);
        await desk.NothingDrifts();
    }

    private List<MimeKit.MimeMessage> ToFriends => [.. app.Mail.Taken.Where(mail => mail.To.ToString().Contains("friend", StringComparison.Ordinal))];

    private static async Task<string?> Status(Desk desk, Guid conversation) =>
        (await desk.Member.Get($"/api/messaging/conversations/{conversation}/messages/")).Is(200)["data.results.0.status"].GetString();

    private static async Task<bool[]> Choices(Desk desk) =>
        [.. (await desk.Member.Get("/api/messaging/contacts/")).Is(200)["data.results"].EnumerateArray().Select(one => one.GetProperty("opted_out").GetBoolean())];

    /// <summary>With a mail server and a provider's bridge on loopback.</summary>
    public sealed class App : HearthApp
    {
        private readonly ConcurrentQueue<(string Body, string Timestamp, string Signature)> calls = new();
        private readonly ConcurrentQueue<string> held = new();
        private readonly TaskCompletionSource letGo = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private WebApplication? bridge;

        internal SmtpSink Mail { get; } = new();

        internal string Bridge { get; private set; } = "";

        internal IReadOnlyList<(string Body, string Timestamp, string Signature)> Calls => [.. calls];

        /// <summary>To whom messages went that were not answered until <see cref="LetGo"/>.</summary>
        internal IReadOnlyList<string> Held => [.. held];

        internal void LetGo() => letGo.SetResult();

        private protected override HearthOptions Configure(HearthOptions options) =>
            options with { SmtpServer = "127.0.0.1", SmtpPort = Mail.Port, AllowPrivateTargets = true };

        public override async ValueTask InitializeAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            bridge = builder.Build();
            bridge.Urls.Add("http://127.0.0.1:0");
            bridge.MapPost("/in", async (HttpRequest request) =>
            {
                using var reader = new StreamReader(request.Body);
                calls.Enqueue((await reader.ReadToEndAsync(), request.Headers[Signatures.TimeHeader].ToString(), request.Headers[Signatures.Header].ToString()));
            });
            bridge.MapPost("/held", async (JsonElement message) =>
            {
                held.Enqueue(message.GetProperty("to").GetString()!);
                await letGo.Task;
            });
            await bridge.StartAsync();
            Bridge = bridge.Urls.First();
            await base.InitializeAsync();
        }

        public override async ValueTask DisposeAsync()
        {
            await base.DisposeAsync();
            await Mail.DisposeAsync();
            await bridge!.DisposeAsync();
        }
    }
}
