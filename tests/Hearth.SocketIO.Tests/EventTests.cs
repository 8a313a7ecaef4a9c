using System.Text;
using System.Text.Json;
using Hearth.SocketIO.Tests.Harness;

namespace Hearth.SocketIO.Tests;

public sealed class EventTests
{
    [Theory]
    [InlineData("""["message",1,"2",{"3":[true]}]""", """["message-back",1,"2",{"3":[true]}]""")]
    [InlineData("""["message"]""", """["message-back"]""")]
    [InlineData("""[ "message" , 1.50 , -0 , 1e400, "a \" b\\" ,{ } ]""", """["message-back",1.50,-0,1e400,"a \" b\\",{}]""")]
    [InlineData("""["message","\ud800",{"_placeholder":true,"num":0}]""", """["message-back","\ud800",{"_placeholder":true,"num":0}]""")]
    [InlineData("""["\u006dessage",null]""", """["message-back",null]""")]
    public async Task Arguments_come_back_as_they_were(string sent, string back)
    {
        await using var server = await EchoServer.Start();
        using var wire = await Wire.Join(server);
        await wire.Send("42" + sent);
        Assert.Equal("42" + back, await wire.Text());
    }

    [Theory]
    [InlineData("456", "456")]
    [InlineData("0", "0")]
    [InlineData("007", "7")]
    [InlineData("9007199254740991", "9007199254740991")]
    public async Task An_event_with_a_number_is_acknowledged(string number, string same)
    {
        await using var server = await EchoServer.Start();
        using var wire = await Wire.Join(server);
        await wire.Send($$"""42{{number}}["message-with-ack",1,"2",{"3":[false]}]""");
        Assert.Equal($$"""43{{same}}[1,"2",{"3":[false]}]""", await wire.Text());
    }

    [Fact]
    public async Task Bytes_come_back_as_bytes()
    {
        await using var server = await EchoServer.Start();
        using var wire = await Wire.Join(server);
        await wire.Send("""452-["message",{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}]""");
        await wire.Send([1, 2, 3]);
        await wire.Send([4, 5, 6]);
        Assert.Equal("""452-["message-back",{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}]""", await wire.Text());
        Assert.Equal([1, 2, 3], await wire.Binary());
        Assert.Equal([4, 5, 6], await wire.Binary());
        await wire.Send("""452-789["message-with-ack",{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}]""");
        await wire.Send([1, 2, 3]);
        await wire.Send([4, 5, 6]);
        Assert.Equal("""462-789[{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}]""", await wire.Text());
        Assert.Equal([1, 2, 3], await wire.Binary());
        Assert.Equal([4, 5, 6], await wire.Binary());
    }

    [Fact]
    public async Task Bytes_are_counted_anew_by_where_they_stand()
    {
        await using var server = await EchoServer.Start();
        using var wire = await Wire.Join(server);
        // One is never used, one twice, and one stands within a placeholder, which it does not count in.
        await wire.Send("""453-["message",[{"num":1,"_placeholder":true}],{"a":{"x":{"_placeholder":true,"num":0},"_placeholder":true,"num":1}}]""");
        await wire.Send([1]);
        await wire.Send([2]);
        await wire.Send([3]);
        Assert.Equal("""452-["message-back",[{"_placeholder":true,"num":0}],{"a":{"_placeholder":true,"num":1}}]""", await wire.Text());
        Assert.Equal([2], await wire.Binary());
        Assert.Equal([2], await wire.Binary());
    }

    [Fact]
    public async Task Bytes_come_back_by_polling()
    {
        await using var server = await EchoServer.Start();
        var polls = await Polls.Join(server);
        await polls.Send("451-[\"message\",{\"_placeholder\":true,\"num\":0}]\u001ebAQIDBA==");
        Assert.Equal("451-[\"message-back\",{\"_placeholder\":true,\"num\":0}]\u001ebAQIDBA==", await polls.Next());
    }

