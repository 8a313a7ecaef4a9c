using System.Text.RegularExpressions;
using Hearth.Features.Messaging.Tenancy;
using Hearth.Tests.Harness;
using Hearth.Tests.Rules;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Features.Messaging;

/// <summary>Two tenants never see a byte of each other, and none changes one of the other's.</summary>
public sealed partial class IsolationTests(HearthApp app) : IClassFixture<HearthApp>
{
    private const string Secret = "Zanzibar";

    private static readonly string[] Tables =
    [
        "contacts", "contact_merges", "contact_imports", "contact_invitations", "conversations", "templates", "template_versions", "mailings", "messages", "messaging_settings",
        "messaging_days", "messaging_activities", "messaging_activity_counts",
    ];

    [Fact]
    public async Task No_route_shows_or_changes_what_is_another_tenants()
    {
        var (mine, theirs) = (await Desk.Open(app, "bilal"), await Desk.Open(app));
        var ids = await Furnish(theirs);
        await mine.Contact("My own");
        var before = await Dump(theirs);

        foreach (var (method, pattern) in Routes())
        {
            foreach (var id in pattern.Contains('{', StringComparison.Ordinal) ? ids : [ids[0]])
            {
                foreach (var query in method == "GET" ? Queries(ids) : [""])
                {
                    foreach (var body in method == "GET" ? [""] : Bodies(ids, theirs))
                        await SeesNothing(mine, method, Path(pattern, id) + query, body, ids);
                }
            }
        }

        Assert.Equal(before, await Dump(theirs));
    }

    [Fact]
    public async Task A_tenants_signature_opens_its_own_door_only()
    {
        var (mine, theirs) = (await Desk.Open(app, "bilal"), await Desk.Open(app));
        var conversation = await theirs.Conversation(await theirs.Contact(Secret));
        var message = await theirs.Say(conversation);
        (await mine.Receipt("sandbox", message, "read")).Is(404);
        var forged = new Desk(app, mine.Member, theirs.Tenant, mine.Secret);
        (await forged.Receipt("sandbox", message, "read")).Is(401);
        (await forged.Inbound("sandbox", "+254700000009", "Hello", "x1")).Is(401);
    }

    [Fact]
    public void Every_statement_on_a_table_of_messaging_names_its_tenant()
    {
        var pattern = new Regex($@"\b(from|into|update|join)\s+({string.Join('|', Tables)})\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5));
        Rule.Holds(
            from source in Sources.Server
            where source.Part == "Features/Messaging" && !source.Path.EndsWith("MessagingChecks.cs")
            from match in Statements().Matches(source.Text)
            where pattern.IsMatch(match.Value) && !TenantDb.IsBound(match.Value) && !match.Value.Contains("c.tenant = $1") && !match.Value.Contains("{AudienceSql")
                && !match.Value.Contains("-- links.", StringComparison.Ordinal)
            where match.Value.Contains("-- ", StringComparison.Ordinal)
            select $"{source.Path}: {match.Value[..Math.Min(80, match.Value.Length)]}");
    }

    /// <summary>One of each thing, every text of it saying the secret.</summary>
    private static async Task<List<Guid>> Furnish(Desk desk)
    {
        var (first, second) = (await desk.Contact($"{Secret} One", "+254700000001", "zanzibar@example.org", Secret), await desk.Contact($"{Secret} Two"));
        var merge = (await desk.Member.Post($"/api/messaging/contacts/{first}/merge/", new { duplicate = second })).Is(201)["data.id"].GetGuid();
        var conversation = await desk.Conversation(first, Secret);
        var message = await desk.Say(conversation, Secret);
        (await desk.Inbound("sandbox", "+254700000001", Secret, "x1")).Is(200);
        var template = await desk.ApprovedTemplate(Secret, Secret);
        var campaign = await desk.Campaign(new { tags = new[] { Secret } }, template: template, name: Secret);
        (await desk.Start(campaign)).Is(200);
        await desk.Becomes(campaign, view => view.GetProperty("status").GetString() == "completed");
        return [first, second, merge, conversation, message, template, campaign];
    }

    private static async Task SeesNothing(Desk mine, string method, string path, string body, List<Guid> ids)
    {
        var reply = await mine.Member.Send(new HttpMethod(method), path, body.Length == 0 ? null : body);
        var text = reply.Text;
        Assert.True(reply.Status < 500, $"{method} {path}: {reply.Status} {text}");
        Assert.False(text.Contains(Secret, StringComparison.OrdinalIgnoreCase), $"{method} {path} {body} shows {text}");
        Assert.False(ids.Exists(id => text.Contains(id.ToString(), StringComparison.OrdinalIgnoreCase)), $"{method} {path} {body} shows {text}");
    }

    private static IEnumerable<string> Queries(List<Guid> ids) => ["", $"?q=zan&tag={Secret}", $"?contact={ids[0]}", "?limit=100"];

    private static IEnumerable<string> Bodies(List<Guid> ids, Desk theirs) =>
    [
        "{}",
        $$"""{"contact":"{{ids[0]}}","subject":"x","channel":"sandbox","duplicate":"{{ids[1]}}","body":"x","name":"x","assignee":"{{theirs.Member.Uuid}}","status":"closed"}""",
        $$"""{"name":"x","template":"{{ids[5]}}","channel":"sandbox","audience":{"contacts":["{{ids[0]}}"]},"messages":["{{ids[4]}}"],"opted_out":true}""",
        $$"""[{"name":"x","phone":"+254700000001"}]""",
    ];

    private async Task<IReadOnlyList<string>> Dump(Desk desk)
    {
        var rows = new List<string>();
        foreach (var table in Tables)
            rows.AddRange(await app.Db.Rows($"select '{table}', to_jsonb(t)::text from {table} t where tenant = (select number from tenants where id = $1) order by 2", desk.Tenant));
        return rows;
    }

    private static string Path(string pattern, Guid id) => "/" + Places().Replace(pattern, place => place.Value.StartsWith("{channel", StringComparison.Ordinal) ? "sandbox" : id.ToString()) + "/";

    private List<(string Method, string Pattern)> Routes() =>
    [
        .. from route in app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
           let pattern = route.RoutePattern.RawText?.Trim('/') ?? ""
           where pattern.StartsWith("api/messaging/", StringComparison.Ordinal)
           from method in route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]
           orderby pattern, method
           select (method, pattern),
    ];

    [GeneratedRegex("\"\"\"(?s:.*?)\"\"\"", RegexOptions.None, 5000)]
    private static partial Regex Statements();

    [GeneratedRegex(@"\{[^}]+\}", RegexOptions.None, 5000)]
    private static partial Regex Places();
}
