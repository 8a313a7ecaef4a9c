using System.Globalization;

namespace Hearth.Bench;

/// <summary>Reading at size: what is found, what feeds show, what figures say. BENCH_ROWS: another number of rows than ten million.</summary>
internal static class ReadWords
{
    private const long Skills = 100_000;
    private const long FewRows = 100_000;
    // Of the analytics, the same number at each size, so that what grows is the data and not who asks.
    private const int Readers = 200;
    private const int Posts = 1_000;

    private static readonly long Rows = long.Parse(Environment.GetEnvironmentVariable("BENCH_ROWS") ?? "10000000", CultureInfo.InvariantCulture);

    // The rare words are of three skills each; the misspelt ones are of none.
    private static readonly (string Name, string[] Queries)[] Searches =
    [
        ("search, a word of 2,000", ["?q=learn", "?q=python", "?q=guitar", "?q=bread"]),
        ("search, a common word", ["?q=bradota", "?q=bradosil", "?q=bradopol"]),
        ("search, a word of all", ["?q=category"]),
        ("search, two words", ["?q=learn%20python", "?q=sourdough%20bread", "?q=chess%20drawing"]),
        ("search, a rare word", ["?q=kokibax", "?q=nilagax", "?q=babapax", "?q=babegex"]),
        ("search, misspelt", ["?q=sourdoh", "?q=pyhton", "?q=meditaton", "?q=spainsh"]),
        ("search, misspelt and known", ["?q=learn%20pyhton", "?q=sourdoh%20bread"]),
        ("search, filtered", ["?q=learn&category=category%203&difficulty=beginner", "?q=python&min_rating=4", "?q=guitar&category=category%2039"]),
        ("search, newest", ["?q=learn&sort=newest", "?q=category&sort=newest"]),
        ("search, rating", ["?q=learn&sort=rating", "?q=category&sort=rating&difficulty=advanced"]),
        ("search, downloads", ["?q=python&sort=downloads", "?sort=downloads&category=category%2012"]),
        ("search, trending", ["?q=guitar&sort=trending", "?q=category&sort=trending", "?"]),
        ("search, filters alone", ["?category=category%2038&min_rating=4&sort=rating", "?difficulty=advanced&sort=newest", "?min_rating=5"]),
    ];

    public static async Task Discovery(Settings settings)
    {
        await using var stage = await ReadStage.Open(settings, "discovery", Skills, []);
        var readers = await stage.Tokens("username like 'person%'");
        Report.Begin(string.Create(CultureInfo.InvariantCulture, $"Finding among {Skills:#,0} skills"));
        foreach (var (name, queries) in Searches)
            await stage.Measure(name, r => Get($"/api/v1/discovery/skills/search{One(queries, r)}", One(readers, r)));
        await stage.Measure("trending", r => Get("/api/v1/discovery/skills/trending", One(readers, r)));
        await stage.Measure("trending of a category", r => Get($"/api/v1/discovery/skills/trending?category=category%20{r.Next(1, 41)}", One(readers, r)));
        await stage.Measure("categories", r => Get("/api/v1/discovery/skills/categories", One(readers, r)));
        var newcomer = await stage.Tokens("username = 'newcomer'");
        await stage.Measure("recommendations", r => Get("/api/v1/discovery/recommendations", One(readers, r)));
        await stage.Measure("recommendations, one reader", r => Get("/api/v1/discovery/recommendations", One(readers, r)), connections: 1);
        await stage.Measure("recommendations, who is new", r => Get("/api/v1/discovery/recommendations", One(newcomer, r)), connections: 1);
        await stage.Measure("people, searched", r => Get($"/api/v1/users/search?q=person{r.Next(1_000)}", One(readers, r)));
        await stage.Measure("people, suggested", r => Get("/api/v1/follow/suggestions", One(readers, r)));
    }

    public static async Task Feeds(Settings settings)
    {
        await using var stage = await Community(settings, Rows);
        Report.Begin(string.Create(CultureInfo.InvariantCulture, $"Feeds over {Rows:#,0} rows of the ledger"));
        foreach (var reader in (string[])["everybody", "busy", "quiet", "few"])
        {
            var token = (await stage.Tokens($"username = '{reader}'"))[0];
            await stage.Measure($"one's own: follows {reader}", _ => Get("/api/v1/feed", token));
        }

        var everybody = (await stage.Tokens("username = 'everybody'"))[0];
        foreach (var feed in (string[])["global", "discovery", "trending"])
            await stage.Measure(feed, _ => Get($"/api/v1/feed/{feed}", everybody));
    }

