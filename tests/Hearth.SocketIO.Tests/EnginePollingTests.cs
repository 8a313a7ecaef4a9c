using System.Net;
using System.Net.Sockets;
using System.Text;
using Hearth.SocketIO.Tests.Harness;

namespace Hearth.SocketIO.Tests;

public sealed class EnginePollingTests
{
    [Theory]
    [InlineData("4hello")]
    [InlineData("4test1\u001e4test2\u001e4test3")]
    [InlineData("4hello\u001ebAQIDBA==")]
    [InlineData("4gr\u00fc\u00dfe \ud83d\ude00")]
    public async Task What_is_posted_comes_back_with_the_next_poll(string body)
    {
        await using var server = await EchoServer.Start();
        var polls = await Polls.Open(server);
        await polls.Send(body);
        Assert.Equal(body, await polls.Next());
    }

    [Fact]
    public async Task A_poll_waits_for_what_is_posted()
    {
        await using var server = await EchoServer.Start();
        var polls = await Polls.Open(server);
        var next = polls.Next();
        await polls.Send("4hello");
        Assert.Equal("4hello", await next);
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("")]
    [InlineData("4hello\u001e")]
    [InlineData("4hello\u001e\u001e4hello")]
    [InlineData("7")]
    [InlineData("b@@@@")]
    [InlineData("bAQ")]
    public async Task A_payload_with_what_is_no_packet_closes_the_session(string body)
    {
        await using var server = await EchoServer.Start();
        var polls = await Polls.Open(server);
        using var answer = await polls.Post(body);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        await polls.IsUnknown();
    }

    [Fact]
    public async Task A_payload_that_is_not_UTF_8_closes_the_session()
    {
        await using var server = await EchoServer.Start();
        var polls = await Polls.Open(server);
        using var answer = await server.Http.PostAsync(polls.Url, new ByteArrayContent([(byte)'4', 0xC3, 0x28]));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        await polls.IsUnknown();
    }

    [Fact]
    public async Task A_second_poll_ends_both_and_the_session()
    {
        await using var server = await EchoServer.Start();
        var polls = await Polls.Open(server, "/socket.io");
        var held = await polls.Hold(server);
        using var second = await polls.Get();
        Assert.Equal(HttpStatusCode.BadRequest, second.StatusCode);
        Assert.Equal("", await second.Content.ReadAsStringAsync());
        using var first = await held;
        Assert.Equal("1", await first.Content.ReadAsStringAsync());
        await polls.IsUnknown();
    }

