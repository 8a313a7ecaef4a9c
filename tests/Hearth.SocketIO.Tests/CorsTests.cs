using System.Net;
using Hearth.SocketIO.Tests.Harness;

namespace Hearth.SocketIO.Tests;

public sealed class CorsTests
{
    private const string Url = "/engine.io/?EIO=4&transport=polling";

    [Fact]
    public async Task Any_origin_is_told_so_even_in_errors()
    {
        await using var server = await Start(new CorsOptions { Origins = { "*" } });
        using var answer = await Ask(server, HttpMethod.Get, "/engine.io/?EIO=4", "https://amina.example");
        Assert.Equal("*", answer.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.False(answer.Headers.Contains("Vary"));
    }

    [Fact]
    public async Task A_preflight_is_answered_without_a_session()
    {
        await using var server = await Start(new CorsOptions { Origins = { "https://amina.example" }, Credentials = true });
        using var request = new HttpRequestMessage(HttpMethod.Options, Url);
        request.Headers.Add("Origin", "https://amina.example");
        request.Headers.Add("Access-Control-Request-Headers", "X-One, X-Two");
        using var answer = await server.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal("https://amina.example", answer.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Equal("true", answer.Headers.GetValues("Access-Control-Allow-Credentials").Single());
        Assert.Contains("POST", answer.Headers.GetValues("Access-Control-Allow-Methods").Single());
        Assert.Contains("X-Two", string.Join(",", answer.Headers.GetValues("Access-Control-Allow-Headers")));
        Assert.Contains("Origin", string.Join(",", answer.Headers.Vary));
    }

    [Fact]
    public async Task Of_a_list_only_its_members_are_told()
    {
        await using var server = await Start(new CorsOptions { Origins = { "https://amina.example", "https://bo.example" } });
        using var listed = await Ask(server, HttpMethod.Get, Url, "https://bo.example");
        Assert.Equal("https://bo.example", listed.Headers.GetValues("Access-Control-Allow-Origin").Single());
        using var other = await Ask(server, HttpMethod.Get, Url, "https://eve.example");
        Assert.False(other.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.Equal(HttpStatusCode.Forbidden, other.StatusCode);
        Assert.Contains("Origin", string.Join(",", other.Headers.Vary));
    }

    [Fact]
    public async Task With_credentials_any_origin_is_told_by_its_name()
    {
        await using var server = await Start(new CorsOptions { Origins = { "*" }, Credentials = true });
        using var answer = await Ask(server, HttpMethod.Get, Url, "https://bo.example");
        Assert.Equal("https://bo.example", answer.Headers.GetValues("Access-Control-Allow-Origin").Single());
    }

    private static Task<EchoServer> Start(CorsOptions cors) => EchoServer.Start(options => options.Cors = cors);

    private static Task<HttpResponseMessage> Ask(EchoServer server, HttpMethod method, string url, string origin)
    {
        var request = new HttpRequestMessage(method, url);
        request.Headers.Add("Origin", origin);
        return server.Http.SendAsync(request);
    }
}
