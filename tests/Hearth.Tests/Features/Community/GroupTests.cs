using Hearth.Platform;
using Hearth.Tests.Harness;

namespace Hearth.Tests.Features.Community;

public sealed class GroupTests(HearthApp app) : IClassFixture<HearthApp>
{
    [Fact]
    public async Task People_found_join_and_leave_groups()
    {
        var amina = await app.SignUp("amina");
        var brian = await app.SignUp("brian");
        var group = (await amina.Post("/api/community/groups/", new { name = "Runners", description = "before dawn" })).Is(201);
        Assert.Equal(
            ["id", "name", "description", "owner", "member_count", "is_member", "created_at", "updated_at"],
            group.Json.EnumerateObject().Select(field => field.Name));
        Assert.True(group["is_member"].GetBoolean());
        var path = $"/api/community/groups/{group["id"]}/";

        Assert.Equal(2, (await brian.Post($"{path}join/")).Is(200)["member_count"].GetInt32());
        Assert.Equal(2, (await brian.Post($"{path}join/")).Is(200)["member_count"].GetInt32());
        Assert.Equal(
            [amina.Uuid, brian.Uuid],
            (await brian.Get($"{path}members/")).Is(200)["results"].EnumerateArray().Select(member => member.GetProperty("user").GetProperty("id").GetGuid()));
        Assert.Contains(group["id"].GetInt32(), Ids((await brian.Get("/api/community/groups/?joined=true")).Is(200)));
        (await brian.Patch(path, new { name = "Walkers" })).Is(403);
        Assert.Equal("Walkers", (await amina.Patch(path, new { name = "Walkers" })).Is(200)["name"].GetString());
        Assert.False((await brian.Post($"{path}leave/")).Is(200)["is_member"].GetBoolean());
        Assert.Equal(1, (await brian.Post($"{path}leave/")).Is(200)["member_count"].GetInt32());
        Assert.DoesNotContain(group["id"].GetInt32(), Ids((await brian.Get("/api/community/groups/?joined=true")).Is(200)));
        Assert.Equal(
            [$"27|{amina.Id}", $"8|{amina.Id}", $"8|{brian.Id}", $"28|{amina.Id}", $"9|{brian.Id}"],
            await app.Db.Rows("select verb, actor from ledger where object_kind = 4 and object_id = $1 and group_id = $1 order by id", group["id"].GetInt32()));
    }

    [Fact]
    public async Task A_groups_posts_are_listed_and_stay_when_it_goes()
    {
        var amina = await app.SignUp("amina");
        var group = (await amina.Post("/api/community/groups/", new { name = "Cooks" })).Is(201)["id"].GetInt32();
        var post = (await amina.Post("/api/ventroom/posts/", new { content = "pilau", group })).Is(201);
        Assert.Equal(group, post["group"].GetInt32());
        Assert.Equal(1, (await amina.Get($"/api/ventroom/posts/?group={group}")).Is(200)["count"].GetInt32());
        Assert.Equal([$"20|{group}"], await app.Db.Rows("select verb, group_id from ledger where object_kind = 2 and object_id = $1 and verb = 20", post["id"].GetInt64()));

        (await amina.Delete($"/api/community/groups/{group}/")).Is(204);
        (await amina.Get($"/api/community/groups/{group}/")).Is(404);
        Assert.Equal(0, (await amina.Get($"/api/ventroom/posts/?group={group}")).Is(200)["count"].GetInt32());
        Assert.DoesNotContain("group", (await amina.Get($"/api/ventroom/posts/{post["id"]}/")).Is(200).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Facilitators_own_courses()
    {
        var amina = await app.SignUp("amina");
        var faraja = await app.SignUp("faraja", Roles.Facilitator);
        (await amina.Post("/api/community/courses/", new { name = "Budgeting" })).Is(403);
        Assert.Equal("This field is required.", (await faraja.Post("/api/community/courses/", new { })).Is(400)["name.0"].GetString());
        var course = (await faraja.Post("/api/community/courses/", new { name = "Budgeting" })).Is(201)["id"].GetInt32();
        Assert.Equal(2, (await amina.Post($"/api/community/courses/{course}/enroll/")).Is(200)["member_count"].GetInt32());
        Assert.Equal(1, (await amina.Post($"/api/community/courses/{course}/unenroll/")).Is(200)["member_count"].GetInt32());
        Assert.Equal(course, (await amina.Post("/api/ventroom/posts/", new { content = "week one", course })).Is(201)["course"].GetInt32());
        (await amina.Delete($"/api/community/courses/{course}/")).Is(403);
        (await amina.Post("/api/community/courses/987654/enroll/")).Is(404);
    }

    [Fact]
    public async Task Lists_go_on_by_links_in_both_directions()
    {
        var amina = await app.SignUp("amina");
        for (var i = 0; i < 5; i++)
            (await amina.Post("/api/community/groups/", new { name = $"Group {i}" })).Is(201);
        var first = (await amina.Get("/api/community/groups/?joined=true&limit=2")).Is(200);
        var second = (await amina.Get(first["next"].GetString()!)).Is(200);
        var third = (await amina.Get(second["next"].GetString()!)).Is(200);
        Assert.Equal(5, Ids(first).Concat(Ids(second)).Concat(Ids(third)).Distinct().Count());
        Assert.Equal("null", third["next"].GetRawText());
        Assert.Equal(Ids(first), Ids((await amina.Get(second["previous"].GetString()!)).Is(200)));
        (await amina.Get("/api/community/groups/?cursor=nonsense")).Is(400);
    }

    [Fact]
    public async Task Bookmarks_and_shares_count_each_person_once()
    {
        var amina = await app.SignUp("amina");
        var brian = await app.SignUp("brian");
        var post = (await amina.Post("/api/ventroom/posts/", new { content = "worth keeping" })).Is(201)["id"].GetInt64();
        Assert.Equal($$"""{"post_id":{{post}},"bookmarked":true,"bookmarks":1}""", (await brian.Post($"/api/ventroom/posts/{post}/bookmark/")).Is(201).Text);
        Assert.Equal(1, (await brian.Post($"/api/ventroom/posts/{post}/bookmark/")).Is(201)["bookmarks"].GetInt32());
        Assert.Equal(2, (await amina.Post($"/api/ventroom/posts/{post}/bookmark/")).Is(201)["bookmarks"].GetInt32());
        Assert.Equal(1, (await brian.Get("/api/ventroom/posts/?bookmarked=true")).Is(200)["count"].GetInt32());
        (await brian.Delete($"/api/ventroom/posts/{post}/bookmark/")).Is(204);
        (await brian.Delete($"/api/ventroom/posts/{post}/bookmark/")).Is(204);
        Assert.Equal(0, (await brian.Get("/api/ventroom/posts/?bookmarked=true")).Is(200)["count"].GetInt32());
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => brian.Post($"/api/ventroom/posts/{post}/share/")));
        Assert.Equal($$"""{"post_id":{{post}},"shares":1}""", (await brian.Post($"/api/ventroom/posts/{post}/share/")).Is(201).Text);
        (await brian.Post("/api/ventroom/posts/987654/share/")).Is(404);
        Assert.Equal(["11", "12", "12", "13"], await app.Db.Rows("select verb from ledger where object_id = $1 and object_kind = 2 and verb in (11, 12, 13) order by verb", post));
    }

    private static IEnumerable<int> Ids(Reply page) => page["results"].EnumerateArray().Select(one => one.GetProperty("id").GetInt32());
}
