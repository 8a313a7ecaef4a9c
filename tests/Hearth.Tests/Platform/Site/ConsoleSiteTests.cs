using System.IO.Compression;
using System.Text;
using Hearth.Platform;
using Microsoft.AspNetCore.Http;

namespace Hearth.Tests.Platform.Site;

public sealed class ConsoleSiteTests : IDisposable
{
    private const string Page = "<!doctype html><title>Hearth</title>";
    private readonly string script = $"console.log('{new string('x', 2000)}');";
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("hearth-site-");
    private readonly ConsoleSite site;

    public ConsoleSiteTests()
    {
        folder.CreateSubdirectory("assets");
        File.WriteAllText(Path.Combine(folder.FullName, "index.html"), Page);
        File.WriteAllText(Path.Combine(folder.FullName, "assets", "index-a1b2.js"), script);
        site = ConsoleSite.In(folder.FullName, new HearthOptions { PublicUrl = "https://community.example" });
    }

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("/")]
    [InlineData("/posts/12")]
    [InlineData("/groups")]
    public async Task A_place_of_the_console_gets_its_page_and_asks_again_each_time(string path)
    {
        var http = await Get(path);

        Assert.Equal(200, http.Response.StatusCode);
        Assert.Equal(Page, Body(http));
        Assert.Equal("no-cache", http.Response.Headers.CacheControl);
        Assert.StartsWith("text/html", http.Response.ContentType, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/ventroom/nothing")]
    [InlineData("/API/nothing")]
    [InlineData("/interactions/nothing")]
    [InlineData("/ws/nothing")]
    [InlineData("/media/nothing.png")]
    [InlineData("/assets/index-old.js")]
    [InlineData("/embed/nothing.js")]
    [InlineData("/nothing.png")]
    public async Task What_is_the_servers_own_is_left_to_the_server(string path)
    {
        var http = await Get(path);

        Assert.Equal(404, http.Response.StatusCode);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("DELETE")]
    public async Task Only_reads_get_the_page(string method)
    {
        var http = await Ask(method, "/", _ => { });

        Assert.Equal(404, http.Response.StatusCode);
    }

    [Fact]
    public async Task A_file_with_its_hash_in_its_name_is_kept_for_a_year_and_sent_compressed()
    {
        var http = await Get("/assets/index-a1b2.js", request => request.Headers.AcceptEncoding = "deflate, gzip");

        Assert.Contains("immutable", http.Response.Headers.CacheControl.ToString(), StringComparison.Ordinal);
        Assert.Equal("gzip", http.Response.Headers.ContentEncoding);
        using var plain = new StreamReader(new GZipStream(new MemoryStream(Bytes(http)), CompressionMode.Decompress));
        Assert.Equal(script, await plain.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_browser_that_has_the_page_is_told_so()
    {
        var first = await Get("/");
        var second = await Get("/", request => request.Headers.IfNoneMatch = first.Response.Headers.ETag);

        Assert.Equal(304, second.Response.StatusCode);
        Assert.Empty(Bytes(second));
    }

    [Fact]
    public async Task The_page_runs_nothing_but_its_own_scripts()
    {
        var policy = (await Get("/")).Response.Headers.ContentSecurityPolicy.ToString();

        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("connect-src 'self' https://community.example wss://community.example", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
    }

    private Task<HttpContext> Get(string path, Action<HttpRequest>? change = null) => Ask("GET", path, change ?? (_ => { }));

    private async Task<HttpContext> Ask(string method, string path, Action<HttpRequest> change)
    {
        var http = new DefaultHttpContext();
        http.Request.Method = method;
        http.Request.Path = path;
        http.Response.Body = new MemoryStream();
        change(http.Request);
        await site.Invoke(http, NotFound);
        return http;
    }

    private static Task NotFound(HttpContext http)
    {
        http.Response.StatusCode = 404;
        return Task.CompletedTask;
    }

    private static byte[] Bytes(HttpContext http) => ((MemoryStream)http.Response.Body).ToArray();

    private static string Body(HttpContext http) => Encoding.UTF8.GetString(Bytes(http));
}
