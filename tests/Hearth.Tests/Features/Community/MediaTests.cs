using System.Net.Http.Headers;
using System.Text;
using Hearth.Features.Community;
using Hearth.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Features.Community;

public sealed class MediaTests(HearthApp app) : IClassFixture<HearthApp>
{
    [Fact]
    public async Task A_post_with_a_file_serves_it_and_takes_it_along_when_it_goes()
    {
        var amina = await app.SignUp("amina");
        var post = (await amina.Post("/api/ventroom/posts/", Form("photo.png", MediaSamples.Png(), ("title", "My Story"), ("content", "Sharing..."), ("media_type", "image")))).Is(201);
        Assert.Equal("image", post["media_type"].GetString());
        var link = post["media"].GetString()!;
        Assert.Matches("^http://hearth.test/media/vent_media/[0-9]{4}/[0-9]{2}/[A-Za-z0-9_-]{22}[.]png$", link);

        var file = (await app.Anyone.Get(link)).Is(200);
        Assert.Equal("image/png", file.Header("Content-Type"));
        Assert.Equal("nosniff", file.Header("X-Content-Type-Options"));
        Assert.Contains("immutable", file.Header("Cache-Control"), StringComparison.Ordinal);
        var part = (await app.Anyone.Send(HttpMethod.Get, link, null, ("Range", "bytes=1-3"))).Is(206);
        Assert.Equal("PNG", part.Text);
        Assert.Equal($"bytes 1-3/{file.Bytes.Count}", part.Header("Content-Range"));

        (await amina.Delete($"/api/ventroom/posts/{post["id"]}/")).Is(204);
        (await app.Anyone.Get(link)).Is(404);
    }

    [Fact]
    public async Task A_comment_takes_a_file_and_an_edit_replaces_or_removes_it()
    {
        var amina = await app.SignUp("amina");
        var id = (await amina.Post("/api/ventroom/posts/", new { content = "listen" })).Is(201)["id"];
        var comment = (await amina.Post($"/api/ventroom/posts/{id}/comments/", Form("a.wav", MediaSamples.Wav(), ("text", "Check this out"), ("parent", "null")))).Is(201);
        Assert.Equal("audio", comment["media_type"].GetString());
        var path = $"/api/ventroom/posts/{id}/comments/{comment["id"]}/";
        var replaced = (await amina.Patch(path, Form("b.gif", MediaSamples.Gif()))).Is(200);
        Assert.Equal("image", replaced["media_type"].GetString());
        Assert.Equal("Check this out", replaced["text"].GetString());
        (await app.Anyone.Get(comment["media"].GetString()!)).Is(404);
        (await app.Anyone.Get(replaced["media"].GetString()!)).Is(200);
        Assert.Equal("null", (await amina.Patch(path, new { media = (string?)null })).Is(200)["media_type"].GetRawText());
        (await app.Anyone.Get(replaced["media"].GetString()!)).Is(404);
    }

