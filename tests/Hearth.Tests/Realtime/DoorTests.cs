using System.Net.WebSockets;
using System.Text;
using Hearth.Realtime;
using Hearth.SocketIO.Transport;
using Hearth.Tests.Harness;

namespace Hearth.Tests.Realtime;

public sealed class DoorTests : IAsyncLifetime
{
    private DoorHost host = null!;

    public async ValueTask InitializeAsync() => host = await DoorHost.Start();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Theory]
    [InlineData("/ws/")]
    [InlineData("/ws")]
    [InlineData("/ws/?token=nobody")]
    public async Task Without_a_token_that_holds_the_answer_is_401_before_the_upgrade(string path)
    {
        using var socket = await RawSocket.Connect(host.Address, path);

        Assert.Equal(401, socket.Status);
        Assert.Equal("""{"detail":"Authentication credentials were not provided."}""", await socket.Body());
    }

    [Fact]
    public async Task The_answer_proves_the_key_as_the_protocol_says()
    {
        using var socket = await host.Connect();

        Assert.StartsWith("HTTP/1.1 101 Switching Protocols\r\n", socket.Head, StringComparison.Ordinal);
        Assert.Contains("\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n", socket.Head, StringComparison.Ordinal);
        Assert.Contains("\r\nUpgrade: websocket\r\n", socket.Head, StringComparison.Ordinal);
        Assert.DoesNotContain("Sec-WebSocket-Protocol", socket.Head, StringComparison.Ordinal);
        Assert.DoesNotContain("Sec-WebSocket-Extensions", socket.Head, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_browser_sends_its_token_as_a_subprotocol()
    {
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("bearer");
        socket.Options.AddSubProtocol(DoorHost.Amina);
        await socket.ConnectAsync(new UriBuilder(host.Address) { Scheme = "ws", Path = "/ws/" }.Uri, CancellationToken.None);
        Assert.Equal("bearer", socket.SubProtocol);

        await socket.SendAsync(Encoding.UTF8.GetBytes("""{"type":"ping"}"""), WebSocketMessageType.Text, true, CancellationToken.None);
        var buffer = new byte[1_000];
        var received = await socket.ReceiveAsync(buffer, CancellationToken.None);
        Assert.Equal("""{"type":"pong"}""", Encoding.UTF8.GetString(buffer, 0, received.Count));

        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "bye", CancellationToken.None);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, socket.CloseStatus);
    }

    [Fact]
    public async Task A_request_that_is_no_handshake_is_told_what_is_asked_for()
    {
        using var plain = await RawSocket.Connect(host.Address, "/ws/?token=amina", ["Accept: */*"]);
        Assert.Equal(426, plain.Status);
        Assert.Contains("\r\nUpgrade: websocket\r\n", plain.Head, StringComparison.Ordinal);

        using var old = await RawSocket.Connect(
            host.Address, "/ws/?token=amina",
            ["Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version: 8"]);
        Assert.Equal(426, old.Status);
        Assert.Contains("\r\nSec-WebSocket-Version: 13\r\n", old.Head, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Sec-WebSocket-Key: short")]
    [InlineData("Sec-WebSocket-Key: ????????????????????????")]
    [InlineData("X-Other: 1")]
    public async Task A_key_that_is_none_is_400(string header)
    {
        using var socket = await RawSocket.Connect(
            host.Address, "/ws/?token=amina", ["Upgrade: websocket", "Connection: Upgrade", header, "Sec-WebSocket-Version: 13"]);
        Assert.Equal(400, socket.Status);
    }

    [Fact]
    public async Task A_since_that_is_no_events_id_is_400()
    {
        using var socket = await RawSocket.Connect(host.Address, "/ws/?token=amina&since=yesterday");
        Assert.Equal(400, socket.Status);
        Assert.Equal("""{"since":["Not the id of an event."]}""", await socket.Body());
    }

    [Fact]
    public async Task A_service_token_opens_no_socket()
    {
        using var socket = await RawSocket.Connect(host.Address, "/ws/?token=robot");
        Assert.Equal(403, socket.Status);
    }

    [Fact]
    public async Task A_person_has_a_hundred_sockets_at_most()
    {
        var sockets = new List<RawSocket>();
        for (var i = 0; i < 100; i++)
        {
            sockets.Add(await host.Connect());
            await sockets[^1].Settle();
        }

        using var more = await RawSocket.Connect(host.Address, "/ws/?token=amina");
        Assert.Equal(429, more.Status);
        Assert.Contains("\r\nRetry-After: 60\r\n", more.Head, StringComparison.Ordinal);
        using var other = await host.Connect(DoorHost.Bruno);
        sockets.ForEach(socket => socket.Dispose());
    }

    [Fact]
    public async Task Joining_and_leaving_is_as_the_contract_says()
    {
        using var amina = await host.Connect();

        await amina.Send("""{"type":"join_ventroom"}""");
        Assert.Equal(
            """{"type":"ventroom_joined","data":{"message":"Successfully joined Ventroom","user_id":"11111111-1111-1111-1111-111111111111"},"timestamp":"2025-01-17T10:00:00Z"}""",
            (await amina.Message()).Text);

        await amina.Send("""{"type":"join_ventroom_post","data":{"post_id":1}}""");
        Assert.Equal(
            """{"type":"ventroom_post_joined","data":{"post_id":1,"message":"Successfully joined Ventroom post"},"timestamp":"2025-01-17T10:00:00Z"}""",
            (await amina.Message()).Text);

        host.Publish(("first", [Groups.Feed]), ("second", [Groups.Post(1)]), ("third", [Groups.Post(2)]));
        await amina.Message("first");
        await amina.Message("second");

        await amina.Send("""{"type":"leave_ventroom"}""");
        await amina.Send("""{"type":"leave_ventroom_post","data":{"post_id":1}}""");
        await amina.Settle();
        host.Publish(("fourth", [Groups.Feed, Groups.Post(1)]), ("fifth", [Groups.User(1)]));
        await amina.Message("fifth");
    }

    [Theory]
    [InlineData("no json", "A message is a JSON object with a type.")]
    [InlineData("[1]", "A message is a JSON object with a type.")]
    [InlineData("{}", "A message is a JSON object with a type.")]
    [InlineData("""{"type":7}""", "A message is a JSON object with a type.")]
    [InlineData("""{"type":"\ud800"}""", "A message is a JSON object with a type.")]
    [InlineData("""{"type":"dance"}""", "Unknown message type.")]
    [InlineData("""{"type":"join_ventroom_post"}""", "data.post_id must be a post's number.")]
    [InlineData("""{"type":"join_ventroom_post","data":{"post_id":1.5}}""", "data.post_id must be a post's number.")]
    [InlineData("""{"type":"join_ventroom_post","data":{"post_id":99999999999999999999}}""", "data.post_id must be a post's number.")]
    [InlineData("""{"type":"join_ventroom_post","data":{"post_id":1000}}""", "Post not found.")]
    [InlineData("""{"type":"auth","data":{"token":"nobody"}}""", "The token is not valid.")]
    [InlineData("""{"type":"auth","data":{"token":"bruno"}}""", "The token is another person's.")]
    public async Task What_is_not_understood_is_answered_with_an_error_and_the_connection_stays(string message, string detail)
    {
        using var amina = await host.Connect();

        await amina.Send(message);

        Assert.Equal($$$"""{"type":"error","data":{"detail":"{{{detail}}}"}}""", (await amina.Message()).Text);
        await amina.Settle();
    }

    [Fact]
    public async Task A_socket_in_two_groups_of_an_event_gets_it_once()
    {
        using var amina = await host.ConnectToFeed();
        await amina.Send("""{"type":"join_ventroom_post","data":{"post_id":5}}""");
        await amina.Message("ventroom_post_joined");

        host.Publish(("seen", [Groups.Post(5), Groups.Feed, Groups.User(1)]));
        host.Publish(("next", [Groups.Feed]));

        await amina.Message("seen");
        await amina.Message("next");
    }

    [Fact]
    public async Task Everyone_gets_their_own_events_of_a_turn_in_order()
    {
        using var amina = await host.ConnectToFeed();
        using var bruno = await host.ConnectToFeed(DoorHost.Bruno);

        host.Publish(
            ("a", [Groups.Feed]), ("b", [Groups.User(1)]), ("c", [Groups.User(2)]), ("d", [Groups.Feed]), ("e", [Groups.User(1), Groups.User(2)]));

        foreach (var type in new[] { "a", "b", "d", "e" })
            await amina.Message(type);
        foreach (var type in new[] { "a", "c", "d", "e" })
            await bruno.Message(type);
    }

    [Fact]
    public async Task Events_come_before_the_client_has_said_anything_and_after_it_began_to_talk()
    {
        using var amina = await host.Connect();
        await Eventually.IsTrue(() => host.Presence.IsOnline(1));
        host.Publish(("silent", [Groups.User(1)]));
        await amina.Message("silent");

        // The first word of the client moves the connection from the server's stream to the socket itself.
        await amina.Settle();
        host.Publish(("talking", [Groups.User(1)]));
        await amina.Message("talking");
        host.Publish(("direct", [Groups.User(1)]));
        await amina.Message("direct");
    }

    [Fact]
    public async Task A_client_that_answers_no_ping_gets_its_events_all_the_same()
    {
        using var amina = await host.Connect();
        await Eventually.IsTrue(() => host.Presence.IsOnline(1));
        host.Publish(("silent", [Groups.User(1)]));
        Assert.Equal("silent", (await amina.Receive()).Type);
        await amina.Send("""{"type":"ping"}""");
        Assert.Equal(Opcode.Ping, (await amina.Receive()).Opcode);

        host.Publish(("waiting", [Groups.User(1)]));
        host.Time.Advance(TimeSpan.FromSeconds(2));
        host.Heartbeat.Sweep();

        string?[] came = [(await amina.Receive()).Type, (await amina.Receive()).Type];
        Assert.True(came is ["pong", "waiting"] or ["waiting", "pong"]);
    }

    [Fact]
    public async Task Who_is_online_is_known()
    {
        using var first = await host.Connect();
        using var second = await host.Connect();
        await first.Settle();
        await second.Settle();
        Assert.True(host.Presence.IsOnline(1));
        Assert.False(host.Presence.IsOnline(2));
        Assert.Equal([1L], host.Presence.Online());

        await first.Send(ClientFrames.Close(1000));
        await first.Ended();
        await Eventually.IsTrue(() => host.Presence.SocketsOf(1) == 1);
        await second.Send(ClientFrames.Close(1000));
        await second.Ended();
        await Eventually.IsTrue(() => !host.Presence.IsOnline(1));
    }

    [Fact]
    public async Task Two_hundred_groups_are_enough()
    {
        using var amina = await host.Connect();
        for (var post = 1; post < 200; post++)
        {
            await amina.Send("""{"type":"join_ventroom_post","data":{"post_id":N}}""".Replace("N", $"{post}", StringComparison.Ordinal));
            await amina.Message("ventroom_post_joined");
            host.Time.Advance(TimeSpan.FromSeconds(1));
        }

        await amina.Send("""{"type":"join_ventroom"}""");
        Assert.Contains("Too many groups", (await amina.Message("error")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Talking_too_fast_is_refused_and_a_flood_ends_the_connection()
    {
        using var amina = await host.Connect();
        await amina.Send(Pings(60));
        var refusal = await Until(amina, frame => frame.Opcode == Opcode.Text && frame.Type == "error");
        Assert.Contains("throttled", refusal.Text, StringComparison.Ordinal);

        host.Time.Advance(TimeSpan.FromSeconds(2));
        await amina.Send(Pings(1));
        await Until(amina, frame => frame.Opcode == Opcode.Text && frame.Type == "pong");

        await amina.Send(Pings(1_100));
        Assert.Equal(1008, (await Until(amina, frame => frame.Opcode == Opcode.Close)).CloseCode);
    }

    private static byte[] Pings(int count) =>
        [.. Enumerable.Repeat(ClientFrames.Text("""{"type":"ping"}"""), count).SelectMany(frame => frame)];

    private static async Task<ServerFrame> Until(RawSocket socket, Func<ServerFrame, bool> isIt)
    {
        while (true)
        {
            var frame = await socket.Message();
            if (isIt(frame))
                return frame;
        }
    }
}
