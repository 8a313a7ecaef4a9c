using System.IO.Compression;
using System.Security.Cryptography;

namespace Hearth.Platform;

/// <summary>A file of the console, read once and kept with its compressed form: there are few, and they are small.</summary>
internal sealed class ConsoleFile
{
    private const int WorthCompressing = 1024;

    private ConsoleFile(string contentType, byte[] bytes, byte[]? compressed, bool immutable)
    {
        ContentType = contentType;
        Bytes = bytes;
        Compressed = compressed;
        CacheControl = immutable ? "public, max-age=31536000, immutable" : "no-cache";
        ETag = $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..32]}\"";
    }

    public string ContentType { get; }

    public byte[] Bytes { get; }

    /// <summary>The same by gzip, which browsers take on any connection; where that is worth it.</summary>
    public byte[]? Compressed { get; }

    /// <summary>A file with its hash in its name never changes; every other one is asked for again.</summary>
    public string CacheControl { get; }

    public string ETag { get; }

    public static ConsoleFile Read(string path, bool immutable)
    {
        var bytes = File.ReadAllBytes(path);
        var (type, isText) = TypeOf(Path.GetExtension(path));
        return new ConsoleFile(type, bytes, isText && bytes.Length > WorthCompressing ? Compress(bytes) : null, immutable);
    }

    private static (string Type, bool IsText) TypeOf(string extension) => extension switch
    {
        ".html" => ("text/html; charset=utf-8", true),
        ".js" => ("text/javascript; charset=utf-8", true),
        ".css" => ("text/css; charset=utf-8", true),
        ".svg" => ("image/svg+xml", true),
        ".json" or ".webmanifest" => ("application/json; charset=utf-8", true),
        ".txt" => ("text/plain; charset=utf-8", true),
        ".png" => ("image/png", false),
        ".woff2" => ("font/woff2", false),
        _ => ("application/octet-stream", false),
    };

    private static byte[] Compress(byte[] bytes)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.SmallestSize))
            gzip.Write(bytes);
        return compressed.ToArray();
    }
}
