using System.Text.Json;
using Hearth.SocketIO.Tests.Harness;

namespace Hearth.SocketIO.Tests;

public sealed class NamespaceTests
{
    [Theory]
    [InlineData("", "", "{}")]
    [InlineData("", """{"token":"123"}""", """{"token":"123"}""")]
    [InlineData("/custom,", "", "{}")]
    [InlineData("/custom,", """{ "token" : "a b" , "n": [1.0, 1e3]}""", """{"token":"a b","n":[1.0,1e3]}""")]
    public async Task A_client_joins_and_the_application_learns_what_it_sent(string ns, string auth, string known)
    {
        await using var server = await EchoServer.Start();
        using var wire = await Wire.Open(server, "/socket.io");
        await wire.Send($"40{ns}{auth}");
        var answer = await wire.Text();
        Assert.StartsWith($"40{ns}{{", answer);
        var property = Assert.Single(JsonDocument.Parse(answer[(2 + ns.Length)..]).RootElement.EnumerateObject());
        Assert.Equal("sid", property.Name);
        Assert.Equal(20, property.Value.GetString()!.Length);
        Assert.Equal($"42{ns}[\"auth\",{known}]", await wire.Text());
    }

    [Fact]
    public async Task A_namespace_that_is_not_there_is_refused_and_another_may_be_joined()
    {
        await using var server = await EchoServer.Start();
        using var wire = await Wire.Open(server, "/socket.io");
        await wire.Send("40/random");
        Assert.Equal("""44/random,{"message":"Invalid namespace"}""", await wire.Text());
        await wire.Enter("/custom,");
    }

    [Fact]
    public async Task A_client_that_joins_nothing_is_closed()
    {
        await using var server = await EchoServer.Start(options =>
        {
            if (options is SocketIOOptions io)
                io.ConnectTimeout = TimeSpan.FromMilliseconds(200);
        });
        using var wire = await Wire.Open(server, "/socket.io");
        await wire.IsClosed();
    }

    [Fact]
    public async Task Who_has_joined_once_may_stay_without_a_namespace()
    {
        var time = new StoppedTime();
        await using var server = await EchoServer.Start(options => options.PingInterval = TimeSpan.FromHours(1), time: time);
        using var wire = await Wire.Join(server);
        using var idle = await Wire.Open(server, "/socket.io");
        await wire.Send("41");
        await Eventually.Holds(() => server.Io.Main.Sockets.Count == 0);
        time.Pass(TimeSpan.FromSeconds(46));
        server.Tick();
        await idle.IsClosed();
        await wire.Enter();
    }

    [Fact]
    public async Task Leaving_one_namespace_leaves_the_other_alone()
    {
        await using var server = await EchoServer.Start();
        using var wire = await Wire.Join(server);
        await wire.Enter("/custom,");
        await wire.Send("41/custom");
        await wire.Send("""42["message","message to main namespace"]""");
        Assert.Equal("""42["message-back","message to main namespace"]""", await wire.Text());
        // And it may come again.
        await wire.Enter("/custom,");
    }

    [Fact]
    public async Task A_middleware_refuses_with_words_and_data()
    {
        await using var server = await EchoServer.Start(use: io =>
        {
            var admin = io.Of("/admin");
            admin.Use(socket => socket.Auth<Dictionary<string, string>>()!.GetValueOrDefault("token") == "right"
                ? Task.CompletedTask
                : throw new ConnectRefusedException("not authorized", new { Code = 7 }));
            admin.Use(async _ => await Task.Yield());
            io.Of("/broken").Use(_ => throw new InvalidOperationException("secret"));
        });
        using var wire = await Wire.Open(server, "/socket.io");
        await wire.Send("40/admin,");
        Assert.Equal("""44/admin,{"message":"not authorized","data":{"code":7}}""", await wire.Text());
        await wire.Send("40/broken,");
        Assert.Equal("""44/broken,{"message":"Internal error"}""", await wire.Text());
        await wire.Send("""40/admin,{"token":"right"}""");
        Assert.StartsWith("""40/admin,{"sid":""", await wire.Text());
        await Eventually.Holds(() => server.Io.Of("/admin").Sockets.Count == 1);
    }

    [Fact]
    public async Task A_session_that_ends_while_a_middleware_thinks_leaves_nothing_behind()
    {
        var thinking = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        await using var server = await EchoServer.Start(use: io => io.Use(socket =>
        {
            thinking.TrySetResult();
            return go.Task;
        }));
        var greeted = false;
        server.Io.OnConnection(_ => greeted = true);
        using (var wire = await Wire.Open(server, "/socket.io"))
        {
            await wire.Send("40");
            await thinking.Task.Soon();
            await wire.Send("1");
            await wire.IsClosed();
        }

        await Eventually.Holds(() => server.Io.SessionCount == 0);
        go.SetResult();
        Assert.Empty(server.Io.Main.Sockets);
        Assert.False(greeted);
    }

    [Fact]
    public async Task Events_wait_until_the_connections_handler_has_ended()
    {
        var go = new TaskCompletionSource();
        await using var server = await EchoServer.Start(use: io => io.Of("/late").OnConnection(async socket =>
        {
            socket.Emit("soon");
            await go.Task;
            socket.On("question", e => e.Ack("answer"));
        }));
        using var wire = await Wire.Open(server, "/socket.io");
        await wire.Send("40/late,");
        await wire.Text();
        Assert.Equal("""42/late,["soon"]""", await wire.Text());
        await wire.Send("""42/late,5["question"]""");
        go.SetResult();
        Assert.Equal("""43/late,5["answer"]""", await wire.Text());
    }

    [Fact]
    public async Task The_handshake_is_known_to_the_application()
    {
        var handshake = new TaskCompletionSource<Handshake>();
        await using var server = await EchoServer.Start(use: io => io.OnConnection(socket => handshake.TrySetResult(socket.Handshake)));
        using var wire = new Wire();
        wire.Socket.Options.SetRequestHeader("X-Who", "amina");
        await wire.Socket.ConnectAsync(new Uri($"ws://{server.Address.Authority}/socket.io/?EIO=4&transport=websocket&room=a&room=b"), default);
        await wire.Text();
        await wire.Enter();
        var seen = await handshake.Task.Soon();
        Assert.Equal("amina", seen.Header("x-who"));
        Assert.Equal("b", seen.Query["room"]);
        Assert.Equal("127.0.0.1", seen.RemoteAddress!.ToString());
        Assert.False(seen.IsSecure);
        Assert.StartsWith("/socket.io/?EIO=4", seen.Url);
        Assert.Null(seen.Header("Sec-WebSocket-Key"));
    }
}
