using System.Text;

namespace Hearth.TrainScorer;

/// <summary>Texts written for Hearth, each line a pattern in which <c>{a|b}</c> is either.</summary>
internal static class OwnTexts
{
    /// <returns>Texts made from each line, with the number of the line.</returns>
    public static IEnumerable<(string Text, int Line)> Read(string file, int perLine)
    {
        var chance = new Chance(5);
        var lines = Resource(file).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        for (var line = 0; line < lines.Length; line++)
        {
            var made = new HashSet<string>(StringComparer.Ordinal);
            for (var tried = 0; tried < perLine; tried++)
            {
                if (Expand(lines[line], chance) is var text && made.Add(text))
                    yield return (text, line);
            }
        }
    }

    public static string Resource(string file)
    {
        using var stream = typeof(OwnTexts).Assembly.GetManifestResourceStream(file) ?? throw new InvalidOperationException($"There is no {file}.");
        return new StreamReader(stream, Encoding.UTF8).ReadToEnd();
    }

    /// <summary>One vowel of one of the longer words is hidden behind a star, as people do who know what they write.</summary>
    public static string Starred(string text, Chance chance)
    {
        var letters = text.ToCharArray();
        for (var tried = 0; tried < 60; tried++)
        {
            var place = chance.Below(letters.Length);
            if (place > 0 && place + 2 < letters.Length && "aeiou".Contains(letters[place], StringComparison.Ordinal)
                && char.IsAsciiLetter(letters[place - 1]) && char.IsAsciiLetter(letters[place + 1]) && char.IsAsciiLetter(letters[place + 2]))
            {
                letters[place] = '*';
                break;
            }
        }

        return new string(letters);
    }

    private static string Expand(string pattern, Chance chance)
    {
        var text = new StringBuilder();
        for (var at = 0; at < pattern.Length; at++)
        {
            if (pattern[at] != '{')
            {
                text.Append(pattern[at]);
                continue;
            }

            var end = pattern.IndexOf('}', at);
            var choices = pattern[(at + 1)..end].Split('|');
            text.Append(choices[chance.Below(choices.Length)]);
            at = end;
        }

        return text.ToString();
    }
}
