using System.Text;
using Hearth.Realtime;
using Hearth.SocketIO.Transport;

namespace Hearth.Tests.Realtime;

/// <summary>Clients that do not read, do not answer, or have no right to be there any more.</summary>
public sealed class SlowClientTests : IAsyncLifetime
{
    private static readonly string Padding = new('x', 60_000);
    private DoorHost host = null!;

    public async ValueTask InitializeAsync() => host = await DoorHost.Start(new() { RateLimitFactor = 0 });

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_client_that_does_not_read_misses_events_is_told_so_and_goes_on(bool direct)
    {
        using var slow = await host.Connect(receiveBuffer: 16 * 1024);
        if (direct)
            await slow.Settle();
        using var quick = await host.ConnectToFeed(DoorHost.Bruno);

        const int Events = 300;
        for (var i = 0; i < Events; i++)
        {
            host.Publish((Event(i), [Groups.User(1), Groups.Feed]));
            Assert.Equal(i, Number(await quick.Message()));
        }

        await slow.Send("""{"type":"ping"}""");
        Assert.True(await MissedAny(slow));
        host.Publish((Event(Events), [Groups.User(1)]));
        Assert.Equal(Events, Number(await slow.Message()));
    }

    [Fact]
    public async Task Answers_and_control_frames_are_not_dropped_with_the_events()
    {
        using var slow = await host.Connect(receiveBuffer: 16 * 1024);
        await slow.Settle();
        for (var i = 0; i < 100; i++)
            host.Publish((Event(i), [Groups.User(1)]));
        await slow.Send("""{"type":"join_ventroom"}""");
        await slow.Send(ClientFrames.Frame(0x89, "still there?"u8));
        for (var i = 100; i < 200; i++)
            host.Publish((Event(i), [Groups.User(1)]));

        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (seen.Count < 3)
        {
            var frame = await slow.Receive();
            if (frame.Opcode == Opcode.Pong)
                seen.Add(Encoding.UTF8.GetString(frame.Payload));
            else if (frame.Opcode == Opcode.Text && frame.Type is "resync" or "ventroom_joined")
                seen.Add(frame.Type!);
        }

        Assert.True(seen.SetEquals(["still there?", "ventroom_joined", "resync"]));
    }

    [Fact]
    public async Task A_client_without_progress_for_30_seconds_is_cut_off()
    {
        using var slow = await host.Connect(receiveBuffer: 16 * 1024);
        await slow.Settle();
        for (var i = 0; i < 100; i++)
            host.Publish((Event(i), [Groups.User(1)]));

        host.Time.Advance(TimeSpan.FromSeconds(29));
        host.Heartbeat.Sweep();
        Assert.False(host.Hub.IsEmpty);
        host.Time.Advance(TimeSpan.FromSeconds(2));
        host.Heartbeat.Sweep();
        await slow.Ended();
    }

    [Fact]
    public async Task A_client_that_asks_and_never_reads_is_cut_off()
    {
        using var slow = await host.Connect(receiveBuffer: 16 * 1024);
        await slow.Settle();
        var ping = ClientFrames.Frame(0x89, new byte[125]);
        var pings = Enumerable.Repeat(ping, 1_000).SelectMany(frame => frame).ToArray();
        await Assert.ThrowsAnyAsync<IOException>(async () =>
        {
            while (true)
                await slow.Send(pings);
        });
    }

    [Fact]
    public async Task A_client_is_pinged_and_cut_off_when_it_gives_no_sign_of_life()
    {
        using var amina = await host.Connect();
        await amina.Settle();
        host.Time.Advance(TimeSpan.FromSeconds(31));
        host.Heartbeat.Sweep();
        var ping = await amina.Receive();
        Assert.Equal(Opcode.Ping, ping.Opcode);

        await amina.Send(ClientFrames.Frame(0x8A, ping.Payload));
        await amina.Settle();
        host.Time.Advance(TimeSpan.FromSeconds(89));
        host.Heartbeat.Sweep();
        Assert.Equal(Opcode.Ping, (await amina.Receive()).Opcode);

        host.Time.Advance(TimeSpan.FromSeconds(2));
        host.Heartbeat.Sweep();
        await amina.Ended();
    }

    [Fact]
    public async Task A_socket_whose_token_ends_is_closed_unless_it_brings_a_new_one()
    {
        var old = host.Tokens[DoorHost.Amina];
        host.Tokens["short"] = old with { ExpiresAt = host.Time.GetUtcNow().AddMinutes(15) };
        host.Tokens["newer"] = old with { ExpiresAt = host.Time.GetUtcNow().AddMinutes(25) };
        using var renewing = await host.Connect("short");
        using var ending = await host.Connect("short");
        await ending.Settle();
        host.Time.Advance(TimeSpan.FromMinutes(1));
        await renewing.Send("""{"type":"auth","data":{"token":"newer"}}""");
        Assert.Equal(
            """{"type":"authenticated","data":{"user_id":"11111111-1111-1111-1111-111111111111","expires_at":"2025-01-17T10:25:00Z"},"timestamp":"2025-01-17T10:01:00Z"}""",
            (await renewing.Message("authenticated")).Text);

        for (var minute = 1; minute < 14; minute++)
        {
            host.Time.Advance(TimeSpan.FromMinutes(1));
            await ending.Settle();
            await renewing.Settle();
        }

        host.Time.Advance(TimeSpan.FromMinutes(1));
        host.Heartbeat.Sweep();
        Assert.Equal(4401, (await ending.Message()).CloseCode);
        await ending.Send(ClientFrames.Close(4401));
        await ending.Ended();
        await renewing.Settle();
        host.Time.Advance(TimeSpan.FromMinutes(10));
        host.Heartbeat.Sweep();
        Assert.Equal(4401, (await renewing.Message()).CloseCode);
    }

    [Fact]
    public async Task A_client_that_does_not_answer_a_close_is_cut_off()
    {
        host.Tokens["ended"] = host.Tokens[DoorHost.Amina] with { ExpiresAt = host.Time.GetUtcNow() };
        using var amina = await host.Connect("ended");
        await amina.Settle();
        host.Heartbeat.Sweep();
        Assert.Equal(4401, (await amina.Message()).CloseCode);

        host.Time.Advance(TimeSpan.FromSeconds(6));
        host.Heartbeat.Sweep();
        await amina.Ended();
    }

    /// <summary>Reads up to the pong: whole events in order, and from the first that came on none is missing unless that was told.</summary>
    private static async Task<bool> MissedAny(RawSocket slow)
    {
        int? last = null;
        var told = false;
        var missed = false;
        while (true)
        {
            var message = await slow.Message();
            switch (message.Type)
            {
                case "pong":
                    return missed;
                case "resync":
                    told = missed = true;
                    break;
                default:
                    var number = Number(message);
                    Assert.True(last is null || number == last + 1 || (told && number > last), $"{number} after {last}");
                    last = number;
                    told = false;
                    break;
            }
        }
    }

    private static byte[] Event(int number) =>
        Frame.Text(Encoding.UTF8.GetBytes($$"""{"type":"event","number":{{number}},"padding":"{{Padding}}"}"""));

    private static int Number(ServerFrame frame) => frame.Json.GetProperty("number").GetInt32();
}
