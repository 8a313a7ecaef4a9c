using System.Net;

namespace Hearth.Bench;

/// <summary>
/// The kinds of requests: how Hearth takes them and how the bare programs do. For the growth test only Hearth's, about posts that the
/// first people wrote for it: the same requests on each size, with more or less around them, and nobody has seen any of them before.
/// </summary>
/// <param name="stage">What is measured.</param>
/// <param name="fresh">The posts of the growth test.</param>
internal sealed class Measures(Stage stage, long[]? fresh = null)
{
    public const int PeopleOfGrowth = 100;
    public const int PostsOfGrowth = 5_000;

    private static readonly string[] Kinds = ["👍", "❤️", "😂", "😢"];

    public async Task List()
    {
        await Row("list of 20 posts", r => Get("/api/ventroom/posts/", User(r)));
        await Bare("  bare: one query", r => Load.Request("GET", $"/list/query?user={User(r) + 1}", null));
        await Bare("  bare: memory and one small query", r => Load.Request("GET", $"/list/memory?user={User(r) + 1}", null));
    }

    public async Task Single()
    {
        await Row("single post", r => Get($"/api/ventroom/posts/{Post(r)}/", User(r)));
        await Bare("  bare", r => Load.Request("GET", $"/single/{Post(r)}?user={User(r) + 1}", null));
    }

    public Task React() => Reactions("reaction, random posts", Post);

    public Task ReactHot() => Reactions("reaction, one hot post", _ => fresh?[7] ?? stage.FirstPost + 7);

    public async Task Comment()
    {
        await Row("comment", r => Send($"/api/ventroom/posts/{Post(r)}/comments/", User(r), "{\"text\":\"A comment of the bench, about as long as people write them.\"}"));
        await Bare("  bare: one statement", r => Load.Request("POST", $"/comment/{Post(r)}/{User(r) + stage.FirstUser}", null));
    }

    public async Task View()
    {
        await Row("view tracking (mark_as_viewed)", r => Send("/api/ventroom/posts/mark_as_viewed/", User(r), $"{{\"post_ids\":[{Post(r)}]}}"));
        await Bare("  bare: one statement", r => Load.Request("POST", $"/view/{Post(r)}/{User(r) + stage.FirstUser}", null));
    }

    /// <summary>One interaction each, and batches of a thousand: their rate times a thousand is interactions a second.</summary>
    public async Task Interactions()
    {
        const int Contents = 20_000;
        await stage.Catalogue(Contents);
        await Row("interaction tracked", r => Tracked("/interactions/track", r, user => Interaction(user, r.Next(Contents) + 1)));
        await Bare("  bare: one statement", r => Load.Request("POST", $"/track/{r.Next(Contents) + 1}/{User(r) + stage.FirstUser}", null));
        await Row("batch of 1,000 interactions", r => Tracked(
            "/interactions/track/batch",
            r,
            user => $"{{\"interactions\":[{string.Join(',', Enumerable.Range(0, 1_000).Select(_ => Interaction(user, r.Next(Contents) + 1)))}]}}"));
    }

    private byte[] Tracked(string path, Random random, Func<long, string> body)
    {
        var user = User(random);
        return Send(path, user, body(user + stage.FirstUser));
    }

    private static string Interaction(long user, int content) =>
        $"{{\"userId\":{user},\"contentId\":\"{content}\",\"interactionType\":\"play\",\"interactionDurationSeconds\":120,\"moodAtInteraction\":\"happy\",\"moodIntensityAtInteraction\":8}}";

    private async Task Reactions(string name, Func<Random, long> post)
    {
        await Row(name, r => Send(
            "/api/ventroom/reactions/", User(r), $"{{\"content_type\":\"ventpost\",\"object_id\":{post(r)},\"reaction_type\":\"{Kinds[r.Next(4)]}\"}}"));
        await Bare("  bare: a transaction each", r => Load.Request("POST", $"/react/each/{post(r)}/{User(r) + stage.FirstUser}/{r.Next(1, 5)}", null));
        await Bare("  bare: folded into batches", r => Load.Request("POST", $"/react/folded/{post(r)}/{User(r) + stage.FirstUser}/{r.Next(1, 5)}", null));
    }

    private long Post(Random random) => fresh is null ? stage.FirstPost + random.Next(stage.Posts) : fresh[random.Next(fresh.Length)];

    private int User(Random random) => random.Next(fresh is null ? stage.Tokens.Length : PeopleOfGrowth);

    private byte[] Get(string path, int user) => Load.Request("GET", path, stage.Tokens[user]);

    private byte[] Send(string path, int user, string body) => Load.Request("POST", path, stage.Tokens[user], body);

    private Task Row(string name, NextRequest next) => Measure(name, stage.Hearth, next);

    private Task Bare(string name, NextRequest next) => fresh is null ? Measure(name, stage.Bare, next) : Task.CompletedTask;

    private async Task Measure(string name, IPEndPoint server, NextRequest next)
    {
        await Load.Run(server, Stage.Connections, stage.Settings.WarmUp, next);
        var rounds = new List<Figures>();
        for (var round = 0; round < stage.Settings.Rounds; round++)
            rounds.Add(await Load.Run(server, Stage.Connections, stage.Settings.Time, next));
        stage.Report.Add(name, Figures.Median(rounds));
    }
}
