using System.Buffers.Binary;

namespace Hearth.Features.Community;

/// <summary>
/// Walks the boxes of MP4, MOV and M4A files. What tells a place is turned into free space of the same length, so that
/// every offset into the file still holds.
/// </summary>
internal static class Mp4Box
{
    private const int Deepest = 8;

    public static bool IsFirst(ReadOnlySpan<byte> type) =>
        type.SequenceEqual("ftyp"u8) || type.SequenceEqual("moov"u8) || type.SequenceEqual("wide"u8) || type.SequenceEqual("mdat"u8);

    /// <summary>Whether the file has tracks and none of them is a picture.</summary>
    public static bool HasOnlySound(ReadOnlySpan<byte> file)
    {
        // A handler box: version, flags and a word before its type.
        var sound = false;
        for (var at = file.IndexOf("hdlr"u8); at >= 0;)
        {
            var handler = file[(at + 4)..];
            if (handler.Length >= 12 && handler[8..12].SequenceEqual("vide"u8))
                return false;
            sound |= handler.Length >= 12 && handler[8..12].SequenceEqual("soun"u8);
            var next = handler.IndexOf("hdlr"u8);
            at = next < 0 ? -1 : at + 4 + next;
        }

        return sound;
    }

    /// <summary>Blanks places in the file itself: user data of movie and tracks, location keys, XMP.</summary>
    public static void ForgetPlaces(Span<byte> file) => Walk(file, 0);

    private static void Walk(Span<byte> boxes, int depth)
    {
        while (Next(boxes, out var header, out var length))
        {
            var type = boxes.Slice(4, 4);
            var content = boxes[header..length];
            if (IsPlace(type, content))
                Blank(type, content);
            else if (depth < Deepest && IsContainer(type))
                Walk(content, depth + 1);
            boxes = boxes[length..];
        }
    }

    private static bool Next(ReadOnlySpan<byte> boxes, out int header, out int length)
    {
        header = 8;
        length = 0;
        if (boxes.Length < 8)
            return false;
        var size = (ulong)BinaryPrimitives.ReadUInt32BigEndian(boxes);
        if (size == 1 && boxes.Length >= 16)
        {
            header = 16;
            size = BinaryPrimitives.ReadUInt64BigEndian(boxes[8..]);
        }

        // 0: to the end.
        length = size == 0 ? boxes.Length : size > (ulong)boxes.Length ? 0 : (int)size;
        return length >= header;
    }

    private static bool IsContainer(ReadOnlySpan<byte> type) =>
        type.SequenceEqual("moov"u8) || type.SequenceEqual("trak"u8) || type.SequenceEqual("udta"u8) || type.SequenceEqual("moof"u8)
        || type.SequenceEqual("traf"u8);

    private static bool IsPlace(ReadOnlySpan<byte> type, ReadOnlySpan<byte> content)
    {
        // 3GPP's location, QuickTime's ©xyz.
        if (type.SequenceEqual("loci"u8) || type.SequenceEqual((ReadOnlySpan<byte>)[0xA9, (byte)'x', (byte)'y', (byte)'z']))
            return true;
        if (type.SequenceEqual("XMP_"u8))
            return true;
        if (type.SequenceEqual("uuid"u8))
            return content.StartsWith((ReadOnlySpan<byte>)[0xBE, 0x7A, 0xCF, 0xCB, 0x97, 0xA9, 0x42, 0xE8]);
        // Apple's keys name what they hold: com.apple.quicktime.location.ISO6709 and more.
        return type.SequenceEqual("meta"u8) && content.IndexOf("location"u8) >= 0;
    }

    private static void Blank(Span<byte> type, Span<byte> content)
    {
        "free"u8.CopyTo(type);
        content.Clear();
    }
}
