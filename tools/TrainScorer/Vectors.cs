using Hearth.Features.Moderation.Scoring;

namespace Hearth.TrainScorer;

/// <summary>A text as the numbers of its features and how often it has each, over the root of how many it has: as the scorer does.</summary>
internal sealed record Vector(int[] Features, float[] Values)
{
    public static Vector Of(IEnumerable<int> features, int[] sizes)
    {
        var counts = features.GroupBy(feature => feature).OrderBy(group => group.Key).Select(group => (group.Key, Count: group.Count())).ToList();
        var root = Math.Sqrt(counts.Sum(pair => pair.Count * sizes[pair.Key]) + WeightSum.Prior);
        return new Vector([.. counts.Select(pair => pair.Key)], [.. counts.Select(pair => (float)(pair.Count * Math.Sqrt(sizes[pair.Key]) / root))]);
    }
}

/// <summary>Writes the features of a text down, of its first window only.</summary>
internal struct FeatureList() : IFeatureSink
{
    private int tokens;

    public List<uint> Words { get; } = [];

    public List<uint> All { get; } = [];

    public HashSet<uint> Parts { get; } = [];

    public static FeatureList Of(string text)
    {
        var list = new FeatureList();
        TextFeatures.Read(text, ref list);
        return list;
    }

    public readonly void Word(uint hash, int letters, bool isMarked)
    {
        Sign(hash);
        if (tokens < 2 * WeightSum.TokensPerBlock)
            Words.Add(hash);
    }

    public readonly void Part(uint hash)
    {
        Parts.Add(hash);
        Sign(hash);
    }

    public readonly void Sign(uint hash)
    {
        if (tokens < 2 * WeightSum.TokensPerBlock)
            All.Add(hash);
    }

    public readonly void Foreign(int letters)
    {
    }

    public void EndOfToken() => tokens++;

    public readonly void Break()
    {
    }
}

/// <summary>The features that enough of the training rows have, numbered, and the rows made of them.</summary>
internal sealed class Vectors
{
    private const int FewestRows = 3;

    public Vectors(IReadOnlyList<Sample> samples)
    {
        var rows = new Dictionary<uint, int>();
        var words = new HashSet<uint>();
        var parts = new HashSet<uint>();
        var lists = samples.Select(sample => FeatureList.Of(sample.Text)).ToList();
        foreach (var list in lists)
        {
            words.UnionWith(list.Words);
            parts.UnionWith(list.Parts);
            foreach (var feature in list.All.Distinct())
                rows[feature] = rows.GetValueOrDefault(feature) + 1;
        }

        Hashes = [.. rows.Where(pair => pair.Value >= FewestRows).Select(pair => pair.Key).Order()];
        Numbers = Hashes.Select((hash, number) => (hash, number)).ToDictionary(pair => pair.hash, pair => pair.number);
        Rows = [.. Hashes.Select(hash => rows[hash])];
        IsWord = [.. Hashes.Select(words.Contains)];
        Sizes = [.. Hashes.Select(hash => parts.Contains(hash) ? WeightSum.PartSize : WeightSum.WordSize)];
        All = [.. lists.Select(list => Vector.Of(list.All.Where(Numbers.ContainsKey).Select(hash => Numbers[hash]), Sizes))];
    }

    public uint[] Hashes { get; }

    public Dictionary<uint, int> Numbers { get; }

    /// <summary>How many rows have a feature, by its number.</summary>
    public int[] Rows { get; }

    public bool[] IsWord { get; }

    /// <summary>What each feature adds to the size of a text.</summary>
    public int[] Sizes { get; }

    public Vector[] All { get; }
}
