using System.Net.Http.Headers;
using System.Text.Json;
using Hearth.Tests.Jobs.Mail;

namespace Hearth.Tests.Crash;

/// <summary>
/// The server is killed with SIGKILL while a campaign's mails go out. Nobody gets two, and everybody gets one but for those that
/// are listed as uncertain.
/// </summary>
public sealed class CampaignKillTests : IDisposable
{
    private const int Contacts = 1_000;
    private const string Email = "root@example.org";
    private const string Password = "a long enough password";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("hearth-campaign-");

    public CampaignKillTests() => folder.UnixFileMode |= UnixFileMode.OtherExecute;

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Each_contact_gets_at_most_one_mail_and_exactly_one_but_for_the_uncertain()
    {
        await using var sink = new SmtpSink();
        var settings = new Dictionary<string, string>
        {
            ["SMTP_SERVER"] = "127.0.0.1",
            ["SMTP_PORT"] = sink.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["ADMIN_EMAIL"] = Email,
            ["ADMIN_PASSWORD"] = Password,
        };
        string campaign;
        await using (var server = await ServerProcess.Start(folder.FullName, settings))
        {
            using var http = await SignIn(server);
            campaign = await Begin(http);
            // Some have left, most have not.
            await Harness.Eventually.IsTrue(() => sink.Taken.Count >= 50);
            await server.Kill(database: false);
        }

        await using (var server = await ServerProcess.Start(folder.FullName, settings))
        {
            using var http = await SignIn(server);
            JsonElement view = default;
            // What the crash left half done waits for its lease to end: longer than anything else here.
            for (var patience = 0; patience < 4 && !IsDone(view); patience++)
                await Settle(http, campaign, latest => view = latest);
            Assert.True(IsDone(view), view.ToString());

            var recipients = sink.Taken.Select(mail => mail.To.ToString()).ToList();
            Assert.Equal(recipients.Count, recipients.Distinct().Count());
            var (sent, uncertain) = (view.GetProperty("sent").GetInt32(), view.GetProperty("uncertain").GetInt32());
            Assert.Equal(Contacts, sent + uncertain);
            Assert.InRange(recipients.Count, sent, Contacts);
        }

        var (holds, text) = await ServerProcess.Verify(folder.FullName);
        Assert.True(holds, text);
    }

    private static bool IsDone(JsonElement view) => view.ValueKind == JsonValueKind.Object && view.GetProperty("status").GetString() == "completed";

    private static async Task Settle(HttpClient http, string campaign, Action<JsonElement> seen)
    {
        try
        {
            await Harness.Eventually.IsTrue(async () =>
            {
                var view = (await Send(http, HttpMethod.Get, $"/api/messaging/campaigns/{campaign}/")).GetProperty("data");
                seen(view);
                return IsDone(view);
            });
        }
        catch (OperationCanceledException)
        {
            // A minute has passed; the lease takes two.
        }
    }

    private static async Task<HttpClient> SignIn(ServerProcess server)
    {
        var http = new HttpClient { BaseAddress = server.Address };
        var login = await Send(http, HttpMethod.Post, "/api/auth/login", $$"""{"email":"{{Email}}","password":"{{Password}}"}""");
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", login.GetProperty("access").GetString());
        return http;
    }

    private static async Task<string> Begin(HttpClient http)
    {
        var me = (await Send(http, HttpMethod.Get, "/api/auth/me")).GetProperty("id").GetString();
        var tenant = (await Send(http, HttpMethod.Post, "/api/admin/tenants", """{"name":"The firm"}""")).GetProperty("id").GetString();
        await Send(http, HttpMethod.Patch, $"/api/admin/users/{me}", $$"""{"tenant_id":"{{tenant}}"}""");
        var rows = string.Join(',', Enumerable.Range(1, Contacts).Select(n => $$"""{"name":"Friend {{n}}","email":"friend{{n}}@example.org","tags":["friends"]}"""));
        await Send(http, HttpMethod.Post, "/api/messaging/contacts/import/", $"[{rows}]");
        var template = Id(await Send(http, HttpMethod.Post, "/api/messaging/templates/", """{"name":"News","category":"news","language":"en","channel":"email","body":"Hello {{name}}"}"""));
        await Send(http, HttpMethod.Post, $"/api/messaging/templates/{template}/submit/");
        await Send(http, HttpMethod.Post, $"/api/messaging/templates/{template}/approve/");
        var campaign = Id(await Send(
            http, HttpMethod.Post, "/api/messaging/campaigns/", $$"""{"name":"News","template":"{{template}}","channel":"email","audience":{"tags":["friends"] } }"""));
        await Send(http, HttpMethod.Post, $"/api/messaging/campaigns/{campaign}/start/");
        return campaign;
    }

    private static string Id(JsonElement answer) => answer.GetProperty("data").GetProperty("id").GetString()!;

    private static async Task<JsonElement> Send(HttpClient http, HttpMethod method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : new StringContent(body, null, "application/json") };
        using var answer = await http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode} {text}");
        return JsonDocument.Parse(text).RootElement;
    }
}
