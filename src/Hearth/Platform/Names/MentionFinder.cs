using System.Text;

namespace Hearth.Platform;

/// <summary>A name found in a text, and the words around it.</summary>
internal sealed record Mentioned(string Name, string Context);

/// <summary>
/// Finds <c>@name</c> in a text: names may have dots, hyphens and letters of any script. Not in e-mail addresses, and not
/// in code (<see cref="CodeSpans"/>). Reads the text once, whatever it is.
/// </summary>
internal static class MentionFinder
{
    /// <summary>More names than anyone writes to; a text that goes on is spam.</summary>
    public const int Most = 50;

    private const int Longest = 150;
    private const int Around = 60;

    /// <returns>Each name once, as written, in their order. A full stop that ends a sentence is no part of a name.</returns>
    public static IReadOnlyList<Mentioned> Find(string text)
    {
        if (!text.Contains('@', StringComparison.Ordinal))
            return [];
        var plain = CodeSpans.Blank(text);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var found = new List<Mentioned>();
        for (var at = plain.IndexOf('@'); at >= 0 && found.Count < Most; at = plain.IndexOf('@', at + 1))
        {
            var length = IsInsideWord(plain, at) ? 0 : NameLength(plain.AsSpan(at + 1), Emphasis(plain, at));
            if (length == 0)
                continue;
            var name = text.Substring(at + 1, length);
            if (seen.Add(Usernames.Key(name)))
                found.Add(new Mentioned(name, Context(text, at, length + 1)));
        }

        return found;
    }

    /// <summary>
    /// Behind a letter, a digit, or what e-mail addresses, paths and queries are made of. No address has a full stop before its @, or begins with
    /// dashes and underscores: <c>rye.@amina</c> and <c>_@amina_</c> name somebody.
    /// </summary>
    private static bool IsInsideWord(string text, int at)
    {
        if (at > 0 && text[at - 1] == '.')
            return false;
        var from = at;
        while (from > 0 && text[from - 1] is '_' or '-')
            from--;
        if (from == 0)
            return false;
        Rune.DecodeLastFromUtf16(text.AsSpan(0, from), out var before, out _);
        return Usernames.IsMadeOf(before) || before.Value is '+' or '@' or '/' or '=';
    }

    /// <summary>How many underscores right before a name emphasise it: as many behind it are no part of it.</summary>
    private static int Emphasis(string text, int at)
    {
        var from = at;
        while (from > 0 && text[from - 1] == '_')
            from--;
        return at - from;
    }

    private static int NameLength(ReadOnlySpan<char> text, int emphasis)
    {
        var length = 0;
        while (length < text.Length && length < Longest
            && Rune.DecodeFromUtf16(text[length..], out var rune, out var size) == System.Buffers.OperationStatus.Done
            && Usernames.IsMadeOf(rune) && (length > 0 || rune.Value is not ('.' or '-')))
            length += size;
        // An address goes on behind a second @.
        if (length < text.Length && text[length] == '@')
            return 0;
        var name = text[..length].TrimEnd(".-");
        for (; emphasis > 0 && name.EndsWith('_'); emphasis--)
            name = name[..^1];
        return name.Length;
    }

    /// <summary>The words around a name, and never half of a word.</summary>
    private static string Context(string text, int index, int length)
    {
        var from = Math.Max(0, index - Around);
        var to = Math.Min(text.Length, index + length + Around);
        while (from > 0 && from < index && !char.IsWhiteSpace(text[from - 1]))
            from++;
        while (to < text.Length && to > index + length && !char.IsWhiteSpace(text[to]))
            to--;
        return text[from..to].Trim();
    }
}