    [Fact]
    public async Task Handlers_take_and_give_types()
    {
        await using var server = await EchoServer.Start(use: io =>
        {
            io.Main.Answer<int, int, int>("sum", (_, a, b) => Task.FromResult(a + b));
            io.Main.On<Letter>("letter", (socket, letter) => socket.Emit("seal", letter! with { Wax = [.. letter.Wax, 9] }, 1.5, null, "ü\"😀"));
            io.OnConnection(socket => socket.On<string, byte[]>("own", (me, text, bytes) => me.Emit("own-back", text, bytes?.Length)));
        });
        using var wire = await Wire.Join(server);
        await wire.Send("""421["sum",40,2]""");
        Assert.Equal("431[42]", await wire.Text());
        await wire.Send("""422["sum",40]""");
        Assert.Equal("432[40]", await wire.Text());
        // Of another type: not handled, and not the end.
        await wire.Send("""423["sum","forty",2]""");
        await wire.Send("""451-["letter",{"to":"bo","wax":{"_placeholder":true,"num":0}}]""");
        await wire.Send([7, 8]);
        var text = await wire.Text();
        Assert.StartsWith("451-", text);
        var json = JsonDocument.Parse(text[4..]).RootElement;
        Assert.Equal("bo", json[1].GetProperty("to").GetString());
        Assert.Equal("ü\"😀", json[4].GetString());
        Assert.Equal([7, 8, 9], await wire.Binary());
        await wire.Send("""42["own","x"]""");
        Assert.Equal("""42["own-back","x",null]""", await wire.Text());
    }

    [Fact]
    public async Task A_handler_that_fails_ends_nothing()
    {
        await using var server = await EchoServer.Start(use: io =>
        {
            io.Main.On("fail", _ => throw new InvalidOperationException("It failed."));
            io.Main.On("fail-later", async _ =>
            {
                await Task.Yield();
                throw new InvalidOperationException("It failed.");
            });
        });
        using var wire = await Wire.Join(server);
        await wire.Send("""42["fail"]""");
        await wire.Send("""42["fail-later"]""");
        await wire.Send("""42["nobody-listens"]""");
        await wire.Send("""42["error"]""");
        await wire.Send("""42[7,"a number is a name"]""");
        await wire.Send("""42["message","alive"]""");
        Assert.Equal("""42["message-back","alive"]""", await wire.Text());
    }

    [Fact]
    public async Task Events_are_handled_in_order_even_when_handlers_wait()
    {
        var handled = new List<int>();
        var done = new TaskCompletionSource();
        await using var server = await EchoServer.Start(use: io => io.Main.On<int>("n", async (_, n) =>
        {
            await Task.Yield();
            handled.Add(n);
            if (n == 999)
                done.SetResult();
        }));
        using var wire = await Wire.Join(server);
        for (var i = 0; i < 1000; i++)
            await wire.Send($"42[\"n\",{i}]");
        await done.Task.Soon();
        Assert.Equal(Enumerable.Range(0, 1000), handled);
    }

    [Fact]
    public async Task Large_text_and_many_bytes_pass()
    {
        await using var server = await EchoServer.Start();
        using var wire = await Wire.Join(server);
        var text = new string('y', 900_000);
        await wire.Send($"42[\"message\",\"{text}\"]");
        Assert.Equal($"42[\"message-back\",\"{text}\"]", await wire.Text());
        var places = string.Join(',', Enumerable.Range(0, 10).Select(n => $$"""{"_placeholder":true,"num":{{n}}}"""));
        await wire.Send($"4510-[\"message\",{places}]");
        for (byte n = 0; n < 10; n++)
            await wire.Send(Enumerable.Repeat(n, 300_000).ToArray());
        Assert.Equal($"4510-[\"message-back\",{places}]", await wire.Text());
        for (byte n = 0; n < 10; n++)
            Assert.Equal(300_000, (await wire.Binary()).Count(b => b == n));
    }

    [Fact]
    public async Task Names_that_no_client_can_send_cannot_be_listened_to()
    {
        await using var server = await EchoServer.Start();
        Assert.Throws<ArgumentException>(() => server.Io.Main.On("disconnect", _ => { }));
        Assert.Contains("auth", Encoding.UTF8.GetString(server.Io.Main.Writer.Event("/", "auth", []).Frames.Span));
    }

    internal sealed record Letter(string To, byte[] Wax);
}
