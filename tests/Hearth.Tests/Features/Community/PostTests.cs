using Hearth.Jobs;
using Hearth.Platform;
using Hearth.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Features.Community;

public sealed class PostTests(HearthApp app) : IClassFixture<HearthApp>
{
    [Fact]
    public async Task A_post_is_as_the_contract_shows_it()
    {
        var amina = await app.SignUp("amina");
        var post = (await amina.Post("/api/ventroom/posts/", new { title = "My Thoughts", content = "Just needed to vent about something..." })).Is(201);
        Assert.Equal(
            ["id", "user", "title", "content", "media", "media_type", "created_at", "updated_at", "views", "has_viewed", "comment_count", "reaction_summary", "user_reaction"],
            post.Json.EnumerateObject().Select(field => field.Name));
        Assert.Equal(["id", "display_name", "profile_photo"], post["user"].EnumerateObject().Select(field => field.Name));
        Assert.Equal(amina.Uuid, post["user.id"].GetGuid());
        Assert.Equal("null", post["media"].GetRawText());
        Assert.Equal("[]", post["reaction_summary"].GetRawText());
        Assert.Equal("null", post["user_reaction"].GetRawText());
        Assert.Matches("^....-..-..T..:..:..[.0-9]*Z$", post["created_at"].GetString());
        Assert.False(post["has_viewed"].GetBoolean());

        var read = (await amina.Get($"/api/ventroom/posts/{post["id"]}/")).Is(200);
        Assert.Equal(post.Text, read.Text);
    }

