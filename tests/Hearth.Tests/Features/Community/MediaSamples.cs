using System.Buffers.Binary;
using System.Text;

namespace Hearth.Tests.Features.Community;

/// <summary>Small files of each kind that tell a place, and hold a picture (or sound) that must stay.</summary>
internal static class MediaSamples
{
    public const string Place = "-1.2921+036.8219";
    public const string Picture = "the picture itself";

    /// <param name="orientation">As EXIF counts: 1 is upright.</param>
    public static byte[] Jpeg(byte orientation)
    {
        byte[] tiff = [.. "II*\0"u8, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0, 0, 0, 0, 0, .. Bytes(Place)];
        return
        [
            0xFF, 0xD8, .. Segment(0xE0, [.. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 0, 0]), .. Segment(0xE1, [.. "Exif\0\0"u8, .. tiff]),
            .. Segment(0xE1, [.. "http://ns.adobe.com/xap/1.0/\0"u8, .. Bytes(Place)]), .. Segment(0xFE, Bytes(Place)),
            .. Segment(0xDB, new byte[65]), .. Segment(0xDA, new byte[10]), .. Bytes(Picture), 0xFF, 0x00, 0xFF, 0xD3, 1, 2, 0xFF, 0xD9,
            .. Bytes("trailing film of " + Place),
        ];
    }

    public static byte[] Png() =>
    [
        0x89, .. "PNG"u8, 0x0D, 0x0A, 0x1A, 0x0A, .. Chunk("IHDR", new byte[13]), .. Chunk("eXIf", Bytes(Place)),
        .. Chunk("iTXt", Bytes("XML:com.adobe.xmp" + Place)), .. Chunk("IDAT", Bytes(Picture)), .. Chunk("IEND", []), .. Bytes(Place),
    ];

    public static byte[] Gif() => [.. "GIF89a"u8, 1, 0, 1, 0, 0, 0, 0, .. Bytes(Picture), 0x3B];

    public static byte[] WebP()
    {
        byte[] content = [.. "WEBP"u8, .. Riff("VP8X", [0x0C, 0, 0, 0, 0, 0, 0, 0, 0, 0]), .. Riff("VP8 ", Bytes(Picture)), .. Riff("EXIF", Bytes(Place)), .. Riff("XMP ", Bytes(Place))];
        return Riff("RIFF", content);
    }

    public static byte[] Wav() => Riff("RIFF", [.. "WAVE"u8, .. Riff("fmt ", new byte[16]), .. Riff("data", Bytes(Picture))]);

    public static byte[] Mp4(string brand, string handler)
    {
        var keys = Box("meta", [.. new byte[4], .. Bytes("mdta com.apple.quicktime.location.ISO6709 " + Place)]);
        var user = Box("udta", [.. Box("\u00a9xyz", Bytes(Place)), .. Box("loci", Bytes(Place)), .. Box("name", Bytes("kept"))]);
        var track = Box("trak", [.. Box("mdia", Box("hdlr", [.. new byte[8], .. Bytes(handler), .. new byte[12]])), .. user]);
        return
        [
            .. Box("ftyp", [.. Bytes(brand), 0, 0, 2, 0]), .. Box("mdat", Bytes(Picture)), .. Box("moov", [.. track, .. user, .. keys]),
            .. Box("uuid", [0xBE, 0x7A, 0xCF, 0xCB, 0x97, 0xA9, 0x42, 0xE8, 0x9C, 0x71, 0x99, 0x94, 0x91, 0xE3, 0xAF, 0xAC, .. Bytes(Place)]),
        ];
    }

    private static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);

    private static byte[] Segment(byte marker, byte[] content) =>
        [0xFF, marker, (byte)((content.Length + 2) >> 8), (byte)(content.Length + 2), .. content];

    private static byte[] Chunk(string type, byte[] content) => [.. BigEndian(content.Length), .. Bytes(type), .. content, 0, 0, 0, 0];

    private static byte[] Box(string type, byte[] content) => [.. BigEndian(content.Length + 8), .. Bytes(type), .. content];

    private static byte[] Riff(string type, byte[] content)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, content.Length);
        return [.. Bytes(type), .. length, .. content, .. new byte[content.Length & 1]];
    }

    private static byte[] BigEndian(int number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return bytes;
    }
}
