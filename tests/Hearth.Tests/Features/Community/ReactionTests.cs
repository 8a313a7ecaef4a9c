using Hearth.Ledger;
using Hearth.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Features.Community;

public sealed class ReactionTests(HearthApp app) : IClassFixture<HearthApp>
{
    [Fact]
    public async Task A_second_reaction_replaces_the_first()
    {
        var (amina, brian, post) = await Posted();
        var answer = (await React(brian, post, "👍")).Is(201);
        Assert.Equal($$"""{"content_type":"ventpost","object_id":{{post}},"reaction_type":"👍"}""", answer.Text);
        (await React(brian, post, "❤️")).Is(201);
        (await React(brian, post, "❤️")).Is(201);

        var seen = (await brian.Get($"/api/ventroom/posts/{post}/")).Is(200);
        Assert.Equal("""[{"reaction_type":"❤️","count":1}]""", seen["reaction_summary"].GetRawText());
        Assert.Equal("❤️", seen["user_reaction"].GetString());
        Assert.Equal("null", (await amina.Get($"/api/ventroom/posts/{post}/")).Is(200)["user_reaction"].GetRawText());
        Assert.Equal([$"1|1|{amina.Id}", $"25|2|{amina.Id}"], await Rows(post, brian));

        (await brian.Delete($"/api/ventroom/reactions/?content_type=ventpost&object_id={post}")).Is(204);
        (await brian.Delete("/api/ventroom/reactions/", new { content_type = "ventpost", object_id = post })).Is(204);
        seen = (await brian.Get($"/api/ventroom/posts/{post}/")).Is(200);
        Assert.Equal("[]", seen["reaction_summary"].GetRawText());
        Assert.Equal("null", seen["user_reaction"].GetRawText());
        Assert.Equal([$"1|1|{amina.Id}", $"25|2|{amina.Id}", $"2||{amina.Id}"], await Rows(post, brian));
    }

