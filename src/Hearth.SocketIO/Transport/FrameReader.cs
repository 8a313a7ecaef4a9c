using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Hearth.SocketIO.Transport;

/// <summary>What a client did that ends its connection, with the code that tells it so.</summary>
internal sealed class FrameError(CloseCode code, string reason) : Exception(reason)
{
    public CloseCode Code { get; } = code;
}

/// <summary>
/// A whole message or a control frame. The payload is unmasked and lives until the reader's next call.
/// </summary>
internal readonly ref struct Incoming(Opcode opcode, ReadOnlySpan<byte> payload)
{
    public Opcode Opcode { get; } = opcode;

    public ReadOnlySpan<byte> Payload { get; } = payload;

    /// <summary>A close frame's code; null when it has none.</summary>
    public ushort? CloseCode => Payload.Length < 2 ? null : BinaryPrimitives.ReadUInt16BigEndian(Payload);
}

/// <summary>
/// Reads a client's frames (RFC 6455) from bytes that may be cut anywhere: joins fragments, lets control frames in between them,
/// and holds no buffer between messages.
/// </summary>
internal sealed class FrameReader(int limit) : IDisposable
{
    private const int MostControlBytes = 125;

    private readonly byte[] header = new byte[14];
    private int headerBytes;
    private int headerNeeds = 2;

    private bool inPayload;
    private bool final;
    private Opcode opcode;
    private uint mask;
    private int remaining;
    private int maskOffset;

    private byte[]? message;
    private int messageBytes;
    private int validText;
    private Opcode messageOpcode;

    private byte[]? control;
    private int controlBytes;

    private bool delivered;

    /// <summary>The payload of the whole message that was read last; it lives until the reader's next call.</summary>
    public ReadOnlyMemory<byte> Message => message.AsMemory(0, messageBytes);

    /// <summary>How much of the frame at hand is still to come.</summary>
    public int Missing => remaining;

    private bool IsControl => ((byte)opcode & 0x8) != 0;

    /// <summary>Takes bytes until one message or control frame is whole.</summary>
    /// <returns>Whether there is one; else all bytes were taken and more are needed.</returns>
    /// <exception cref="FrameError">The client broke the protocol: close, and read no further.</exception>
    public bool TryRead(ReadOnlySpan<byte> bytes, out int taken, out Incoming incoming)
    {
        Forget();
        taken = 0;
        while (true)
        {
            if (!inPayload && !ReadHeader(bytes, ref taken))
                break;
            ReadPayload(bytes, ref taken);
            if (remaining > 0)
                break;
            inPayload = false;
            headerBytes = 0;
            headerNeeds = 2;
            if (!IsControl && !final)
                continue;
            incoming = Deliver();
            return true;
        }

        incoming = default;
        return false;
    }

    public void Dispose()
    {
        if (message is not null)
            ArrayPool<byte>.Shared.Return(message);
        message = null;
    }

    private bool ReadHeader(ReadOnlySpan<byte> bytes, ref int taken)
    {
        while (true)
        {
            var part = Math.Min(headerNeeds - headerBytes, bytes.Length - taken);
            bytes.Slice(taken, part).CopyTo(header.AsSpan(headerBytes));
            taken += part;
            headerBytes += part;
            if (headerBytes < headerNeeds)
                return false;
            if (headerNeeds > 2)
                break;
            CheckStart();
            headerNeeds = 2 + 4 + (header[1] & 0x7F) switch { 126 => 2, 127 => 8, _ => 0 };
        }

        Begin(PayloadLength());
        return true;
    }

    /// <summary>The first two bytes tell most of what can be wrong.</summary>
    private void CheckStart()
    {
        final = (header[0] & 0x80) != 0;
        opcode = (Opcode)(header[0] & 0x0F);
        if ((header[0] & 0x70) != 0)
            throw new FrameError(CloseCode.ProtocolError, "Reserved bits are set.");
        if (!Enum.IsDefined(opcode))
            throw new FrameError(CloseCode.ProtocolError, "Unknown opcode.");
        if ((header[1] & 0x80) == 0)
            throw new FrameError(CloseCode.ProtocolError, "A client's frames are masked.");
        if (IsControl && (!final || (header[1] & 0x7F) > MostControlBytes))
            throw new FrameError(CloseCode.ProtocolError, "A control frame is whole and at most 125 bytes.");
        if (opcode == Opcode.Continuation && messageOpcode == Opcode.Continuation)
            throw new FrameError(CloseCode.ProtocolError, "Nothing to continue.");
        if (opcode is Opcode.Text or Opcode.Binary && messageOpcode != Opcode.Continuation)
            throw new FrameError(CloseCode.ProtocolError, "The message before is not finished.");
    }

