using System.Globalization;
using System.Text.Json;
using Hearth.Platform;
using Hearth.Realtime;

namespace Hearth.Features.Operations.Demo;

/// <summary>
/// While somebody watches the demonstration, its people go on: every few seconds one of them looks, likes or says something, by
/// the same requests that anybody sends. When nobody watches, they rest.
/// </summary>
internal sealed partial class DemoTrickle(
    HearthOptions options, Hub hub, DemoRequests requests, TimeProvider time, ILogger<DemoTrickle> log) : BackgroundService
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(4);
    private static readonly string[] Reactions = ["👍", "👍", "❤️", "😂"];
    private static readonly string[] Remarks =
    [
        "This made my morning.", "Count me in.", "I laughed out loud on the tram.", "Same here, to be honest.", "Can I bring anything?",
        "I was just thinking about this.", "Wonderful!", "Tell us how it goes.", "I know somebody who should read this.", "So it was you!",
        "I have a spare one, if you need it.", "Now I am hungry.", "See you there.", "That is the best news of the week.", "Again next month?",
    ];

    // Sign-ins are limited per address, and the ones who watch sign in from here, too.
    private const int MostAwake = 8;
    private static readonly TimeSpan BetweenSignIns = TimeSpan.FromSeconds(15);

    private readonly List<(string Token, DateTimeOffset Until)> awake = [];
    private DateTimeOffset signedIn;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Demo)
            return;
        await requests.Started(stoppingToken);
        using var client = requests.Client();
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Between * (0.5 + Random.Shared.NextDouble()), stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stoppingToken.IsCancellationRequested || hub.IsEmpty)
                continue;
            try
            {
                await Act(client, stoppingToken);
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException or JsonException)
            {
                Missed(log, e.Message);
            }
        }
    }

    private async Task Act(HttpClient client, CancellationToken ct)
    {
        var token = await Somebody(client, ct);
        using var list = await DemoRequests.Send(client, token, HttpMethod.Get, "/api/ventroom/posts/?page_size=12", null, ct);
        var posts = list.RootElement.GetProperty("results");
        if (posts.GetArrayLength() == 0)
            return;
        var post = posts[Random.Shared.Next(posts.GetArrayLength())].GetProperty("id").GetInt64();
        var path = string.Create(CultureInfo.InvariantCulture, $"/api/ventroom/posts/{post}");
        switch (Random.Shared.Next(100))
        {
            case < 70:
                var reaction = new Dictionary<string, object?>(StringComparer.Ordinal)
                {
                    ["content_type"] = "ventpost",
                    ["object_id"] = post,
                    ["reaction_type"] = Reactions[Random.Shared.Next(Reactions.Length)],
                };
                (await DemoRequests.Send(client, token, HttpMethod.Post, "/api/ventroom/reactions/", reaction, ct)).Dispose();
                break;
            case < 85:
                var remark = new Dictionary<string, object?>(StringComparer.Ordinal) { ["text"] = Remarks[Random.Shared.Next(Remarks.Length)] };
                (await DemoRequests.Send(client, token, HttpMethod.Post, $"{path}/comments/", remark, ct)).Dispose();
                break;
            case < 93:
                (await DemoRequests.Send(client, token, HttpMethod.Post, $"{path}/share/", null, ct)).Dispose();
                break;
            default:
                (await DemoRequests.Send(client, token, HttpMethod.Post, $"{path}/bookmark/", null, ct)).Dispose();
                break;
        }
    }

    /// <returns>The token of one of those who are awake; now and then another wakes up.</returns>
    private async Task<string> Somebody(HttpClient client, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        awake.RemoveAll(person => person.Until < now);
        if (awake.Count == 0 || (awake.Count < MostAwake && now - signedIn > BetweenSignIns))
        {
            signedIn = now;
            var person = DemoPeople.All[Random.Shared.Next(DemoPeople.All.Count)];
            var credentials = new Dictionary<string, object?>(StringComparer.Ordinal) { ["username"] = person.Username, ["password"] = DemoPeople.Password };
            using var session = await DemoRequests.Send(client, null, HttpMethod.Post, "/api/auth/login", credentials, ct);
            awake.Add((session.RootElement.GetProperty("access").GetString()!, now.AddMinutes(10)));
        }

        return awake[Random.Shared.Next(awake.Count)].Token;
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Somebody of the demonstration did nothing this time: {Reason}")]
    private static partial void Missed(ILogger log, string reason);
}
