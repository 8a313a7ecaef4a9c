namespace Hearth.Platform;

/// <summary>
/// Code in a text, as Markdown marks it: blocks between fences of backticks or tildes, spans between equally long runs of
/// backticks. In linear time, however the marks are set.
/// </summary>
internal static class CodeSpans
{
    /// <returns>The text with code blanked out, so that every place stays where it is.</returns>
    public static string Blank(string text)
    {
        if (!text.Contains('`', StringComparison.Ordinal) && !text.Contains("~~~", StringComparison.Ordinal))
            return text;
        var plain = text.ToCharArray();
        Blocks(plain);
        Spans(plain);
        return new string(plain);
    }

    private static void Blocks(Span<char> text)
    {
        var fence = default((char Mark, int Length));
        for (var at = 0; at < text.Length;)
        {
            var end = text[at..].IndexOf('\n') is var line and >= 0 ? at + line + 1 : text.Length;
            var here = Fence(text[at..end], out var isBare);
            if (fence.Length > 0)
            {
                text[at..end].Replace('@', ' ');
                if (isBare && here.Mark == fence.Mark && here.Length >= fence.Length)
                    fence = default;
                // What was a fence is no run of a span.
                text[at..end].Replace('`', ' ');
            }
            else if (here.Length > 0)
            {
                fence = here;
                text[at..end].Fill(' ');
            }

            at = end;
        }
    }

    /// <summary>Three or more marks after at most three blanks; bare when nothing follows.</summary>
    private static (char Mark, int Length) Fence(ReadOnlySpan<char> line, out bool isBare)
    {
        var rest = line.TrimStart(' ');
        isBare = false;
        if (line.Length - rest.Length > 3 || rest.Length < 3 || rest[0] is not ('`' or '~'))
            return default;
        var mark = rest[0];
        var length = rest.IndexOfAnyExcept(mark) is var other and >= 0 ? other : rest.Length;
        isBare = rest[length..].IsWhiteSpace();
        // A backtick behind backticks makes the line a span, not a fence.
        return length < 3 || (mark == '`' && rest[length..].Contains('`')) ? default : (mark, length);
    }

    private static void Spans(Span<char> text)
    {
        var runs = new List<(int At, int Length)>();
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] != '`')
                continue;
            var length = text[at..].IndexOfAnyExcept('`') is var other and >= 0 ? other : text.Length - at;
            runs.Add((at, length));
            at += length;
        }

        // Which run closes which: the next of its length, found from behind.
        var closing = new int[runs.Count];
        var next = new Dictionary<int, int>();
        for (var i = runs.Count - 1; i >= 0; i--)
        {
            closing[i] = next.GetValueOrDefault(runs[i].Length, -1);
            next[runs[i].Length] = i;
        }

        for (var i = 0; i < runs.Count; i++)
        {
            if (closing[i] < 0)
                continue;
            text[runs[i].At..runs[closing[i]].At].Fill(' ');
            i = closing[i];
        }
    }
}
