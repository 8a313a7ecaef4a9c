using System.Text.Json;
using Hearth.Platform;
using Hearth.Tests.Harness;

namespace Hearth.Tests.Features.Community;

public sealed class CommentTests(HearthApp app) : IClassFixture<HearthApp>
{
    private static readonly string[] CommentFields =
        ["id", "user", "parent", "text", "media", "media_type", "created_at", "updated_at", "replies", "reaction_summary", "user_reaction"];

    [Fact]
    public async Task A_comment_is_as_the_contract_shows_it()
    {
        var (amina, post) = await Posted();
        // Else one reading counts as a view behind the answer, before or after the next.
        (await amina.Post("/api/ventroom/posts/mark_as_viewed/", new { post_ids = new[] { post } })).Is(200);
        var comment = (await amina.Post($"/api/ventroom/posts/{post}/comments/", new { text = "This is my comment on the post" })).Is(201);
        Assert.Equal(CommentFields, Names(comment.Json));
        Assert.Equal("[]", comment["replies"].GetRawText());
        Assert.Equal("null", comment["parent"].GetRawText());
        var reply = (await amina.Post($"/api/ventroom/posts/{post}/comments/", new { text = "This is a reply", parent = comment["id"].GetInt64() })).Is(201);
        Assert.Equal(comment["id"].GetInt64(), reply["parent"].GetInt64());

        var list = (await amina.Get($"/api/ventroom/posts/{post}/comments/")).Is(200);
        Assert.Equal(["count", "next", "previous", "results"], Names(list.Json));
        Assert.Equal(CommentFields, Names(list["results.0"]));
        Assert.Equal(CommentFields.Where(name => name != "replies"), Names(list["results.0.replies.0"]));

        var both = (await amina.Get($"/api/ventroom/posts/{post}/with_comments/")).Is(200);
        Assert.Equal(["post", "comments"], Names(both.Json));
        Assert.Equal(list.Text, both["comments"].GetRawText().Replace("with_comments", "comments", StringComparison.Ordinal));
        Assert.Equal((await amina.Get($"/api/ventroom/posts/{post}/")).Is(200).Text, both["post"].GetRawText());
        Assert.Equal(2, both["post.comment_count"].GetInt32());
        Assert.Equal(1, both["comments.count"].GetInt32());
    }

    [Fact]
    public async Task Replies_of_any_depth_are_listed_flat_oldest_first_three_at_a_time()
    {
        var (amina, post) = await Posted();
        var root = await Comment(amina, post, "root");
        var other = await Comment(amina, post, "other");
        var first = await Comment(amina, post, "first", root);
        var below = await Comment(amina, post, "below first", first);
        var deepest = await Comment(amina, post, "deepest", below);
        var second = await Comment(amina, post, "second", root);

        var list = (await amina.Get($"/api/ventroom/posts/{post}/comments/")).Is(200);
        Assert.Equal(2, list["count"].GetInt32());
        Assert.Equal([other, root], Ids(list["results"]));
        Assert.Equal([first, below, deepest], Ids(list["results.1.replies"]));
        Assert.Equal(below, list["results.1.replies.2.parent"].GetInt64());

        var all = (await amina.Get($"/api/ventroom/posts/{post}/comments/?parent={root}&page_size=3")).Is(200);
        Assert.Equal(4, all["count"].GetInt32());
        Assert.Equal([first, below, deepest], Ids(all["results"]));
        Assert.Equal([second], Ids((await amina.Get(all["next"].GetString()!)).Is(200)["results"]));
        Assert.Equal([deepest], Ids((await amina.Get($"/api/ventroom/posts/{post}/comments/?parent={below}")).Is(200)["results"]));
        var named = (await amina.Get($"/api/ventroom/posts/{post}/comments/?at={deepest}&page_size=1")).Is(200);
        Assert.Equal([root], Ids(named["results"]));
        Assert.Equal([other], Ids((await amina.Get(named["previous"].GetString()!)).Is(200)["results"]));
        Assert.Equal([other], Ids((await amina.Get($"/api/ventroom/posts/{post}/comments/?at=999999999&page_size=1")).Is(200)["results"]));
        Assert.Equal([below, deepest], Ids((await amina.Get($"/api/ventroom/posts/{post}/comments/?parent={first}")).Is(200)["results"]));
        Assert.Equal(6, (await amina.Get($"/api/ventroom/posts/{post}/")).Is(200)["comment_count"].GetInt32());
        (await amina.Get($"/api/ventroom/posts/{post}/comments/?page=2")).Is(404);
    }

