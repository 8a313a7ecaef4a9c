using Hearth.Ledger;
using Hearth.Platform;
using Hearth.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Features.Community;

public sealed class HiddenTests(HearthApp app) : IClassFixture<HearthApp>
{
    [Fact]
    public async Task A_hidden_post_is_seen_by_its_author_and_moderators_alone()
    {
        var (amina, brian, musa) = (await app.SignUp("amina"), await app.SignUp("brian"), await app.SignUp("musa", Roles.Moderator));
        var shown = (await amina.Post("/api/ventroom/posts/", new { content = "shown" })).Is(201)["id"].GetInt64();
        var hidden = (await amina.Post("/api/ventroom/posts/", new { content = "hidden" })).Is(201)["id"].GetInt64();
        await Hide(ObjectKind.Post, hidden, true, musa);

        foreach (var (person, ids) in new (Person, long[])[] { (brian, [shown]), (amina, [hidden, shown]), (musa, [hidden, shown]) })
        {
            var list = (await person.Get($"/api/ventroom/posts/?author={amina.Id}")).Is(200);
            Assert.Equal(ids, list["results"].EnumerateArray().Select(post => post.GetProperty("id").GetInt64()));
            Assert.Equal(ids.Length, list["count"].GetInt32());
            (await person.Get($"/api/ventroom/posts/{hidden}/")).Is(person == brian ? 404 : 200);
            (await person.Get($"/api/ventroom/posts/{hidden}/comments/")).Is(person == brian ? 404 : 200);
            (await person.Post("/api/ventroom/reactions/", new { content_type = "ventpost", object_id = hidden, reaction_type = "👍" })).Is(person == brian ? 404 : 201);
            (await person.Post($"/api/ventroom/posts/{hidden}/comments/", new { text = "?" })).Is(person == brian ? 404 : 201);
        }

        Assert.DoesNotContain("\"hidden\"", (await brian.Get("/api/ventroom/posts/trending/")).Is(200).Text, StringComparison.Ordinal);
        await Hide(ObjectKind.Post, hidden, false, musa);
        Assert.Equal(2, (await brian.Get($"/api/ventroom/posts/?author={amina.Id}")).Is(200)["count"].GetInt32());
        (await brian.Get($"/api/ventroom/posts/{hidden}/")).Is(200);
        await NoDrift();
    }

    [Fact]
    public async Task A_hidden_comment_is_counted_for_nobody_and_seen_by_few()
    {
        var (amina, brian, musa) = (await app.SignUp("amina"), await app.SignUp("brian"), await app.SignUp("musa", Roles.Moderator));
        var post = (await amina.Post("/api/ventroom/posts/", new { content = "talk" })).Is(201)["id"].GetInt64();
        var path = $"/api/ventroom/posts/{post}/comments/";
        var root = (await amina.Post(path, new { text = "root" })).Is(201)["id"].GetInt64();
        var reply = (await brian.Post(path, new { text = "rude reply", parent = root })).Is(201)["id"].GetInt64();
        var rude = (await brian.Post(path, new { text = "rude" })).Is(201)["id"].GetInt64();
        await Hide(ObjectKind.Comment, reply, true, musa);
        await Hide(ObjectKind.Comment, rude, true, musa);

        foreach (var (person, sees) in new[] { (amina, false), (brian, true), (musa, true) })
        {
            var list = (await person.Get(path)).Is(200);
            Assert.Equal(sees ? 2 : 1, list["count"].GetInt32());
            Assert.Equal(sees, list.Text.Contains("rude reply", StringComparison.Ordinal));
            Assert.Equal(sees ? 1 : 0, (await person.Get($"{path}?parent={root}")).Is(200)["results"].GetArrayLength());
            Assert.Equal(1, (await person.Get($"/api/ventroom/posts/{post}/")).Is(200)["comment_count"].GetInt32());
        }

        (await amina.Post(path, new { text = "answer", parent = rude })).Is(400);
        await NoDrift();
        await Hide(ObjectKind.Comment, reply, false, musa);
        await Hide(ObjectKind.Comment, rude, false, musa);
        Assert.Equal(3, (await amina.Get($"/api/ventroom/posts/{post}/")).Is(200)["comment_count"].GetInt32());

        await using (var write = await app.Services.GetRequiredService<Writes>().Begin())
        {
            var after = await Moderated.Remove(write, ObjectKind.Comment, root, musa.Id, CancellationToken.None);
            await app.Settled(await write.Commit());
            after!();
        }

        Assert.Equal(1, (await amina.Get($"/api/ventroom/posts/{post}/")).Is(200)["comment_count"].GetInt32());
        await NoDrift();
    }

    private IModerated Moderated => app.Services.GetServices<IModerated>().Single(one => one.Kinds.Contains(ObjectKind.Comment));

    private async Task Hide(ObjectKind kind, long id, bool hidden, Person moderator)
    {
        await using var write = await app.Services.GetRequiredService<Writes>().Begin();
        Assert.True(await Moderated.Hide(write, kind, id, hidden, moderator.Id, CancellationToken.None));
        await app.Settled(await write.Commit());
    }

    private async Task NoDrift()
    {
        var verification = app.Services.GetRequiredService<Verification>();
        foreach (var name in (string[])["posts.counters", "posts.comments", "comments.counters", "posts.lists"])
            Assert.Empty((await verification.Run(name, CancellationToken.None)).Examples);
    }
}