    public static async Task Analytics(Settings settings)
    {
        Dictionary<string, Figures> whole;
        await using (var stage = await Community(settings, Rows))
            whole = await Figures(stage, Rows);
        await using var small = await Community(settings, FewRows);
        var few = await Figures(small, FewRows);
        Report.Heading(string.Create(CultureInfo.InvariantCulture, $"Growth: {Rows:#,0} rows against {FewRows:#,0}, p50 and p99"));
        foreach (var (name, figures) in few)
            Report.Line(name, string.Create(CultureInfo.InvariantCulture, $"{whole[name].P50 / figures.P50,10:0.00}{whole[name].P99 / figures.P99,9:0.00}"));
    }

    private static async Task<Dictionary<string, Figures>> Figures(ReadStage stage, long rows)
    {
        const string Engagement = "/api/engagement/";
        const string Metrics = $"{Engagement}analytics/";
        var all = await stage.Tokens("username like 'person%'");
        string[] people = [.. Enumerable.Range(0, Readers).Select(i => all[(long)i * all.Length / Readers])];
        var leaders = await stage.Tokens("roles & 6 = 6");
        var keeper = (await stage.Tokens("username = 'keeper'"))[0];
        Report.Begin(string.Create(CultureInfo.InvariantCulture, $"Figures over {rows:#,0} rows of the ledger"));
        foreach (var path in (string[])[$"{Metrics}user_metrics", $"{Metrics}user_metrics?days=365", $"{Metrics}trending", $"{Metrics}active_users", $"{Metrics}my_reputation"])
            await stage.Measure(Name(path), r => Get(path, One(people, r)));
        await stage.Measure("post_metrics", r => Get($"{Metrics}post_metrics?post_id={1 + (r.Next(Posts) * (rows / 100 / Posts))}", keeper));
        await stage.Measure("course_popularity", r => Get($"{Metrics}course_popularity", One(leaders, r)));
        await stage.Measure("campaign_performance", r => Get($"{Metrics}campaign_performance", One(leaders, r)));
        foreach (var path in (string[])
        [
            $"{Metrics}community_stats", $"{Metrics}my_mentions", $"{Metrics}my_notifications", $"{Engagement}timeline", $"{Engagement}recommendations",
            $"{Engagement}reputation/100", $"{Engagement}export?format=json", $"{Engagement}leaderboards", $"{Engagement}leaderboards?by=engagements&days=30",
            $"{Engagement}leaderboards?by=helpful", $"{Engagement}leaderboards?by=helpful&days=30",
        ])
            await stage.Measure(Name(path), r => Get(path, One(people, r)));
        foreach (var by in (string[])["reputation", "engagements", "helpful"])
        {
            await stage.Measure($"leaderboards?by={by}&as_of", r => Get($"{Engagement}leaderboards?by={by}&as_of={Past(r)}", One(people, r)));
            await stage.Measure($"leaderboards?by={by}&days=30&as_of", r => Get($"{Engagement}leaderboards?by={by}&days=30&as_of={Past(r)}", One(people, r)));
        }

        foreach (var path in (string[])["/api/v1/analytics/user/engagement", "/api/v1/analytics/user/behavior", "/api/v1/analytics/trending", "/api/v1/users/leaderboard", "/api/v1/users/me/stats", "/api/v1/notifications", "/api/v1/notifications/unread-count"])
            await stage.Measure(path, r => Get(path, One(people, r)));
        await stage.Measure("/api/v1/analytics/dashboard", _ => Get("/api/v1/analytics/dashboard", keeper));
        return stage.Found;
    }

    private static string Name(string path) => path[(path.StartsWith("/api/engagement/analytics/", StringComparison.Ordinal) ? 26 : 16)..];

    /// <summary>A time of the last half year, another for each request: what is kept of an earlier answer helps none.</summary>
    private static string Past(Random random) =>
        DateTime.UtcNow.AddMinutes(-random.Next(60, 180 * 1_440)).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private static Task<ReadStage> Community(Settings settings, long rows) => ReadStage.Open(settings, "reads", rows, ["engagement"]);

    private static T One<T>(T[] all, Random random) => all[random.Next(all.Length)];

    private static byte[] Get(string path, string token) => Load.Request("GET", path, token);
}
