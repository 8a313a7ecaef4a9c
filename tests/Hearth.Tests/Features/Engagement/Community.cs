using System.Globalization;
using Hearth.Ledger;
using Hearth.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Features.Engagement;

/// <summary>What people do, by the routes where they exist, or as rows of the ledger where a test chooses the time.</summary>
internal static class Community
{
    public static async Task<long> Writes(this Person who, string title = "A post", int? group = null, int? course = null, int? campaign = null) =>
        (await who.Post("/api/ventroom/posts/", new { title, content = "What I want to say.", group, course, campaign })).Is(201)["id"].GetInt64();

    public static async Task<long> Comments(this Person who, long post, long? parent = null, string text = "An answer") =>
        (await who.Post($"/api/ventroom/posts/{post}/comments/", new { text, parent })).Is(201)["id"].GetInt64();

    public static async Task Likes(this Person who, long post) =>
        (await who.Post("/api/ventroom/reactions/", new { content_type = "ventpost", object_id = post, reaction_type = "👍" })).Is(201);

    public static async Task LikesComment(this Person who, long comment) =>
        (await who.Post("/api/ventroom/reactions/", new { content_type = "ventcomment", object_id = comment, reaction_type = "❤️" })).Is(201);

    public static async Task Unlikes(this Person who, long post) =>
        (await who.Delete($"/api/ventroom/reactions/?content_type=ventpost&object_id={post}")).Is(204);

    public static async Task Shares(this Person who, long post) => (await who.Post($"/api/ventroom/posts/{post}/share/")).Is(201);

    public static async Task Bookmarks(this Person who, long post) => (await who.Post($"/api/ventroom/posts/{post}/bookmark/")).Is(201);

    public static async Task Views(this Person who, params long[] posts) =>
        (await who.Post("/api/ventroom/posts/mark_as_viewed/", new { post_ids = posts })).Is(200);

    public static async Task Follows(this Person who, Person other) => (await who.Post("/api/v1/follow", new { user_id = other.Uuid })).Is(201);

    /// <summary>Appends rows in one transaction and waits until everything has followed.</summary>
    /// <returns>The position of the last.</returns>
    public static async Task<long> Append(this HearthApp app, params IEnumerable<Entry> entries)
    {
        await using var write = await app.Services.GetRequiredService<Writes>().Begin();
        foreach (var entry in entries)
            write.Append(entry);
        var position = await write.Commit();
        await app.Settled(position);
        return position;
    }

    /// <summary>So many actions of a person, each on another object; groups are the plainest.</summary>
    public static IEnumerable<Entry> Joins(Person who, int count, DateTime? at = null, long from = 1_000_000) =>
        Enumerable.Range(0, count).Select(i => new Entry(Verb.JoinGroup, ObjectKind.Group, from + i) { Actor = who.Id, At = at });

    public static Entry Like(Person who, long post, Person author, DateTime? at = null) =>
        new(Verb.LikePost, ObjectKind.Post, post) { Actor = who.Id, Subject = author.Id, At = at };

    public static Entry Unlike(Person who, long post, Person author, DateTime? at = null) =>
        new(Verb.UnlikePost, ObjectKind.Post, post) { Actor = who.Id, Subject = author.Id, At = at };

    public static string Text(DateTime time) => Uri.EscapeDataString(time.ToString("O", CultureInfo.InvariantCulture));

    public static string[] Names(System.Text.Json.JsonElement json) => [.. json.EnumerateObject().Select(field => field.Name)];

    /// <summary>Whole numbers of an object's fields, in the order of the names.</summary>
    public static int[] Figures(System.Text.Json.JsonElement json, params string[] names) => [.. names.Select(name => json.GetProperty(name).GetInt32())];

    /// <summary>The same after an <c>await</c>, across which no span may live.</summary>
    public static void Same(int[] actual, int[] expected) => Assert.Equal(expected, actual);
}
