using Hearth.Ledger;
using Hearth.Tests.Harness;

namespace Hearth.Tests.Features.Community;

public sealed class ViewTests(HearthApp app) : IClassFixture<HearthApp>
{
    private static readonly (string, string) Wait = ("Prefer", "wait");

    [Fact]
    public async Task Every_look_counts_once_per_person()
    {
        var amina = await app.SignUp("amina");
        var post = await Post(amina);
        foreach (var (path, name) in new[]
        {
            ($"/api/ventroom/posts/?author={amina.Id}", "brian"), ($"/api/ventroom/posts/{post}/", "chao"),
            ($"/api/ventroom/posts/{post}/with_comments/", "dalia"), ($"/api/ventroom/posts/{post}/comments/", "esther"),
        })
        {
            var person = await app.SignUp(name);
            var reply = (await person.Send(HttpMethod.Get, path, null, Wait)).Is(200);
            Assert.NotNull(reply.Header(Position.Header));
            Assert.Equal("wait", reply.Header("Preference-Applied"));
            (await person.Send(HttpMethod.Get, path, null, Wait)).Is(200);
        }

        var stats = (await amina.Get($"/api/ventroom/posts/{post}/view_stats/")).Is(200);
        Assert.Equal(4, stats["total_views"].GetInt32());
        Assert.Equal(4, await app.Db.Scalar<long>("select count(*) from ledger where verb = 10 and object_id = $1", post));
    }

    [Fact]
    public async Task A_look_that_waits_sees_itself_and_one_that_does_not_sees_the_state_before()
    {
        var amina = await app.SignUp("amina");
        var post = await Post(amina);
        var waited = (await amina.Send(HttpMethod.Get, $"/api/ventroom/posts/{post}/", null, Wait)).Is(200);
        Assert.Equal(1, waited["views"].GetInt32());
        Assert.True(waited["has_viewed"].GetBoolean());

        var brian = await app.SignUp("brian");
        var before = (await brian.Get($"/api/ventroom/posts/{post}/")).Is(200);
        Assert.Equal(1, before["views"].GetInt32());
        Assert.False(before["has_viewed"].GetBoolean());
        var after = (await brian.Send(HttpMethod.Get, $"/api/ventroom/posts/{post}/", null, Wait)).Is(200);
        Assert.Equal(2, after["views"].GetInt32());
        Assert.True(after["has_viewed"].GetBoolean());
    }

    [Fact]
    public async Task Looks_behind_the_answer_are_counted_soon()
    {
        var amina = await app.SignUp("amina");
        var post = await Post(amina);
        (await amina.Get($"/api/ventroom/posts/{post}/")).Is(200);
        await Eventually.IsTrue(async () => await app.Db.Scalar<int>("select views from posts where id = $1", post) > 0);
        await app.Settled(await app.Db.Scalar<long>("select max(id) from ledger"));
        Assert.Equal(1, (await amina.Get($"/api/ventroom/posts/{post}/")).Is(200)["views"].GetInt32());
    }

    [Fact]
    public async Task A_head_request_is_no_look()
    {
        var amina = await app.SignUp("amina");
        var post = await Post(amina);
        (await amina.Send(HttpMethod.Head, $"/api/ventroom/posts/{post}/", null, Wait)).Is(200);
        Assert.Equal(0, await app.Db.Scalar<int>("select views from posts where id = $1", post));
    }

