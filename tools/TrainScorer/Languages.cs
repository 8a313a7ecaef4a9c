using Hearth.Features.Moderation.Scoring;

namespace Hearth.TrainScorer;

/// <summary>Tells the words of a list as the scorer meets them: folded, by their hashes.</summary>
internal static class Languages
{
    /// <summary>A short word of another language that English rows have too is English only from so many of them on.</summary>
    private const int FewestRows = 20;


    /// <returns>The marks of each word: of those that the training rows have, and of the commonest of English and of other languages.</returns>
    public static Dictionary<uint, uint> Marks(Vectors vectors)
    {
        var english = Listed(OwnTexts.Resource("english.txt")).ToHashSet();
        var foreign = Listed(OwnTexts.Resource("other-languages.txt")).ToHashSet();
        var marks = new Dictionary<uint, uint>();
        for (var feature = 0; feature < vectors.Hashes.Length; feature++)
        {
            if (vectors.IsWord[feature] && (vectors.Rows[feature] >= FewestRows || !foreign.Contains(vectors.Hashes[feature]) || english.Contains(vectors.Hashes[feature])))
                marks[vectors.Hashes[feature]] = ScorerModel.EnglishMark;
        }

        foreach (var word in english)
            marks[word] = ScorerModel.EnglishMark;
        foreach (var word in foreign)
            marks.TryAdd(word, ScorerModel.ForeignMark);
        foreach (var word in Listed(OwnTexts.Resource("english-words.txt")))
        {
            // What both have says nothing.
            if (!marks.TryAdd(word, ScorerModel.EnglishMark) && marks[word] == ScorerModel.ForeignMark)
                marks[word] = 0;
        }

        return marks.Where(mark => mark.Value != 0).ToDictionary();
    }

    private static IEnumerable<uint> Listed(string text)
    {
        var hashes = new List<uint>();
        var buffer = new byte[WordReader.LongestWord];
        foreach (var word in text.Split([' ', '\n', ':'], StringSplitOptions.RemoveEmptyEntries))
        {
            var reader = new WordReader(word, buffer);
            if (reader.Next() && reader.Kind == TokenKind.Word)
                hashes.Add(TextFeatures.HashOf(reader.Word));
        }

        return hashes;
    }
}
