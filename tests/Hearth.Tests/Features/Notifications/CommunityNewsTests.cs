using Hearth.Tests.Harness;

namespace Hearth.Tests.Features.Notifications;

/// <summary>What people do in the community, by its own routes, and what others are told of it.</summary>
public sealed class CommunityNewsTests(NotificationsApp app) : IClassFixture<NotificationsApp>
{
    [Fact]
    public async Task A_conversation_is_told_to_whom_it_concerns_each_once()
    {
        var (john, jane, dana) = (await app.SignUp("john"), await app.SignUp("jane"), await app.SignUp("dana"));
        var post = await Post(john, "Rain", "How do you like the rain?");
        var comment = await Comment(jane, post, $"Very much, @{john.Name}, and @{dana.Name} too");
        await Comment(dana, post, "Yes", comment);
        await React(jane, "ventpost", post);
        await React(dana, "ventpost", post);
        await React(dana, "ventpost", post, "❤️");
        await React(john, "ventcomment", comment);

        Assert.Equal(
            [$"{dana.Name} and 1 other liked your post", $"{dana.Name} commented on your post", $"{jane.Name} commented on your post"], await app.Messages(john));
        Assert.Equal([$"{john.Name} liked your comment", $"{dana.Name} replied to your comment"], await app.Messages(jane));
        Assert.Equal([$"{jane.Name} mentioned you in a comment"], await app.Messages(dana));
        var item = (await jane.Get("/api/v1/notifications"))["results.0.object"];
        Assert.Equal("comment", item.GetProperty("kind").GetString());
        Assert.Equal(comment, item.GetProperty("id").GetInt64());
        Assert.Equal(post, item.GetProperty("post").GetInt64());

        (await jane.Delete($"/api/ventroom/posts/{post}/comments/{comment}/")).Is(204);
        Assert.Equal([$"{dana.Name} and 1 other liked your post"], await app.Messages(john));
        Assert.Empty(await app.Messages(dana));
        (await dana.Delete($"/api/ventroom/reactions/?content_type=ventpost&object_id={post}")).Is(204);
        Assert.Equal([$"{jane.Name} liked your post"], await app.Messages(john));
        (await john.Delete($"/api/ventroom/posts/{post}/")).Is(204);
        Assert.Empty(await app.Messages(john));
        Assert.Equal(0, await app.Unread(john));
        await app.Verify();
    }

    [Fact]
    public async Task A_groups_members_hear_of_its_posts_by_the_groups_name()
    {
        var (john, jane) = (await app.SignUp("john"), await app.SignUp("jane"));
        var group = (await john.Post("/api/community/groups/", new { name = "Night owls" })).Is(201)["id"].GetInt32();
        (await jane.Post($"/api/community/groups/{group}/join/")).Is(200);
        await Post(jane, "Owls", "Who is up?", group);

        Assert.Equal([$"{jane.Name} posted in Night owls"], await app.Messages(john));
        Assert.Equal("Owls", (await john.Get("/api/v1/notifications"))["results.0.object.title"].GetString());
        await app.Verify();
    }

    private static async Task<long> Post(Person who, string title, string content, int? group = null) =>
        (await who.Post("/api/ventroom/posts/", group is null ? new { title, content } : new { title, content, group })).Is(201)["id"].GetInt64();

    private static async Task<long> Comment(Person who, long post, string text, long? parent = null) =>
        (await who.Post($"/api/ventroom/posts/{post}/comments/", parent is null ? new { text } : new { text, parent })).Is(201)["id"].GetInt64();

    private static async Task React(Person who, string kind, long id, string reaction = "👍") =>
        Assert.InRange((await who.Post("/api/ventroom/reactions/", new { content_type = kind, object_id = id, reaction_type = reaction })).Status, 200, 201);
}