    [Fact]
    public async Task The_list_is_newest_first_and_pages_link_to_each_other()
    {
        var amina = await app.SignUp("amina");
        var ids = new List<long>();
        for (var i = 0; i < 5; i++)
            ids.Add((await amina.Post("/api/ventroom/posts", new { content = $"number {i}" })).Is(201)["id"].GetInt64());
        ids.Reverse();

        var first = (await amina.Get($"/api/ventroom/posts/?author={amina.Id}&page_size=2")).Is(200);
        Assert.Equal(["count", "next", "previous", "results"], first.Json.EnumerateObject().Select(field => field.Name));
        Assert.Equal(5, first["count"].GetInt32());
        Assert.Equal(ids[..2], Ids(first));
        Assert.Equal($"http://hearth.test/api/ventroom/posts/?author={amina.Id}&page_size=2&page=2", first["next"].GetString());
        Assert.Equal("null", first["previous"].GetRawText());

        var last = (await amina.Get($"/api/ventroom/posts/?author={amina.Uuid}&page_size=2&page=3")).Is(200);
        Assert.Equal(ids[4..], Ids(last));
        Assert.Equal("null", last["next"].GetRawText());
        var past = (await amina.Get($"/api/ventroom/posts/?author={amina.Id}&page_size=2&page=4")).Is(404);
        Assert.Equal("Invalid page.", past["detail"].GetString());
        Assert.Contains("page_size", (await amina.Get("/api/ventroom/posts/?page_size=101")).Is(400).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_author_or_an_administrator_changes_a_post()
    {
        var amina = await app.SignUp("amina");
        var brian = await app.SignUp("brian");
        var moses = await app.SignUp("moses", Roles.Admin);
        var path = $"/api/ventroom/posts/{(await amina.Post("/api/ventroom/posts/", new { title = "one", content = "two" })).Is(201)["id"]}/";

        Assert.Equal("You do not have permission to perform this action.", (await brian.Patch(path, new { content = "mine" })).Is(403)["detail"].GetString());
        (await brian.Delete(path)).Is(403);
        var edited = (await amina.Patch(path, new { content = "three" })).Is(200);
        Assert.Equal("one", edited["title"].GetString());
        Assert.Equal("three", edited["content"].GetString());
        Assert.True(edited["updated_at"].GetDateTime() > edited["created_at"].GetDateTime());
        Assert.Equal("null", (await moses.Put(path, new { title = (string?)null, content = "four" })).Is(200)["title"].GetRawText());
        Assert.Equal("This field is required.", (await amina.Put(path, new { title = "five" })).Is(400)["content.0"].GetString());
        (await moses.Delete(path)).Is(204);
        Assert.Equal("Not found.", (await amina.Get(path)).Is(404)["detail"].GetString());
        (await amina.Patch(path, new { content = "late" })).Is(404);
    }

    [Fact]
    public async Task A_change_that_changes_nothing_writes_nothing()
    {
        var amina = await app.SignUp("amina");
        var post = (await amina.Post("/api/ventroom/posts/", new { content = "as it is" })).Is(201);
        var again = (await amina.Put($"/api/ventroom/posts/{post["id"]}/", new { content = "as it is" })).Is(200);
        Assert.Equal(post["updated_at"].GetString(), again["updated_at"].GetString());
        Assert.Equal(1, await app.Db.Scalar<long>("select count(*) from ledger where object_kind = 2 and object_id = $1 and verb in (20, 21)", post["id"].GetInt64()));
    }

    [Theory]
    [InlineData("""{"title": "no content"}""", """{"content":["This field is required."]}""")]
    [InlineData("""{"content": null}""", """{"content":["This field may not be null."]}""")]
    [InlineData("""{"content": "  "}""", """{"content":["This field may not be blank."]}""")]
    [InlineData("""{"content": "a", "group": 999}""", """{"group":["Invalid pk \"999\" - object does not exist."]}""")]
    [InlineData("""{"content": "a", "media_type": "film"}""", """{"media_type":["\"film\" is not a valid choice."]}""")]
    [InlineData("""{"content": "a", "media": "base64"}""", """{"media":["The submitted data was not a file. Check the encoding type on the form."]}""")]
    public async Task What_is_wrong_with_a_post_names_its_field(string body, string answer)
    {
        var amina = await app.SignUp("amina");
        Assert.Equal(answer, (await amina.Post("/api/ventroom/posts/", body)).Is(400).Text);
    }

    [Fact]
    public async Task Lengths_are_counted_in_characters()
    {
        var amina = await app.SignUp("amina");
        var emoji = string.Concat(Enumerable.Repeat("😀", 150));
        (await amina.Post("/api/ventroom/posts/", new { title = emoji, content = new string('x', 10_000) })).Is(201);
        Assert.Equal(
            "Ensure this field has no more than 150 characters.",
            (await amina.Post("/api/ventroom/posts/", new { title = emoji + "!", content = "x" })).Is(400)["title.0"].GetString());
        Assert.Equal(
            "Ensure this field has no more than 10000 characters.",
            (await amina.Post("/api/ventroom/posts/", new { content = new string('x', 10_001) })).Is(400)["content.0"].GetString());
        Assert.Contains("content", (await amina.Post("/api/ventroom/posts/", """{"content": 5}""")).Is(400).Text, StringComparison.Ordinal);
        (await amina.Post("/api/ventroom/posts/", """{"content": """)).Is(400);
        (await amina.Post("/api/ventroom/posts/", """{"content": "zero\u0000"}""")).Is(400);
    }

    [Fact]
    public async Task Nobody_in_particular_reads_nothing()
    {
        Assert.Equal("Authentication credentials were not provided.", (await app.Anyone.Get("/api/ventroom/posts/")).Is(401)["detail"].GetString());
        (await app.Anyone.Post("/api/ventroom/posts/", new { content = "hello" })).Is(401);
        (await app.Anyone.Get("/api/ventroom/posts/1/")).Is(401);
    }

    [Fact]
    public async Task A_deleted_post_is_in_no_list_and_its_rows_stay_in_the_ledger()
    {
        var amina = await app.SignUp("amina");
        var brian = await app.SignUp("brian");
        var id = (await amina.Post("/api/ventroom/posts/", new { content = "soon gone" })).Is(201)["id"].GetInt64();
        (await brian.Post($"/api/ventroom/posts/{id}/comments/", new { text = "me too" })).Is(201);
        (await brian.Post("/api/ventroom/reactions/", new { content_type = "ventpost", object_id = id, reaction_type = "👍" })).Is(201);
        (await amina.Delete($"/api/ventroom/posts/{id}/")).Is(204);

        var list = (await brian.Get($"/api/ventroom/posts/?author={amina.Id}")).Is(200);
        Assert.Equal(0, list["count"].GetInt32());
        Assert.Empty(list["results"].EnumerateArray());
        (await brian.Get($"/api/ventroom/posts/{id}/comments/")).Is(404);
        Assert.Equal(0, await app.Db.Scalar<long>("select count(*) from comments where post_id = $1", id));
        Assert.Equal(["1", "5", "20", "22"], await app.Db.Rows("select verb from ledger where object_id = $1 and object_kind = 2 or verb = 5 and (detail->>'post')::bigint = $1 order by verb", id));
        await app.Settled();
        await app.Services.GetServices<ScheduledJob>().Single(job => job.Name == "community_purge").Run(CancellationToken.None);
        Assert.Equal(0, await app.Db.Scalar<long>("select count(*) from post_reactions where post_id = $1", id));
    }

    [Fact]
    public async Task Words_and_filters_find_posts_together()
    {
        var amina = await app.SignUp("amina");
        var brian = await app.SignUp("brian");
        var wanted = (await amina.Post("/api/ventroom/posts/", new { title = "Ugali night", content = "don't cook alone" })).Is(201)["id"].GetInt64();
        (await brian.Post("/api/ventroom/posts/", new { content = "ugali again" })).Is(201);
        (await amina.Post("/api/ventroom/posts/", new { content = "chapati" })).Is(201);

        Assert.Equal(2, (await brian.Get("/api/ventroom/posts/?q=UGAL")).Is(200)["count"].GetInt32());
        Assert.Equal([wanted], Ids((await brian.Get($"/api/ventroom/posts/?q=don't ugali&author={amina.Uuid}")).Is(200)));
        Assert.Empty(Ids((await brian.Get("/api/ventroom/posts/?q=%26%7C!:*()'")).Is(200)));
        Assert.Empty(Ids((await brian.Get($"/api/ventroom/posts/?author={Guid.NewGuid()}")).Is(200)));
        Assert.Contains("author", (await brian.Get("/api/ventroom/posts/?author=somebody")).Is(400).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_name_of_an_author_is_seen_at_every_node()
    {
        var amina = await app.SignUp("amina");
        var id = (await amina.Post("/api/ventroom/posts/", new { content = "who am I" })).Is(201)["id"];
        var second = await app.StartNode();
        Assert.Equal("amina", (await amina.At(second).Get($"/api/ventroom/posts/{id}/")).Is(200)["user.display_name"].GetString()![..5]);
        (await amina.Patch("/api/auth/me", new { display_name = "Amina W." })).Is(200);
        Assert.Equal("Amina W.", (await amina.Get($"/api/ventroom/posts/{id}/")).Is(200)["user.display_name"].GetString());
        Assert.Equal("Amina W.", (await amina.At(second).Get($"/api/ventroom/posts/{id}/")).Is(200)["user.display_name"].GetString());
        await app.StopNode(second);
    }

    [Fact]
    public async Task A_repeat_with_the_same_key_makes_one_post()
    {
        var amina = await app.SignUp("amina");
        var key = ("Idempotency-Key", Guid.NewGuid().ToString());
        var first = (await amina.Send(HttpMethod.Post, "/api/ventroom/posts/", new { content = "once" }, key)).Is(201);
        var second = (await amina.Send(HttpMethod.Post, "/api/ventroom/posts/", new { content = "once" }, key)).Is(201);
        Assert.Equal(first.Text, second.Text);
        Assert.Equal(1, (await amina.Get($"/api/ventroom/posts/?author={amina.Id}")).Is(200)["count"].GetInt32());
        (await amina.Send(HttpMethod.Post, "/api/ventroom/posts/", new { content = "twice" }, key)).Is(422);
    }

    [Fact]
    public async Task Deep_pages_are_where_an_offset_would_be()
    {
        var (amina, bilal, carol) = (await app.SignUp("amina"), await app.SignUp("bilal"), await app.SignUp("carol"));
        await app.Db.Execute(
            """
            insert into posts (author, content, created_at, updated_at)
            select a.author, 'old', timestamptz '2020-01-01 00:00Z' + n * interval '1 hour', now() from generate_series(1, 2500) n, unnest($1::bigint[]) a (author)
            """, new[] { amina.Id, bilal.Id });
        await app.Db.Execute(
            """
            insert into post_days (list, list_id, day, posts)
            select l.list, l.id, (created_at at time zone 'UTC')::date, count(*)::int
              from posts cross join lateral (values (0::smallint, 0::bigint), (1::smallint, author)) as l (list, id) where content = 'old' group by 1, 2, 3
            on conflict (list, list_id, day) do update set posts = post_days.posts + excluded.posts
            """);
        var page = (await amina.Get($"/api/ventroom/posts/?author={amina.Id}&page=25&page_size=100")).Is(200);
        Assert.Equal(2500, page["count"].GetInt32());
        Assert.Equal(
            (await app.Db.Rows("select id from posts where author = $1 order by created_at desc, id desc limit 100 offset 2400", amina.Id)).Select(long.Parse!),
            Ids(page));

        (await carol.Post($"/api/v1/users/{bilal.Uuid}/block")).Is(201);
        await app.Settled();
        Assert.Equal(
            (await app.Db.Rows("select id from posts where author <> $1 and not is_hidden order by created_at desc, id desc limit 100 offset 2100", bilal.Id)).Select(long.Parse!),
            Ids((await carol.Get("/api/ventroom/posts/?page=22&page_size=100")).Is(200)));
    }

    private static IEnumerable<long> Ids(Reply page) => page["results"].EnumerateArray().Select(post => post.GetProperty("id").GetInt64());
}
