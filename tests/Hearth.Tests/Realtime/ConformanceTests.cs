using System.Text;
using Hearth.Realtime;
using Hearth.SocketIO.Transport;
using Hearth.Tests.Harness;

namespace Hearth.Tests.Realtime;

/// <summary>RFC 6455, seen from the wire: a client by hand against the real server.</summary>
public sealed class ConformanceTests : IAsyncLifetime
{
    private const string Ping = """{"type":"ping"}""";
    private DoorHost host = null!;

    public async ValueTask InitializeAsync() => host = await DoorHost.Start(new() { RateLimitFactor = 0 });

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Bytes_that_come_one_by_one_are_a_message()
    {
        using var socket = await host.Connect();
        foreach (var b in ClientFrames.Text(Ping))
            await socket.Send(b);
        await socket.Message("pong");
    }

    [Fact]
    public async Task Many_messages_in_one_piece_are_answered_one_by_one()
    {
        using var socket = await host.Connect();
        await socket.Send([.. Enumerable.Repeat(ClientFrames.Text(Ping), 50).SelectMany(frame => frame)]);
        for (var i = 0; i < 50; i++)
            await socket.Message("pong");
    }

    [Fact]
    public async Task Messages_sent_in_one_piece_with_the_handshake_are_answered()
    {
        using var socket = await RawSocket.Connect(host.Address, "/ws/?token=amina", behind: ClientFrames.Text(Ping));
        await socket.Message("pong");
    }

    [Fact]
    public async Task Random_fragments_cut_anywhere_are_the_same_messages()
    {
        var random = new Random(7);
        using var socket = await host.Connect();
        for (var round = 0; round < 30; round++)
        {
            var bytes = ClientFrames.Fragmented(random, (Opcode.Text, Encoding.UTF8.GetBytes(Ping)));
            for (var at = 0; at < bytes.Length;)
            {
                var part = random.Next(1, bytes.Length - at + 1);
                await socket.Send(bytes[at..(at + part)]);
                at += part;
            }

            await socket.Message("pong");
        }
    }

    [Fact]
    public async Task A_ping_is_answered_with_its_payload_even_within_a_message()
    {
        using var socket = await host.Connect();
        var payload = Enumerable.Range(0, 125).Select(i => (byte)i).ToArray();
        await socket.Send(ClientFrames.Frame(0x01, Encoding.UTF8.GetBytes(Ping[..5])));
        await socket.Send(ClientFrames.Frame(0x89, payload));
        await socket.Send(ClientFrames.Frame(0x80, Encoding.UTF8.GetBytes(Ping[5..])));

        var pong = await socket.Message();
        Assert.Equal(Opcode.Pong, pong.Opcode);
        Assert.Equal(payload, pong.Payload);
        await socket.Message("pong");
    }

    [Fact]
    public async Task Pongs_that_nobody_asked_for_are_ignored()
    {
        using var socket = await host.Connect();
        await socket.Send(ClientFrames.Frame(0x8A, "unasked"u8));
        await socket.Settle();
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(1001)]
    [InlineData(3000)]
    [InlineData(4999)]
    public async Task A_close_is_answered_with_its_code_and_the_server_ends_the_connection(int code)
    {
        using var socket = await host.Connect();
        await socket.Send(ClientFrames.Close(code));
        await AssertClosed(socket, code);
    }

    [Fact]
    public async Task A_close_without_a_code_is_answered_without_one()
    {
        using var socket = await host.Connect();
        await socket.Send(ClientFrames.Frame(0x88, []));
        await AssertClosed(socket, null);
    }

    [Fact]
    public async Task What_follows_a_close_is_not_read()
    {
        using var socket = await host.Connect();
        await socket.Send([.. ClientFrames.Close(1000), .. ClientFrames.Text(Ping)]);
        await AssertClosed(socket, 1000);
    }

    [Theory]
    [InlineData("81 05 48 65 6c 6c 6f", 1002)]
    [InlineData("f1 80 00 00 00 00", 1002)]
    [InlineData("83 80 00 00 00 00", 1002)]
    [InlineData("8b 80 00 00 00 00", 1002)]
    [InlineData("09 80 00 00 00 00", 1002)]
    [InlineData("80 80 00 00 00 00", 1002)]
    [InlineData("88 81 00 00 00 00 03", 1002)]
    [InlineData("88 82 00 00 00 00 03 ee", 1002)]
    [InlineData("81 82 00 00 00 00 c3 28", 1007)]
    [InlineData("81 ff 00 00 00 00 00 01 00 01 00 00 00 00", 1009)]
    public async Task What_breaks_the_protocol_is_told_and_ends_the_connection(string hex, int code)
    {
        foreach (var talkedBefore in new[] { false, true })
        {
            using var socket = await host.Connect();
            if (talkedBefore)
                await socket.Settle();
            await socket.Send([.. Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)), .. new byte[10_000]]);
            await AssertClosed(socket, code);
        }
    }

    [Fact]
    public async Task A_message_of_64_KiB_is_read_and_a_larger_one_is_not()
    {
        using var socket = await host.Connect();
        var padded = Ping + new string(' ', (64 * 1024) - Ping.Length);
        await socket.Send(padded);
        await socket.Message("pong");

        await socket.Send(padded + " ");
        await AssertClosed(socket, 1009);
    }

    [Fact]
    public async Task Binary_messages_are_not_understood_and_harmless()
    {
        using var socket = await host.Connect();
        await socket.Send(ClientFrames.Frame(0x82, [0, 255, 1]));
        await socket.Message("error");
        await socket.Settle();
    }

    [Fact]
    public async Task A_client_that_goes_without_a_word_is_forgotten()
    {
        using var socket = await host.ConnectToFeed();
        socket.EndSending();
        await socket.Ended();
        await Eventually.IsTrue(() => host.Hub.Everyone().Length == 0);
        host.Publish(("nobody", [Groups.Feed]));
    }

    [Fact]
    public async Task When_the_server_stops_its_clients_are_told_to_come_back()
    {
        using var socket = await host.ConnectToFeed();
        var stopped = host.Stop();
        Assert.Equal(1001, (await socket.Message()).CloseCode);
        await socket.Send(ClientFrames.Close(1001));
        await socket.Ended();
        await stopped;
    }

    private static async Task AssertClosed(RawSocket socket, int? code)
    {
        var close = await socket.Message();
        Assert.Equal(Opcode.Close, close.Opcode);
        Assert.Equal(code, close.CloseCode);
        await socket.Ended();
    }
}