    [Fact]
    public async Task Fifty_identical_reactions_at_once_count_once()
    {
        var (_, brian, post) = await Posted();
        foreach (var reply in await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => React(brian, post, "😂"))))
            reply.Is(201);
        Assert.Equal("""[{"reaction_type":"😂","count":1}]""", (await brian.Get($"/api/ventroom/posts/{post}/")).Is(200)["reaction_summary"].GetRawText());
        Assert.Single(await Rows(post, brian));
    }

    [Fact]
    public async Task Forty_people_at_once_count_forty()
    {
        var (amina, _, post) = await Posted();
        var comment = (await amina.Post($"/api/ventroom/posts/{post}/comments/", new { text = "who is with me?" })).Is(201)["id"].GetInt64();
        var people = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => app.SignUp($"person{i}of{post}")));
        var replies = await Task.WhenAll(people.SelectMany((person, i) => (Task<Reply>[])
        [
            React(person, post, i % 2 == 0 ? "👍" : "😢"),
            React(person, comment, "❤️", "ventcomment"),
        ]));
        foreach (var reply in replies)
            reply.Is(201);
        Assert.Equal(
            """[{"reaction_type":"👍","count":20},{"reaction_type":"😢","count":20}]""",
            (await amina.Get($"/api/ventroom/posts/{post}/")).Is(200)["reaction_summary"].GetRawText());
        Assert.Equal(
            """[{"reaction_type":"❤️","count":40}]""",
            (await amina.Get($"/api/ventroom/posts/{post}/comments/")).Is(200)["results.0.reaction_summary"].GetRawText());
        Assert.Equal(40, await app.Db.Scalar<long>("select count(*) from ledger where verb = 1 and object_id = $1", post));
        Assert.Equal(40, await app.Db.Scalar<long>("select count(*) from ledger where verb = 3 and object_id = $1 and (detail->>'post')::bigint = $2", comment, post));
    }

    [Theory]
    [InlineData("""{"content_type":"post","object_id":1,"reaction_type":"👍"}""", 400, """{"content_type":["Invalid content type. Must be 'ventpost' or 'ventcomment'."]}""")]
    [InlineData("""{"content_type":"ventpost","object_id":1,"reaction_type":"🔥"}""", 400, """{"reaction_type":["\"🔥\" is not a valid choice."]}""")]
    [InlineData("""{"content_type":"ventpost","reaction_type":"👍"}""", 400, """{"object_id":["This field is required."]}""")]
    [InlineData("""{"content_type":"ventpost","object_id":987654,"reaction_type":"👍"}""", 404, """{"detail":"Not found."}""")]
    [InlineData("""{"content_type":"ventcomment","object_id":987654,"reaction_type":"👍"}""", 404, """{"detail":"Not found."}""")]
    public async Task What_is_wrong_with_a_reaction_is_said(string body, int status, string answer)
    {
        var amina = await app.SignUp("amina");
        Assert.Equal(answer, (await amina.Post("/api/ventroom/reactions/", body)).Is(status).Text);
    }

    [Fact]
    public async Task A_repeat_with_the_same_key_gets_the_first_answer()
    {
        var (_, brian, post) = await Posted();
        var key = ("Idempotency-Key", Guid.NewGuid().ToString());
        var body = new { content_type = "ventpost", object_id = post, reaction_type = "👍" };
        var first = (await brian.Send(HttpMethod.Post, "/api/ventroom/reactions/", body, key)).Is(201);
        (await brian.Delete($"/api/ventroom/reactions/?content_type=ventpost&object_id={post}")).Is(204);
        Assert.Equal(first.Text, (await brian.Send(HttpMethod.Post, "/api/ventroom/reactions/", body, key)).Is(201).Text);
        Assert.Equal("[]", (await brian.Get($"/api/ventroom/posts/{post}/")).Is(200)["reaction_summary"].GetRawText());
        Assert.Equal(2, (await Rows(post, brian)).Count);
    }

    [Fact]
    public async Task Voided_reactions_count_no_more_and_count_again_when_restored()
    {
        var (amina, brian, post) = await Posted();
        var comment = (await amina.Post($"/api/ventroom/posts/{post}/comments/", new { text = "like me" })).Is(201)["id"].GetInt64();
        (await React(brian, post, "👍")).Is(201);
        (await brian.Delete($"/api/ventroom/reactions/?content_type=ventpost&object_id={post}")).Is(204);
        (await React(brian, post, "😢")).Is(201);
        (await React(brian, comment, "❤️", "ventcomment")).Is(201);
        (await brian.Post($"/api/ventroom/posts/{post}/bookmark/")).Is(201);
        (await brian.Post($"/api/ventroom/posts/{post}/share/")).Is(201);
        (await brian.Post("/api/ventroom/posts/mark_as_viewed/", new { post_ids = new[] { post } })).Is(200);
        await app.Settled();
        var before = await Counters(post, comment);
        Assert.Equal(["1|0|0|0|1|1|1", "0|1"], before);

        var voids = app.Services.GetRequiredService<Voids>();
        var (id, _, position) = await voids.Make(new VoidRequest(amina.Id, "a ring") { User = brian.Id }, CancellationToken.None);
        await app.Settled(position);
        Assert.Equal(["0|0|0|0|0|0|0", "0|0"], await Counters(post, comment));
        Assert.Equal("null", (await brian.Get($"/api/ventroom/posts/{post}/")).Is(200)["user_reaction"].GetRawText());
        await NoDrift();

        (_, position) = await voids.Restore(id, amina.Id, CancellationToken.None);
        await app.Settled(position);
        Assert.Equal(before, await Counters(post, comment));
        Assert.Equal("😢", (await brian.Get($"/api/ventroom/posts/{post}/")).Is(200)["user_reaction"].GetString());
        await NoDrift();
    }

    private Task<IReadOnlyList<string>> Counters(long post, long comment) => app.Db.Rows(
        """
        select p.sad_count || '|' || p.like_count || '|' || p.love_count || '|' || p.haha_count || '|' || p.views || '|' || p.bookmarks || '|' || p.shares
          from posts p where id = $1 union all select c.like_count || '|' || c.love_count from comments c where id = $2
        """, post, comment);

    private async Task NoDrift()
    {
        var verification = app.Services.GetRequiredService<Verification>();
        foreach (var name in verification.Names.Where(name => name.StartsWith("posts.", StringComparison.Ordinal) || name.StartsWith("comments.", StringComparison.Ordinal)))
            Assert.Empty((await verification.Run(name, CancellationToken.None)).Examples);
    }

    private async Task<(Person Amina, Person Brian, long Post)> Posted()
    {
        var amina = await app.SignUp("amina");
        return (amina, await app.SignUp("brian"), (await amina.Post("/api/ventroom/posts/", new { content = "react" })).Is(201)["id"].GetInt64());
    }

    private Task<IReadOnlyList<string>> Rows(long post, Person person) =>
        app.Db.Rows("select verb, value, subject from ledger where object_kind = 2 and object_id = $1 and actor = $2 and verb in (1, 2, 25) order by id", post, person.Id);

    private static Task<Reply> React(Person person, long id, string reaction, string type = "ventpost") =>
        person.Post("/api/ventroom/reactions/", new { content_type = type, object_id = id, reaction_type = reaction });
}
