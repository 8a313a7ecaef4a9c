using System.Net;

namespace Hearth.Bench;

/// <summary>
/// The kinds of requests: how Hearth takes them and how the bare programs do. For the growth test only Hearth's, about the first
/// people and posts: the same requests on each size, with more or less around them.
/// </summary>
internal sealed class Measures(Stage stage, bool growth = false)
{
    private const int PeopleOfGrowth = 100;
    private const int PostsOfGrowth = 1_000;

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

    public Task ReactHot() => Reactions("reaction, one hot post", _ => stage.FirstPost + 7);

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

    private long Post(Random random) => stage.FirstPost + random.Next(growth ? PostsOfGrowth : stage.Posts);

    private int User(Random random) => random.Next(growth ? PeopleOfGrowth : stage.Tokens.Length);

    private byte[] Get(string path, int user) => Load.Request("GET", path, stage.Tokens[user]);

    private byte[] Send(string path, int user, string body) => Load.Request("POST", path, stage.Tokens[user], body);

    private Task Row(string name, NextRequest next) => Measure(name, stage.Hearth, next);

    private Task Bare(string name, NextRequest next) => growth ? Task.CompletedTask : Measure(name, stage.Bare, next);

    private async Task Measure(string name, IPEndPoint server, NextRequest next)
    {
        await Load.Run(server, Stage.Connections, stage.Settings.WarmUp, next);
        var rounds = new List<Figures>();
        for (var round = 0; round < stage.Settings.Rounds; round++)
            rounds.Add(await Load.Run(server, Stage.Connections, stage.Settings.Time, next));
        stage.Report.Add(name, Figures.Median(rounds));
    }
}
