using System.Buffers.Binary;
using System.Text;
using Hearth.SocketIO.Transport;

namespace Hearth.Tests.Realtime;

public sealed class FrameReaderTests
{
    private const int Limit = 64 * 1024;

    [Fact]
    public void However_frames_are_fragmented_and_bytes_are_cut_the_same_messages_come_out()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var sent = Enumerable.Range(0, random.Next(1, 6)).Select(_ => ClientFrames.RandomMessage(random, 3_000)).ToList();
            var bytes = sent.SelectMany(message => ClientFrames.Fragmented(random, message)).ToArray();

            var received = ReadInPieces(bytes, random);

            Assert.Equal(sent.Count, received.Count);
            foreach (var (expected, actual) in sent.Zip(received))
            {
                Assert.Equal(expected.Opcode, actual.Opcode);
                Assert.Equal(expected.Payload, actual.Payload);
            }
        }
    }

    [Fact]
    public void Control_frames_between_fragments_come_out_where_they_were()
    {
        byte[] bytes =
        [
            .. ClientFrames.Frame(0x01, "Hel"u8),
            .. ClientFrames.Frame(0x89, "a"u8),
            .. ClientFrames.Frame(0x00, "l"u8),
            .. ClientFrames.Frame(0x8A, "b"u8),
            .. ClientFrames.Frame(0x80, "o"u8),
        ];

        var received = ReadInPieces(bytes, new Random(1));

        Assert.Equal([Opcode.Ping, Opcode.Pong, Opcode.Text], received.Select(message => message.Opcode));
        Assert.Equal("Hello", Encoding.UTF8.GetString(received[2].Payload));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(125)]
    [InlineData(126)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    public void Each_form_of_a_length_is_read(int length)
    {
        var payload = Enumerable.Repeat((byte)'x', length).ToArray();

        var received = ReadInPieces(ClientFrames.Frame(0x81, payload), new Random(2));

        Assert.Equal(payload, Assert.Single(received).Payload);
    }

    [Theory]
    [InlineData("81 05 48 65 6c 6c 6f", 1002)] // not masked
    [InlineData("c1 80 00 00 00 00", 1002)] // a reserved bit, as with compression
    [InlineData("a1 80 00 00 00 00", 1002)]
    [InlineData("91 80 00 00 00 00", 1002)]
    [InlineData("83 80 00 00 00 00", 1002)] // unknown opcodes
    [InlineData("8b 80 00 00 00 00", 1002)]
    [InlineData("8f 80 00 00 00 00", 1002)]
    [InlineData("09 80 00 00 00 00", 1002)] // a ping in fragments
    [InlineData("89 fe 00 7e 00 00 00 00", 1002)] // a ping of 126 bytes
    [InlineData("80 80 00 00 00 00", 1002)] // a continuation of nothing
    [InlineData("01 80 00 00 00 00 81 80 00 00 00 00", 1002)] // a new message within another
    [InlineData("81 fe 00 05 00 00 00 00", 1002)] // lengths that would fit into fewer bytes
    [InlineData("81 ff 00 00 00 00 00 00 ff ff 00 00 00 00", 1002)]
    [InlineData("81 ff 80 00 00 00 00 00 00 00 00 00 00 00", 1002)] // a length of 64 bits
    [InlineData("88 81 00 00 00 00 03", 1002)] // a close code of one byte
    [InlineData("88 82 00 00 00 00 03 ed", 1002)] // 1005 is never sent
    [InlineData("88 82 00 00 00 00 03 e7", 1002)] // 999
    [InlineData("88 82 00 00 00 00 07 d0", 1002)] // 2000
    [InlineData("88 82 00 00 00 00 13 88", 1002)] // 5000
    [InlineData("88 83 00 00 00 00 03 e8 ff", 1007)] // a reason that is not UTF-8
    [InlineData("81 82 00 00 00 00 c0 af", 1007)] // overlong
    [InlineData("81 83 00 00 00 00 ed a0 80", 1007)] // half of a surrogate pair
    [InlineData("81 84 00 00 00 00 f4 90 80 80", 1007)] // beyond U+10FFFF
    [InlineData("81 81 00 00 00 00 e2", 1007)] // ends within a character
    [InlineData("81 ff 00 00 00 00 00 01 00 01 00 00 00 00", 1009)] // one byte too many
    [InlineData("01 81 00 00 00 00 78 80 ff 00 00 00 00 00 01 00 00 00 00 00 00", 1009)] // too many together
    public void What_breaks_the_protocol_is_refused_with_its_code(string hex, int code)
    {
        var bytes = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
        for (var seed = 0; seed < 10; seed++)
        {
            var error = Assert.Throws<FrameError>(() => ReadInPieces(bytes, new Random(seed)));
            Assert.Equal(code, (int)error.Code);
        }
    }

    [Fact]
    public void Text_that_can_no_longer_become_valid_is_refused_before_its_message_ends()
    {
        using var reader = new FrameReader(Limit);
        // F4 90 begins no character, whatever follows; the message would go on.
        var bytes = ClientFrames.Frame(0x01, [0x78, 0xF4, 0x90]);
        Assert.Equal(CloseCode.InvalidText, Assert.Throws<FrameError>(() => reader.TryRead(bytes, out _, out _)).Code);
    }

    [Fact]
    public void A_character_may_be_cut_by_fragments()
    {
        var text = "é€😀é€😀"u8.ToArray();
        for (var cut = 1; cut < text.Length; cut++)
        {
            byte[] bytes = [.. ClientFrames.Frame(0x01, text.AsSpan(0, cut)), .. ClientFrames.Frame(0x80, text.AsSpan(cut))];
            Assert.Equal(text, Assert.Single(ReadInPieces(bytes, new Random(cut))).Payload);
        }
    }

    [Fact]
    public void Random_bytes_end_in_a_refusal_or_in_waiting_for_more()
    {
        for (var seed = 0; seed < 2_000; seed++)
        {
            var random = new Random(seed);
            var bytes = new byte[random.Next(1, 200)];
            random.NextBytes(bytes);
            try
            {
                ReadInPieces(bytes, random);
            }
            catch (FrameError error)
            {
                Assert.True(Enum.IsDefined(error.Code));
            }
        }
    }

    [Fact]
    public void Utf8_in_pieces_is_judged_as_it_is_whole()
    {
        for (var seed = 0; seed < 3_000; seed++)
        {
            var random = new Random(seed);
            var bytes = Encoding.UTF8.GetBytes(ClientFrames.RandomText(random, 20));
            if (bytes.Length > 0 && random.Next(2) == 0)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);

            var valid = 0;
            var fine = true;
            for (var upTo = 1; fine && upTo <= bytes.Length; upTo++)
                fine = Utf8Check.Advance(bytes.AsSpan(0, upTo), ref valid);

            Assert.Equal(System.Text.Unicode.Utf8.IsValid(bytes), fine && valid == bytes.Length);
        }
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(125, 2)]
    [InlineData(126, 4)]
    [InlineData(65_535, 4)]
    [InlineData(65_536, 10)]
    public void A_frame_of_the_server_is_whole_unmasked_and_has_the_shortest_length(int payload, int header)
    {
        var frame = Frame.Text(new byte[payload]);

        Assert.Equal(header + payload, frame.Length);
        Assert.Equal(0x81, frame[0]);
        var length = frame[1] switch
        {
            126 => BinaryPrimitives.ReadUInt16BigEndian(frame.AsSpan(2)),
            127 => (int)BinaryPrimitives.ReadUInt64BigEndian(frame.AsSpan(2)),
            var small => small,
        };
        Assert.Equal(payload, length);
    }

    private static List<(Opcode Opcode, byte[] Payload)> ReadInPieces(byte[] bytes, Random random)
    {
        using var reader = new FrameReader(Limit);
        var received = new List<(Opcode, byte[])>();
        for (var at = 0; at < bytes.Length;)
        {
            var piece = bytes.AsSpan(at, Math.Min(bytes.Length - at, random.Next(1, random.Next(2) == 0 ? 8 : 2_000)));
            at += piece.Length;
            while (reader.TryRead(piece, out var taken, out var incoming))
            {
                received.Add((incoming.Opcode, incoming.Payload.ToArray()));
                piece = piece[taken..];
            }
        }

        return received;
    }
}