    [Fact]
    public async Task Deleting_a_comment_deletes_what_hangs_under_it()
    {
        var (amina, post) = await Posted();
        var brian = await app.SignUp("brian");
        var root = await Comment(amina, post, "root");
        var reply = await Comment(brian, post, "reply", root);
        var below = await Comment(amina, post, "below", reply);
        var beside = await Comment(amina, post, "beside", root);

        (await amina.Delete($"/api/ventroom/posts/{post}/comments/{reply}/")).Is(403);
        (await brian.Delete($"/api/ventroom/posts/{post}/comments/{reply}/")).Is(204);
        (await brian.Delete($"/api/ventroom/posts/{post}/comments/{reply}/")).Is(404);
        Assert.Equal([beside], Ids((await amina.Get($"/api/ventroom/posts/{post}/comments/?parent={root}")).Is(200)["results"]));
        Assert.Equal(2, (await amina.Get($"/api/ventroom/posts/{post}/")).Is(200)["comment_count"].GetInt32());
        Assert.Equal(1, await app.Db.Scalar<int>("select replies from comments where id = $1", root));
        Assert.Equal(
            [$"{reply}|{brian.Id}", $"{below}|{amina.Id}"],
            await app.Db.Rows("select object_id, subject from ledger where verb = 24 and (detail->>'post')::bigint = $1 order by id", post));
    }

    [Fact]
    public async Task The_ledger_says_whose_post_and_whose_comment_was_answered()
    {
        var (amina, post) = await Posted();
        var brian = await app.SignUp("brian");
        var chao = await app.SignUp("chao");
        var comment = await Comment(brian, post, "hello");
        var reply = await Comment(chao, post, "hello yourself", comment);
        Assert.Equal(
            [
                $$"""5|3|{{comment}}|{{brian.Id}}|{{amina.Id}}|{"post": {{post}}}""",
                $$"""6|3|{{reply}}|{{chao.Id}}|{{brian.Id}}|{"post": {{post}}, "parent": {{comment}}, "post_author": {{amina.Id}}}""",
            ],
            await app.Db.Rows("select verb, object_kind, object_id, actor, subject, detail from ledger where verb in (5, 6) and (detail->>'post')::bigint = $1 order by id", post));
    }

    [Fact]
    public async Task Comments_are_changed_by_their_author_or_an_administrator()
    {
        var (amina, post) = await Posted();
        var brian = await app.SignUp("brian");
        var moses = await app.SignUp("moses", Roles.Admin);
        var id = await Comment(brian, post, "frist");
        (await amina.Patch($"/api/ventroom/posts/{post}/comments/{id}/", new { text = "no" })).Is(403);
        var edited = (await brian.Put($"/api/ventroom/posts/{post}/comments/{id}/", new { text = "first" })).Is(200);
        Assert.Equal(CommentFields, Names(edited.Json));
        Assert.Equal("first", edited["text"].GetString());
        Assert.Equal("First", (await moses.Patch($"/api/ventroom/posts/{post}/comments/{id}/", new { text = "First" })).Is(200)["text"].GetString());
        (await brian.Patch($"/api/ventroom/posts/{post + 100}/comments/{id}/", new { text = "elsewhere" })).Is(404);
    }

    [Fact]
    public async Task What_is_wrong_with_a_comment_names_its_field()
    {
        var (amina, post) = await Posted();
        var (_, elsewhere) = await Posted();
        var stranger = await Comment(amina, elsewhere, "in another post");
        var path = $"/api/ventroom/posts/{post}/comments/";
        Assert.Equal("This field is required.", (await amina.Post(path, new { })).Is(400)["text.0"].GetString());
        Assert.Equal("This field may not be blank.", (await amina.Post(path, new { text = "" })).Is(400)["text.0"].GetString());
        Assert.Contains("does not exist", (await amina.Post(path, new { text = "a", parent = stranger })).Is(400)["parent.0"].GetString(), StringComparison.Ordinal);
        Assert.Contains("parent", (await amina.Post(path, new { text = "a", parent = "one" })).Is(400).Text, StringComparison.Ordinal);
        (await amina.Post($"/api/ventroom/posts/{post + 1000}/comments/", new { text = "nowhere" })).Is(404);
    }

    [Fact]
    public async Task Many_comments_at_once_are_all_counted()
    {
        var (amina, post) = await Posted();
        var root = await Comment(amina, post, "root");
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Comment(amina, post, $"at once {i}", i % 2 == 0 ? root : null)));
        Assert.Equal("21|11|10", (await app.Db.Rows("select p.comment_count, p.thread_count, c.replies from posts p join comments c on c.id = $2 where p.id = $1", post, root)).Single());
    }

    private async Task<(Person Amina, long Post)> Posted()
    {
        var amina = await app.SignUp("amina");
        return (amina, (await amina.Post("/api/ventroom/posts/", new { content = "comment" })).Is(201)["id"].GetInt64());
    }

    private static async Task<long> Comment(Person person, long post, string text, long? parent = null) =>
        (await person.Post($"/api/ventroom/posts/{post}/comments/", new { text, parent })).Is(201)["id"].GetInt64();

    private static IEnumerable<string> Names(JsonElement json) => json.EnumerateObject().Select(field => field.Name);

    private static IEnumerable<long> Ids(JsonElement list) => list.EnumerateArray().Select(one => one.GetProperty("id").GetInt64());
}
