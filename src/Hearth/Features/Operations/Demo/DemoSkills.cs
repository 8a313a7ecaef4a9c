using System.Text.Json;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Operations.Demo;

/// <summary>Its people share what they know: skills with days, and what others do with them.</summary>
internal sealed class DemoSkills(HearthOptions options, DemoRequests requests, AccessTokens tokens, NpgsqlDataSource source, ILogger<DemoSkills> log)
    : DemoPart(options, requests, tokens, source, log)
{
    private readonly Random random = new(7);

    protected override async Task Act(HttpClient client, IReadOnlyDictionary<string, string> people, CancellationToken ct)
    {
        foreach (var skill in DemoSkillTexts.Read())
        {
            if (!await IsThere(client, people[skill.Author], skill.Title, ct))
                await Share(new Sharing(client, people, skill), ct);
        }
    }

    private static async Task<bool> IsThere(HttpClient client, string author, string title, CancellationToken ct)
    {
        using var own = await DemoRequests.Send(client, author, HttpMethod.Get, "/api/v1/social/skills?author=me&limit=100", null, ct);
        return own.RootElement.GetProperty("results").EnumerateArray().Any(skill => skill.GetProperty("title").GetString() == title);
    }

    private async Task Share(Sharing one, CancellationToken ct)
    {
        var skill = one.Skill;
        using var shared = await Send(one, one.People[skill.Author], "/api/v1/social/skills", new(StringComparer.Ordinal)
        {
            ["title"] = skill.Title,
            ["description"] = skill.Description,
            ["category"] = skill.Category,
            ["difficulty"] = skill.Difficulty,
            ["tags"] = skill.Tags,
            ["days"] = skill.Days.Select(day => new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["day"] = day.Day,
                ["title"] = day.Title,
                ["tasks"] = day.Tasks,
            }).ToArray(),
        }, ct);
        var path = $"/api/v1/social/skills/{shared.RootElement.GetProperty("id").GetGuid()}";
        await Mark(one, path, ct);
        await Talk(one, path, ct);
        await Add(one, path, ct);
    }

    /// <summary>Some like, download and rate it: one skill more, another less.</summary>
    private async Task Mark(Sharing one, string path, CancellationToken ct)
    {
        var loved = 0.15 + (0.4 * random.NextDouble());
        foreach (var (name, token) in one.People.OrderBy(person => person.Key, StringComparer.Ordinal))
        {
            if (name == one.Skill.Author)
                continue;
            if (Chance(loved))
                (await Send(one, token, $"{path}/like", null, ct)).Dispose();
            if (Chance(loved * 0.6))
                (await Send(one, token, $"{path}/download", null, ct)).Dispose();
            if (Chance(loved * 0.5))
                (await Send(one, token, $"{path}/rate", new(StringComparer.Ordinal) { ["rating"] = Chance(0.6) ? 5 : Chance(0.8) ? 4 : 3 }, ct)).Dispose();
        }
    }

    private static async Task Talk(Sharing one, string path, CancellationToken ct)
    {
        var said = new List<Guid>();
        foreach (var remark in one.Skill.Remarks)
        {
            Guid? parent = remark.Parent is { } place ? said[place] : null;
            var body = new Dictionary<string, object?>(StringComparer.Ordinal) { ["text"] = remark.Text, ["parent"] = parent };
            using var comment = await Send(one, one.People[remark.Author], $"{path}/comments", body, ct);
            said.Add(comment.RootElement.GetProperty("id").GetGuid());
        }
    }

    private async Task Add(Sharing one, string path, CancellationToken ct)
    {
        foreach (var task in one.Skill.Tasks)
        {
            var body = new Dictionary<string, object?>(StringComparer.Ordinal) { ["day"] = task.Day, ["title"] = task.Title, ["description"] = task.Description };
            using var added = await Send(one, one.People[task.Author], $"{path}/tasks", body, ct);
            var votes = $"/api/v1/social/tasks/{added.RootElement.GetProperty("id").GetGuid()}/vote";
            foreach (var (name, token) in one.People.OrderBy(person => person.Key, StringComparer.Ordinal))
            {
                if (name != task.Author && Chance(0.2))
                    (await Send(one, token, votes, new(StringComparer.Ordinal) { ["value"] = Chance(0.9) ? 1 : -1 }, ct)).Dispose();
            }
        }
    }

    private bool Chance(double of) => random.NextDouble() < of;

    private static Task<JsonDocument> Send(Sharing one, string token, string path, Dictionary<string, object?>? body, CancellationToken ct) =>
        DemoRequests.Send(one.Client, token, HttpMethod.Post, path, body, ct);

    private sealed record Sharing(HttpClient Client, IReadOnlyDictionary<string, string> People, DemoSkill Skill);
}
