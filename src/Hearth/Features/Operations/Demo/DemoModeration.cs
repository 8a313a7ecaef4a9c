using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Operations.Demo;

/// <summary>What a moderator finds of a morning: two rules, what one of them held up, and what two neighbours reported.</summary>
internal sealed class DemoModeration(
    HearthOptions options, DemoRequests requests, AccessTokens tokens, NpgsqlDataSource source, DemoContents before, ILogger<DemoModeration> log)
    : DemoPart(options, requests, tokens, source, log)
{
    private const string Rules = "/api/v1/moderation/auto-rules";

    protected override async Task Act(HttpClient client, IReadOnlyDictionary<string, string> people, CancellationToken ct)
    {
        await before.Done.WaitAsync(ct);
        using var rules = await DemoRequests.Send(client, people["juma"], HttpMethod.Get, Rules, null, ct);
        if (rules.RootElement.GetProperty("results").GetArrayLength() > 0)
            return;
        await Send(client, people["juma"], Rules, ("name", "Prizes and miracles"), ("keywords", new[] { "free cruise", "claim your prize", "miracle cure" }), ("content_types", new[] { "post", "comment" }), ("action", "flag"), ("severity", 3));
        await Send(client, people["juma"], Rules, ("name", "Spam, says the scorer"), ("scorer", "spam"), ("content_types", new[] { "post", "comment" }), ("action", "hide"), ("severity", 2));

        using var list = await DemoRequests.Send(client, people["juma"], HttpMethod.Get, "/api/ventroom/posts/?page_size=2", null, ct);
        var post = list.RootElement.GetProperty("results")[1].GetProperty("id").GetInt64();
        var comments = $"/api/ventroom/posts/{post}/comments/";
        await Send(client, people["mateo"], comments, ("text", "My cousin swears by this: claim your prize, a free cruise for the first fifty! I have not tried it."));
        var rumour = await Send(client, people["sam"], comments, ("text", "Somebody told me that the bridge is closed for the whole winter, tell everybody."));
        foreach (var (reporter, details) in new[] { ("ingrid", "It is closed for one night. I asked."), ("arjun", "We ran across it this morning.") })
            await Send(client, people[reporter], "/api/v1/moderation/report", ("content_type", "comment"), ("content_id", rumour), ("reason", "misinformation"), ("details", details));

        async Task<long> Send(HttpClient by, string token, string path, params (string Name, object? Value)[] fields)
        {
            var body = fields.ToDictionary(field => field.Name, field => field.Value, StringComparer.Ordinal);
            using var made = await DemoRequests.Send(by, token, HttpMethod.Post, path, body, ct);
            return made.RootElement.TryGetProperty("id", out var id) && id.ValueKind == System.Text.Json.JsonValueKind.Number ? id.GetInt64() : 0;
        }
    }
}
