using System.Buffers;
using System.Buffers.Text;

namespace Hearth.Platform;

/// <summary>Reads base64url that a client sent: the in-box <c>Try…</c> methods throw on what is none.</summary>
internal static class Base64Text
{
    private static readonly SearchValues<char> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <returns>The bytes; null when the text is no unpadded base64url.</returns>
    public static byte[]? Decode(string text)
    {
        // Padding and blanks are not part of the alphabet here, though decoders forgive them.
        if (text.AsSpan().ContainsAnyExcept(Alphabet))
            return null;
        var bytes = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
        return Base64Url.DecodeFromChars(text, bytes, out _, out var length) == OperationStatus.Done ? bytes[..length] : null;
    }
}
