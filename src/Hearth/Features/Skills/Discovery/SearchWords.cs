using System.Text.RegularExpressions;
using Hearth.Database;
using Npgsql;

namespace Hearth.Features.Skills;

/// <summary>
/// What a search asks for, as PostgreSQL takes it: every word, or what a word that no skill has may have been meant as. A word is known
/// by the list of all words that skills ever had; a misspelt one stands for the nearest of them, and for what begins like it.
/// </summary>
internal static partial class SearchWords
{
    private const int MostWords = 12;
    private const int MostMeanings = 5;

    // The index hands out what shares a fifth of its letter triples; how near a word is, is counted in letters then.
    private const string AlikeSql =
        """
        -- skills.words_alike
        select t.word, a.word
          from unnest($1::text[]) as t (word)
          cross join lateral (
            select k.word from skill_words k where k.word % t.word and length(k.word) between length(t.word) - 2 and length(t.word) + 2
             order by similarity(k.word, t.word) desc, k.word limit 40) a
        """;

    private const string KnownSql =
        """
        -- skills.words_known
        select word from skill_words where word = any($1)
        """;

    private const string ThresholdSql = "select set_config('pg_trgm.similarity_threshold', '0.2', true)";

    /// <summary>The words of a text, in small letters, each once.</summary>
    public static string[] Of(string text) =>
        [.. Words().Matches(text.ToLowerInvariant()).Select(match => match.Value).Where(word => word.Length <= 40).Distinct(StringComparer.Ordinal).Take(MostWords)];

    /// <param name="db">An open connection.</param>
    /// <param name="words">What is asked for.</param>
    /// <param name="guess">Whether words that skills do have are guessed about as well: nothing that the reader may see has them all.</param>
    /// <param name="ct">Ends it.</param>
    public static async Task<SearchQuery> Query(NpgsqlConnection db, string[] words, bool guess, CancellationToken ct)
    {
        var known = guess ? [] : await Known(db, words, ct);
        var unknown = words.Where(word => word.Length >= 3 && !known.Contains(word)).ToArray();
        var meanings = unknown.Length == 0 ? [] : await Meanings(db, unknown, ct);
        return new SearchQuery(Text(""), Text("AB"));

        string Text(string weights) => string.Join(" & ", words.Select(word => unknown.Contains(word)
            ? $"({string.Join(" | ", meanings[word].Select(meaning => $"'{meaning}':{weights}").Prepend($"'{word}':*{weights}"))})"
            : $"'{word}':{weights}"));
    }

    /// <summary>How many letters are to be added, dropped, changed or swapped with their neighbour.</summary>
    public static int Distance(string one, string other)
    {
        var (before, last, now) = (new int[other.Length + 1], new int[other.Length + 1], new int[other.Length + 1]);
        for (var j = 0; j <= other.Length; j++)
            last[j] = j;
        for (var i = 1; i <= one.Length; i++)
        {
            now[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var change = last[j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1);
                now[j] = Math.Min(change, Math.Min(last[j], now[j - 1]) + 1);
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                    now[j] = Math.Min(now[j], before[j - 2] + 1);
            }

            (before, last, now) = (last, now, before);
        }

        return last[other.Length];
    }

    private static async Task<HashSet<string>> Known(NpgsqlConnection db, string[] words, CancellationToken ct)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        await using var command = Sql.Command(db, KnownSql, Sql.Value(words));
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
            known.Add(row.GetString(0));
        return known;
    }

    /// <summary>For each word those that are nearest, if they are near at all.</summary>
    private static async Task<Dictionary<string, List<string>>> Meanings(NpgsqlConnection db, string[] words, CancellationToken ct)
    {
        var near = words.ToDictionary(word => word, _ => new List<(string Word, int Distance)>(), StringComparer.Ordinal);
        await using var batch = new NpgsqlBatch(db)
        {
            BatchCommands = { new NpgsqlBatchCommand(ThresholdSql), new NpgsqlBatchCommand(AlikeSql) { Parameters = { Sql.Value(words) } } },
        };
        await using var row = await batch.ExecuteReaderAsync(ct);
        await row.NextResultAsync(ct);
        while (await row.ReadAsync(ct))
        {
            var (word, other) = (row.GetString(0), row.GetString(1));
            if (word != other && Distance(word, other) is var distance && distance <= (word.Length < 6 ? 1 : 2))
                near[word].Add((other, distance));
        }

        return near.ToDictionary(
            one => one.Key,
            one => one.Value.OrderBy(other => other.Distance).TakeWhile(other => other.Distance == one.Value.Min(least => least.Distance))
                .Select(other => other.Word).Take(MostMeanings).ToList(),
            StringComparer.Ordinal);
    }

    [GeneratedRegex(@"[\p{L}\p{M}\p{N}]+", RegexOptions.None, 1000)]
    private static partial Regex Words();
}