    private long PayloadLength()
    {
        var length = header[1] & 0x7F;
        switch (length)
        {
            case 126:
                var medium = BinaryPrimitives.ReadUInt16BigEndian(header.AsSpan(2));
                return medium >= 126 ? medium : throw NotMinimal();
            case 127:
                var large = BinaryPrimitives.ReadUInt64BigEndian(header.AsSpan(2));
                if (large <= ushort.MaxValue)
                    throw NotMinimal();
                return large <= long.MaxValue ? (long)large : throw new FrameError(CloseCode.ProtocolError, "A length has 63 bits.");
            default:
                return length;
        }

        static FrameError NotMinimal() => new(CloseCode.ProtocolError, "A length takes as few bytes as it can.");
    }

    private void Begin(long length)
    {
        mask = MemoryMarshal.Read<uint>(header.AsSpan(headerNeeds - 4));
        maskOffset = 0;
        inPayload = true;
        if (IsControl)
        {
            control ??= new byte[MostControlBytes];
            controlBytes = 0;
        }
        else
        {
            if (opcode != Opcode.Continuation)
                messageOpcode = opcode;
            if (messageBytes + length > limit)
                throw new FrameError(CloseCode.TooBig, "The message is too big.");
            Grow(messageBytes + (int)length);
        }

        remaining = (int)length;
    }

    private void Grow(int size)
    {
        if (message is not null && message.Length >= size)
            return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(size, 256));
        if (message is not null)
        {
            message.AsSpan(0, messageBytes).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(message);
        }

        message = larger;
    }

    private void ReadPayload(ReadOnlySpan<byte> bytes, ref int taken)
    {
        var part = bytes.Slice(taken, Math.Min(remaining, bytes.Length - taken));
        taken += part.Length;
        remaining -= part.Length;
        if (IsControl)
        {
            Unmask(part, control.AsSpan(controlBytes));
            controlBytes += part.Length;
            return;
        }

        Unmask(part, message.AsSpan(messageBytes));
        messageBytes += part.Length;
        if (messageOpcode == Opcode.Text && !Utf8Check.Advance(message.AsSpan(0, messageBytes), ref validText))
            throw new FrameError(CloseCode.InvalidText, "The text is not UTF-8.");
    }

    private void Unmask(ReadOnlySpan<byte> from, Span<byte> to)
    {
        from.CopyTo(to);
        to = to[..from.Length];
        // Turned so that the mask's next byte comes first, it serves whole words.
        var turn = maskOffset % 4 * 8;
        var word = BitConverter.IsLittleEndian ? uint.RotateRight(mask, turn) : uint.RotateLeft(mask, turn);
        var words = MemoryMarshal.Cast<byte, uint>(to);
        for (var i = 0; i < words.Length; i++)
            words[i] ^= word;
        Span<byte> key = stackalloc byte[4];
        MemoryMarshal.Write(key, word);
        for (var i = words.Length * 4; i < to.Length; i++)
            to[i] ^= key[i % 4];
        maskOffset += from.Length;
    }

    private Incoming Deliver()
    {
        if (IsControl)
        {
            var payload = control.AsSpan(0, controlBytes);
            if (opcode == Opcode.Close)
                CheckClose(payload);
            return new Incoming(opcode, payload);
        }

        if (messageOpcode == Opcode.Text && validText != messageBytes)
            throw new FrameError(CloseCode.InvalidText, "The text ends within a character.");
        delivered = true;
        return new Incoming(messageOpcode, message.AsSpan(0, messageBytes));
    }

    /// <summary>Gives back the buffer of the message that the caller has read by now.</summary>
    private void Forget()
    {
        if (!delivered)
            return;
        delivered = false;
        Dispose();
        messageBytes = 0;
        validText = 0;
        messageOpcode = Opcode.Continuation;
    }

    private static void CheckClose(ReadOnlySpan<byte> payload)
    {
        if (payload.IsEmpty)
            return;
        if (payload.Length == 1 || !MayBeSent(BinaryPrimitives.ReadUInt16BigEndian(payload)))
            throw new FrameError(CloseCode.ProtocolError, "Not a close code.");
        if (!System.Text.Unicode.Utf8.IsValid(payload[2..]))
            throw new FrameError(CloseCode.InvalidText, "The reason is not UTF-8.");
    }

    /// <summary>Codes that a close frame may carry: the registered ones and those for libraries and applications.</summary>
    private static bool MayBeSent(ushort code) => code is (>= 1000 and <= 1003) or (>= 1007 and <= 1014) or (>= 3000 and <= 4999);
}
