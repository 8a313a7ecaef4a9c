using System.Buffers;
using System.Buffers.Binary;

namespace Hearth.Features.Community;

/// <summary>Takes out of a file what may tell where it was made. What shows or sounds stays as it is, byte for byte.</summary>
internal static class MetadataCleaner
{
    /// <returns>The clean file; null when it is broken, so that nobody can say what is in it.</returns>
    public static ReadOnlyMemory<byte>? Clean(MediaKind kind, byte[] file)
    {
        if (kind == MediaKind.Jpeg)
            return JpegCleaner.Clean(file);
        if (kind == MediaKind.Png)
            return Png(file);
        if (kind == MediaKind.WebP)
            return WebP(file);
        if (kind == MediaKind.Mp4 || kind == MediaKind.Mov || kind == MediaKind.M4A)
            Mp4Box.ForgetPlaces(file);
        return file;
    }

    /// <summary>Drops eXIf and the text chunks, in which XMP hides; ends the file where the picture does.</summary>
    private static ReadOnlyMemory<byte>? Png(ReadOnlySpan<byte> file)
    {
        var clean = new ArrayBufferWriter<byte>(file.Length);
        clean.Write(file[..8]);
        for (var at = 8; at + 12 <= file.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(file[at..]);
            if (length > file.Length - at - 12)
                return null;
            var chunk = file.Slice(at, (int)length + 12);
            var type = chunk.Slice(4, 4);
            if (!(type.SequenceEqual("eXIf"u8) || type.SequenceEqual("tEXt"u8) || type.SequenceEqual("zTXt"u8) || type.SequenceEqual("iTXt"u8)))
                clean.Write(chunk);
            if (type.SequenceEqual("IEND"u8))
                return clean.WrittenMemory;
            at += chunk.Length;
        }

        return null;
    }

    /// <summary>Drops EXIF and XMP chunks and takes their flags back.</summary>
    private static ReadOnlyMemory<byte>? WebP(ReadOnlySpan<byte> file)
    {
        var end = Math.Min((long)file.Length, BinaryPrimitives.ReadUInt32LittleEndian(file[4..]) + 8L);
        var clean = new ArrayBufferWriter<byte>(file.Length);
        clean.Write(file[..12]);
        for (var at = 12; at + 8 <= end;)
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(file[(at + 4)..]);
            var whole = 8L + length + (length & 1);
            // A last chunk may lack its padding.
            if (8L + length > end - at)
                return null;
            var chunk = file.Slice(at, (int)Math.Min(whole, end - at));
            var type = chunk[..4];
            if (type.SequenceEqual("VP8X"u8) && chunk.Length > 8)
            {
                var extended = chunk.ToArray();
                const byte ExifAndXmp = 0x08 | 0x04;
                extended[8] &= unchecked((byte)~ExifAndXmp);
                clean.Write(extended);
            }
            else if (!type.SequenceEqual("EXIF"u8) && !type.SequenceEqual("XMP "u8))
            {
                clean.Write(chunk);
            }

            at += chunk.Length;
        }

        var bytes = clean.WrittenSpan.ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4), (uint)(bytes.Length - 8));
        return bytes;
    }
}
