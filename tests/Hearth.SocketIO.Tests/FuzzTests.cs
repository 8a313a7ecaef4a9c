using System.Net;
using System.Text;
using System.Text.Json;
using Hearth.SocketIO.Parser;
using Hearth.SocketIO.Tests.Harness;
using Hearth.SocketIO.Transport;

namespace Hearth.SocketIO.Tests;

/// <summary>Whatever bytes come, parsers say no by their one exception and take no more memory than what came is worth.</summary>
public sealed class FuzzTests
{
    private static readonly string[] Seeds =
    [
        "40{\"token\":\"123\"}", "40/chat,{\"sid\":\"x\"}", "42[\"hi\",1]", "42/chat,7[\"hi\",{\"a\":[1,2,{\"b\":null}]}]", "437[1]", "41/chat,", "44/nope,{\"message\":\"x\"}",
        "452-/chat,9[\"up\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]", "461-3[{\"num\":0,\"_placeholder\":true}]", "42[\"\\ud83d\\ude00\",\"\\u0000\",-1.5e300]",
    ];

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new ByteArrayConverter() } };

    [Fact]
    public void Packets_are_parsed_or_refused_and_cost_little()
    {
        var random = new Random(4);
        for (var i = 0; i < 15_000; i++)
        {
            var bytes = Mutated(random);
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                Parse(bytes);
            }
            catch (PacketFormatException)
            {
                // The one that may be.
            }

            var cost = GC.GetAllocatedBytesForCurrentThread() - before;
            // What is made once, for the serializer, is not what a packet costs.
            Assert.True(i < 500 || cost < 300_000 + (50 * bytes.Length), $"{Encoding.UTF8.GetString(bytes)} cost {cost} bytes.");
        }
    }

    [Fact]
    public void Frames_of_other_nodes_are_taken_or_refused()
    {
        var random = new Random(5);
        var frames = Packet.OfGroup("451-[\"x\"]"u8, [new byte[300], new byte[70_000]]).Frames.ToArray();
        Assert.Equal(frames, Packet.FromFrames(frames).Frames.ToArray());
        for (var i = 0; i < 5_000; i++)
        {
            var bytes = frames[..random.Next(frames.Length)];
            for (var n = random.Next(4); n > 0 && bytes.Length > 0; n--)
                bytes[random.Next(Math.Min(bytes.Length, 20))] = (byte)random.Next(256);
            try
            {
                Packet.FromFrames(bytes);
            }
            catch (FormatException)
            {
                // The one that may be.
            }
        }
    }

    [Fact]
    public void WebSocket_frames_are_read_or_refused_however_they_are_cut()
    {
        var random = new Random(6);
        for (var i = 0; i < 5_000; i++)
        {
            using var reader = new FrameReader(1000);
            var bytes = new byte[random.Next(200)];
            random.NextBytes(bytes);
            if (random.Next(2) == 0 && bytes.Length > 6)
                (bytes[0], bytes[1]) = (0x81, (byte)(0x80 | Math.Min(125, bytes.Length - 6)));
            try
            {
                for (var at = 0; at < bytes.Length;)
                {
                    var part = bytes.AsSpan(at, Math.Min(random.Next(1, 20), bytes.Length - at));
                    reader.TryRead(part, out var taken, out _);
                    at += taken;
                }
            }
            catch (FrameError)
            {
                // The one that may be.
            }
        }
    }

    [Fact]
    public async Task A_server_outlives_any_payload_and_any_message()
    {
        await using var server = await EchoServer.Start();
        var random = new Random(7);
        for (var i = 0; i < 100; i++)
        {
            var polls = await Polls.Open(server, "/socket.io");
            await polls.Send("40");
            var packets = Enumerable.Range(0, random.Next(1, 4)).Select(_ => Mutated(random));
            var body = packets.Aggregate((a, b) => [.. a, 0x1E, .. b]);
            using var answer = await server.Http.PostAsync(polls.Url, new ByteArrayContent(body));
            Assert.Contains(answer.StatusCode, (HttpStatusCode[])[HttpStatusCode.OK, HttpStatusCode.BadRequest]);
            using var wire = await Harness.Wire.Open(server, "/socket.io");
            await wire.Send("40");
            var message = Mutated(random);
            await wire.Socket.SendAsync(message, (System.Net.WebSockets.WebSocketMessageType)random.Next(2), true, default);
            await wire.Send("1");
            await wire.IsClosed();
        }

        using var alive = await Harness.Wire.Join(server);
        await alive.Send("""42["message",1]""");
        Assert.Equal("""42["message-back",1]""", await alive.Text());
    }

    private static void Parse(byte[] bytes)
    {
        // The transport has looked at the first digit and at the UTF-8.
        if (bytes.Length == 0 || !System.Text.Unicode.Utf8.IsValid(bytes))
            return;
        var header = PacketHeader.Parse(bytes.AsSpan(1), 10);
        if (header.Type == PacketType.Connect && !header.Json.IsEmpty)
            JsonScan.Check(header.Json, JsonTokenType.StartObject, 0, 64);
        if (header.Type is PacketType.Connect or PacketType.Disconnect)
            return;
        var arguments = header.Type is PacketType.Event or PacketType.BinaryEvent
            ? EventArguments.OfEvent(header.Json, header.Attachments, 64, Json, out _)
            : EventArguments.OfAck(header.Json, header.Attachments, 64, Json);
        while (!arguments.IsComplete)
            arguments.Attach([1, 2, 3]);
        // What was taken can be sent on, and read by whoever expects JSON.
        new PacketWriter(Json).Event("/", "x", arguments);
        for (var i = arguments.Count - 1; i >= 0; i--)
            arguments.Get<JsonElement>(i);
    }

    private static byte[] Mutated(Random random)
    {
        var bytes = Encoding.UTF8.GetBytes(Seeds[random.Next(Seeds.Length)]).ToList();
        var alphabet = "{}[]\",:/-0123456789.eE\\ _tn\u001e\u00e4";
        for (var n = random.Next(6); n > 0; n--)
        {
            var at = random.Next(bytes.Count + 1);
            switch (random.Next(4))
            {
                case 0 when at < bytes.Count:
                    bytes.RemoveAt(at);
                    break;
                case 1:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes([alphabet[random.Next(alphabet.Length)]]));
                    break;
                case 2 when at < bytes.Count:
                    bytes[at] = (byte)random.Next(256);
                    break;
                default:
                    var from = Encoding.UTF8.GetBytes(Seeds[random.Next(Seeds.Length)]);
                    bytes.InsertRange(at, from[random.Next(from.Length)..]);
                    break;
            }
        }

        return [.. bytes];
    }
}
