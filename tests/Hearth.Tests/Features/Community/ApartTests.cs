using System.Text.Json;
using Hearth.Platform;
using Hearth.Tests.Harness;

namespace Hearth.Tests.Features.Community;

/// <summary>People of whom one blocks the other see and answer nothing of each other's; it is the same both ways.</summary>
public sealed class ApartTests(HearthApp app) : IClassFixture<HearthApp>
{
    private const string Posts = "/api/ventroom/posts/";

    [Fact]
    public async Task Neither_sees_the_others_posts_and_counts_and_pages_agree()
    {
        var (amina, brian, carol, musa) = (await app.SignUp("amina"), await app.SignUp("brian"), await app.SignUp("carol"), await app.SignUp("musa", Roles.Moderator));
        var group = (await carol.Post("/api/community/groups/", new { name = "Bread" })).Is(201)["id"].GetInt64();
        var ids = new Dictionary<Person, List<long>>();
        foreach (var person in (Person[])[amina, brian, carol])
        {
            ids[person] = [];
            for (var n = 0; n < 3; n++)
                ids[person].Add((await person.Post(Posts, new { content = $"sourdough {n}", group })).Is(201)["id"].GetInt64());
        }

        var before = await All(amina, Posts);
        await Block(amina, brian);

        foreach (var (reader, other) in new[] { (amina, brian), (brian, amina) })
        {
            foreach (var list in (string[])[$"{Posts}?page_size=2", $"{Posts}?group={group}&page_size=2", $"{Posts}?q=sourdough&page_size=2"])
            {
                var seen = await All(reader, list);
                Assert.Empty(seen.Intersect(ids[other]));
                Assert.Equal(6, seen.Count(id => ids.Values.Any(own => own.Contains(id))));
            }

            Assert.Empty(await All(reader, $"{Posts}?author={other.Id}"));
            Assert.DoesNotContain(ids[other][0], Ids((await reader.Get($"{Posts}trending/")).Is(200)["results"]));
            foreach (var path in (string[])["", "comments/", "with_comments/", "view_stats/"])
                (await reader.Get($"{Posts}{ids[other][0]}/{path}")).Is(404);
        }

        foreach (var reader in (Person[])[carol, musa])
            Assert.Equal(before, await All(reader, Posts));
        (await amina.Delete($"/api/v1/users/{brian.Uuid}/block")).Is(204);
        Assert.Equal(before, await All(amina, Posts));
        Assert.Equal(before, await All(brian, Posts));
    }

    [Fact]
    public async Task Neither_sees_the_others_comments()
    {
        var (amina, brian, carol) = (await app.SignUp("amina"), await app.SignUp("brian"), await app.SignUp("carol"));
        var path = $"{Posts}{(await carol.Post(Posts, new { content = "talk" })).Is(201)["id"]}/comments/";
        var first = await Comment(amina, path, "from amina");
        var second = await Comment(brian, path, "from brian");
        await Comment(brian, path, "brian answers amina", first);
        await Comment(carol, path, "carol answers brian", second);
        var nested = await Comment(carol, path, "carol answers amina", first);
        await Block(brian, amina);

        await Sees(amina, ["from amina", "carol answers amina"], 1);
        await Sees(brian, ["from brian", "carol answers brian"], 1);
        await Sees(carol, ["from brian", "carol answers brian", "from amina", "brian answers amina", "carol answers amina"], 2);
        Assert.Equal(1, (await amina.Get($"{path}?parent={first}")).Is(200)["count"].GetInt32());
        Assert.Equal(2, (await carol.Get($"{path}?parent={first}")).Is(200)["count"].GetInt32());
        Assert.Equal(first, (await amina.Get($"{path}?at={nested}&page_size=1")).Is(200)["results"][0].GetProperty("id").GetInt64());

        async Task Sees(Person reader, string[] texts, int count)
        {
            var page = (await reader.Get(path)).Is(200);
            Assert.Equal(count, page["count"].GetInt32());
            Assert.Equal(texts, page["results"].EnumerateArray().SelectMany(comment => (string[])
                [comment.GetProperty("text").GetString()!, .. comment.GetProperty("replies").EnumerateArray().Select(reply => reply.GetProperty("text").GetString()!)]));
        }
    }

