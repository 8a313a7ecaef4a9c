using System.Globalization;
using System.Text;

namespace Hearth.Platform;

/// <summary>What the names of accounts are made of, and the form in which two of them are compared.</summary>
internal static class Usernames
{
    /// <summary>Scripts whose letters are drawn alike: a name that mixes them looks like somebody else's.</summary>
    private static readonly (int From, int To, char Script)[] Alike =
    [
        ('A', 'z', 'L'), (0x00AA, 0x024F, 'L'), (0x0250, 0x02AF, 'L'), (0x1E00, 0x1EFF, 'L'), (0x2C60, 0x2C7F, 'L'), (0xA720, 0xA7FF, 'L'),
        (0x0370, 0x03FF, 'G'), (0x1F00, 0x1FFF, 'G'),
        (0x0400, 0x052F, 'C'), (0x1C80, 0x1C8F, 'C'), (0xA640, 0xA69F, 'C'),
        (0x0530, 0x058F, 'A'),
        (0x13A0, 0x13FF, 'K'), (0xAB70, 0xABBF, 'K'),
    ];

    /// <summary>Letters and digits of any script with their marks, and <c>. - _</c>.</summary>
    public static bool IsMadeOf(Rune rune) => (Rune.IsLetterOrDigit(rune) && !IsBlank(rune)) || rune.Value is '_' or '.' or '-' || IsMark(rune);

    public static bool IsWellFormed(string name)
    {
        var first = true;
        var script = '\0';
        foreach (var rune in name.EnumerateRunes())
        {
            if (!IsMadeOf(rune) || (first && IsMark(rune)))
                return false;
            first = false;
            if (ScriptOf(rune) is not { } its)
                continue;
            if (script != '\0' && script != its)
                return false;
            script = its;
        }

        return !first;
    }

    /// <summary>As a name is kept: one way to write it, whatever keyboard it came from.</summary>
    public static string Normal(string name) => IsWhole(name) ? name.Normalize(NormalizationForm.FormKC) : name;

    /// <summary>As names are compared: without case.</summary>
    public static string Key(string name) => Normal(name.Trim()).ToLowerInvariant();

    private static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    /// <summary>Letters by their category that show nothing.</summary>
    private static bool IsBlank(Rune rune) => rune.Value is 0x115F or 0x1160 or 0x3164 or 0xFFA0;

    private static char? ScriptOf(Rune rune)
    {
        if (!Rune.IsLetter(rune))
            return null;
        foreach (var (from, to, script) in Alike)
        {
            if (rune.Value >= from && rune.Value <= to)
                return script;
        }

        return null;
    }

    /// <summary>Half of a surrogate pair has no normal form.</summary>
    private static bool IsWhole(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (!char.IsSurrogate(text[at]))
                continue;
            if (!char.IsSurrogatePair(text, at))
                return false;
            at++;
        }

        return true;
    }
}
