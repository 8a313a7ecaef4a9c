using System.Buffers.Binary;
using System.IO.Compression;

namespace Hearth.Features.Operations.Demo;

/// <summary>Writes 24-bit PNG files (RFC 2083): what the pictures of the demonstration are kept as.</summary>
internal static class Png
{
    private static readonly uint[] Crcs = [.. Enumerable.Range(0, 256).Select(n => Enumerable.Range(0, 8).Aggregate((uint)n, (c, _) => (c & 1) == 1 ? 0xEDB88320 ^ (c >> 1) : c >> 1))];

    /// <param name="pixels">Three bytes each, row by row.</param>
    public static byte[] Encode(int width, int height, byte[] pixels)
    {
        using var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8;
        header[9] = 2;
        Chunk(file, "IHDR"u8, header);
        Chunk(file, "IDAT"u8, Packed(width, height, pixels));
        Chunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    /// <summary>Rows as differences from the row above, which is nearly nothing where colours run smoothly.</summary>
    private static byte[] Packed(int width, int height, byte[] pixels)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            var row = new byte[1 + (width * 3)];
            row[0] = 2;
            for (var y = 0; y < height; y++)
            {
                var here = pixels.AsSpan(y * width * 3, width * 3);
                for (var i = 0; i < here.Length; i++)
                    row[i + 1] = (byte)(here[i] - (y == 0 ? 0 : pixels[((y - 1) * width * 3) + i]));
                zlib.Write(row);
            }
        }

        return packed.ToArray();
    }

    private static void Chunk(MemoryStream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> four = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(four, data.Length);
        file.Write(four);
        file.Write(type);
        file.Write(data);
        var crc = Crc(Crc(uint.MaxValue, type), data) ^ uint.MaxValue;
        BinaryPrimitives.WriteUInt32BigEndian(four, crc);
        file.Write(four);
    }

    private static uint Crc(uint crc, ReadOnlySpan<byte> data)
    {
        foreach (var b in data)
            crc = Crcs[(crc ^ b) & 0xFF] ^ (crc >> 8);
        return crc;
    }
}
