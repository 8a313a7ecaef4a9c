using System.Net;
using System.Text;
using Hearth.Platform;
using Hearth.Tests.Harness;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Platform;

/// <summary>Whatever is sent, on every route: never a 500.</summary>
public sealed class HostileInputTests(HearthApp app) : IClassFixture<HearthApp>
{
    // They hold a connection open, and have tests of their own.
    private static readonly string[] Doors = ["ws", "socket.io"];

    private static readonly string[] Places = ["0", "-1", "9223372036854775807", "99999999999999999999", "x%00y", "%F0%9F%98%80", "..%2F..%2Fetc", "'%22;--"];

    private static readonly string[] Queries =
    [
        "?page=-1&limit=abc&days=1e9&page_size=100000&cursor=%00&since=x&type=%22",
        "?page=99999999999&limit=0&days=NaN&cursor=!!&q=%FF%FE&offset=-5&from=9999-99-99&sort='&user=x",
        "?q=" + "%F0%9F%98%80" + "&q=2&category=%5C&days=30&limit=5&offset=99999999999999999999",
    ];

    public static TheoryData<int> Parts => [0, 1, 2, 3];

    [Theory]
    [MemberData(nameof(Parts))]
    public async Task No_route_answers_500(int part)
    {
        var routes = Routes().Where((_, i) => i % Parts.Count == part).ToList();
        foreach (var (method, pattern) in routes)
        {
            // A route may take the account or its sessions away: the next gets another.
            var admin = await app.SignUp("amina", Roles.Admin | Roles.Moderator | Roles.Corporate | Roles.Facilitator);
            foreach (var place in Places)
                await Refused(admin, method, Path(pattern, place), null);
            foreach (var query in Queries)
                await Refused(admin, method, Path(pattern, "1") + query, null);
            if (method == "GET")
                continue;
            foreach (var body in Bodies())
                await Refused(admin, method, Path(pattern, "1"), body);
        }
    }

    private static async Task Refused(Person admin, string method, string path, HttpContent? body)
    {
        var reply = await admin.Send(new HttpMethod(method), path, body);
        // 503 asks to come again; everything else must be the request's own fault or be fine.
        Assert.True(reply.Status is < 500 or 503, $"{method} {path} answered {reply.Status}: {reply.Text}");
    }

    private static IEnumerable<HttpContent> Bodies()
    {
        yield return Json("");
        yield return Json("{");
        yield return Json("null");
        yield return Json("[]");
        yield return Json("[1,{\"a\":[null]}]");
        yield return Json("{}");
        yield return Json($"{{\"x\":{new string('[', 20_000)}");
        yield return Json("""{"id":"\ud800","name":"\u0000","title":null,"text":{"a":[]},"user_id":1e400,"content":123456789012345678901234567890}""");
        yield return Json("""{"name":" ","title":"","content":"","text":"","token":"","refresh":"","email":"@","username":"","password":"","user_id":0,"reason":""}""");
        yield return Json("""{"name":"\u202e\u200b👩‍👩‍👧‍👦","title":"x","content":"x","post_ids":[-1,9223372036854775807,"x"],"events":[{}],"interactions":[{}],"rating":9e99}""");
        yield return new ByteArrayContent([0x7B, 0x22, 0xFF, 0xFE, 0x22, 0x3A, 0xC3, 0x28, 0x7D]) { Headers = { ContentType = new("application/json") } };
        yield return new StringContent("a=b&c=%00", Encoding.UTF8, "application/x-www-form-urlencoded");
        yield return new StringContent("<x/>", Encoding.UTF8, "application/xml");
        yield return new ByteArrayContent([1, 2, 3]);
        yield return new StringContent("--x\r\nbroken", Encoding.UTF8, "multipart/form-data") { Headers = { ContentType = new("multipart/form-data") } };
        yield return new MultipartFormDataContent { { new StringContent("\0"), "title" }, { new ByteArrayContent([0xFF, 0xD8, 0xFF, 0]), "media", "../../x\u202e.jpg" } };
    }

    [Fact]
    public async Task A_huge_body_is_too_large()
    {
        var amina = await app.SignUp("amina");
        var reply = await amina.Send(HttpMethod.Patch, "/api/auth/me", new ByteArrayContent(new byte[Body.Most + 1]) { Headers = { ContentType = new("application/json") } });
        reply.Is((int)HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task A_body_that_is_no_JSON_is_of_the_wrong_type()
    {
        var amina = await app.SignUp("amina");
        (await amina.Send(HttpMethod.Patch, "/api/auth/me", new StringContent("bio=x", Encoding.UTF8, "text/plain"))).Is(415);
        (await amina.Send(HttpMethod.Patch, "/api/auth/me")).Is(400);
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private static string Path(string pattern, string place)
    {
        var path = new StringBuilder();
        var depth = 0;
        foreach (var c in pattern)
        {
            if (c == '{' && depth++ == 0)
                path.Append(place);
            else if (c == '}')
                depth--;
            else if (depth == 0 && c != '{')
                path.Append(c);
        }

        return "/" + path;
    }

    private List<(string Method, string Pattern)> Routes() =>
    [
        .. from route in app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
           let pattern = route.RoutePattern.RawText?.TrimStart('/') ?? ""
           where !Doors.Contains(pattern.Split('/')[0])
           from method in route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]
           orderby pattern, method
           select (method, pattern),
    ];
}
