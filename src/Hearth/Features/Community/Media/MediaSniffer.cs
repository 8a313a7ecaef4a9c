using System.Buffers.Binary;

namespace Hearth.Features.Community;

/// <summary>Recognises a file by its content; its name and its declared type count for nothing.</summary>
internal static class MediaSniffer
{
    /// <returns>The kind, or null for anything that is not taken in.</returns>
    public static MediaKind? Recognise(ReadOnlySpan<byte> file)
    {
        if (file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
            return MediaKind.Jpeg;
        if (file.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]))
            return MediaKind.Png;
        if (file.StartsWith("GIF87a"u8) || file.StartsWith("GIF89a"u8))
            return MediaKind.Gif;
        if (file.Length >= 12 && file.StartsWith("RIFF"u8))
            return Riff(file[8..12]);
        if (file.StartsWith("OggS"u8))
            return IsSound(file) ? MediaKind.Ogg : null;
        if (file.StartsWith((ReadOnlySpan<byte>)[0x1A, 0x45, 0xDF, 0xA3]))
            return WebM(file);
        if (file.Length >= 12 && Mp4Box.IsFirst(file[4..8]))
            return Mp4(file);
        return IsMp3(file) ? MediaKind.Mp3 : null;
    }

    private static MediaKind? Riff(ReadOnlySpan<byte> form) =>
        form.SequenceEqual("WEBP"u8) ? MediaKind.WebP : form.SequenceEqual("WAVE"u8) ? MediaKind.Wav : null;

    /// <summary>An Ogg file's first page names its codec.</summary>
    private static bool IsSound(ReadOnlySpan<byte> file)
    {
        var page = file[..Math.Min(file.Length, 512)];
        return page.IndexOf("vorbis"u8) > 0 || page.IndexOf("OpusHead"u8) > 0 || page.IndexOf("fLaC"u8) > 0 || page.IndexOf("FLAC"u8) > 0
            || page.IndexOf("Speex"u8) > 0;
    }

    /// <summary>Matroska files begin alike; the document type tells, and a video track (type 1) whether there is a picture.</summary>
    private static MediaKind? WebM(ReadOnlySpan<byte> file)
    {
        var start = file[..Math.Min(file.Length, 64 * 1024)];
        if (start.IndexOf((ReadOnlySpan<byte>)[0x42, 0x82, 0x84, (byte)'w', (byte)'e', (byte)'b', (byte)'m']) < 0)
            return null;
        return start.IndexOf((ReadOnlySpan<byte>)[0x83, 0x81, 0x01]) < 0 && start.IndexOf((ReadOnlySpan<byte>)[0x83, 0x81, 0x02]) >= 0
            ? MediaKind.WebMSound
            : MediaKind.WebM;
    }

    private static MediaKind? Mp4(ReadOnlySpan<byte> file)
    {
        if (!file[4..8].SequenceEqual("ftyp"u8))
            return MediaKind.Mov;
        var brand = file[8..12];
        if (brand.SequenceEqual("qt  "u8))
            return MediaKind.Mov;
        if (brand.StartsWith("M4A"u8) || brand.StartsWith("M4B"u8))
            return MediaKind.M4A;
        // Pictures in the same container: what browsers do with them differs.
        if (brand.StartsWith("hei"u8) || brand.StartsWith("hev"u8) || brand.StartsWith("mif"u8) || brand.StartsWith("msf"u8) || brand.StartsWith("avi"u8))
            return null;
        return Mp4Box.HasOnlySound(file) ? MediaKind.M4A : MediaKind.Mp4;
    }

    /// <summary>An ID3 tag, or two frames in a row.</summary>
    private static bool IsMp3(ReadOnlySpan<byte> file)
    {
        if (file.StartsWith("ID3"u8))
            return file.Length > 10 && file[3] < 0xFF;
        var length = Mp3FrameLength(file);
        return length > 0 && file.Length > length + 4 && Mp3FrameLength(file[length..]) > 0;
    }

    private static int Mp3FrameLength(ReadOnlySpan<byte> file)
    {
        if (file.Length < 4)
            return 0;
        var header = BinaryPrimitives.ReadUInt32BigEndian(file);
        var version = (int)(header >> 19) & 3;
        var bitrate = (int)(header >> 12) & 15;
        var rate = (int)(header >> 10) & 3;
        // Sync, a version, layer III, a bitrate and a sampling rate that exist.
        if (header >> 21 != 0x7FF || version == 1 || ((header >> 17) & 3) != 1 || bitrate is 0 or 15 || rate == 3)
            return 0;
        ReadOnlySpan<int> v1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
        ReadOnlySpan<int> v2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
        ReadOnlySpan<int> rates = [44_100, 48_000, 32_000];
        var sampling = rates[rate] >> (version == 3 ? 0 : version == 2 ? 1 : 2);
        var kilobits = version == 3 ? v1[bitrate] : v2[bitrate];
        return ((version == 3 ? 144_000 : 72_000) * kilobits / sampling) + (int)((header >> 9) & 1);
    }
}
