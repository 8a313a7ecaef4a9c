using System.Net;
using System.Net.WebSockets;
using Hearth.SocketIO.Tests.Harness;

namespace Hearth.SocketIO.Tests;

public sealed class EngineSocketTests
{
    [Fact]
    public async Task Text_and_bytes_come_back()
    {
        await using var server = await EchoServer.Start();
        using var wire = await Wire.Open(server);
        await wire.Send("4hello");
        Assert.Equal("4hello", await wire.Text());
        await wire.Send([1, 2, 3, 4]);
        Assert.Equal([1, 2, 3, 4], await wire.Binary());
    }

    [Fact]
    public async Task A_message_in_fragments_is_one()
    {
        await using var server = await EchoServer.Start();
        using var wire = await Wire.Open(server);
        await wire.Socket.SendAsync("4he"u8.ToArray(), WebSocketMessageType.Text, false, default);
        await wire.Socket.SendAsync("llo"u8.ToArray(), WebSocketMessageType.Text, true, default);
        Assert.Equal("4hello", await wire.Text());
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("")]
    [InlineData("bAQID")]
    [InlineData("2")]
    [InlineData("2probe")]
    [InlineData("1")]
    public async Task What_a_client_may_not_send_closes_and_so_does_its_close(string message)
    {
        await using var server = await EchoServer.Start();
        using var wire = await Wire.Open(server);
        await wire.Send(message);
        await wire.IsClosed();
    }

    [Fact]
    public async Task A_message_may_be_as_large_as_is_said_and_no_larger()
    {
        await using var server = await EchoServer.Start();
        using var wire = await Wire.Open(server);
        var most = "4" + new string('x', 999_999);
        await wire.Send(most);
        Assert.Equal(most, await wire.Text());
        await wire.Send(most + "x");
        await wire.IsClosed();
        Assert.Equal(WebSocketCloseStatus.MessageTooBig, wire.Socket.CloseStatus);
    }

    [Fact]
    public async Task A_polling_client_goes_on_by_WebSocket()
    {
        await using var server = await EchoServer.Start();
        var polls = await Polls.Open(server);
        using var wire = await Wire.Connect(server, sid: polls.Sid);
        await wire.Send("2probe");
        Assert.Equal("3probe", await wire.Text());
        // Every poll finds an end now.
        Assert.Equal("6", await polls.Next());
        Assert.Equal("6", await polls.Next());
        await polls.Send("4posted");
        await wire.Send("5");
        await wire.Send("4hello");
        Assert.Equal("4posted", await wire.Text());
        Assert.Equal("4hello", await wire.Text());
        await IsUpgraded(polls);
        await wire.Send("4hello");
        Assert.Equal("4hello", await wire.Text());
    }

    [Fact]
    public async Task A_poll_that_waits_ends_when_the_client_probes()
    {
        await using var server = await EchoServer.Start();
        var polls = await Polls.Open(server, "/socket.io");
        var held = await polls.Hold(server);
        using var wire = await Wire.Connect(server, "/socket.io", polls.Sid);
        await wire.Send("2probe");
        Assert.Equal("3probe", await wire.Text());
        using var answer = await held;
        Assert.Equal("6", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_poll_that_overtakes_the_end_of_the_trial_is_too_late_all_the_same()
    {
        var time = new StoppedTime();
        await using var server = await EchoServer.Start(time: time);
        var polls = await Polls.Open(server, "/socket.io");
        using var wire = await Wire.Connect(server, "/socket.io", polls.Sid);
        await Eventually.Holds(() => server.Io.Session(polls.Sid)!.Polling(side => side!.Candidate is not null));
        var held = await polls.Hold(server);
        await wire.Send("2probe");
        await wire.Send("5");
        using var answer = await held;
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("2")]
    [InlineData("5")]
    [InlineData("4hello")]
    public async Task A_WebSocket_on_trial_that_says_something_else_is_closed_and_polling_goes_on(string message)
    {
        await using var server = await EchoServer.Start();
        var polls = await Polls.Open(server);
        using var wire = await Wire.Connect(server, sid: polls.Sid);
        await wire.Send(message);
        await wire.IsClosed();
        await polls.Send("4hello");
        Assert.Equal("4hello", await polls.Next());
        // And another may be tried.
        using var second = await Wire.Connect(server, sid: polls.Sid);
        await second.Send("2probe");
        Assert.Equal("3probe", await second.Text());
    }

    [Fact]
    public async Task A_second_WebSocket_for_a_session_is_closed_and_the_first_goes_on()
    {
        await using var server = await EchoServer.Start();
        var polls = await Polls.Open(server);
        using var wire = await Wire.Connect(server, sid: polls.Sid);
        await wire.Send("2probe");
        Assert.Equal("3probe", await wire.Text());
        using var meanwhile = await Wire.Connect(server, sid: polls.Sid);
        await meanwhile.IsClosed();
        await wire.Send("5");
        await wire.Send("4hello");
        Assert.Equal("4hello", await wire.Text());
        using var later = await Wire.Connect(server, sid: polls.Sid);
        await later.IsClosed();
        await wire.Send("4hello");
        Assert.Equal("4hello", await wire.Text());
    }

    [Fact]
    public async Task A_WebSocket_on_trial_ends_with_its_session()
    {
        await using var server = await EchoServer.Start();
        var polls = await Polls.Open(server);
        using var wire = await Wire.Connect(server, sid: polls.Sid);
        await wire.Send("2probe");
        await wire.Text();
        await polls.Send("1");
        await wire.IsClosed();
    }

    [Fact]
    public async Task A_trial_has_an_end()
    {
        await using var server = await EchoServer.Start(options => options.UpgradeTimeout = TimeSpan.FromMilliseconds(100));
        var polls = await Polls.Open(server);
        using var wire = await Wire.Connect(server, sid: polls.Sid);
        await wire.IsClosed();
        await polls.Send("4hello");
        Assert.Equal("4hello", await polls.Next());
    }

    private static async Task IsUpgraded(Polls polls)
    {
        using var answer = await polls.Get();
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("""{"code":3,"message":"Bad request"}""", await answer.Content.ReadAsStringAsync());
    }
}
