using System.Buffers;
using System.Buffers.Binary;

namespace Hearth.Features.Community;

/// <summary>
/// Rewrites a JPEG without EXIF, XMP, comments and whatever hangs behind the picture. Which way is up is kept: a camera
/// says that in EXIF alone.
/// </summary>
internal static class JpegCleaner
{
    private const byte StartOfScan = 0xDA;
    private const byte EndOfImage = 0xD9;
    private const byte App0 = 0xE0;
    private const byte App1 = 0xE1;
    private const byte App2 = 0xE2;
    private const byte App14 = 0xEE;
    private const byte App15 = 0xEF;
    private const byte Comment = 0xFE;

    /// <returns>The clean file, or null when it is broken before its first scan.</returns>
    public static ReadOnlyMemory<byte>? Clean(ReadOnlySpan<byte> file)
    {
        var clean = new ArrayBufferWriter<byte>(file.Length);
        clean.Write(file[..2]);
        if (Orientation(file) is var orientation and > 1)
            clean.Write(Exif(orientation));
        var at = 2;
        while (Segment(file, at, out var marker, out var length))
        {
            if (marker == EndOfImage)
            {
                clean.Write(file.Slice(at, 2));
                return clean.WrittenMemory;
            }

            var segment = file.Slice(at, length);
            if (IsKept(marker, segment))
                clean.Write(segment);
            at += length;
            if (marker != StartOfScan)
                continue;
            var end = at + ScanLength(file[at..]);
            clean.Write(file[at..end]);
            at = end;
            if (at >= file.Length)
                return clean.WrittenMemory;
        }

        return null;
    }

    private static bool IsKept(byte marker, ReadOnlySpan<byte> segment) => marker switch
    {
        App0 or App14 => true,
        App2 => segment.Length > 16 && segment[4..].StartsWith("ICC_PROFILE"u8),
        >= App1 and <= App15 or Comment => false,
        _ => true,
    };

    /// <summary>A segment with its marker; fill bytes before a marker belong to it.</summary>
    private static bool Segment(ReadOnlySpan<byte> file, int at, out byte marker, out int length)
    {
        marker = 0;
        length = 2;
        if (at + 2 > file.Length || file[at] != 0xFF)
            return false;
        marker = file[at + 1];
        if (marker == 0xFF)
        {
            // A fill byte, a segment of its own here.
            length = 1;
            return true;
        }

        if (marker is EndOfImage or 0x01 or (>= 0xD0 and <= 0xD8))
            return true;
        if (at + 4 > file.Length)
            return false;
        length = 2 + BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]);
        return length >= 4 && at + length <= file.Length;
    }

    /// <summary>Coded data goes on until a marker that is neither a stuffed zero nor a restart.</summary>
    private static int ScanLength(ReadOnlySpan<byte> data)
    {
        for (var at = 0; at + 1 < data.Length; at++)
        {
            var skip = data[at..].IndexOf((byte)0xFF);
            if (skip < 0)
                break;
            at += skip;
            if (at + 1 < data.Length && data[at + 1] is not (0x00 or 0xFF) && data[at + 1] is < 0xD0 or > 0xD7)
                return at;
        }

        return data.Length;
    }

    /// <summary>The orientation that the first EXIF segment tells, 1 to 8; 0 for none.</summary>
    private static int Orientation(ReadOnlySpan<byte> file)
    {
        var at = 2;
        while (Segment(file, at, out var marker, out var length) && marker is not (StartOfScan or EndOfImage))
        {
            var segment = file.Slice(at, length);
            if (marker == App1 && segment.Length > 18 && segment[4..].StartsWith("Exif\0\0"u8))
                return OfTiff(segment[10..]);
            at += length;
        }

        return 0;
    }

    private static int OfTiff(ReadOnlySpan<byte> tiff)
    {
        var little = tiff.StartsWith("II"u8);
        var directory = (long)Number(tiff, 4, 4, little);
        if (directory + 2 > tiff.Length)
            return 0;
        var entries = (int)Number(tiff, (int)directory, 2, little);
        for (var i = 0; i < entries; i++)
        {
            var entry = directory + 2 + (12L * i);
            if (entry + 12 > tiff.Length)
                return 0;
            if (Number(tiff, (int)entry, 2, little) == 0x0112)
                return Number(tiff, (int)entry + 8, 2, little) is var value and <= 8 ? (int)value : 0;
        }

        return 0;
    }

    private static uint Number(ReadOnlySpan<byte> from, int at, int size, bool little)
    {
        var bytes = from.Slice(at, size);
        return (size, little) switch
        {
            (2, true) => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
            (2, false) => BinaryPrimitives.ReadUInt16BigEndian(bytes),
            (_, true) => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
            _ => BinaryPrimitives.ReadUInt32BigEndian(bytes),
        };
    }

    /// <summary>An EXIF segment that tells the orientation and nothing else.</summary>
    private static byte[] Exif(int orientation) =>
    [
        0xFF, App1, 0, 34, .. "Exif\0\0"u8, .. "MM\0*"u8, 0, 0, 0, 8,
        0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0, 0, 0, 0,
    ];
}
