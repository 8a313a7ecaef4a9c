using System.Globalization;
using System.Text;

namespace Hearth.Features.Moderation.Scoring;

/// <summary>
/// What a character counts as, in one byte: a plain letter (a-z), a Latin letter with a mark (a-z with the high bit), a letter of
/// another script that looks like a Latin one (A-Z), a digit, a sign that means something to spam, a foreign letter, a gap, or nothing
/// (marks, joiners and other invisible characters, apostrophes). So case, accents, zalgo, wide and mathematical letters fold away.
/// </summary>
internal static class Letters
{
    public const byte Nothing = 0;
    public const byte Foreign = 1;
    public const byte Gap = (byte)' ';
    public const byte Marked = 0x80;

    private const string Signs = "!@*./:#%$";
    private const string Lookalikes =
        "\u0430a\u0435e\u043eo\u0440p\u0441c\u0443y\u0445x\u0456i\u0458j\u0455s\u04bbh\u0501d\u051bq\u051dw\u043ak\u043cm\u0442t\u043dh\u0432b" +
        "\u0410a\u0412b\u0415e\u041ak\u041cm\u041dh\u041eo\u0420p\u0421c\u0422t\u0425x\u0423y\u0406i\u0408j\u0405s" +
        "\u03bfo\u03b1a\u03bdv\u03c1p\u03b5e\u03b9i\u03bak\u03c5u\u03c7x\u03c4t\u0391a\u0392b\u0395e\u0396z\u0397h\u0399i\u039ak\u039cm\u039dn\u039fo\u03a1p\u03a4t\u03a5y\u03a7x";

    private const string WithoutDecomposition = "\u00dfs\u00f8o\u00d8o\u0111d\u0110d\u0142l\u0141l\u0131i\u00e6a\u00c6a\u0153o\u0152o\u00fet\u00ded\u00f0d\u00d0d\u0127h\u0259e\u0257d\u0253b\u0199k\u0272n\u014bn\u0254o\u025be";

    private const int MathFirst = 0x1D400;
    private const int MathLast = 0x1D7FF;
    private const int BoxedFirst = 0x1F130;
    private const int BoxedLast = 0x1F189;

    private static readonly byte[] Plane = MakePlane();
    private static readonly byte[] Fancy = [.. Enumerable.Range(MathFirst, MathLast - MathFirst + 1).Select(Folded)];

    public static byte Of(char letter) => Plane[letter];

    /// <summary>Of a character outside the first plane, which takes two chars.</summary>
    public static byte Of(char high, char low)
    {
        var point = char.ConvertToUtf32(high, low);
        return point switch
        {
            >= MathFirst and <= MathLast => Fancy[point - MathFirst],
            >= BoxedFirst and <= BoxedLast => (byte)('a' + ((point - BoxedFirst) % 32 % 26)),
            >= 0x20000 and < 0xE0000 => Foreign,
            >= 0xE0000 => Nothing,
            _ => Gap,
        };
    }

    public static bool IsLetter(byte code) => IsPlain(code) || code is Foreign or (>= (byte)'A' and <= (byte)'Z') or >= Marked;

    public static bool IsPlain(byte code) => code is >= (byte)'a' and <= (byte)'z';

    public static bool IsDigit(byte code) => code is >= (byte)'0' and <= (byte)'9';

    private static byte[] MakePlane()
    {
        var plane = new byte[char.MaxValue + 1];
        for (var at = 0; at < plane.Length; at++)
            plane[at] = ByCategory((char)at);
        foreach (var (first, last) in new[] { (0xC0, 0x24F), (0x1E00, 0x1EFF) })
        {
            for (var at = first; at <= last; at++)
            {
                if (Folded(at) is var letter && IsPlain(letter))
                    plane[at] = (byte)(letter | Marked);
            }
        }

        foreach (var (first, last) in new[] { (0x2B0, 0x2B8), (0x1D2C, 0x1D6A), (0x2070, 0x209C), (0x2100, 0x214F), (0x2460, 0x24FF), (0xFF01, 0xFF5E) })
        {
            for (var at = first; at <= last; at++)
                plane[at] = Folded(at);
        }

        for (var at = 0; at < WithoutDecomposition.Length; at += 2)
            plane[WithoutDecomposition[at]] = (byte)(WithoutDecomposition[at + 1] | Marked);
        for (var at = 0; at < Lookalikes.Length; at += 2)
            plane[Lookalikes[at]] = (byte)char.ToUpperInvariant(Lookalikes[at + 1]);
        return plane;
    }

    private static byte ByCategory(char letter)
    {
        if (char.IsAsciiLetterOrDigit(letter))
            return (byte)char.ToLowerInvariant(letter);
        if (Signs.Contains(letter, StringComparison.Ordinal))
            return (byte)letter;
        if (letter is '\'' or '\u2019' or '\u2018' or '`' or '\u00b4' or '\u02bc')
            return Nothing;
        if (char.IsWhiteSpace(letter))
            return Gap;
        return CharUnicodeInfo.GetUnicodeCategory(letter) switch
        {
            UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
                or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter => Foreign,
            UnicodeCategory.DecimalDigitNumber => (byte)('0' + CharUnicodeInfo.GetDecimalDigitValue(letter)),
            UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark
                or UnicodeCategory.Format or UnicodeCategory.Control => Nothing,
            UnicodeCategory.CurrencySymbol => (byte)'$',
            _ => Gap,
        };
    }

    /// <summary>The letter or digit that a character is a form of, without its marks.</summary>
    private static byte Folded(int point)
    {
        foreach (var letter in char.ConvertFromUtf32(point).Normalize(NormalizationForm.FormKD))
        {
            if (char.IsAsciiLetterOrDigit(letter))
                return (byte)char.ToLowerInvariant(letter);
            if (Signs.Contains(letter, StringComparison.Ordinal))
                return (byte)letter;
        }

        return point <= char.MaxValue ? ByCategory((char)point) : Gap;
    }
}