    [Fact]
    public async Task Marking_by_hand_counts_each_once_and_leaves_out_what_is_no_post()
    {
        var amina = await app.SignUp("amina");
        var (one, two) = (await Post(amina), await Post(amina));
        var body = new { post_ids = new[] { one, two, two, 987_654 } };
        var marked = (await amina.Post("/api/ventroom/posts/mark_as_viewed/", body)).Is(200);
        Assert.Equal("""{"status":"success","tracked_posts":2,"message":"Views tracked successfully"}""", marked.Text);
        Assert.NotNull(marked.Header(Position.Header));
        Assert.Equal(marked.Text, (await amina.Send(HttpMethod.Post, "/api/ventroom/posts/mark_as_viewed/", body, ("Idempotency-Key", Guid.NewGuid().ToString()))).Is(200).Text);
        Assert.Equal(["1", "1"], await app.Db.Rows("select views from posts where id in ($1, $2)", one, two));
        Assert.True((await amina.Get($"/api/ventroom/posts/{two}/")).Is(200)["has_viewed"].GetBoolean());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"post_ids": []}""")]
    [InlineData("""{"post_ids": null}""")]
    [InlineData("""{"post_ids": "1,2"}""")]
    public async Task Without_ids_there_is_nothing_to_mark(string body)
    {
        var amina = await app.SignUp("amina");
        Assert.Equal("""{"error":"post_ids array is required"}""", (await amina.Post("/api/ventroom/posts/mark_as_viewed/", body)).Is(400).Text);
        Assert.Contains("post_ids", (await amina.Post("/api/ventroom/posts/mark_as_viewed/", """{"post_ids": [1, "a"]}""")).Is(400).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forty_people_at_once_are_forty_views()
    {
        var amina = await app.SignUp("amina");
        long[] posts = [await Post(amina), await Post(amina), await Post(amina)];
        var people = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => app.SignUp($"viewer{i}of{posts[0]}")));
        var looks = people.SelectMany(person => Enumerable.Range(0, 3).Select(_ => person.Post("/api/ventroom/posts/mark_as_viewed/", new { post_ids = posts })));
        foreach (var reply in await Task.WhenAll(looks))
            reply.Is(200);
        Assert.Equal(["40", "40", "40"], await app.Db.Rows("select views from posts where id = any($1) order by id", posts));
        Assert.Equal(120, await app.Db.Scalar<long>("select sum(views) from post_view_hours where post_id = any($1)", posts));
        Assert.Equal(120, await app.Db.Scalar<long>("select count(*) from ledger where verb = 10 and object_id = any($1)", posts));
    }

    [Fact]
    public async Task Statistics_count_days_and_imported_totals()
    {
        var amina = await app.SignUp("amina");
        var brian = await app.SignUp("brian");
        var post = await Post(amina);
        await app.Db.Execute("update posts set views = 14, views_base = 14 where id = $1", post);
        (await amina.Post("/api/ventroom/posts/mark_as_viewed/", new { post_ids = new[] { post } })).Is(200);
        await app.Db.Execute("insert into post_view_hours values ($1, date_trunc('hour', now() - interval '3 days'), 5)", post);

        var stats = (await amina.Get($"/api/ventroom/posts/{post}/view_stats/")).Is(200);
        Assert.Equal(
            ["post_id", "total_views", "unique_viewers", "recent_views_24h", "views_last_7_days", "has_user_viewed"],
            stats.Json.EnumerateObject().Select(field => field.Name));
        Assert.Equal(15, stats["total_views"].GetInt32());
        Assert.Equal(1, stats["unique_viewers"].GetInt32());
        Assert.Equal(1, stats["recent_views_24h"].GetInt32());
        Assert.Equal(7, stats["views_last_7_days"].GetArrayLength());
        Assert.Equal(["date", "views"], stats["views_last_7_days.0"].EnumerateObject().Select(field => field.Name));
        Assert.Equal(6, stats["views_last_7_days"].EnumerateArray().Sum(day => day.GetProperty("views").GetInt32()));
        Assert.True(stats["has_user_viewed"].GetBoolean());
        Assert.False((await brian.Get($"/api/ventroom/posts/{post}/view_stats/")).Is(200)["has_user_viewed"].GetBoolean());
        (await amina.Get($"/api/ventroom/posts/{post + 1000}/view_stats/")).Is(404);
    }

    private static async Task<long> Post(Person person) =>
        (await person.Post("/api/ventroom/posts/", new { content = "look" })).Is(201)["id"].GetInt64();
}

public sealed class TrendingTests(HearthApp app) : IClassFixture<HearthApp>
{
    [Fact]
    public async Task The_latest_views_decide_then_all_views()
    {
        var amina = await app.SignUp("amina");
        var ids = new List<long>();
        for (var i = 0; i < 22; i++)
            ids.Add((await amina.Post("/api/ventroom/posts/", new { content = $"number {i}" })).Is(201)["id"].GetInt64());
        await app.Db.Execute("update posts set views = 1000, views_base = 1000 where id = $1", ids[3]);
        foreach (var (name, posts) in new (string, long[])[] { ("brian", [ids[5], ids[7]]), ("chao", [ids[7]]) })
            (await (await app.SignUp(name)).Post("/api/ventroom/posts/mark_as_viewed/", new { post_ids = posts })).Is(200);

        var trending = (await amina.Get("/api/ventroom/posts/trending/")).Is(200);
        Assert.Equal(20, trending["count"].GetInt32());
        Assert.Equal("null", trending["next"].GetRawText());
        var order = trending["results"].EnumerateArray().Select(post => post.GetProperty("id").GetInt64()).ToList();
        Assert.Equal([ids[7], ids[5], ids[3], ids[21]], order[..4]);
        Assert.Equal(20, order.Count);
        (await amina.Send(HttpMethod.Get, "/api/ventroom/posts/trending/", null, ("Prefer", "wait"))).Is(200);
        Assert.Equal(1, await app.Db.Scalar<long>("select count(*) from post_views where post_id = $1 and user_id = $2", ids[21], amina.Id));
    }
}
