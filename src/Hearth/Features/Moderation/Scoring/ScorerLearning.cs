using Npgsql;

namespace Hearth.Features.Moderation.Scoring;

/// <summary>How the scorer has done on what reviewers decided, as it was when they did.</summary>
/// <param name="Decisions">How many have been counted.</param>
/// <param name="Precision">Which share of what it flagged was upheld; null while it flagged nothing.</param>
/// <param name="Recall">Which share of what was upheld it had flagged; null while nothing was.</param>
/// <param name="Abstained">Which share of the decisions was about texts that it was not sure of; null without decisions.</param>
internal sealed record ScorerRecord(Harm Harm, long Decisions, double? Precision, double? Recall, double? Abstained);

/// <summary>
/// Teaches the scorer what reviewers decide: a step of logistic regression on a text's words for each decision, on top of the shipped
/// model, within the bounds of <see cref="Lessons"/>. What it has learnt lies in two tables that hold no text.
/// </summary>
internal sealed class ScorerLearning(TextScorer scorer, NpgsqlDataSource database)
{
    private const double Step = 0.5;
    private const float MostWeight = 2;

    /// <summary>
    /// Learns one decision in the transaction that makes it: that a text reported for spam, or for hate or offence, was upheld or
    /// dismissed. Scores change when <see cref="Refresh"/> has read the tables after the commit.
    /// </summary>
    public async Task Learn(NpgsqlConnection db, string text, Harm harm, bool upheld, CancellationToken ct)
    {
        await LessonStore.Lock(db, ct);
        var lessons = await LessonStore.Read(db, ct);
        var scores = scorer.Score(text, lessons);
        var flagged = harm == Harm.Spam ? scores.IsSpam : scores.IsOffensive;
        await LessonStore.Count(db, new Outcome(harm, scores.IsSure, flagged, upheld, 1), ct);
        // Towards the truth, further the more wrong it was.
        var step = Step * ((upheld ? 1 : 0) - (harm == Harm.Spam ? scores.Spam : scores.Offensive));
        var words = WordBuckets.Of(text);
        var size = Math.Sqrt(Math.Max(1, words.Values.Sum()));
        words[Lessons.Bias] = 0;
        var buckets = words.Keys.Order().ToArray();
        var weights = buckets.Select(bucket => Moved(lessons.Kept(harm, bucket), bucket == Lessons.Bias ? step : step * words[bucket] / size)).ToArray();
        await LessonStore.Keep(db, harm, [.. buckets.Select(bucket => (short)bucket)], weights, ct);
    }

    /// <summary>Lets the scorer of this node have what all nodes have learnt.</summary>
    public async Task Refresh(CancellationToken ct)
    {
        await using var db = await database.OpenConnectionAsync(ct);
        scorer.Lessons = await LessonStore.Read(db, ct);
    }

    public async Task<IReadOnlyList<ScorerRecord>> Record(CancellationToken ct)
    {
        await using var db = await database.OpenConnectionAsync(ct);
        var outcomes = await LessonStore.Outcomes(db, ct);
        return [.. new[] { Harm.Spam, Harm.Offensive }.Select(harm => Summed(harm, [.. outcomes.Where(outcome => outcome.Harm == harm)]))];
    }

    private static ScorerRecord Summed(Harm harm, List<Outcome> outcomes)
    {
        var all = outcomes.Sum(outcome => outcome.Count);
        var flagged = outcomes.Where(outcome => outcome.IsFlagged).Sum(outcome => outcome.Count);
        var upheld = outcomes.Where(outcome => outcome.IsUpheld).Sum(outcome => outcome.Count);
        var both = outcomes.Where(outcome => outcome is { IsFlagged: true, IsUpheld: true }).Sum(outcome => outcome.Count);
        var unsure = outcomes.Where(outcome => !outcome.IsSure).Sum(outcome => outcome.Count);
        return new ScorerRecord(harm, all, Share(both, flagged), Share(both, upheld), Share(unsure, all));
    }

    private static double? Share(long part, long whole) => whole == 0 ? null : part / (double)whole;

    private static float Moved(float weight, double step) => Math.Clamp((float)(weight + step), -MostWeight, MostWeight);
}

/// <summary>How often a text has a word of each bucket.</summary>
internal readonly struct WordBuckets() : IFeatureSink
{
    private readonly Dictionary<int, int> buckets = [];

    public static Dictionary<int, int> Of(string text)
    {
        var words = new WordBuckets();
        TextFeatures.Read(text, ref words);
        return words.buckets;
    }

    public void Word(uint hash, int letters, bool isMarked)
    {
        var bucket = Lessons.BucketOf(hash);
        buckets[bucket] = buckets.GetValueOrDefault(bucket) + 1;
    }

    public void Sign(uint hash)
    {
    }

    public void Part(uint hash)
    {
    }

    public void Foreign(int letters)
    {
    }

    public void EndOfToken()
    {
    }

    public void Break()
    {
    }
}
