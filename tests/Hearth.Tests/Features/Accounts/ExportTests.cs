using System.IO.Compression;
using System.Text.Json;
using Hearth.Tests.Features.Community;
using Hearth.Tests.Harness;

namespace Hearth.Tests.Features.Accounts;

public sealed class ExportTests(HearthApp app) : IClassFixture<HearthApp>
{
    [Fact]
    public async Task An_export_holds_what_a_person_did_and_nothing_of_others()
    {
        var (amina, bilal) = (await app.SignUp("amina"), await app.SignUp("bilal"));
        using var form = new MultipartFormDataContent();
        form.Add(new StringContent($"A quiet morning, @{bilal.Name}"), "content");
        form.Add(new ByteArrayContent(MediaSamples.Gif()), "media", "a.gif");
        var post = (await amina.Post("/api/ventroom/posts/", form)).Is(201)["id"].GetInt64();
        var other = (await bilal.Post("/api/ventroom/posts/", new { content = "Something of Bilal's alone" })).Is(201)["id"].GetInt64();
        (await amina.Post($"/api/ventroom/posts/{other}/comments/", new { text = "How true" })).Is(201);
        (await amina.Post($"/api/ventroom/posts/{other}/bookmark/")).Is(201);
        (await bilal.Post("/api/v1/follow", new { user_id = amina.Uuid })).Is(201);
        (await bilal.Post("/api/v1/moderation/report", new { content_type = "post", content_id = post, reason = "spam", details = "Bilal's words" })).Is(201);
        await app.Settled();

        var files = Unzip((await amina.Get("/api/v1/users/me/export")).Is(200));

        Assert.Equal("amina@example.org", Json(files["account.json"])[0].GetProperty("email").GetString());
        Assert.Equal($"A quiet morning, @{bilal.Name}", Assert.Single(Json(files["posts.json"])).GetProperty("content").GetString());
        Assert.Equal("How true", Assert.Single(Json(files["comments.json"])).GetProperty("text").GetString());
        Assert.Equal(other, Assert.Single(Json(files["bookmarks.json"])).GetProperty("post_id").GetInt64());
        Assert.Equal(bilal.Name, Assert.Single(Json(files["followers.json"])).GetProperty("username").GetString());
        Assert.Single(Json(files["sessions.json"]));
        var ledger = Json(files["ledger.json"]).Select(row => row.GetProperty("verb").GetString()).ToList();
        Assert.Contains("CreatePost", ledger);
        Assert.Contains("Follow", ledger);
        Assert.NotEmpty(Json(files["reputation_statement.json"]));
        Assert.Contains(files, file => file.Key.StartsWith("media/", StringComparison.Ordinal) && file.Key.EndsWith(".gif", StringComparison.Ordinal));
        var everything = string.Concat(files.Where(file => file.Key.EndsWith(".json", StringComparison.Ordinal)).Select(file => System.Text.Encoding.UTF8.GetString(file.Value)));
        Assert.DoesNotContain("Something of Bilal's alone", everything);
        Assert.DoesNotContain("Bilal's words", everything);
        var named = JsonDocument.Parse(files["contents.json"]).RootElement.GetProperty("files").EnumerateArray().Select(file => file.GetProperty("name").GetString()!).ToList();
        Assert.Equal(named.Where(name => name != "media/").Order(), files.Keys.Where(name => !name.StartsWith("media/", StringComparison.Ordinal) && name != "contents.json").Order());
    }

    [Fact]
    public async Task An_export_is_for_oneself_alone() => (await app.Anyone.Get("/api/v1/users/me/export")).Is(401);

    private static List<JsonElement> Json(byte[] file) => [.. JsonDocument.Parse(file).RootElement.EnumerateArray()];

    private static Dictionary<string, byte[]> Unzip(Reply reply)
    {
        using var zip = new ZipArchive(new MemoryStream([.. reply.Bytes]));
        return zip.Entries.ToDictionary(entry => entry.FullName, entry =>
        {
            using var content = entry.Open();
            using var bytes = new MemoryStream();
            content.CopyTo(bytes);
            return bytes.ToArray();
        });
    }
}
