using System.Text.Json;
using Hearth.Tests.Harness;

namespace Hearth.Tests.Features.Community;

public sealed class LiveTests(HearthApp app) : IClassFixture<HearthApp>
{
    [Fact]
    public async Task Each_event_goes_exactly_to_whom_the_contract_names()
    {
        // The post's author, the commenter and who replies are only connected; the feed and the post have a listener each.
        var (amina, fatma, brian, esther) = (await app.SignUp("amina"), await app.SignUp("fatma"), await app.SignUp("brian"), await app.SignUp("esther"));
        await using var ears = new Ears(app);
        foreach (var person in (Person[])[amina, fatma, brian, esther, await app.SignUp("feed"), await app.SignUp("post")])
            await ears.Open(person);
        await ears.Join("feed", new { type = "join_ventroom" }, "ventroom_joined");

        var post = (await amina.Post("/api/ventroom/posts/", new { title = "a", content = "b" })).Is(201);
        var id = post["id"].GetInt64();
        var news = await ears.Hear("amina: new_ventroom_post", "feed: new_ventroom_post");
        Assert.Equal(post.Text, news["feed"][0].GetProperty("data").GetRawText());
        await ears.Join("post", new { type = "join_ventroom_post", data = new { post_id = id } }, "ventroom_post_joined");

        var comment = (await fatma.Post($"/api/ventroom/posts/{id}/comments/", new { text = "c" })).Is(201);
        news = await ears.Hear("amina: new_comment_on_user_post", "fatma: new_ventroom_comment", "post: new_ventroom_comment");
        Assert.Equal(comment.Text[..^1] + $",\"post_id\":{id},\"comment_count\":1}}", news["amina"][0].GetProperty("data").GetRawText());

        var reply = (await brian.Post($"/api/ventroom/posts/{id}/comments/", new { text = "d", parent = comment["id"].GetInt64() })).Is(201);
        news = await ears.Hear(
            "amina: new_comment_on_user_post", "brian: new_ventroom_comment", "fatma: new_reply_on_user_comment", "post: new_ventroom_comment");
        Assert.Equal(reply.Text[..^1] + $",\"post_id\":{id},\"comment_count\":2}}", news["fatma"][0].GetProperty("data").GetRawText());

        var edited = (await brian.Patch($"/api/ventroom/posts/{id}/comments/{reply["id"]}/", new { text = "e" })).Is(200);
        news = await ears.Hear("post: ventroom_comment_updated");
        Assert.Equal(edited.Text[..^1] + $",\"post_id\":{id}}}", news["post"][0].GetProperty("data").GetRawText());

        await React(brian, "ventpost", id, "👍");
        news = await ears.Hear("amina: new_reaction_on_user_post", "brian: ventroom_reaction_updated", "post: ventroom_reaction_updated");
        Assert.Equal(
            $$"""{"content_type":"ventpost","object_id":{{id}},"reaction_summary":[{"reaction_type":"👍","count":1}],"user_reaction":"👍","user_id":"{{brian.Uuid}}"}""",
            news["amina"][0].GetProperty("data").GetRawText());
        await React(brian, "ventpost", id, "👍");
        await ears.Hear();
        await React(brian, "ventpost", id, "❤️");
        await ears.Hear("amina: new_reaction_on_user_post", "brian: ventroom_reaction_updated", "post: ventroom_reaction_updated");
        await React(amina, "ventpost", id, "😂");
        await ears.Hear("amina: ventroom_reaction_updated", "post: ventroom_reaction_updated");
        await React(brian, "ventcomment", comment["id"].GetInt64(), "😢");
        await ears.Hear("brian: ventroom_reaction_updated", "fatma: new_reaction_on_user_comment", "post: ventroom_reaction_updated");
        (await brian.Delete($"/api/ventroom/reactions/?content_type=ventcomment&object_id={comment["id"]}")).Is(204);
        news = await ears.Hear("brian: ventroom_reaction_updated", "post: ventroom_reaction_updated");
        Assert.Equal(
            $$"""{"content_type":"ventcomment","object_id":{{comment["id"]}},"reaction_summary":[],"user_reaction":null,"user_id":"{{brian.Uuid}}"}""",
            news["post"][0].GetProperty("data").GetRawText());

        (await esther.Post("/api/ventroom/posts/mark_as_viewed/", new { post_ids = new[] { id } })).Is(200);
        news = await ears.Hear("feed: ventroom_post_view_updated", "post: ventroom_post_view_updated");
        Assert.Equal($$"""{"post_id":{{id}},"views":1}""", news["feed"][0].GetProperty("data").GetRawText());
        Assert.Equal(["type", "data", "timestamp", "id"], news["feed"][0].EnumerateObject().Select(field => field.Name).OrderBy(name => Array.IndexOf(["type", "data", "timestamp", "id"], name)));

        (await amina.Patch($"/api/ventroom/posts/{id}/", new { title = "f" })).Is(200);
        news = await ears.Hear("feed: ventroom_post_updated", "post: ventroom_post_updated");
        Assert.Equal("f", news["post"][0].GetProperty("data").GetProperty("title").GetString());

        (await fatma.Delete($"/api/ventroom/posts/{id}/comments/{comment["id"]}/")).Is(204);
        news = await ears.Hear("post: ventroom_comment_deleted", "post: ventroom_comment_deleted");
        Assert.Equal($$"""{"comment_id":{{comment["id"]}},"post_id":{{id}},"comment_count":0}""", news["post"][0].GetProperty("data").GetRawText());

        (await amina.Delete($"/api/ventroom/posts/{id}/")).Is(204);
        news = await ears.Hear("feed: ventroom_post_deleted", "post: ventroom_post_deleted");
        Assert.Equal($$"""{"post_id":{{id}}}""", news["feed"][0].GetProperty("data").GetRawText());
    }

