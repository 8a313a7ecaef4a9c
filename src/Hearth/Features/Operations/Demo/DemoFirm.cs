using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Operations.Demo;

/// <summary>Grace's library and café as an organisation: contacts, what they write and hear, a campaign that went out and one that is being planned.</summary>
internal sealed class DemoFirm(
    HearthOptions options, DemoRequests requests, AccessTokens tokens, NpgsqlDataSource source, DemoSkills before, TimeProvider time, ILogger<DemoFirm> log)
    : DemoPart(options, requests, tokens, source, log)
{
    private const string Owner = "grace";

    private static readonly (string Name, string Tag)[] Contacts =
    [
        ("John Kamau", "readers"), ("Sarah Mwangi", "readers"), ("David Ochieng", "café"), ("Wanjiku Njoroge", "readers"), ("Peter Mutua", "suppliers"),
        ("Halima Yusuf", "café"), ("Brian Kiptoo", "readers"), ("Mercy Akinyi", "café"), ("Joseph Barasa", "suppliers"), ("Nadia Rahman", "readers"),
        ("Tobias Keller", "café"), ("Ruth Chebet", "readers"), ("Samir Hussein", "café"), ("Esther Wairimu", "readers"), ("Victor Odhiambo", "café"),
        ("Leila Farah", "readers"), ("Martin Okello", "suppliers"), ("Joyce Nekesa", "readers"), ("Felix Maina", "café"), ("Aisha Bakari", "readers"),
    ];

    private static readonly (int Contact, string Text, string? Answer)[] Letters =
    [
        (0, "Is the reading room open on Sunday?", "From ten to four. There is cake."),
        (1, "I cannot find my card. Can I still borrow?", "Come by with any paper that has your name on it; a new card takes a minute."),
        (4, "Forty kilos of the medium roast, as last month?", "Yes please, and two of the dark."),
        (6, "Do you have the second volume of the atlas?", null),
        (11, "Thank you for the evening with the poets!", "Thank you for coming. The next one is in three weeks."),
        (13, "Could the children's hour begin a little later?", null),
    ];

    protected override async Task Act(HttpClient client, IReadOnlyDictionary<string, string> people, CancellationToken ct)
    {
        await before.Done.WaitAsync(ct);
        var (admin, owner) = (people["amina"], people[Owner]);
        using var me = await DemoRequests.Send(client, owner, HttpMethod.Get, "/api/auth/me", null, ct);
        if (me.RootElement.GetProperty("tenant_id").ValueKind != JsonValueKind.Null)
            return;
        using var firm = await Post(client, admin, "/api/admin/tenants", Body(("name", "Library and café on the corner"), ("time_zone", "Africa/Nairobi")), ct);
        var tenant = firm.RootElement.GetProperty("id").GetGuid();
        // The administrator looks after its messaging, too, and so who signs in first sees it.
        using var helper = await DemoRequests.Send(client, admin, HttpMethod.Get, "/api/auth/me", null, ct);
        foreach (var member in new[] { me, helper })
        {
            var path = $"/api/admin/users/{member.RootElement.GetProperty("id").GetGuid()}";
            (await DemoRequests.Send(client, admin, HttpMethod.Patch, path, Body(("tenant_id", tenant)), ct)).Dispose();
        }

        var contacts = Contacts.Select((contact, i) => Body(("name", contact.Name), ("phone", Phone(i)), ("tags", new[] { contact.Tag }))).ToArray();
        (await DemoRequests.Send(client, owner, HttpMethod.Post, "/api/messaging/contacts/import/", contacts, ct)).Dispose();
        await Campaigns(client, owner, ct);
        await Talk(client, owner, tenant, firm.RootElement.GetProperty("webhook_secret").GetString()!, ct);
    }

    private static async Task Campaigns(HttpClient client, string owner, CancellationToken ct)
    {
        var template = await Template(client, owner, "Evening with the poets", "events", "Dear {{first_name}}, on Friday at seven four poets read in the café. Will you be there?", ct);
        var campaign = await Campaign(client, owner, "Evening with the poets", template, ["readers", "café"], ct);
        (await Post(client, owner, $"/api/messaging/campaigns/{campaign}/start/", null, ct)).Dispose();
        var soon = await Template(client, owner, "Christmas hours", "news", "Dear {{first_name}}, we close on the 24th at two and are back on the 27th. Borrow enough!", ct);
        await Campaign(client, owner, "Christmas hours", soon, ["readers"], ct);
    }

    private static async Task<Guid> Template(HttpClient client, string owner, string name, string category, string text, CancellationToken ct)
    {
        using var made = await Post(
            client, owner, "/api/messaging/templates/", Body(("name", name), ("category", category), ("language", "en"), ("channel", "whatsapp"), ("body", text)), ct);
        var id = Id(made);
        (await Post(client, owner, $"/api/messaging/templates/{id}/submit/", null, ct)).Dispose();
        (await Post(client, owner, $"/api/messaging/templates/{id}/approve/", null, ct)).Dispose();
        return id;
    }

    private static async Task<Guid> Campaign(HttpClient client, string owner, string name, Guid template, string[] tags, CancellationToken ct)
    {
        using var made = await Post(
            client, owner, "/api/messaging/campaigns/", Body(("name", name), ("template", template), ("channel", "sandbox"), ("audience", Body(("tags", tags)))), ct);
        return Id(made);
    }

    /// <summary>Contacts write by way of a provider, which signs what it brings; some are answered.</summary>
    private async Task Talk(HttpClient client, string owner, Guid tenant, string secret, CancellationToken ct)
    {
        foreach (var (i, (contact, text, answer)) in Letters.Index())
        {
            var letter = JsonSerializer.SerializeToUtf8Bytes(Body(
                ("from", Phone(contact)), ("body", text), ("external_id", string.Create(CultureInfo.InvariantCulture, $"demo-{i}"))));
            var now = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/messaging/channels/sandbox/inbound/?tenant={tenant}") { Content = new ByteArrayContent(letter) };
            request.Content.Headers.ContentType = new("application/json");
            byte[] signed = [.. Encoding.UTF8.GetBytes(now + "."), .. letter];
            request.Headers.Add("X-Hearth-Timestamp", now);
            request.Headers.Add("X-Hearth-Signature", "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed)));
            using var taken = await client.SendAsync(request, ct);
            taken.EnsureSuccessStatusCode();
            if (answer is not null)
                await Answer(client, owner, Contacts[contact].Name, answer, ct);
        }
    }

    private static async Task Answer(HttpClient client, string owner, string contact, string text, CancellationToken ct)
    {
        using var list = await DemoRequests.Send(client, owner, HttpMethod.Get, "/api/messaging/conversations/", null, ct);
        foreach (var one in list.RootElement.GetProperty("data").GetProperty("results").EnumerateArray())
        {
            if (one.GetProperty("contact").GetProperty("name").GetString() == contact)
                (await Post(client, owner, $"/api/messaging/conversations/{one.GetProperty("id").GetGuid()}/messages/", Body(("body", text)), ct)).Dispose();
        }
    }

    private static string Phone(int contact) => string.Create(CultureInfo.InvariantCulture, $"+254700{100_000 + contact}");

    private static Guid Id(JsonDocument made) => made.RootElement.GetProperty("data").GetProperty("id").GetGuid();

    private static Dictionary<string, object?> Body(params ReadOnlySpan<(string Name, object? Value)> fields)
    {
        var body = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (name, value) in fields)
            body[name] = value;
        return body;
    }

    private static Task<JsonDocument> Post(HttpClient client, string token, string path, Dictionary<string, object?>? body, CancellationToken ct) =>
        DemoRequests.Send(client, token, HttpMethod.Post, path, body, ct);
}
