using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Hearth.SocketIO.Tests.Harness;

namespace Hearth.SocketIO.Tests;

public sealed class EngineHandshakeTests
{
    [Fact]
    public async Task A_poll_opens_a_session()
    {
        await using var server = await EchoServer.Start();
        using var answer = await server.Http.GetAsync("/engine.io/?EIO=4&transport=polling&t=abc");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/plain; charset=UTF-8", answer.Content.Headers.GetValues("Content-Type").Single());
        Assert.Equal("no-store", answer.Headers.GetValues("Cache-Control").Single());
        Assert.NotNull(answer.Content.Headers.ContentLength);
        Check(await answer.Content.ReadAsStringAsync(), ["websocket"]);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task A_WebSocket_opens_a_session()
    {
        await using var server = await EchoServer.Start();
        using var wire = await Wire.Connect(server);
        Check(await wire.Text(), []);
    }

    [Fact]
    public async Task The_path_needs_no_slash_at_its_end()
    {
        await using var server = await EchoServer.Start();
        Check(await server.Http.GetStringAsync("/engine.io?EIO=4&transport=polling"), ["websocket"]);
    }

    [Theory]
    [InlineData("GET", "EIO=4", 0, "Transport unknown")]
    [InlineData("GET", "EIO=4&transport=abc", 0, "Transport unknown")]
    [InlineData("GET", "EIO=4&transport=webtransport", 0, "Transport unknown")]
    [InlineData("GET", "EIO=4&transport=__proto__", 0, "Transport unknown")]
    [InlineData("GET", "EIO=4&transport=polling&transport=abc", 0, "Transport unknown")]
    [InlineData("GET", "EIO=4&transport=polling&sid=nobody", 1, "Session ID unknown")]
    [InlineData("POST", "EIO=4&transport=polling", 2, "Bad handshake method")]
    [InlineData("PUT", "EIO=4&transport=polling", 2, "Bad handshake method")]
    [InlineData("DELETE", "EIO=4&transport=polling&sid=", 2, "Bad handshake method")]
    [InlineData("OPTIONS", "EIO=4&transport=polling", 2, "Bad handshake method")]
    [InlineData("GET", "EIO=4&transport=websocket", 3, "Bad request")]
    [InlineData("GET", "transport=polling", 5, "Unsupported protocol version")]
    [InlineData("GET", "EIO=3&transport=polling", 5, "Unsupported protocol version")]
    [InlineData("GET", "EIO=abc&transport=polling", 5, "Unsupported protocol version")]
    public async Task What_is_wrong_with_a_request_is_told_by_a_code(string method, string query, int code, string message)
    {
        await using var server = await EchoServer.Start();
        using var answer = await server.Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), $"/engine.io/?{query}"));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.ToString());
        Assert.Equal($$"""{"code":{{code}},"message":"{{message}}"}""", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task HEAD_opens_nothing()
    {
        await using var server = await EchoServer.Start();
        using var answer = await server.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/socket.io/?EIO=4&transport=polling"));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(0, server.Io.SessionCount);
    }

    [Theory]
    [InlineData("transport=websocket", "Unsupported protocol version")]
    [InlineData("EIO=abc&transport=websocket", "Unsupported protocol version")]
    [InlineData("EIO=4&transport=websocket&sid=nobody", "Session ID unknown")]
    public async Task A_refused_WebSocket_is_told_in_words_and_closed(string query, string message)
    {
        await using var server = await EchoServer.Start();
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, server.Address.Port);
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"GET /engine.io/?{query} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"));
        using var reader = new StreamReader(socket.GetStream());
        var answer = await reader.ReadToEndAsync().Soon();
        Assert.StartsWith("HTTP/1.1 400 ", answer);
        Assert.Contains("Connection: close", answer);
        Assert.Contains("Content-Type: text/html", answer);
        Assert.EndsWith("\r\n\r\n" + message, answer);
    }

    [Fact]
    public async Task An_application_may_refuse_a_handshake()
    {
        await using var server = await EchoServer.Start(options => options.AllowRequest = http =>
            ValueTask.FromResult(http.Request.Query["who"] == "amina" ? null : "Amina alone."));
        using var refused = await server.Http.GetAsync("/engine.io/?EIO=4&transport=polling");
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal("""{"code":4,"message":"Amina alone."}""", await refused.Content.ReadAsStringAsync());
        Check(await server.Http.GetStringAsync("/engine.io/?EIO=4&transport=polling&who=amina"), ["websocket"]);
    }

    [Fact]
    public async Task A_transport_that_is_not_enabled_is_unknown()
    {
        await using var server = await EchoServer.Start(options => options.Transports = Transports.Polling);
        Check(await server.Http.GetStringAsync("/engine.io/?EIO=4&transport=polling"), []);
        using var answer = await server.Http.GetAsync("/engine.io/?EIO=4&transport=websocket");
        Assert.Equal("""{"code":0,"message":"Transport unknown"}""", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task More_sessions_than_may_be_are_refused()
    {
        await using var server = await EchoServer.Start(options => options.MaxSessions = 1);
        await Polls.Open(server);
        using var answer = await server.Http.GetAsync("/engine.io/?EIO=4&transport=polling");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
    }

    [Fact]
    public async Task A_cookie_is_set_for_balancers_that_want_one()
    {
        await using var server = await EchoServer.Start(options => options.Cookie = "io");
        using var answer = await server.Http.GetAsync("/engine.io/?EIO=4&transport=polling");
        var sid = JsonDocument.Parse((await answer.Content.ReadAsStringAsync())[1..]).RootElement.GetProperty("sid").GetString();
        Assert.Equal($"io={sid}; Path=/; HttpOnly; SameSite=Lax", answer.Headers.GetValues("Set-Cookie").Single());
    }

    private static void Check(string packet, string[] upgrades)
    {
        Assert.StartsWith("0", packet);
        var open = JsonDocument.Parse(packet[1..]).RootElement;
        Assert.Equal(["sid", "upgrades", "pingInterval", "pingTimeout", "maxPayload"], open.EnumerateObject().Select(item => item.Name));
        Assert.Equal(20, open.GetProperty("sid").GetString()!.Length);
        Assert.Equal(upgrades, open.GetProperty("upgrades").EnumerateArray().Select(item => item.GetString()!));
        Assert.Equal(25_000, open.GetProperty("pingInterval").GetInt32());
        Assert.Equal(20_000, open.GetProperty("pingTimeout").GetInt32());
        Assert.Equal(1_000_000, open.GetProperty("maxPayload").GetInt32());
    }
}
