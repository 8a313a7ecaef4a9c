using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Hearth.Tests.Crash;

/// <summary>
/// People write while the server, and then the server with its PostgreSQL, is killed with SIGKILL. Whatever was answered as done is there
/// afterwards; what was not is sent again with its Idempotency-Key and is there once; nothing drifts.
/// </summary>
public sealed class KillTests : IDisposable
{
    private const int People = 4;
    private static readonly string[] Kinds = ["👍", "❤️", "😂", "😢"];
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("hearth-kill-");

    public KillTests() => folder.UnixFileMode |= UnixFileMode.OtherExecute;

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Nothing_that_was_answered_is_lost_and_nothing_is_counted_twice()
    {
        var comments = new ConcurrentDictionary<(int Person, string Key), long?>();
        var reactions = new ConcurrentDictionary<int, string>();
        var tokens = new List<string>();
        long post;

        await using (var server = await ServerProcess.Start(folder.FullName))
        {
            using var http = new HttpClient { BaseAddress = server.Address };
            for (var n = 0; n < People; n++)
                tokens.Add(await Register(http, $"person{n}"));
            post = (await Send(http, tokens[0], "/api/ventroom/posts/", """{"title":"A day","content":"Write on."}"""))!.Value.GetProperty("id").GetInt64();
            await WriteUntilKilled(server, tokens, post, comments, reactions, database: false);
        }

        await using (var server = await ServerProcess.Start(folder.FullName))
            await WriteUntilKilled(server, tokens, post, comments, reactions, database: true);

        await using (var server = await ServerProcess.Start(folder.FullName))
        {
            using var http = new HttpClient { BaseAddress = server.Address };
            await AssertAllIsThere(http, tokens, post, comments, reactions);
        }

        var (holds, text) = await ServerProcess.Verify(folder.FullName);
        Assert.True(holds, text);
    }

    /// <summary>Each person comments and reacts, one request after the other, until enough were answered and the kill comes.</summary>
    private static async Task WriteUntilKilled(
        ServerProcess server, List<string> tokens, long post, ConcurrentDictionary<(int Person, string Key), long?> comments, ConcurrentDictionary<int, string> reactions, bool database)
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var answered = 0;
        var writers = tokens.Select((token, person) => Task.Run(async () =>
        {
            for (var n = 0; ; n++)
            {
                var key = Guid.NewGuid().ToString();
                comments[(person, key)] = null;
                if (await Send(http, token, $"/api/ventroom/posts/{post}/comments/", Comment(key), key) is not { } comment)
                    return;
                comments[(person, key)] = comment.GetProperty("id").GetInt64();
                // Another is in flight: what stands there after a crash may be either.
                if (await React(http, token, post, Kinds[n % 4]))
                    reactions[person] = Kinds[n % 4];
                else
                    reactions.TryRemove(person, out _);
                if (Interlocked.Increment(ref answered) == 60)
                    enough.TrySetResult();
            }
        })).ToList();

        await Task.WhenAny(enough.Task, Task.WhenAll(writers));
        await server.Kill(database);
        await Task.WhenAll(writers);
        Assert.True(answered >= 60, $"Only {answered} were answered before the kill.");
    }

    private static async Task AssertAllIsThere(
        HttpClient http, List<string> tokens, long post, ConcurrentDictionary<(int Person, string Key), long?> comments, ConcurrentDictionary<int, string> reactions)
    {
        // A repeat answers what the first try answered, and one that never arrived is done now.
        foreach (var ((person, key), id) in comments)
        {
            var repeat = (await Send(http, tokens[person], $"/api/ventroom/posts/{post}/comments/", Comment(key), key))!.Value.GetProperty("id").GetInt64();
            Assert.Equal(id ?? repeat, repeat);
            comments[(person, key)] = repeat;
        }

        var found = new HashSet<long>();
        var next = $"/api/ventroom/posts/{post}/comments/?page_size=100";
        var count = 0;
        while (next is not null)
        {
            var page = (await Get(http, tokens[0], next))!.Value;
            count = page.GetProperty("count").GetInt32();
            foreach (var comment in page.GetProperty("results").EnumerateArray())
                Assert.True(found.Add(comment.GetProperty("id").GetInt64()));
            next = page.GetProperty("next").GetString() is { } link ? new Uri(link).PathAndQuery : null;
        }

        Assert.Equal(count, found.Count);
        Assert.Equal(comments.Values.Select(id => id!.Value).Order(), found.Order());
        var seen = (await Get(http, tokens[0], $"/api/ventroom/posts/{post}/"))!.Value;
        Assert.Equal(found.Count, seen.GetProperty("comment_count").GetInt32());
        foreach (var (person, kind) in reactions)
            Assert.Equal(kind, (await Get(http, tokens[person], $"/api/ventroom/posts/{post}/"))!.Value.GetProperty("user_reaction").GetString());
    }

    private static string Comment(string key) => $$"""{"text":"A comment with the key {{key}}."}""";

    private static async Task<string> Register(HttpClient http, string name)
    {
        var answer = await http.PostAsJsonAsync("/api/auth/register", new { username = name, email = $"{name}@example.org", password = "a long enough password" });
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access").GetString()!;
    }

    private static async Task<bool> React(HttpClient http, string token, long post, string kind) =>
        await Send(http, token, "/api/ventroom/reactions/", $$"""{"content_type":"ventpost","object_id":{{post}},"reaction_type":"{{kind}}"}""") is not null;

    private static Task<JsonElement?> Get(HttpClient http, string token, string path) =>
        Ask(http, token, new HttpRequestMessage(HttpMethod.Get, path));

    private static Task<JsonElement?> Send(HttpClient http, string token, string path, string body, string? key = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, null, "application/json") };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return Ask(http, token, request);
    }

    /// <returns>The answer of a request that was done; null when the server died before it answered.</returns>
    private static async Task<JsonElement?> Ask(HttpClient http, string token, HttpRequestMessage request)
    {
        using (request)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            try
            {
                using var answer = await http.SendAsync(request);
                var text = await answer.Content.ReadAsStringAsync();
                Assert.True(answer.IsSuccessStatusCode, $"{request.RequestUri}: {answer.StatusCode} {text}");
                return JsonDocument.Parse(text).RootElement;
            }
            catch (HttpRequestException)
            {
                return null;
            }
        }
    }
}
