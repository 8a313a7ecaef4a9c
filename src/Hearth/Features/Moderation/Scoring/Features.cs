namespace Hearth.Features.Moderation.Scoring;

/// <summary>Takes the features of a text as they are found: the scorer adds up their weights, training writes them down.</summary>
internal interface IFeatureSink
{
    /// <summary>A word, by its hash, which is a feature itself.</summary>
    void Word(uint hash, int letters, bool isMarked);

    /// <summary>A pair of words, or a sign.</summary>
    void Sign(uint hash);

    /// <summary>A part of a word.</summary>
    void Part(uint hash);

    /// <summary>A word of another script.</summary>
    void Foreign(int letters);

    /// <summary>The end of a word, a number, or whatever else counts as one.</summary>
    void EndOfToken();

    /// <summary>The text has been passed over from here on until what comes next.</summary>
    void Break();
}

/// <summary>
/// The features of a text: words, pairs of neighbours, parts of words of 3 to 5 letters with their edges, and signs (how long a
/// number is, links, addresses, money, shouting). Each is a hash; nothing is kept but the last word.
/// </summary>
internal static class TextFeatures
{
    /// <summary>Of a longer text <see cref="Passages"/> passages are read, evenly spread from its beginning to its end.</summary>
    public const int MostCharacters = 2_400;

    private const int Passages = 12;
    private const int ShortestSpelling = 4;
    private const ulong Shouted = 1UL << 40;

    public static void Read<TSink>(ReadOnlySpan<char> text, ref TSink sink)
        where TSink : struct, IFeatureSink
    {
        if (text.Length <= MostCharacters)
        {
            ReadPassage(text, ref sink);
            return;
        }

        const int length = MostCharacters / Passages;
        for (var passage = 0; passage < Passages; passage++)
        {
            var start = (int)((long)(text.Length - length) * passage / (Passages - 1));
            ReadPassage(text.Slice(start, length), ref sink);
            sink.Break();
        }
    }

    /// <summary>The hash of a folded word, which must be one as <see cref="WordReader"/> gives it.</summary>
    public static uint HashOf(ReadOnlySpan<byte> word)
    {
        var hash = 0xCBF29CE484222325UL;
        foreach (var letter in word)
            hash = (hash ^ letter) * 0x100000001B3UL;
        return Mix(hash);
    }

    private static void ReadPassage<TSink>(ReadOnlySpan<char> text, ref TSink sink)
        where TSink : struct, IFeatureSink
    {
        var reader = new WordReader(text, stackalloc byte[WordReader.LongestWord]);
        Span<byte> spelled = stackalloc byte[WordReader.LongestWord];
        var spelling = 0;
        var previous = HashOf("^"u8);
        while (reader.Next())
        {
            if (reader.Kind == TokenKind.Word && reader.Word.Length == 1)
            {
                if (spelling < spelled.Length)
                    spelled[spelling++] = reader.Word[0];
            }
            else
            {
                Spelled(spelled[..spelling], ref sink);
                spelling = 0;
            }

            previous = Token(ref reader, previous, ref sink);
            sink.EndOfToken();
        }

        Spelled(spelled[..spelling], ref sink);
    }

    private static uint Token<TSink>(ref WordReader reader, uint previous, ref TSink sink)
        where TSink : struct, IFeatureSink
    {
        if (reader.Kind == TokenKind.Foreign)
        {
            sink.Foreign(reader.Letters);
            return previous;
        }

        uint hash;
        if (reader.Kind == TokenKind.Word)
        {
            hash = HashOf(reader.Word);
            sink.Word(hash, reader.Word.Length, reader.IsMarked);
            Parts(reader.Word, ref sink);
            if (reader.IsShouted)
            {
                sink.Sign(HashOf("^shouted"u8));
                sink.Sign(Mix(hash + Shouted));
            }
        }
        else
        {
            if (reader.Kind == TokenKind.Number)
                sink.Sign(HashOf([(byte)'^', (byte)'1', (byte)Math.Min(reader.Word.Length, 12), reader.Word[0], reader.Word.Length > 1 ? reader.Word[1] : (byte)0]));
            ReadOnlySpan<byte> name = reader.Kind switch
            {
                TokenKind.Number => [(byte)'^', (byte)'0', (byte)Math.Min(reader.Word.Length, 12)],
                TokenKind.Link => "^link"u8,
                TokenKind.BareLink => "^bare"u8,
                TokenKind.OddLink => "^odd"u8,
                TokenKind.Address => "^address"u8,
                TokenKind.Money => "^money"u8,
                _ => "^!"u8,
            };
            hash = HashOf(name);
            sink.Sign(hash);
        }

        sink.Sign(Mix(((ulong)previous << 32) | hash));
        return hash;
    }

    /// <summary>A word spelled letter by letter is read as that word too.</summary>
    private static void Spelled<TSink>(ReadOnlySpan<byte> letters, ref TSink sink)
        where TSink : struct, IFeatureSink
    {
        if (letters.Length < ShortestSpelling)
            return;
        sink.Word(HashOf(letters), letters.Length, isMarked: false);
        Parts(letters, ref sink);
        sink.EndOfToken();
    }

    private static void Parts<TSink>(ReadOnlySpan<byte> word, ref TSink sink)
        where TSink : struct, IFeatureSink
    {
        // The last five bytes of "^word$", the newest lowest.
        var window = (ulong)'^';
        for (var place = 0; place <= word.Length; place++)
        {
            window = ((window << 8) | (place < word.Length ? word[place] : (byte)'$')) & 0xFF_FFFF_FFFF;
            if (place >= 1)
                sink.Part(Mix((window & 0xFF_FFFF) | (3UL << 56)));
            if (place >= 2)
                sink.Part(Mix((window & 0xFFFF_FFFF) | (4UL << 56)));
            if (place >= 3)
                sink.Part(Mix(window | (5UL << 56)));
        }
    }

    private static uint Mix(ulong value)
    {
        value = (value ^ (value >> 29)) * 0x9E3779B97F4A7C15UL;
        value = (value ^ (value >> 32)) * 0xD6E8FEB86659FD93UL;
        return (uint)(value >> 32);
    }
}
