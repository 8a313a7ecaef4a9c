using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Operations.Demo;

/// <summary>What its people read, hear and watch elsewhere, and how they feel with it: four weeks of interactions.</summary>
internal sealed class DemoContents(
    HearthOptions options, DemoRequests requests, AccessTokens tokens, NpgsqlDataSource source, DemoFirm before, TimeProvider time, ILogger<DemoContents> log)
    : DemoPart(options, requests, tokens, source, log)
{
    private const int Each = 24;

    private static readonly (string Type, string Title)[] Catalogue =
    [
        ("books", "The Slow Loaf"), ("books", "Herons of the Estuary"), ("books", "Letters to a Young Repairer"), ("books", "An Atlas of Small Islands"),
        ("podcasts", "Crumb: the bread podcast"), ("podcasts", "Six O'Clock Runners"), ("podcasts", "Nightshift Radio"),
        ("films", "The Last Ferry"), ("films", "Two Chairs and a Lamp"), ("films", "Rain on the Balcony"),
        ("music", "Forty Bars"), ("music", "Songs for Waiting"), ("articles", "Why dough rises"), ("articles", "A garden on one square metre"),
    ];

    private static readonly string[] Moods = ["happy", "calm", "curious", "tired", "stressed"];

    private readonly Random random = new(11);

    protected override async Task Act(HttpClient client, IReadOnlyDictionary<string, string> people, CancellationToken ct)
    {
        await before.Done.WaitAsync(ct);
        using var known = await DemoRequests.Send(client, people["amina"], HttpMethod.Get, $"/contents?externalId={Uri.EscapeDataString(Name(0))}", null, ct);
        if (known.RootElement.GetProperty("results").GetArrayLength() > 0)
            return;
        foreach (var (i, (type, title)) in Catalogue.Index())
        {
            var content = new Dictionary<string, object?>(StringComparer.Ordinal) { ["title"] = title, ["type"] = type, ["externalId"] = Name(i) };
            (await DemoRequests.Send(client, people["amina"], HttpMethod.Post, "/contents", content, ct)).Dispose();
        }

        foreach (var (_, token) in people.OrderBy(person => person.Key, StringComparer.Ordinal))
        {
            using var me = await DemoRequests.Send(client, token, HttpMethod.Get, "/api/auth/me", null, ct);
            var user = me.RootElement.GetProperty("id").GetGuid();
            var taste = random.Next(Catalogue.Length);
            var batch = new Dictionary<string, object?>(StringComparer.Ordinal) { ["interactions"] = Enumerable.Range(0, Each).Select(_ => Interaction(user, taste)).ToArray() };
            (await DemoRequests.Send(client, token, HttpMethod.Post, "/interactions/track/batch", batch, ct)).Dispose();
        }
    }

    /// <summary>Mostly of an evening, mostly of what is near somebody's taste, and the happier the longer.</summary>
    private Dictionary<string, object?> Interaction(Guid user, int taste)
    {
        var content = (taste + (int)(Catalogue.Length * Math.Pow(random.NextDouble(), 2))) % Catalogue.Length;
        var intensity = random.Next(1, 11);
        var happens = random.Next(10);
        var at = time.GetUtcNow().UtcDateTime.Date.AddDays(-random.Next(1, 28)).AddHours(random.Next(10) < 7 ? 17 + (4 * random.NextDouble()) : 7 + (10 * random.NextDouble()));
        return new(StringComparer.Ordinal)
        {
            ["userId"] = user,
            ["contentId"] = Name(content),
            ["interactionType"] = happens switch { < 3 => "view", < 5 => "play", < 7 => "complete", 7 => "like", 8 => "save", _ => "rate" },
            ["interactionValue"] = happens == 9 ? Math.Clamp(intensity + random.Next(-2, 3), 1, 10) : null,
            ["moodAtInteraction"] = Moods[Math.Clamp(((10 - intensity) / 2) + random.Next(-1, 2), 0, Moods.Length - 1)],
            ["moodIntensityAtInteraction"] = intensity,
            ["interactionDurationSeconds"] = 60 * (3 + (intensity * random.Next(1, 5))),
            ["occurredAt"] = at,
        };
    }

    /// <summary>Its <c>externalId</c>: <c>books/the-slow-loaf</c>.</summary>
    private static string Name(int content)
    {
        var (type, title) = Catalogue[content];
        var words = title.Split([' ', '\'', ':', '’'], StringSplitOptions.RemoveEmptyEntries);
        return $"{type}/{string.Join('-', words).ToLowerInvariant()}";
    }
}
