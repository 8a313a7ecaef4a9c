namespace Hearth.Features.Moderation.Scoring;

internal enum TokenKind
{
    Word,
    Foreign,
    Number,
    Link,

    /// <summary>A link without its scheme.</summary>
    BareLink,

    /// <summary>A link that hides where it leads, or to where addresses are cheapest.</summary>
    OddLink,
    Address,
    Money,
    Exclamation,
}

/// <summary>
/// Cuts a text into words, numbers and what stands for links, addresses, money and shouting, one after the other, without memory of its
/// own beyond one word. Inside words digits and signs that stand for letters become those letters (b1tch, a$$hole), letters of other
/// scripts that look like Latin ones become these, and a letter held down counts once. Handles of people are passed over.
/// </summary>
internal ref struct WordReader(ReadOnlySpan<char> text, Span<byte> buffer)
{
    /// <summary>A longer run of letters is read as several words.</summary>
    public const int LongestWord = 32;

    private readonly ReadOnlySpan<char> text = text;
    private readonly Span<byte> buffer = buffer;
    private int at;
    private int length;
    private int plain;
    private int marked;
    private int lookalike;
    private int foreign;
    private int capitals;
    private int run;

    public TokenKind Kind { get; private set; }

    public readonly ReadOnlySpan<byte> Word => buffer[..length];

    /// <summary>Whether it has a Latin letter with an accent or the like.</summary>
    public readonly bool IsMarked => marked > 0;

    public readonly bool IsShouted => capitals >= 3 && capitals == plain;

    public readonly int Letters => plain + marked + lookalike + foreign;

    public bool Next()
    {
        while (at < text.Length)
        {
            var code = Peek(at, out var size);
            if (Scoring.Letters.IsLetter(code) || Scoring.Letters.IsDigit(code))
            {
                if (ReadWord())
                    return true;
                continue;
            }

            var next = Peek(at + size, out _);
            switch ((char)code)
            {
                case '@' when Scoring.Letters.IsPlain(next):
                    SkipHandle();
                    break;
                case '$' when Scoring.Letters.IsPlain(next):
                    return ReadWord();
                case '$':
                    at += size;
                    return Is(TokenKind.Money);
                case '!':
                    while (at < text.Length && text[at] == '!')
                        at++;
                    at += at < text.Length && Scoring.Letters.Of(text[at]) == (byte)'!' ? 1 : 0;
                    return Is(TokenKind.Exclamation);
                default:
                    at += size;
                    break;
            }
        }

        return false;
    }

    private bool Is(TokenKind kind)
    {
        Kind = kind;
        return true;
    }

    /// <summary>What stands at a place; a gap beyond the end and for half of a character.</summary>
    private readonly byte Peek(int place, out int size)
    {
        size = 1;
        if ((uint)place >= (uint)text.Length)
            return Scoring.Letters.Gap;
        var letter = text[place];
        if (!char.IsSurrogate(letter))
            return Scoring.Letters.Of(letter);
        if (!char.IsHighSurrogate(letter) || place + 1 >= text.Length || !char.IsLowSurrogate(text[place + 1]))
            return Scoring.Letters.Gap;
        size = 2;
        return Scoring.Letters.Of(letter, text[place + 1]);
    }

    /// <returns>False where it turns out to be nothing that counts.</returns>
    private bool ReadWord()
    {
        var start = at;
        length = plain = marked = lookalike = foreign = capitals = run = 0;
        while (at < text.Length && length < LongestWord)
        {
            var code = Peek(at, out var size);
            if (Scoring.Letters.IsPlain(code) && length > 0 && buffer[length - 1] != code)
            {
                // Nearly every letter comes this way.
                plain++;
                capitals += text[at] is >= 'A' and <= 'Z' ? 1 : 0;
                run = 0;
                buffer[length++] = code;
                at += size;
                continue;
            }

            if (code == Scoring.Letters.Nothing)
            {
                at += size;
                continue;
            }

            if (Scoring.Letters.IsLetter(code) || Scoring.Letters.IsDigit(code))
            {
                capitals += text[at] is >= 'A' and <= 'Z' ? 1 : 0;
                Append(code);
            }
            else if (code == (byte)'.' && HostEnds(at) is var host and > 0)
            {
                var kind = Links.IsOdd(text[start..host]) ? TokenKind.OddLink : TokenKind.BareLink;
                at = host;
                SkipToGap();
                return Is(kind);
            }
            else if (code == (byte)'@' && AddressEnds(at) is var address and > 0)
            {
                at = address;
                return Is(TokenKind.Address);
            }
            else if (code is (byte)'@' or (byte)'$' or (byte)'*' && Scoring.Letters.IsPlain(Peek(at + size, out _)))
            {
                Append(code);
            }
            else if (code == (byte)'*' && length > 0 && Peek(at + size, out _) == (byte)'*' && Scoring.Letters.IsPlain(Peek(at + 2, out _)))
            {
                Append(code);
            }
            else
            {
                break;
            }

            at += size;
        }

        if (text[at..].StartsWith("://", StringComparison.Ordinal) && Word.StartsWith("http"u8))
        {
            var host = at + 3;
            SkipToGap();
            // What one large site makes of every link says nothing about the link.
            if (text[start..at].Contains("://t.co/", StringComparison.OrdinalIgnoreCase))
                return false;
            while (host < at && text[host] is not ('/' or ':' or '?' or ')' or ']' or '"' or '>' or ','))
                host++;
            return Is(Links.IsOdd(text[start..host]) ? TokenKind.OddLink : TokenKind.Link);
        }

        return Is(Settle());
    }

    private void Append(byte code)
    {
        if (Scoring.Letters.IsPlain(code))
            plain++;
        else if (code >= Scoring.Letters.Marked)
            (marked, code) = (marked + 1, (byte)(code & 0x7F));
        else if (code is >= (byte)'A' and <= (byte)'Z')
            (lookalike, code) = (lookalike + 1, (byte)(code | 0x20));
        else if (code == Scoring.Letters.Foreign)
            foreign++;
        if (Scoring.Letters.IsPlain(code) && length > 0 && buffer[length - 1] == code)
        {
            run++;
            length -= run == 2 ? 1 : 0;
            if (run >= 2)
                return;
        }
        else
        {
            run = 0;
        }

        buffer[length++] = code;
    }

    /// <summary>Says what the word is, and turns the signs in it that stand for letters into these.</summary>
    private readonly TokenKind Settle()
    {
        if (plain + marked == 0)
            return lookalike + foreign > 0 ? TokenKind.Foreign : TokenKind.Number;
        var last = length - 1;
        while (last > 0 && !Scoring.Letters.IsPlain(buffer[last]))
            last--;
        for (var place = 0; place < last; place++)
        {
            if ((place > 0 && Scoring.Letters.IsPlain(buffer[place - 1])) || buffer[place] == (byte)'$')
                buffer[place] = Meant(buffer[place]);
        }

        return TokenKind.Word;
    }

    private static byte Meant(byte code) => (char)code switch
    {
        '0' => (byte)'o',
        '1' => (byte)'i',
        '3' => (byte)'e',
        '4' or '@' => (byte)'a',
        '5' or '$' => (byte)'s',
        '7' => (byte)'t',
        '8' => (byte)'b',
        '9' => (byte)'g',
        _ => code,
    };

    /// <summary>Where the host of a link without a scheme ends whose first dot stands here; 0 where it is an ordinary full stop.</summary>
    private readonly int HostEnds(int dot)
    {
        var label = dot + 1;
        var end = label;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '-' or '.'))
            label = text[end++] == '.' ? end : label;
        return (Word.SequenceEqual("w"u8) && end > dot + 3) || (length >= 2 && Links.IsEnding(text[label..end])) ? end : 0;
    }

    private readonly int AddressEnds(int sign)
    {
        var end = sign + 1;
        var dots = 0;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '-' or '_' or '.'))
            dots += text[end++] == '.' ? 1 : 0;
        return dots > 0 && end > sign + 4 ? end : 0;
    }

    private void SkipHandle()
    {
        at++;
        while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] == '_'))
            at++;
    }

    private void SkipToGap()
    {
        while (at < text.Length && !char.IsWhiteSpace(text[at]))
            at++;
    }
}
