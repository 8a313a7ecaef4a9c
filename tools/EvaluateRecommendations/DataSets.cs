using System.Globalization;
using System.IO.Compression;
using Hearth.Features.Recommendations.Engine;

namespace Hearth.EvaluateRecommendations;

/// <summary>Reads the data sets as their README files say.</summary>
internal static class DataSets
{
    /// <summary>Seconds.</summary>
    private const double HalfLife = 7 * 86_400;

    /// <summary>The split as published.</summary>
    public static Split Gowalla(string folder)
    {
        var train = Pairs(Path.Combine(folder, "train.csv.gz"));
        var test = Pairs(Path.Combine(folder, "test.csv.gz"));
        var all = train.Concat(test).ToList();
        var people = all.Max(pair => pair.Person) + 1;
        var items = all.Max(pair => pair.Item) + 1;
        return new Split(TasteMatrix.Of(train, people, items), HeldOut(test));
    }

    /// <summary>
    /// The first 80,000 ratings in time to learn from, the rest to test. Liked is what is rated above 5; asked are the people of whom both
    /// parts know something liked, and for films that the first part has.
    /// </summary>
    public static Split MovieTweetings(string folder)
    {
        var rows = Lines(Path.Combine(folder, "ratings.csv.gz"))
            .Select(cells => (Person: Number(cells[0]), Item: cells[1], Rating: Number(cells[2]), At: long.Parse(cells[3], CultureInfo.InvariantCulture)))
            .OrderBy(row => row.At).ThenBy(row => row.Person).ThenBy(row => row.Item, StringComparer.Ordinal)
            .ToList();
        var items = new Dictionary<string, int>(StringComparer.Ordinal);
        var train = rows.Take(80_000).Where(row => row.Rating > 5).Select(row => (row.Person, Item: Of(items, row.Item), row.At)).ToList();
        var end = train.Max(pair => pair.At);
        var heat = new float[items.Count];
        foreach (var pair in train)
            heat[pair.Item] += (float)Math.Pow(2, -(end - pair.At) / HalfLife);
        var known = train.Select(pair => pair.Person).ToHashSet();
        var test = rows.Skip(80_000)
            .Where(row => row.Rating > 5 && known.Contains(row.Person) && items.ContainsKey(row.Item))
            .Select(row => (row.Person, items[row.Item]));
        return new Split(TasteMatrix.Of(train.Select(pair => (pair.Person, pair.Item)), rows.Max(row => row.Person) + 1, items.Count), HeldOut(test)) { Heat = heat };
    }

    private static Dictionary<int, int[]> HeldOut(IEnumerable<(int Person, int Item)> pairs) =>
        pairs.GroupBy(pair => pair.Person).ToDictionary(group => group.Key, group => group.Select(pair => pair.Item).Distinct().ToArray());

    private static List<(int Person, int Item)> Pairs(string path) => [.. Lines(path).Select(cells => (Number(cells[0]), Number(cells[1])))];

    private static IEnumerable<string[]> Lines(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
            yield return line.Split(',');
    }

    /// <returns>The name's number; a new name gets the next.</returns>
    private static int Of(Dictionary<string, int> numbers, string name)
    {
        numbers.TryAdd(name, numbers.Count);
        return numbers[name];
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