    [Fact]
    public async Task A_poll_that_is_dropped_ends_the_session()
    {
        await using var server = await EchoServer.Start();
        var polls = await Polls.Open(server, "/socket.io");
        using var drop = new CancellationTokenSource();
        var held = await polls.Hold(server, drop.Token);
        await drop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => held);
        await Eventually.Holds(() => server.Io.SessionCount == 0);
        await polls.IsUnknown();
    }

    [Fact]
    public async Task A_POST_that_is_dropped_ends_the_session()
    {
        await using var server = await EchoServer.Start();
        var polls = await Polls.Open(server, "/socket.io");
        using var socket = await BeginPost(server, polls);
        socket.Close();
        await Eventually.Holds(() => server.Io.SessionCount == 0);
        await polls.IsUnknown();
    }

    [Fact]
    public async Task A_second_POST_ends_both_and_the_session()
    {
        await using var server = await EchoServer.Start();
        var polls = await Polls.Open(server, "/socket.io");
        using var socket = await BeginPost(server, polls);
        using var second = await polls.Post("3");
        Assert.Equal(HttpStatusCode.BadRequest, second.StatusCode);
        Assert.Equal("", await second.Content.ReadAsStringAsync());
        await Eventually.Holds(() => server.Io.SessionCount == 0);
        using var reader = new StreamReader(socket.GetStream());
        await Assert.ThrowsAnyAsync<IOException>(() => reader.ReadToEndAsync().Soon());
    }

    [Fact]
    public async Task A_body_may_be_as_large_as_is_said_and_no_larger()
    {
        await using var server = await EchoServer.Start(options => options.MaxHttpBufferSize = 1000);
        var polls = await Polls.Open(server);
        var most = "4" + new string('x', 999);
        await polls.Send(most);
        Assert.Equal(most, await polls.Next());
        using var answer = await polls.Post(most + "x");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Equal("", await answer.Content.ReadAsStringAsync());
        using var chunked = new HttpRequestMessage(HttpMethod.Post, polls.Url) { Content = new StringContent(most + "x") };
        chunked.Headers.TransferEncodingChunked = true;
        using var second = await server.Http.SendAsync(chunked);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, second.StatusCode);
        // Nothing of it was taken, and the session goes on.
        await polls.Send("4hello");
        Assert.Equal("4hello", await polls.Next());
    }

    [Fact]
    public async Task An_answer_is_split_between_packets_when_it_would_be_too_large()
    {
        await using var server = await EchoServer.Start(options => options.MaxHttpBufferSize = 1000);
        var polls = await Polls.Open(server);
        string[] packets = ["4" + new string('a', 600), "4" + new string('b', 600), "4c"];
        foreach (var packet in packets)
            await polls.Send(packet);
        Assert.Equal(packets[0], await polls.Next());
        Assert.Equal(packets[1] + "\u001e4c", await polls.Next());
    }

    [Fact]
    public async Task A_large_answer_is_compressed_for_those_who_can_read_it()
    {
        await using var server = await EchoServer.Start();
        var polls = await Polls.Open(server);
        var large = "4" + new string('x', 5000);
        await polls.Send(large);
        using var http = new HttpClient(new HttpClientHandler { AutomaticDecompression = DecompressionMethods.None }) { BaseAddress = server.Address };
        http.DefaultRequestHeaders.Add("Accept-Encoding", "gzip");
        using var answer = await http.GetAsync(polls.Url);
        Assert.Equal("gzip", answer.Content.Headers.ContentEncoding.Single());
        await using var plain = new System.IO.Compression.GZipStream(await answer.Content.ReadAsStreamAsync(), System.IO.Compression.CompressionMode.Decompress);
        using var reader = new StreamReader(plain);
        Assert.Equal(large, await reader.ReadToEndAsync());
    }

    [Fact]
    public async Task Octets_are_not_taken()
    {
        await using var server = await EchoServer.Start();
        var polls = await Polls.Open(server);
        using var body = new StringContent("4hello");
        body.Headers.ContentType = new("application/octet-stream");
        using var answer = await server.Http.PostAsync(polls.Url, body);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        await polls.IsUnknown();
    }

    [Fact]
    public async Task A_POST_needs_no_content_type()
    {
        await using var server = await EchoServer.Start();
        var polls = await Polls.Open(server);
        using var answer = await server.Http.PostAsync(polls.Url, new ByteArrayContent("4hello"u8.ToArray()));
        Assert.Equal("ok", await answer.Content.ReadAsStringAsync());
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.ToString());
        Assert.Equal("4hello", await polls.Next());
    }

    [Fact]
    public async Task Another_method_leaves_the_session_alone()
    {
        await using var server = await EchoServer.Start();
        var polls = await Polls.Open(server);
        using var answer = await server.Http.DeleteAsync(polls.Url);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        await polls.Send("4hello");
        Assert.Equal("4hello", await polls.Next());
    }

    [Fact]
    public async Task A_client_that_closes_is_answered_and_forgotten()
    {
        await using var server = await EchoServer.Start();
        var polls = await Polls.Open(server, "/socket.io");
        var held = await polls.Hold(server);
        await polls.Send("1\u001e4ignored");
        using var answer = await held;
        Assert.Equal("6", await answer.Content.ReadAsStringAsync());
        await polls.IsUnknown();
    }

    private static async Task<TcpClient> BeginPost(EchoServer server, Polls polls)
    {
        var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, server.Address.Port);
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"POST {polls.Url} HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n4he"));
        await Eventually.Holds(() => server.Io.Session(polls.Sid)!.Polling(side => side!.IsReading));
        return socket;
    }
}
