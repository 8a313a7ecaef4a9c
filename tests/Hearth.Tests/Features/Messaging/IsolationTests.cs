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

    /// <summary>What no walk of a member reaches: signed by the tenant's secret, or opened by a token or code that only its person has.</summary>
    private static readonly string[] Elsewhere =
    [
        "POST api/messaging/channels/{channel}/inbound", "POST api/messaging/channels/{channel}/receipts",
        "GET api/messaging/opt-out", "POST api/messaging/opt-out", "POST api/messaging/consents", "DELETE api/messaging/consents/{tenant:guid}",
    ];

    [Fact]
    public async Task No_route_shows_or_changes_what_is_another_tenants()
    {
        var (mine, theirs) = (await Desk.Open(app, "bilal"), await Desk.Open(app));
        var things = await Furnish(theirs);
        await mine.Contact("My own");
        var before = await Dump(theirs);

        foreach (var (method, pattern) in Routes())
        {
            foreach (var (path, body) in Requests(method, pattern, things, theirs))
                await SeesNothing(mine, method, path, body, things);
        }

        Assert.Equal(before, await Dump(theirs));
    }

    /// <summary>The walk above would see nothing, too, where its requests were all refused for their form.</summary>
    [Fact]
    public async Task The_walk_reaches_every_route_of_ones_own()
    {
        var own = await Desk.Open(app, "amina");
        var things = await Furnish(own);
        var missed = new List<string>();
        foreach (var (method, pattern) in Routes())
        {
            if (!Elsewhere.Contains($"{method} {pattern}", StringComparer.Ordinal) && !await Reaches(own, method, pattern, things))
                missed.Add($"{method} {pattern}");
        }

        Assert.True(missed.Count == 0, $"Give the walk a body or an id for: {string.Join(", ", missed)}");
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
    private static async Task<Things> Furnish(Desk desk)
    {
        var (first, second) = (await desk.Contact($"{Secret} One", "+254700000001", "zanzibar@example.org", Secret), await desk.Contact($"{Secret} Two"));
        var third = await desk.Contact($"{Secret} Three");
        var merge = (await desk.Member.Post($"/api/messaging/contacts/{first}/merge/", new { duplicate = second })).Is(201)["data.id"].GetGuid();
        var import = (await desk.Member.Post("/api/messaging/contacts/import/", new object[] { new { name = $"{Secret} Four" }, new { name = "" } })).Is(201)["data.id"].GetGuid();
        (await desk.Member.Post($"/api/messaging/contacts/{first}/invitation/")).Is(201);
        var conversation = await desk.Conversation(first, Secret);
        var message = await desk.Say(conversation, Secret);
        (await desk.Inbound("sandbox", "+254700000001", Secret, "x1")).Is(200);
        var template = await desk.ApprovedTemplate(Secret, Secret);
        var campaign = await desk.Campaign(new { tags = new[] { Secret } }, template: template, name: Secret);
        (await desk.Start(campaign)).Is(200);
        await desk.Becomes(campaign, view => view.GetProperty("status").GetString() == "completed");
        return new Things(first, second, third, merge, import, conversation, message, template, campaign);
    }

    private static async Task SeesNothing(Desk mine, string method, string path, string body, Things things)
    {
        var reply = await mine.Member.Send(new HttpMethod(method), path, body.Length == 0 ? null : body);
        var text = reply.Text;
        Assert.True(reply.Status < 500, $"{method} {path}: {reply.Status} {text}");
        Assert.False(text.Contains(Secret, StringComparison.OrdinalIgnoreCase), $"{method} {path} {body} shows {text}");
        Assert.False(things.All.Exists(id => text.Contains(id.ToString(), StringComparison.OrdinalIgnoreCase)), $"{method} {path} {body} shows {text}");
    }

    /// <summary>Whether one of the requests gets as far as the thing itself: it is done, or its state does not allow it.</summary>
    private static async Task<bool> Reaches(Desk own, string method, string pattern, Things things)
    {
        foreach (var (path, body) in Requests(method, pattern, things, own))
        {
            if ((await own.Member.Send(new HttpMethod(method), path, body.Length == 0 ? null : body)).Status is (>= 200 and < 300) or 409)
                return true;
        }

        return false;
    }

    private static IEnumerable<(string Path, string Body)> Requests(string method, string pattern, Things things, Desk whose) =>
        from id in pattern.Contains('{', StringComparison.Ordinal) ? things.All : [things.Contact]
        from query in method == "GET" ? Queries(things) : [""]
        from body in method == "GET" ? [""] : Bodies(things, whose)
        select (Path(pattern, id) + query, body);

    private static IEnumerable<string> Queries(Things things) => ["", $"?q=zan&tag={Secret}", $"?contact={things.Contact}", "?limit=100", "?format=json"];

    private static IEnumerable<string> Bodies(Things things, Desk whose) =>
    [
        "",
        "{}",
        $$"""{"contact":"{{things.Contact}}","subject":"x","channel":"sandbox","duplicate":"{{things.Duplicate}}","body":"x","name":"x","assignee":"{{whose.Member.Uuid}}","status":"closed"}""",
        $$"""{"name":"x","template":"{{things.Template}}","channel":"sandbox","audience":{"contacts":["{{things.Contact}}"]},"messages":["{{things.Message}}"],"opted_out":true}""",
        $$"""{"duplicate":"{{things.Other}}","name":"y","category":"x","language":"en","channel":"sandbox","body":"x","reason":"x"}""",
        """{"segment":{"all":[{"action_type":"like_post","count_at_least":1,"within_days":7}]}}""",
        """[{"name":"x","phone":"+254700000001"}]""",
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

    private sealed record Things(Guid Contact, Guid Duplicate, Guid Other, Guid Merge, Guid Import, Guid Conversation, Guid Message, Guid Template, Guid Campaign)
    {
        public List<Guid> All { get; } = [Contact, Duplicate, Other, Merge, Import, Conversation, Message, Template, Campaign];
    }

    [GeneratedRegex("\"\"\"(?s:.*?)\"\"\"", RegexOptions.None, 5000)]
    private static partial Regex Statements();

    [GeneratedRegex(@"\{[^}]+\}", RegexOptions.None, 5000)]
    private static partial Regex Places();
}
