using System.Globalization;
using System.Text;
using System.Text.Json;
using Hearth.Features.Messaging.Channels;
using Hearth.Platform;
using Hearth.Tests.Harness;

namespace Hearth.Tests.Features.Messaging;

/// <summary>A tenant with a member at work, and the provider who signs with its secret.</summary>
internal sealed class Desk(HearthApp app, Person member, Guid tenant, string secret)
{
    public HearthApp App => app;

    public Person Member { get; private set; } = member;

    public Guid Tenant => tenant;

    public string Secret { get; set; } = secret;

    public static async Task<Desk> Open(HearthApp app, string name = "amina", string zone = "UTC")
    {
        var admin = await app.SignUp("root", Roles.Admin);
        var made = (await admin.Post("/api/admin/tenants", new { name = $"The firm of {name}", time_zone = zone })).Is(201);
        var desk = new Desk(app, await app.SignUp(name, Roles.Corporate), made["id"].GetGuid(), made["webhook_secret"].GetString()!);
        await desk.Hire(admin, desk.Member);
        return desk;
    }

    /// <summary>The member signs in anew: the token ends when the clock is moved on.</summary>
    public async Task SignIn() => Member = Member.With(
        (await app.Anyone.Post("/api/auth/login", new { username = Member.Name, password = "correct horse battery staple" })).Is(200)["access"].GetString()!);

    public async Task Hire(Person admin, Person person) => (await admin.Patch($"/api/admin/users/{person.Uuid}", new { tenant_id = tenant })).Is(200);

    public async Task<Guid> Contact(string name, string? phone = null, string? email = null, params string[] tags) =>
        (await Member.Post("/api/messaging/contacts/", new { name, phone, email, tags })).Is(201)["data.id"].GetGuid();

    public async Task<Guid> Conversation(Guid contact, string subject = "Kenya Coffee Exports", string channel = "sandbox") =>
        (await Member.Post("/api/messaging/conversations/", new { contact, subject, channel })).Is(201)["data.id"].GetGuid();

    public async Task<Guid> Say(Guid conversation, string body = "Good morning!") =>
        (await Member.Post($"/api/messaging/conversations/{conversation}/messages/", new { body })).Is(201)["data.id"].GetGuid();

    public async Task<Guid> ApprovedTemplate(string name = "Welcome Message - Swahili", string body = "Karibu {{first_name}}!")
    {
        var id = (await Member.Post("/api/messaging/templates/", new { name, category = "onboarding", language = "sw", channel = "whatsapp", body })).Is(201)["data.id"].GetGuid();
        (await Member.Post($"/api/messaging/templates/{id}/submit/")).Is(200);
        (await Member.Post($"/api/messaging/templates/{id}/approve/")).Is(200);
        return id;
    }

    public async Task<Guid> Campaign(object audience, string channel = "sandbox", Guid? template = null, string name = "Mother's Day Promotion") =>
        (await Member.Post("/api/messaging/campaigns/", new { name, template = template ?? await ApprovedTemplate(), channel, audience })).Is(201)["data.id"].GetGuid();

    public async Task<Reply> Start(Guid campaign) => await Member.Post($"/api/messaging/campaigns/{campaign}/start/");

    public Task<Reply> Campaign(Guid id) => Member.Get($"/api/messaging/campaigns/{id}/");

    /// <summary>Ends when the campaign is in a state.</summary>
    public async Task<Reply> Becomes(Guid campaign, Func<JsonElement, bool> state)
    {
        Reply? last = null;
        await Eventually.IsTrue(async () => state((last = (await Campaign(campaign)).Is(200))["data"]));
        return last!;
    }

    public Task<Reply> Receipt(string channel, Guid message, string status) =>
        Signed($"/api/messaging/channels/{channel}/receipts/", JsonSerializer.Serialize(new { message_id = message, status }));

    public Task<Reply> Inbound(string channel, string from, string body, string externalId, string? subject = null) =>
        Signed($"/api/messaging/channels/{channel}/inbound/", JsonSerializer.Serialize(new { from, body, external_id = externalId, subject }));

    /// <summary>As a provider sends it.</summary>
    public async Task<Reply> Signed(string path, string body, TimeSpan age = default, string? signature = null)
    {
        var clock = (TimeProvider)app.Services.GetService(typeof(TimeProvider))!;
        var timestamp = (clock.GetUtcNow() - age).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return await app.Anyone.Send(
            HttpMethod.Post,
            $"{path}?tenant={tenant}",
            body,
            (Signatures.TimeHeader, timestamp),
            (Signatures.Header, signature ?? Signatures.Of(Secret, timestamp, Encoding.UTF8.GetBytes(body))));
    }

    public async Task NothingDrifts()
    {
        foreach (var check in (string[])["messaging.days", "messaging.campaigns", "messaging.activities"])
        {
            var found = await ((Hearth.Ledger.Verification)app.Services.GetService(typeof(Hearth.Ledger.Verification))!).Run(check, default);
            Assert.True(found.Differences == 0, $"{check}: {string.Join("; ", found.Examples)}");
        }
    }
}
