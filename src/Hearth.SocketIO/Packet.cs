using System.Buffers.Text;
using System.Text;
using Hearth.SocketIO.Transport;

namespace Hearth.SocketIO;

/// <summary>
/// A finished packet: the WebSocket frames that every client gets as they are, one after the other. Made once, it serves any number of
/// clients, and may be handed to other nodes as bytes.
/// </summary>
public sealed class Packet
{
    internal const byte Separator = 0x1E;
    private const byte BinaryMark = (byte)'b';

    internal static readonly Packet Ping = OfText("2"u8);
    internal static readonly Packet ProbeAnswer = OfText("3probe"u8);

    private readonly byte[] frames;

    /// <summary>The end of each part's frame; null when there is but one part.</summary>
    private readonly int[]? ends;
    private readonly bool startsBinary;

    private Packet(byte[] frames, int[]? ends, bool startsBinary)
    {
        this.frames = frames;
        this.ends = ends;
        this.startsBinary = startsBinary;
        PollBytes = CountPollBytes();
    }

    /// <summary>The WebSocket frames: a text, and one more for each attachment.</summary>
    public ReadOnlyMemory<byte> Frames => frames;

    internal byte[] Bytes => frames;

    /// <summary>What it takes in the answer to a poll.</summary>
    internal int PollBytes { get; }

    private int Parts => ends?.Length ?? 1;

    /// <summary>Makes a packet of what <see cref="Frames"/> gave on another node.</summary>
    /// <exception cref="FormatException">These are not a packet's frames.</exception>
    public static Packet FromFrames(ReadOnlyMemory<byte> frames)
    {
        var bytes = frames.ToArray();
        var ends = new List<int>();
        for (var at = 0; at < bytes.Length;)
        {
            var (header, length) = ReadHeader(bytes.AsSpan(at));
            if (length < 0 || length > bytes.Length - at - header)
                throw new FormatException("Not whole frames.");
            at += header + (int)length;
            ends.Add(at);
        }

        if (ends.Count == 0)
            throw new FormatException("No frame.");
        return new Packet(bytes, ends.Count == 1 ? null : [.. ends], (bytes[0] & 0x0F) == (byte)Opcode.Binary);
    }

    internal static Packet OfText(ReadOnlySpan<byte> text) => new(Frame.Build(Opcode.Text, text), null, startsBinary: false);

    internal static Packet OfBinary(ReadOnlySpan<byte> data) => new(Frame.Build(Opcode.Binary, data), null, startsBinary: true);

    /// <summary>A text and what belongs to it: nothing ever comes between them.</summary>
    internal static Packet OfGroup(ReadOnlySpan<byte> text, IReadOnlyList<ReadOnlyMemory<byte>> attachments)
    {
        if (attachments.Count == 0)
            return OfText(text);
        var size = Frame.HeaderLength(text.Length) + text.Length;
        foreach (var attachment in attachments)
            size += Frame.HeaderLength(attachment.Length) + attachment.Length;
        var frames = new byte[size];
        var ends = new int[attachments.Count + 1];
        var at = 0;
        Put(Opcode.Text, text, frames, ref at);
        ends[0] = at;
        for (var i = 0; i < attachments.Count; i++)
        {
            Put(Opcode.Binary, attachments[i].Span, frames, ref at);
            ends[i + 1] = at;
        }

        return new Packet(frames, ends, startsBinary: false);
    }

    /// <summary>Writes it as the answer to a poll has it.</summary>
    /// <returns>How many bytes were written.</returns>
    internal int WritePoll(Span<byte> to)
    {
        var at = 0;
        for (var i = 0; i < Parts; i++)
        {
            if (i > 0)
                to[at++] = Separator;
            var part = Part(i, out var binary);
            if (binary)
            {
                to[at++] = BinaryMark;
                Base64.EncodeToUtf8(part, to[at..], out _, out var written);
                at += written;
            }
            else
            {
                part.CopyTo(to[at..]);
                at += part.Length;
            }
        }

        return at;
    }

    /// <summary>Its text, for whoever reads a log.</summary>
    public override string ToString() => Part(0, out var binary) is var part && binary ? $"{part.Length} bytes" : Encoding.UTF8.GetString(part);

    private static void Put(Opcode opcode, ReadOnlySpan<byte> payload, byte[] to, ref int at)
    {
        at += Frame.WriteHeader(to.AsSpan(at), opcode, payload.Length);
        payload.CopyTo(to.AsSpan(at));
        at += payload.Length;
    }

    private static (int Header, long Length) ReadHeader(ReadOnlySpan<byte> frame)
    {
        if (frame.Length < 2)
            throw new FormatException("Not whole frames.");
        return (frame[1], frame.Length) switch
        {
            ( < 126, _) => (2, frame[1]),
            (126, >= 4) => (4, System.Buffers.Binary.BinaryPrimitives.ReadUInt16BigEndian(frame[2..])),
            (127, >= 10) => (10, System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(frame[2..])),
            _ => throw new FormatException("Not whole frames."),
        };
    }

    private ReadOnlySpan<byte> Part(int index, out bool binary)
    {
        var start = index == 0 ? 0 : ends![index - 1];
        var end = ends is null ? frames.Length : ends[index];
        binary = index > 0 || startsBinary;
        var frame = frames.AsSpan(start, end - start);
        return frame[ReadHeader(frame).Header..];
    }

    private int CountPollBytes()
    {
        var count = Parts - 1;
        for (var i = 0; i < Parts; i++)
        {
            var part = Part(i, out var binary);
            count += binary ? 1 + Base64.GetMaxEncodedToUtf8Length(part.Length) : part.Length;
        }

        return count;
    }
}
