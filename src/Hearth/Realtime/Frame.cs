using System.Buffers.Binary;

namespace Hearth.Realtime;

/// <summary>A frame's opcode (RFC 6455, 5.2).</summary>
internal enum Opcode : byte
{
    Continuation = 0x0,
    Text = 0x1,
    Binary = 0x2,
    Close = 0x8,
    Ping = 0x9,
    Pong = 0xA,
}

/// <summary>Why a socket is closed: RFC 6455's codes, and Hearth's own above 4000.</summary>
internal enum CloseCode : ushort
{
    Normal = 1000,
    GoingAway = 1001,
    ProtocolError = 1002,
    InvalidText = 1007,
    Policy = 1008,
    TooBig = 1009,

    /// <summary>The token ended or counts no more: connect again with a new one.</summary>
    SignedOut = 4401,
}

/// <summary>Builds whole unmasked frames, as a server sends them.</summary>
internal static class Frame
{
    private const byte Final = 0x80;

    public static byte[] Text(ReadOnlySpan<byte> payload) => Build(Opcode.Text, payload);

    public static byte[] Build(Opcode opcode, ReadOnlySpan<byte> payload)
    {
        var header = HeaderLength(payload.Length);
        var frame = new byte[header + payload.Length];
        frame[0] = (byte)(Final | (byte)opcode);
        switch (header)
        {
            case 2:
                frame[1] = (byte)payload.Length;
                break;
            case 4:
                frame[1] = 126;
                BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), (ushort)payload.Length);
                break;
            default:
                frame[1] = 127;
                BinaryPrimitives.WriteUInt64BigEndian(frame.AsSpan(2), (ulong)payload.Length);
                break;
        }

        payload.CopyTo(frame.AsSpan(header));
        return frame;
    }

    /// <param name="code">The code; null for a close frame without one, which answers such a one.</param>
    /// <param name="reason">ASCII, at most 123 characters.</param>
    public static byte[] Close(ushort? code, string reason = "")
    {
        if (code is not { } number)
            return Build(Opcode.Close, []);
        Span<byte> payload = stackalloc byte[125];
        BinaryPrimitives.WriteUInt16BigEndian(payload, number);
        var length = System.Text.Encoding.ASCII.GetBytes(reason, payload[2..]);
        return Build(Opcode.Close, payload[..(2 + length)]);
    }

    private static int HeaderLength(int payload) => payload switch
    {
        < 126 => 2,
        <= ushort.MaxValue => 4,
        _ => 10,
    };
}
