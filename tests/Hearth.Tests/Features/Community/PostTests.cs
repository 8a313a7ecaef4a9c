using Hearth.Tests.Harness;

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

    private static IEnumerable<long> Ids(Reply page) => page["results"].EnumerateArray().Select(post => post.GetProperty("id").GetInt64());
}
