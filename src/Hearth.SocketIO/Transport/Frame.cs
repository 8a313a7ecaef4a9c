using System.Buffers.Binary;

namespace Hearth.SocketIO.Transport;

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

/// <summary>Why a WebSocket is closed (RFC 6455, 7.4.1).</summary>
internal enum CloseCode : ushort
{
    Normal = 1000,
    GoingAway = 1001,
    ProtocolError = 1002,
    InvalidText = 1007,
    Policy = 1008,
    TooBig = 1009,
}

/// <summary>Builds whole unmasked frames, as a server sends them.</summary>
internal static class Frame
{
    private const byte Final = 0x80;

    public static byte[] Text(ReadOnlySpan<byte> payload) => Build(Opcode.Text, payload);

    public static byte[] Build(Opcode opcode, ReadOnlySpan<byte> payload)
    {
        var frame = new byte[HeaderLength(payload.Length) + payload.Length];
        payload.CopyTo(frame.AsSpan(WriteHeader(frame, opcode, payload.Length)));
        return frame;
    }

    /// <returns>The header's length.</returns>
    public static int WriteHeader(Span<byte> frame, Opcode opcode, int length)
    {
        frame[0] = (byte)(Final | (byte)opcode);
        var header = HeaderLength(length);
        switch (header)
        {
            case 2:
                frame[1] = (byte)length;
                break;
            case 4:
                frame[1] = 126;
                BinaryPrimitives.WriteUInt16BigEndian(frame[2..], (ushort)length);
                break;
            default:
                frame[1] = 127;
                BinaryPrimitives.WriteUInt64BigEndian(frame[2..], (ulong)length);
                break;
        }

        return header;
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

    public static int HeaderLength(int payload) => payload switch
    {
        < 126 => 2,
        <= ushort.MaxValue => 4,
        _ => 10,
    };
}
