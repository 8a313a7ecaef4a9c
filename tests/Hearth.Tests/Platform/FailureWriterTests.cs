using System.Text;
using Hearth.Platform;
using Microsoft.AspNetCore.Http;

namespace Hearth.Tests.Platform;

/// <summary>Each dialect's words, as the contracts and RFC 9457 have them.</summary>
public sealed class FailureWriterTests
{
    private static readonly Failure TwoFields = Failure.Invalid(new Dictionary<string, string[]> { ["title"] = ["Too long."], ["media"] = ["Too large."] });

    [Theory]
    [InlineData("/api/ventroom/posts", """{"detail":"Not found."}""")]
    [InlineData("/api/engagement/badges", """{"detail":"Not found."}""")]
    [InlineData("/api/messaging/contacts", """{"success":false,"message":"Not found."}""")]
    [InlineData("/interactions/track", """{"statusCode":404,"message":["Not found."],"error":"Not Found"}""")]
    [InlineData("/contents", """{"statusCode":404,"message":["Not found."],"error":"Not Found"}""")]
    [InlineData("/api/v1/skills", """{"type":"about:blank","title":"Not Found","status":404,"detail":"Not found."}""")]
    public async Task What_is_not_there_is_said_in_the_words_of_the_path(string path, string expected) =>
        Assert.Equal((404, expected), await Written(path, Failure.NotFound()));

    [Theory]
    [InlineData("/api/ventroom/posts", """{"title":["Too long."],"media":["Too large."]}""")]
    [InlineData("/api/messaging/contacts", """{"success":false,"message":"title: Too long.","errors":{"title":["Too long."],"media":["Too large."]}}""")]
    [InlineData("/interactions/track", """{"statusCode":400,"message":["title: Too long.","media: Too large."],"error":"Bad Request"}""")]
    [InlineData("/api/v1/skills", """{"type":"about:blank","title":"Bad Request","status":400,"detail":"title: Too long.","errors":{"title":["Too long."],"media":["Too large."]}}""")]
    public async Task Wrong_fields_are_named(string path, string expected) => Assert.Equal((400, expected), await Written(path, TwoFields));

    [Theory]
    [InlineData("/api/ventroom/posts", """{"detail":"Authentication credentials were not provided."}""")]
    [InlineData("/api/messaging/contacts", """{"detail":"Authentication credentials were not provided."}""")]
    public async Task Nobody_signed_in_is_said_alike(string path, string expected) =>
        Assert.Equal((401, expected), await Written(path, Failure.Unauthenticated()));

    [Fact]
    public async Task Too_many_requests_say_when_there_is_room()
    {
        var http = Request("/api/messaging/statistics");
        await FailureWriter.Write(http, new Failure(FailureKind.Limited, "Request was throttled. Expected available in 45 seconds.") { RetryAfter = TimeSpan.FromSeconds(44.2) });
        Assert.Equal("45", http.Response.Headers.RetryAfter);
        Assert.Equal(
            """{"success":false,"message":"Request was throttled. Expected available in 45 seconds.","detail":"Request was throttled. Expected available in 45 seconds."}""",
            Text(http));
    }

    [Theory]
    [InlineData("/api/ventroom/posts")]
    [InlineData("/api/messaging/contacts")]
    [InlineData("/interactions/track")]
    [InlineData("/api/v1/skills")]
    public async Task Our_own_fault_names_its_category_and_the_request(string path)
    {
        var http = Request(path);
        await FailureWriter.WriteError(http, "database");
        Assert.Equal(500, http.Response.StatusCode);
        Assert.Contains("\"database\"", Text(http));
        Assert.Contains("\"request-1\"", Text(http));
    }

    private static async Task<(int Status, string Text)> Written(string path, Failure failure)
    {
        var http = Request(path);
        await FailureWriter.Write(http, failure);
        return (http.Response.StatusCode, Text(http));
    }

    private static DefaultHttpContext Request(string path)
    {
        var http = new DefaultHttpContext { TraceIdentifier = "request-1" };
        http.Request.Path = path;
        http.Response.Body = new MemoryStream();
        return http;
    }

    private static string Text(HttpContext http) => Encoding.UTF8.GetString(((MemoryStream)http.Response.Body).ToArray());
}
