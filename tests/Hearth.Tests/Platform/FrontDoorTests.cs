using Hearth.Tests.Harness;

namespace Hearth.Tests.Platform;

public sealed class FrontDoorTests(HearthApp app) : IClassFixture<HearthApp>
{
    private const string Origin = "http://hearth.test";

    [Theory]
    [InlineData("/api/auth/me")]
    [InlineData("/api/auth/me/")]
    [InlineData("/api/auth/me//")]
    public async Task A_trailing_slash_is_optional(string path) => (await (await app.SignUp("amina")).Get(path)).Is(200);

    [Fact]
    public async Task HEAD_answers_what_GET_does_without_a_body()
    {
        var amina = await app.SignUp("amina");
        var whole = (await amina.Get("/api/auth/me/")).Is(200);
        var head = (await amina.Send(HttpMethod.Head, "/api/auth/me/")).Is(200);
        Assert.Equal(whole.Bytes.Count.ToString(), head.Header("Content-Length"));
        Assert.Empty(head.Bytes);
    }

    [Fact]
    public async Task Which_methods_there_are_is_told_after_who_is_there()
    {
        (await app.Anyone.Put("/api/auth/me", new { })).Is(401);
        var reply = (await (await app.SignUp("amina")).Put("/api/auth/me", new { })).Is(405);
        Assert.Equal("GET, HEAD, PATCH", string.Join(", ", reply.Header("Allow")!.Split(", ").Order()));
        Assert.Equal("""Method "PUT" not allowed.""", reply["detail"].GetString());
        Assert.Equal("POST", (await app.Anyone.Get("/api/auth/login")).Is(405).Header("Allow"));
    }

    [Fact]
    public async Task Every_answer_has_an_id_and_is_what_it_says_it_is()
    {
        var reply = (await app.Anyone.Get("/api/ventroom/nowhere/")).Is(404);
        Assert.Equal("nosniff", reply.Header("X-Content-Type-Options"));
        Assert.NotNull(reply.Header("X-Request-Id"));
        Assert.Equal("Not found.", reply["detail"].GetString());
        Assert.Null(reply.Header("Server"));
    }

    [Fact]
    public async Task A_token_that_does_not_hold_is_refused_where_one_is_needed_and_else_passed_over()
    {
        var stranger = app.Anyone.With("eyJhbGciOiJub25lIn0.e30.");
        var reply = (await stranger.Get("/api/auth/me")).Is(401);
        Assert.Equal("Bearer", reply.Header("WWW-Authenticate"));
        (await stranger.Get("/health/live")).Is(200);
    }

    [Fact]
    public async Task A_page_of_another_origin_that_is_named_may_call()
    {
        var preflight = (await app.Anyone.Send(
            HttpMethod.Options, "/api/auth/me/", null, ("Origin", Origin), ("Access-Control-Request-Method", "PATCH"))).Is(204);
        Assert.Equal(Origin, preflight.Header("Access-Control-Allow-Origin"));
        Assert.Contains("PATCH", preflight.Header("Access-Control-Allow-Methods"));
        Assert.Contains("Idempotency-Key", preflight.Header("Access-Control-Allow-Headers"));

        var answer = await app.Anyone.Send(HttpMethod.Get, "/api/auth/me/", null, ("Origin", Origin));
        Assert.Equal(Origin, answer.Is(401).Header("Access-Control-Allow-Origin"));
        Assert.Contains("Ledger-Position", answer.Header("Access-Control-Expose-Headers"));
        Assert.Equal("Origin", answer.Header("Vary"));
    }

    [Fact]
    public async Task Another_origin_is_told_nothing()
    {
        var preflight = await app.Anyone.Send(
            HttpMethod.Options, "/api/auth/me/", null, ("Origin", "http://evil.example"), ("Access-Control-Request-Method", "GET"));
        Assert.Null(preflight.Header("Access-Control-Allow-Origin"));
        Assert.Equal("Origin", preflight.Header("Vary"));
        Assert.Null((await app.Anyone.Send(HttpMethod.Get, "/health", null, ("Origin", "http://evil.example"))).Header("Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("q=%00")]
    [InlineData("limit=%00")]
    public async Task A_null_character_in_a_query_is_named(string query)
    {
        var reply = (await (await app.SignUp("amina")).Get("/api/v1/follow/followers?" + query)).Is(400);
        Assert.Equal(query.Split('=')[0], Assert.Single(reply["errors"].EnumerateObject()).Name);
    }
}
