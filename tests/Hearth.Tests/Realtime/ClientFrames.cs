using System.Buffers.Binary;
using System.Text;
using Hearth.SocketIO.Transport;

namespace Hearth.Tests.Realtime;

/// <summary>Frames as a client makes them, right and wrong ones.</summary>
internal static class ClientFrames
{
    /// <param name="first">The first byte: final bit, reserved bits, opcode.</param>
    public static byte[] Frame(byte first, ReadOnlySpan<byte> payload, uint mask = 0x9A3C_51E7)
    {
        byte[] length = payload.Length switch
        {
            < 126 => [(byte)(0x80 | payload.Length)],
            <= ushort.MaxValue => [0x80 | 126, (byte)(payload.Length >> 8), (byte)payload.Length],
            _ => [0x80 | 127, 0, 0, 0, 0, (byte)(payload.Length >> 24), (byte)(payload.Length >> 16), (byte)(payload.Length >> 8), (byte)payload.Length],
        };
        var key = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(key, mask);
        var masked = payload.ToArray();
        for (var i = 0; i < masked.Length; i++)
            masked[i] ^= key[i % 4];
        return [first, .. length, .. key, .. masked];
    }

    public static byte[] Text(string text) => Frame(0x81, Encoding.UTF8.GetBytes(text));

    public static byte[] Close(int code) => Frame(0x88, [(byte)(code >> 8), (byte)code]);

    public static (Opcode Opcode, byte[] Payload) RandomMessage(Random random, int most)
    {
        if (random.Next(2) == 0)
            return (Opcode.Text, Encoding.UTF8.GetBytes(RandomText(random, most / 4)));
        var payload = new byte[random.Next(most)];
        random.NextBytes(payload);
        return (Opcode.Binary, payload);
    }

    public static string RandomText(Random random, int most)
    {
        var text = new StringBuilder();
        for (var left = random.Next(most); left > 0; left--)
        {
            text.Append(random.Next(4) switch
            {
                0 => "é",
                1 => "€",
                2 => "😀",
                _ => ((char)random.Next(32, 127)).ToString(),
            });
        }

        return text.ToString();
    }

    /// <summary>The message in a random number of frames, some of them empty.</summary>
    public static byte[] Fragmented(Random random, (Opcode Opcode, byte[] Payload) message)
    {
        var bytes = new List<byte>();
        var opcode = (byte)message.Opcode;
        var at = 0;
        for (var frames = random.Next(5); frames > 0; frames--)
        {
            var part = random.Next(message.Payload.Length - at + 1);
            bytes.AddRange(Frame(opcode, message.Payload.AsSpan(at, part), (uint)random.Next()));
            at += part;
            opcode = 0;
        }

        bytes.AddRange(Frame((byte)(0x80 | opcode), message.Payload.AsSpan(at), (uint)random.Next()));
        return [.. bytes];
    }
}
