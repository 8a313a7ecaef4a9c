namespace Hearth.SocketIO.Parser;

/// <summary>Takes the white space out of JSON that is known to be valid.</summary>
internal static class CompactJson
{
    private static ReadOnlySpan<byte> WhiteSpace => " \t\r\n"u8;

    /// <returns>A copy of it.</returns>
    public static byte[] Copy(ReadOnlySpan<byte> json)
    {
        var copy = json.ToArray();
        if (json.IndexOfAny(WhiteSpace) < 0)
            return copy;
        var at = 0;
        var inText = false;
        for (var i = 0; i < json.Length; i++)
        {
            var c = json[i];
            if (!inText && WhiteSpace.Contains(c))
                continue;
            copy[at++] = c;
            if (c == (byte)'"')
                inText = !inText;
            else if (c == (byte)'\\')
                copy[at++] = json[++i];
        }

        return at == copy.Length ? copy : copy[..at];
    }
}