    [Fact]
    public async Task An_old_reading_and_the_events_since_are_a_fresh_reading()
    {
        var dalia = await app.SignUp("dalia");
        var people = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => app.SignUp($"actor{i}")));
        var posts = new List<long>();
        foreach (var person in people)
            posts.Add((await person.Post("/api/ventroom/posts/", new { content = "begin" })).Is(201)["id"].GetInt64());
        var socket = await app.Socket(dalia);
        await socket.Send(new { type = "join_ventroom" });
        await socket.Next("ventroom_joined");
        foreach (var post in posts)
        {
            await socket.Send(new { type = "join_ventroom_post", data = new { post_id = post } });
            await socket.Next("ventroom_post_joined");
        }

        foreach (var post in posts)
            await React(dalia, "ventpost", post, "❤️");
        var known = await Reading.Take(dalia, posts);
        await app.Settled();
        await socket.Drain();

        await Task.WhenAll(people.Select((person, i) => Act(person, posts, new Random(100 + i))));
        await app.Settled();
        foreach (var message in await socket.Drain())
            known.Apply(message);
        Assert.Equal((await Reading.Take(dalia, posts)).ToString(), known.ToString());
    }

    private static async Task Act(Person person, List<long> posts, Random random)
    {
        var comments = new List<(long Post, long Id)>();
        for (var step = 0; step < 25; step++)
        {
            var post = posts[random.Next(posts.Count)];
            var mine = comments.Count == 0 ? default : comments[random.Next(comments.Count)];
            switch (random.Next(7))
            {
                case 0 or 1:
                    var made = await person.Post($"/api/ventroom/posts/{post}/comments/", new { text = $"step {step}", parent = mine.Post == post ? mine.Id : (long?)null });
                    comments.Add((post, made.Is(201)["id"].GetInt64()));
                    break;
                case 2 when mine.Id != 0:
                    (await person.Patch($"/api/ventroom/posts/{mine.Post}/comments/{mine.Id}/", new { text = $"edited in step {step}" })).Is(200);
                    break;
                case 3 when mine.Id != 0 && random.Next(3) == 0:
                    (await person.Delete($"/api/ventroom/posts/{mine.Post}/comments/{mine.Id}/")).Is(204);
                    // What hung under it is gone as well: begin anew.
                    comments.Clear();
                    break;
                case 4 when mine.Id != 0:
                    await React(person, "ventcomment", mine.Id, "😂");
                    break;
                case 5:
                    await person.Delete($"/api/ventroom/reactions/?content_type=ventpost&object_id={post}");
                    break;
                default:
                    await React(person, "ventpost", post, random.Next(2) == 0 ? "👍" : "😢");
                    (await person.Post("/api/ventroom/posts/mark_as_viewed/", new { post_ids = new[] { post } })).Is(200);
                    break;
            }
        }
    }

    private static async Task React(Person person, string type, long id, string reaction) =>
        (await person.Post("/api/ventroom/reactions/", new { content_type = type, object_id = id, reaction_type = reaction })).Is(201);

    /// <summary>A socket for each of several people, and what each heard since it was asked last.</summary>
    private sealed class Ears(HearthApp app) : IAsyncDisposable
    {
        private readonly Dictionary<string, LiveSocket> sockets = [];

        public async Task Open(Person person) => sockets[person.Name] = await app.Socket(person);

        public async Task Join(string name, object message, string answer)
        {
            await sockets[name].Send(message);
            await sockets[name].Next(answer);
        }

        /// <summary>Fails unless exactly these were heard, and nothing by anybody else.</summary>
        public async Task<Dictionary<string, IReadOnlyList<JsonElement>>> Hear(params string[] expected)
        {
            await app.Settled();
            var heard = new Dictionary<string, IReadOnlyList<JsonElement>>();
            foreach (var (name, socket) in sockets)
                heard[name] = [.. (await socket.Drain()).Where(message => message.GetProperty("type").GetString()!.Contains("ventroom", StringComparison.Ordinal) || message.GetProperty("type").GetString()!.Contains("_on_user_", StringComparison.Ordinal))];
            Assert.Equal(
                expected.Order(StringComparer.Ordinal),
                heard.SelectMany(one => one.Value.Select(message => $"{one.Key}: {message.GetProperty("type").GetString()}")).Order(StringComparer.Ordinal));
            return heard;
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var socket in sockets.Values)
                await socket.DisposeAsync();
        }
    }

    /// <summary>What a client shows of some posts and their comments, changed by events as a client would.</summary>
    private sealed class Reading
    {
        private readonly SortedDictionary<long, (int Views, int Comments, string Reactions)> posts = [];
        private readonly SortedDictionary<long, (long Post, long Parent, string Text, string Reactions)> comments = [];

        public static async Task<Reading> Take(Person person, IEnumerable<long> ids)
        {
            var reading = new Reading();
            foreach (var id in ids)
            {
                var post = (await person.Send(HttpMethod.Get, $"/api/ventroom/posts/{id}/", null, ("Prefer", "wait"))).Is(200);
                reading.posts[id] = (post["views"].GetInt32(), post["comment_count"].GetInt32(), post["reaction_summary"].GetRawText());
                var page = (await person.Get($"/api/ventroom/posts/{id}/comments/?page_size=100")).Is(200);
                foreach (var comment in page["results"].EnumerateArray())
                {
                    reading.Add(id, comment);
                    var thread = (await person.Get($"/api/ventroom/posts/{id}/comments/?parent={comment.GetProperty("id")}&page_size=100")).Is(200);
                    foreach (var reply in thread["results"].EnumerateArray())
                        reading.Add(id, reply);
                }
            }

            return reading;
        }

        public void Apply(JsonElement message)
        {
            var data = message.GetProperty("data");
            switch (message.GetProperty("type").GetString())
            {
                case "ventroom_post_view_updated" when posts.TryGetValue(data.GetProperty("post_id").GetInt64(), out var post):
                    posts[data.GetProperty("post_id").GetInt64()] = post with { Views = data.GetProperty("views").GetInt32() };
                    break;
                case "new_ventroom_comment" or "ventroom_comment_updated":
                    Commented(data);
                    break;
                case "ventroom_comment_deleted" when comments.Remove(data.GetProperty("comment_id").GetInt64(), out var gone):
                    posts[gone.Post] = posts[gone.Post] with { Comments = posts[gone.Post].Comments - 1 };
                    break;
                case "ventroom_reaction_updated":
                    Reacted(data);
                    break;
            }
        }

        public override string ToString() =>
            string.Join('\n', posts.Select(post => post.ToString()).Concat(comments.Select(comment => comment.ToString())));

        private void Commented(JsonElement data)
        {
            var post = data.GetProperty("post_id").GetInt64();
            if (!comments.ContainsKey(data.GetProperty("id").GetInt64()))
                posts[post] = posts[post] with { Comments = posts[post].Comments + 1 };
            Add(post, data);
        }

        private void Reacted(JsonElement data)
        {
            var id = data.GetProperty("object_id").GetInt64();
            var summary = data.GetProperty("reaction_summary").GetRawText();
            if (data.GetProperty("content_type").GetString() == "ventpost")
                posts[id] = posts[id] with { Reactions = summary };
            else if (comments.TryGetValue(id, out var comment))
                comments[id] = comment with { Reactions = summary };
        }

        private void Add(long post, JsonElement comment) =>
            comments[comment.GetProperty("id").GetInt64()] = (
                post, comment.GetProperty("parent").ValueKind == JsonValueKind.Null ? 0 : comment.GetProperty("parent").GetInt64(),
                comment.GetProperty("text").GetString()!, comment.GetProperty("reaction_summary").GetRawText());
    }
}
