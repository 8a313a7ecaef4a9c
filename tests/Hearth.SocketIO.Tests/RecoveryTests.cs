using System.Text.Json;
using Hearth.SocketIO.Tests.Harness;

namespace Hearth.SocketIO.Tests;

public sealed class RecoveryTests
{
    [Fact]
    public async Task Who_comes_back_gets_what_was_missed_and_is_who_they_were()
    {
        await using var server = await Start();
        var (amina, sid, pid) = await Enter(server);
        var socket = server.Io.Main.Sockets.Single();
        socket.Join("room");
        socket.Data["name"] = "amina";
        server.Io.Emit("seen");
        var offset = Offset(await amina.Text());
        amina.Socket.Abort();
        await Eventually.Holds(() => server.Io.Main.Sockets.Count == 0);
        server.Io.Emit("to-all");
        server.Io.To("room").Emit("to-room");
        server.Io.To("other").Emit("not-for-her");
        server.Io.Except("room").Emit("not-for-her");
        server.Io.Main.EmitVolatile("never");
        server.Io.To(sid).Emit("to-her");
        using var again = await Wire.Open(server, "/socket.io");
        await again.Send($$"""40{"pid":"{{pid}}","offset":"{{offset}}"}""");
        Assert.StartsWith("""42["to-all",""", await again.Text());
        Assert.StartsWith("""42["to-room",""", await again.Text());
        Assert.StartsWith("""42["to-her",""", await again.Text());
        Assert.Equal($$"""40{"sid":"{{sid}}","pid":"{{pid}}"}""", await again.Text());
        await again.Text();
        var back = server.Io.Main.Sockets.Single();
        Assert.True(back.IsRecovered);
        Assert.Equal("amina", back.Data["name"]);
        Assert.Contains("room", back.Rooms);
    }

    [Fact]
    public async Task It_works_once()
    {
        await using var server = await Start();
        var (amina, _, pid) = await Enter(server);
        server.Io.Emit("seen");
        var offset = Offset(await amina.Text());
        amina.Socket.Abort();
        await Eventually.Holds(() => server.Io.Main.Sockets.Count == 0);
        var auth = $$"""{"pid":"{{pid}}","offset":"{{offset}}"}""";
        using var again = await Wire.Open(server, "/socket.io");
        await again.Send("40" + auth);
        Assert.Contains(pid, await again.Text());
        using var thief = await Wire.Open(server, "/socket.io");
        await thief.Send("40" + auth);
        Assert.DoesNotContain(pid, await thief.Text());
    }

    [Theory]
    [InlineData("41")]
    [InlineData("4abc")]
    public async Task Who_left_or_broke_the_rules_does_not_come_back(string last)
    {
        await using var server = await Start();
        var (amina, _, pid) = await Enter(server);
        server.Io.Emit("seen");
        var offset = Offset(await amina.Text());
        await amina.Send(last);
        amina.Dispose();
        await Eventually.Holds(() => server.Io.Main.Sockets.Count == 0);
        await IsNew(server, pid, offset);
    }

    [Fact]
    public async Task It_is_bounded_in_time_and_number()
    {
        var time = new StoppedTime();
        await using var server = await Start(time);
        var (amina, _, pid) = await Enter(server);
        server.Io.Emit("seen");
        var offset = Offset(await amina.Text());
        amina.Socket.Abort();
        await Eventually.Holds(() => server.Io.Main.Sockets.Count == 0);
        for (var i = 0; i < 20; i++)
            server.Io.Emit("more", i);
        await IsNew(server, pid, offset);
        time.Pass(TimeSpan.FromMinutes(3));
        await IsNew(server, pid, offset);
    }

    [Theory]
    [InlineData("""{"pid":7,"offset":"x"}""")]
    [InlineData("""{"pid":"\ud800","offset":"\ud800"}""")]
    [InlineData("""{"pid":"nobody","offset":"nothing"}""")]
    public async Task Nonsense_makes_a_new_client(string auth)
    {
        await using var server = await Start();
        using var wire = await Wire.Open(server, "/socket.io");
        await wire.Send("40" + auth);
        Assert.StartsWith("40{\"sid\":", await wire.Text());
    }

    private static Task<EchoServer> Start(TimeProvider? time = null) => EchoServer.Start(
        options =>
        {
            if (options is SocketIOOptions io)
                io.Recovery = new RecoveryOptions { MaxPackets = 10 };
        },
        time: time);

    private static async Task<(Wire Wire, string Sid, string Pid)> Enter(EchoServer server)
    {
        var wire = await Wire.Open(server, "/socket.io");
        await wire.Send("40");
        var answer = JsonDocument.Parse((await wire.Text())[2..]).RootElement;
        Assert.StartsWith("""42["auth",{},""", await wire.Text());
        return (wire, answer.GetProperty("sid").GetString()!, answer.GetProperty("pid").GetString()!);
    }

    private static async Task IsNew(EchoServer server, string pid, string offset)
    {
        using var again = await Wire.Open(server, "/socket.io");
        await again.Send($$"""40{"pid":"{{pid}}","offset":"{{offset}}"}""");
        var answer = await again.Text();
        Assert.StartsWith("40{", answer);
        Assert.DoesNotContain(pid, answer);
    }

    private static string Offset(string packet) => JsonDocument.Parse(packet[2..]).RootElement.EnumerateArray().Last().GetString()!;
}
