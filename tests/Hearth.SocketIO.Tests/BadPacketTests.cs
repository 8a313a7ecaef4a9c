using Hearth.SocketIO.Tests.Harness;

namespace Hearth.SocketIO.Tests;

/// <summary>What a client may not send closes its session, and nobody else's.</summary>
public sealed class BadPacketTests
{
    public static TheoryData<string> Packets =>
    [
        "4", "4abc", "47", "49[]", "4-1",
        "42", "421", "42{}", "42[]", "42\"x\"", "42[\"x\"", "42[\"x\"]]", "42[\"x\",]", "42[\"x\" 1]", "42[x]", "42[[\"x\"]]", "42[null]", "42[true,1]", "42[{}]",
        "42abc[\"message\"]", "42-1[\"message\"]", "42+1[\"message\"]", "421.5[\"message\"]", "429007199254740992[\"message\"]", "4299999999999999999999[\"message\"]",
        "42[\"connect\"]", "42[\"connect_error\"]", "42[\"disconnect\"]", "42[\"disconnecting\"]", "42[\"newListener\"]", "42[\"removeListener\"]", "42[\"\\u0063onnect\"]",
        "42[\"\\ud800\"]", "42[\"a\tb\"]", "42[01]", "42[\"x\",NaN]",
        "43", "43[]", "431", "431{}", "431\"x\"", "43[1]",
        "44", "44{\"message\":\"x\"}",
        "40", "40[]", "40null", "40\"x\"", "40/custom,[]", "40/custom,null", "40/custom,-1", "40/custom,{", "40/custom,{}{}",
        "41{}", "41[]", "41x",
        "45[\"message\"]", "45-[\"message\"]", "450-[\"message\"]", "45-1-[\"message\"]", "4511-[\"message\"]", "451.0-[\"message\"]", "450x1-[\"message\"]", "451e0-[\"message\"]", "45 1-[\"message\"]", "451[\"message\"]",
        "4599999999999999999999-[\"message\"]", "461-[]",
        "451-[\"message\",{\"_placeholder\":true,\"num\":1}]", "451-[\"message\",{\"_placeholder\":true,\"num\":-1}]", "451-[\"message\",{\"_placeholder\":true,\"num\":0.5}]",
        "451-[\"message\",{\"_placeholder\":true,\"num\":\"0\"}]", "451-[\"message\",{\"_placeholder\":true}]", "451-[{\"_placeholder\":true,\"num\":0}]",
        "42/custom,[\"message\"]", "42/nowhere,[\"message\"]", "41/custom", "43/custom,1[]", "451-/custom,[\"message\"]",
    ];

    [Theory]
    [MemberData(nameof(Packets))]
    public async Task It_closes_the_session_and_no_other(string packet)
    {
        await using var server = await EchoServer.Start();
        using var other = await Wire.Join(server);
        using var wire = await Wire.Join(server);
        await wire.Send(packet);
        await wire.IsClosed();
        await other.Send("""42["message","alive"]""");
        Assert.Equal("""42["message-back","alive"]""", await other.Text());
        await Eventually.Holds(() => server.Io.SessionCount == 1 && server.Io.Main.Sockets.Count == 1);
    }

    [Fact]
    public async Task It_closes_a_polling_session_too()
    {
        await using var server = await EchoServer.Start();
        var polls = await Polls.Join(server);
        using var answer = await polls.Post("4abc");
        await answer.Content.ReadAsStringAsync();
        using var last = await polls.Get();
        var text = await last.Content.ReadAsStringAsync();
        Assert.True(text == "6\u001e1" || text.Contains("\"code\":1", StringComparison.Ordinal), text);
        await polls.IsUnknown();
    }

    [Fact]
    public async Task Text_between_a_packet_and_its_bytes_closes()
    {
        await using var server = await EchoServer.Start();
        using var wire = await Wire.Join(server);
        await wire.Send("""452-["message",{"_placeholder":true,"num":0}]""");
        await wire.Send([1]);
        await wire.Send("""42["message"]""");
        await wire.IsClosed();
    }

    [Fact]
    public async Task Bytes_that_nothing_waits_for_close()
    {
        await using var server = await EchoServer.Start();
        using var wire = await Wire.Join(server);
        await wire.Send([1]);
        await wire.IsClosed();
    }

    [Fact]
    public async Task More_bytes_than_a_packet_may_have_close()
    {
        await using var server = await EchoServer.Start(options =>
        {
            if (options is SocketIOOptions io)
                io.MaxAttachmentBytes = 10;
        });
        using var wire = await Wire.Join(server);
        await wire.Send("""452-["message",{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}]""");
        await wire.Send(new byte[6]);
        await wire.Send(new byte[6]);
        await wire.IsClosed();
    }

    [Fact]
    public async Task Bytes_that_do_not_come_close()
    {
        await using var server = await EchoServer.Start(options =>
        {
            options.PingInterval = TimeSpan.FromMilliseconds(400);
            options.PingTimeout = TimeSpan.FromSeconds(300);
            if (options is SocketIOOptions io)
                io.AttachmentTimeout = TimeSpan.FromMilliseconds(100);
        });
        using var wire = await Wire.Join(server);
        await wire.Send("""451-["message",{"_placeholder":true,"num":0}]""");
        await wire.IsClosed();
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    [InlineData(10_000, false)]
    public async Task JSON_may_be_nested_only_so_deep(int depth, bool fine)
    {
        await using var server = await EchoServer.Start();
        using var wire = await Wire.Join(server);
        // The payload is an array itself.
        var json = new string('[', depth - 1) + new string(']', depth - 1);
        await wire.Send($"42[\"message\",{json}]");
        if (fine)
            Assert.Equal($"42[\"message-back\",{json}]", await wire.Text());
        else
            await wire.IsClosed();
    }

    [Theory]
    [InlineData("43999[1]")]
    [InlineData("430[]")]
    [InlineData("42[\"unheard\"]")]
    public async Task What_only_means_nothing_is_ignored(string packet)
    {
        await using var server = await EchoServer.Start();
        using var wire = await Wire.Join(server);
        await wire.Send(packet);
        await wire.Send("""42["message","alive"]""");
        Assert.Equal("""42["message-back","alive"]""", await wire.Text());
    }

    [Fact]
    public async Task Who_has_left_can_send_nothing()
    {
        await using var server = await EchoServer.Start();
        using var wire = await Wire.Join(server);
        await wire.Enter("/custom,");
        await wire.Send("41/custom,");
        await wire.Send("""42/custom,["message"]""");
        await wire.IsClosed();
    }
}
