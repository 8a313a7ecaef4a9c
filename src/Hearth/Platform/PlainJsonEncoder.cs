using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;

namespace Hearth.Platform;

/// <summary>
/// Escapes what JSON requires and nothing else, so that an emoji is four bytes and not twelve: even the most relaxed of the
/// in-box encoders escapes whatever lies outside the first Unicode plane. Answers are <c>application/json</c> with <c>nosniff</c>,
/// never part of a page.
/// </summary>
internal sealed class PlainJsonEncoder : JavaScriptEncoder
{
    public static readonly PlainJsonEncoder Instance = new();

    private const string Escaped =
        "\0\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\u000b\f\r\u000e\u000f\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f\"\\";

    private static readonly SearchValues<char> Noted =
        SearchValues.Create(Escaped + string.Concat(Enumerable.Range(0xD800, 0x800).Select(unit => (char)unit)));

    private static readonly SearchValues<byte> NotedBytes = SearchValues.Create(Escaped.Select(c => (byte)c).ToArray());

    public override int MaxOutputCharactersPerInputCharacter => 6;

    public override bool WillEncode(int unicodeScalar) => unicodeScalar < 0x20 || unicodeScalar is '"' or '\\';

    public override unsafe int FindFirstCharacterToEncode(char* text, int textLength)
    {
        var all = new ReadOnlySpan<char>(text, textLength);
        for (var at = 0; at < all.Length;)
        {
            var found = all[at..].IndexOfAny(Noted);
            if (found < 0)
                return -1;
            at += found;
            // A pair is text like any other; half of one is replaced.
            if (Rune.DecodeFromUtf16(all[at..], out var rune, out var size) != OperationStatus.Done || WillEncode(rune.Value))
                return at;
            at += size;
        }

        return -1;
    }

    public override int FindFirstCharacterToEncodeUtf8(ReadOnlySpan<byte> utf8Text)
    {
        var found = utf8Text.IndexOfAny(NotedBytes);
        return found >= 0 || System.Text.Unicode.Utf8.IsValid(utf8Text) ? found : base.FindFirstCharacterToEncodeUtf8(utf8Text);
    }

    public override unsafe bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten)
    {
        return WillEncode(unicodeScalar)
            ? UnsafeRelaxedJsonEscaping.TryEncodeUnicodeScalar(unicodeScalar, buffer, bufferLength, out numberOfCharactersWritten)
            : new Rune(unicodeScalar).TryEncodeToUtf16(new Span<char>(buffer, bufferLength), out numberOfCharactersWritten);
    }
}