    [Fact]
    public async Task What_is_no_media_is_refused_and_leaves_nothing()
    {
        var amina = await app.SignUp("amina");
        var html = Encoding.UTF8.GetBytes("<!doctype html><script>alert(1)</script>");
        Assert.Contains("media", (await amina.Post("/api/ventroom/posts/", Form("a.png", html, ("content", "x")))).Is(400).Text, StringComparison.Ordinal);
        Assert.Contains("media", (await amina.Post("/api/ventroom/posts/", Form("a.svg", Encoding.UTF8.GetBytes("<svg xmlns='http://www.w3.org/2000/svg'/>"), ("content", "x")))).Is(400).Text, StringComparison.Ordinal);
        Assert.Equal("The file is of type image.", (await amina.Post("/api/ventroom/posts/", Form("a.png", MediaSamples.Png(), ("content", "x"), ("media_type", "video")))).Is(400)["media_type.0"].GetString());
        Assert.Equal("The submitted file is empty.", (await amina.Post("/api/ventroom/posts/", Form("a.png", [], ("content", "x")))).Is(400)["media.0"].GetString());
        (await amina.Post("/api/ventroom/posts/", Form("a.png", new byte[(10 * 1024 * 1024) + 1], ("content", "x")))).Is(413);
        Assert.Equal("This field is required.", (await amina.Post("/api/ventroom/posts/", Form("a.png", MediaSamples.Png()))).Is(400)["content.0"].GetString());
        Assert.Contains("group", (await amina.Post("/api/ventroom/posts/", Form("a.png", MediaSamples.Png(), ("content", "x"), ("group", "7654")))).Is(400).Text, StringComparison.Ordinal);
        Assert.Equal(0, (await amina.Get($"/api/ventroom/posts/?author={amina.Id}")).Is(200)["count"].GetInt32());
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(app.DataDir, "media", ".incoming")));
        (await app.Anyone.Get("/media/vent_media/2025/01/..%2F..%2F..%2Fhearth.png")).Is(404);
        (await app.Anyone.Get("/media/vent_media/2025/01/nothing.png")).Is(404);
    }

    [Fact]
    public async Task A_photo_of_oneself_is_uploaded_and_replaced()
    {
        var baraka = await app.SignUp("baraka");
        var first = (await baraka.Post("/api/auth/me/photo/", Photo("photo", MediaSamples.Png()))).Is(200)["profile_photo"].GetString()!;
        Assert.Matches("^http://hearth.test/media/vent_media/[0-9]{4}/[0-9]{2}/[A-Za-z0-9_-]{22}[.]png$", first);
        Assert.DoesNotContain(MediaSamples.Place, (await app.Anyone.Get(first)).Is(200).Text, StringComparison.Ordinal);
        var second = (await baraka.Post("/api/auth/me/photo/", Photo("photo", MediaSamples.Jpeg(6)))).Is(200)["profile_photo"].GetString()!;
        Assert.Equal(second, (await baraka.Get("/api/auth/me/")).Is(200)["profile_photo"].GetString());

        var folder = app.Services.GetRequiredService<MediaFolder>();
        foreach (var link in (string[])[first, second])
            File.SetLastWriteTimeUtc(folder.Full(link["http://hearth.test/media/".Length..]), DateTime.UtcNow.AddHours(-2));
        await app.Services.GetRequiredService<MediaSweep>().Sweep(CancellationToken.None);
        (await app.Anyone.Get(first)).Is(404);
        (await app.Anyone.Get(second)).Is(200);

        Assert.Contains("photo", (await baraka.Post("/api/auth/me/photo/", Photo("photo", MediaSamples.Wav()))).Is(400).Text, StringComparison.Ordinal);
        Assert.Contains("photo", (await baraka.Post("/api/auth/me/photo/", Photo("media", MediaSamples.Png()))).Is(400).Text, StringComparison.Ordinal);
        (await baraka.Post("/api/auth/me/photo/", Photo("photo", new byte[(10 * 1024 * 1024) + 1]))).Is(413);
        (await baraka.Post("/api/auth/me/photo/", new { photo = "me.png" })).Is(415);
        (await app.Anyone.Post("/api/auth/me/photo/", Photo("photo", MediaSamples.Png()))).Is(401);
    }

    [Fact]
    public async Task The_sweep_removes_what_nothing_names()
    {
        var amina = await app.SignUp("amina");
        var kept = (await amina.Post("/api/ventroom/posts/", Form("photo.png", MediaSamples.Png(), ("content", "keep me")))).Is(201)["media"].GetString()!;
        var folder = app.Services.GetRequiredService<MediaFolder>();
        var lost = Path.Combine(folder.Posted, "2020", "01", "lost.png");
        Directory.CreateDirectory(Path.GetDirectoryName(lost)!);
        await File.WriteAllBytesAsync(lost, MediaSamples.Png());
        var young = Path.Combine(folder.Posted, "2020", "01", "young.png");
        await File.WriteAllBytesAsync(young, MediaSamples.Png());
        foreach (var file in (string[])[lost, folder.Full(kept["http://hearth.test/media/".Length..])])
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddHours(-2));

        await app.Services.GetRequiredService<MediaSweep>().Sweep(CancellationToken.None);
        Assert.False(File.Exists(lost));
        Assert.True(File.Exists(young));
        (await app.Anyone.Get(kept)).Is(200);
    }

    [Fact]
    public void Each_kind_is_known_by_its_content()
    {
        Assert.Equal(MediaKind.Jpeg, MediaSniffer.Recognise(MediaSamples.Jpeg(6)));
        Assert.Equal(MediaKind.Png, MediaSniffer.Recognise(MediaSamples.Png()));
        Assert.Equal(MediaKind.Gif, MediaSniffer.Recognise(MediaSamples.Gif()));
        Assert.Equal(MediaKind.WebP, MediaSniffer.Recognise(MediaSamples.WebP()));
        Assert.Equal(MediaKind.Wav, MediaSniffer.Recognise(MediaSamples.Wav()));
        Assert.Equal(MediaKind.Mp4, MediaSniffer.Recognise(MediaSamples.Mp4("isom", "vide")));
        Assert.Equal(MediaKind.M4A, MediaSniffer.Recognise(MediaSamples.Mp4("isom", "soun")));
        Assert.Equal(MediaKind.M4A, MediaSniffer.Recognise(MediaSamples.Mp4("M4A ", "soun")));
        Assert.Equal(MediaKind.Mov, MediaSniffer.Recognise(MediaSamples.Mp4("qt  ", "vide")));
        Assert.Null(MediaSniffer.Recognise(MediaSamples.Mp4("heic", "pict")));
        Assert.Equal(MediaKind.Ogg, MediaSniffer.Recognise([.. "OggS"u8, .. new byte[24], .. "OpusHead"u8]));
        Assert.Equal(MediaKind.WebM, MediaSniffer.Recognise([0x1A, 0x45, 0xDF, 0xA3, 0x42, 0x82, 0x84, .. "webm"u8, 0x83, 0x81, 0x01]));
        Assert.Null(MediaSniffer.Recognise([0x1A, 0x45, 0xDF, 0xA3, 0x42, 0x82, 0x88, .. "matroska"u8]));
        Assert.Equal(MediaKind.Mp3, MediaSniffer.Recognise([.. "ID3"u8, 3, 0, 0, 0, 0, 0, 0, 0, 0]));
        byte[] frame = [0xFF, 0xFB, 0x90, 0x00, .. new byte[413]];
        Assert.Equal(MediaKind.Mp3, MediaSniffer.Recognise([.. frame, .. frame]));
        Assert.Null(MediaSniffer.Recognise([0xFF, 0xFB, 0x90, 0x00, .. new byte[500]]));
        Assert.Null(MediaSniffer.Recognise("%PDF-1.7"u8));
        Assert.Null(MediaSniffer.Recognise([]));
    }

    [Fact]
    public void Places_are_taken_out_and_the_picture_stays()
    {
        var jpeg = Clean(MediaKind.Jpeg, MediaSamples.Jpeg(6));
        Assert.DoesNotContain(MediaSamples.Place, jpeg, StringComparison.Ordinal);
        Assert.Contains("Exif", jpeg, StringComparison.Ordinal);
        Assert.Contains(MediaSamples.Picture, jpeg, StringComparison.Ordinal);
        Assert.DoesNotContain("Exif", Clean(MediaKind.Jpeg, MediaSamples.Jpeg(1)), StringComparison.Ordinal);
        foreach (var (kind, file) in new[]
        {
            (MediaKind.Png, MediaSamples.Png()), (MediaKind.WebP, MediaSamples.WebP()), (MediaKind.Mp4, MediaSamples.Mp4("isom", "vide")),
            (MediaKind.Mov, MediaSamples.Mp4("qt  ", "vide")), (MediaKind.M4A, MediaSamples.Mp4("M4A ", "soun")),
        })
        {
            Assert.Contains(MediaSamples.Place, Encoding.Latin1.GetString(file), StringComparison.Ordinal);
            var clean = Clean(kind, file);
            Assert.DoesNotContain(MediaSamples.Place, clean, StringComparison.Ordinal);
            Assert.Contains(MediaSamples.Picture, clean, StringComparison.Ordinal);
        }

        Assert.Equal(MediaSamples.Mp4("isom", "vide").Length, Clean(MediaKind.Mp4, MediaSamples.Mp4("isom", "vide")).Length);
        Assert.Null(MetadataCleaner.Clean(MediaKind.Png, MediaSamples.Png()[..40]));
        Assert.Null(MetadataCleaner.Clean(MediaKind.Jpeg, MediaSamples.Jpeg(6)[..60]));
    }

    [Fact]
    public void Broken_files_are_answered_and_never_throw()
    {
        // The seed is fixed: a failure comes again.
        var random = new Random(20250117);
        byte[][] samples = [MediaSamples.Jpeg(6), MediaSamples.Png(), MediaSamples.WebP(), MediaSamples.Mp4("isom", "vide"), MediaSamples.Gif(), MediaSamples.Wav()];
        for (var i = 0; i < 20_000; i++)
        {
            var sample = samples[i % samples.Length];
            var file = sample[..random.Next(sample.Length + 1)];
            for (var n = random.Next(4); n > 0 && file.Length > 0; n--)
                file[random.Next(file.Length)] = (byte)random.Next(256);
            if (MediaSniffer.Recognise(file) is { } kind)
                MetadataCleaner.Clean(kind, file);
        }
    }

    private static string Clean(MediaKind kind, byte[] file) => Encoding.Latin1.GetString(MetadataCleaner.Clean(kind, file)!.Value.Span);

    private static MultipartFormDataContent Photo(string field, byte[] file) => new() { { new ByteArrayContent(file), field, "a file" } };

    private static MultipartFormDataContent Form(string name, byte[] file, params (string Name, string Value)[] fields)
    {
        var form = new MultipartFormDataContent();
        foreach (var (field, value) in fields)
            form.Add(new StringContent(value), field);
        var part = new ByteArrayContent(file);
        part.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        form.Add(part, "media", name);
        return form;
    }
}
