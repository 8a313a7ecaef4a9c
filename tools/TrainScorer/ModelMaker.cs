using Hearth.Features.Moderation.Scoring;

namespace Hearth.TrainScorer;

/// <summary>Trains both judgements and packs them into the scorer's table.</summary>
internal static class ModelMaker
{
    private const int MostRoot = 127;

    public static ScorerModel Make(List<Sample> training)
    {
        var vectors = new Vectors(training);
        Console.WriteLine(FormattableString.Invariant($"{training.Count:N0} training rows, {vectors.Hashes.Length:N0} features."));
        var spam = new Teacher(training, vectors, Lesson.Spam).Train();
        var offensive = new Teacher(training, vectors, Lesson.Offensive).Train();
        return Pack(vectors, spam, offensive);
    }

    private static ScorerModel Pack(Vectors vectors, Trained spam, Trained offensive)
    {
        var marks = Languages.Marks(vectors);
        var (spamScale, offensiveScale) = (Scale(vectors, spam), Scale(vectors, offensive));
        var features = Enumerable.Range(0, vectors.Hashes.Length)
            .Select(feature => (Hash: vectors.Hashes[feature], Spam: Weight(vectors, spam, feature) / spamScale, Offensive: Weight(vectors, offensive, feature) / offensiveScale))
            .Concat(marks.Keys.Where(hash => !vectors.Numbers.ContainsKey(hash)).Select(hash => (Hash: hash, Spam: 0.0, Offensive: 0.0)));
        var table = new uint[ScorerModel.Buckets * ScorerModel.SlotsPerBucket];
        // Where a bucket is full, what says least is left out; a word that tells the language says enough.
        foreach (var (hash, spamWeight, offensiveWeight) in features
            .OrderByDescending(feature => Math.Abs(feature.Spam) + Math.Abs(feature.Offensive) + (marks.ContainsKey(feature.Hash) ? 1 : 0))
            .ThenBy(feature => feature.Hash))
        {
            var free = Array.FindIndex(
                table, (int)(hash >> 16) * ScorerModel.SlotsPerBucket, ScorerModel.SlotsPerBucket, slot => slot == 0 || slot >> 18 == ScorerModel.Print(hash));
            if (free >= 0 && table[free] == 0)
                table[free] = ScorerModel.Slot(hash, Root(spamWeight), Root(offensiveWeight), marks.GetValueOrDefault(hash));
        }

        return new ScorerModel(Judged(spam, spamScale), Judged(offensive, offensiveScale), table);
    }

    /// <summary>What one more of the feature adds; a feature of a larger size stands for itself that often.</summary>
    private static double Weight(Vectors vectors, Trained trained, int feature) => trained.Weights[feature] * Math.Sqrt(vectors.Sizes[feature]);

    private static double Scale(Vectors vectors, Trained trained) =>
        Enumerable.Range(0, vectors.Hashes.Length).Max(feature => Math.Abs(Weight(vectors, trained, feature)));

    private static int Root(double weight) => Math.Sign(weight) * (int)Math.Round(MostRoot * Math.Sqrt(Math.Abs(weight)));

    /// <summary>The machine's bias goes into the offset.</summary>
    private static Judgement Judged(Trained trained, double scale) => new(
        (float)scale,
        (float)trained.Slope,
        (float)((trained.Slope * trained.Weights[^1]) + trained.Offset),
        (float)trained.Limit,
        (float)trained.SafeLimit);
}
