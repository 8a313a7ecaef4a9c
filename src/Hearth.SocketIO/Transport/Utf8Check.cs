using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Hearth.SocketIO.Transport;

/// <summary>Judges UTF-8 that arrives in pieces: a character may be cut anywhere, and what can no longer become valid is told at once.</summary>
internal static class Utf8Check
{
    /// <summary>Checks the bytes from <paramref name="valid"/> on, which grows by the whole characters among them.</summary>
    /// <returns>False when no continuation could make the bytes valid.</returns>
    public static bool Advance(ReadOnlySpan<byte> bytes, ref int valid)
    {
        var rest = bytes[valid..];
        var whole = rest.Length - OpenTail(rest);
        if (!Utf8.IsValid(rest[..whole]))
            return false;
        valid += whole;
        var tail = rest[whole..];
        return tail.IsEmpty || Rune.DecodeFromUtf8(tail, out _, out _) == OperationStatus.NeedMoreData;
    }

    /// <returns>How many bytes at the end begin a character that is not whole yet.</returns>
    private static int OpenTail(ReadOnlySpan<byte> bytes)
    {
        for (var back = 1; back <= 3 && back <= bytes.Length; back++)
        {
            var b = bytes[^back];
            if ((b & 0xC0) == 0x80)
                continue;
            var needs = b switch
            {
                < 0x80 => 1,
                < 0xE0 => 2,
                < 0xF0 => 3,
                _ => 4,
            };
            return needs > back ? back : 0;
        }

        return 0;
    }
}