    [Fact]
    public async Task Neither_answers_the_other_and_each_may_take_back_what_they_said()
    {
        var (amina, brian, carol) = (await app.SignUp("amina"), await app.SignUp("brian"), await app.SignUp("carol"));
        var post = (await amina.Post(Posts, new { content = "mine" })).Is(201)["id"].GetInt64();
        var talk = (await carol.Post(Posts, new { content = "talk" })).Is(201)["id"].GetInt64();
        var comment = await Comment(amina, $"{Posts}{talk}/comments/", "from amina");
        var said = await Comment(brian, $"{Posts}{post}/comments/", "rude");
        (await React(brian, "ventpost", post)).Is(201);
        await Comment(brian, $"{Posts}{talk}/comments/", $"look, @{amina.Name}");
        Assert.Equal(1, (await amina.Get("/api/engagement/analytics/my_mentions/")).Is(200)["mentions"].GetArrayLength());
        await Block(amina, brian);

        Assert.Equal(0, (await amina.Get("/api/engagement/analytics/my_mentions/")).Is(200)["mentions"].GetArrayLength());
        (await brian.Post($"{Posts}{post}/comments/", new { text = "?" })).Is(404);
        Assert.Contains("parent", (await brian.Post($"{Posts}{talk}/comments/", new { text = "?", parent = comment })).Is(400).Text, StringComparison.Ordinal);
        (await React(brian, "ventpost", post)).Is(404);
        (await React(brian, "ventcomment", comment)).Is(404);
        (await brian.Post($"{Posts}{post}/bookmark/")).Is(404);
        (await brian.Post($"{Posts}{post}/share/")).Is(404);

        (await brian.Delete($"/api/ventroom/reactions/?content_type=ventpost&object_id={post}")).Is(204);
        (await brian.Delete($"{Posts}{post}/comments/{said}/")).Is(204);
        var left = (await amina.Get($"{Posts}{post}/")).Is(200);
        Assert.Equal(0, left["comment_count"].GetInt32());
        Assert.Equal(0, left["reaction_summary"].GetArrayLength());
    }

    [Fact]
    public async Task Neither_hears_of_what_the_other_writes()
    {
        var (amina, brian, carol) = (await app.SignUp("amina"), await app.SignUp("brian"), await app.SignUp("carol"));
        var talk = (await carol.Post(Posts, new { content = "talk" })).Is(201)["id"].GetInt64();
        await Block(amina, brian);
        await using var hears = await app.Socket(amina);
        await hears.Send(new { type = "join_ventroom" });
        await hears.Next("ventroom_joined");
        await hears.Send(new { type = "join_ventroom_post", data = new { post_id = talk } });
        await hears.Next("ventroom_post_joined");
        await using var other = await app.Socket(carol);
        await other.Send(new { type = "join_ventroom" });
        await other.Next("ventroom_joined");

        var since = app.LastPosition;
        var post = (await brian.Post(Posts, new { content = "from brian" })).Is(201)["id"].GetInt64();
        await Comment(brian, $"{Posts}{talk}/comments/", "brian in the talk");
        await Comment(carol, $"{Posts}{talk}/comments/", "carol in the talk");

        Assert.Contains("carol in the talk", (await hears.Next("new_ventroom_comment")).GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain(hears.PassedOver, news => news.GetProperty("type").GetString()!.StartsWith("new_", StringComparison.Ordinal));
        Assert.Equal(post, (await other.Next("new_ventroom_post")).GetProperty("data").GetProperty("id").GetInt64());

        await using var late = await app.Socket(amina, $"?since={since}");
        await late.Send(new { type = "join_ventroom" });
        await late.Next("ventroom_joined");
        var last = (await carol.Post(Posts, new { content = "from carol" })).Is(201)["id"].GetInt64();
        Assert.Equal(last, (await late.Next("new_ventroom_post")).GetProperty("data").GetProperty("id").GetInt64());

        await hears.Send(new { type = "join_ventroom_post", data = new { post_id = post } });
        await hears.Next("new_ventroom_post");
        Assert.Contains("not found", (await hears.Next("error")).GetRawText(), StringComparison.Ordinal);
    }

    private async Task Block(Person who, Person whom)
    {
        (await who.Post($"/api/v1/users/{whom.Uuid}/block")).Is(201);
        await app.Settled();
    }

    private static async Task<long> Comment(Person who, string path, string text, long? parent = null) =>
        (await who.Post(path, parent is null ? new { text } : new { text, parent })).Is(201)["id"].GetInt64();

    private static Task<Reply> React(Person who, string type, long id) =>
        who.Post("/api/ventroom/reactions/", new { content_type = type, object_id = id, reaction_type = "👍" });

    /// <summary>The ids of a whole list, page by page; it must be as long as it says.</summary>
    private static async Task<List<long>> All(Person reader, string path)
    {
        var ids = new List<long>();
        for (var next = path; ;)
        {
            var page = (await reader.Get(next)).Is(200);
            ids.AddRange(Ids(page["results"]));
            if (page["next"].GetString() is { } more)
            {
                next = more;
                continue;
            }

            Assert.Equal(page["count"].GetInt32(), ids.Count);
            return ids;
        }
    }

    private static IEnumerable<long> Ids(JsonElement results) => results.EnumerateArray().Select(post => post.GetProperty("id").GetInt64());
}
