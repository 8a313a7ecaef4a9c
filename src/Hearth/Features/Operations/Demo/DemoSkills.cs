using System.Text.Json;
using Hearth.Database;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Operations.Demo;

/// <summary>
/// Behind the start of the demonstration its people share what they know, once: skills with days, and what others do with them. By the same requests that
/// anybody sends, so that all that follows from them follows.
/// </summary>
internal sealed partial class DemoSkills(
    HearthOptions options, DemoRequests requests, AccessTokens tokens, NpgsqlDataSource source, ILogger<DemoSkills> log) : BackgroundService
{
    private const string PeopleSql =
        """
        -- demo.people
        select imported_from, id, uuid, version from users where starts_with(imported_from, $1) and is_active
        """;

    private readonly Random random = new(7);
    private readonly TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when everything is there, or will not be.</summary>
    public Task Done => done.Task;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            if (!options.Demo)
                return;
            await requests.Started(stoppingToken);
            if (!stoppingToken.IsCancellationRequested)
                await Share(stoppingToken);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or JsonException or NpgsqlException)
        {
            Missed(log, e.Message);
        }
        finally
        {
            done.SetResult();
        }
    }

    private async Task Share(CancellationToken ct)
    {
        var people = await People(ct);
        if (people.Count < DemoPeople.All.Count)
            return;
        using var client = requests.Client();
        foreach (var skill in DemoSkillTexts.Read())
        {
            if (!await IsThere(client, people[skill.Author], skill.Title, ct))
                await Share(new Sharing(client, people, skill), ct);
        }
    }

    private async Task<Dictionary<string, string>> People(CancellationToken ct)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        await using var db = await source.OpenConnectionAsync(ct);
        await using var command = Sql.Command(db, PeopleSql, Sql.Value(DemoCommunity.User("")));
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
            found[row.GetString(0)[DemoCommunity.User("").Length..]] = tokens.Write(row.GetInt64(1), row.GetGuid(2), row.GetInt32(3));
        return found;
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

    [LoggerMessage(Level = LogLevel.Information, Message = "Not all skills of the demonstration are there: {Reason}")]
    private static partial void Missed(ILogger log, string reason);

    private sealed record Sharing(HttpClient Client, Dictionary<string, string> People, DemoSkill Skill);
}
