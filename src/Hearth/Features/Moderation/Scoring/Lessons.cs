namespace Hearth.Features.Moderation.Scoring;

/// <summary>What a text is judged for.</summary>
internal enum Harm : short
{
    Spam = 0,
    Offensive = 1,
}

/// <summary>
/// What reviewers' decisions have taught so far, as one unchanging table: a bias and the weights of words, folded into a few thousand
/// buckets, for each harm. A correction of the shipped log odds is bounded, and the bound itself grows from nothing with the number of
/// examples: a few of them move a text that was in the balance, and no number of them overturns what the model is certain of.
/// </summary>
internal sealed class Lessons
{
    public const int Buckets = 4096;

    /// <summary>The bucket that every text has.</summary>
    public const int Bias = Buckets;

    /// <summary>The most that a correction can come to, in log odds.</summary>
    public const double MostCorrection = 2;

    /// <summary>With so many examples half of the bound is reached.</summary>
    public const int HalfTrust = 50;

    public static readonly Lessons None = new(new float[2 * (Buckets + 1)], [0, 0]);

    private readonly float[] weights;
    private readonly long[] examples;

    public Lessons(float[] weights, long[] examples) => (this.weights, this.examples) = (weights, examples);

    public long Examples => examples[0] + examples[1];

    public static int BucketOf(uint hash) => (int)(hash >> 20);

    /// <summary>Of a word, by its hash.</summary>
    public float Weight(Harm harm, uint hash) => weights[At(harm, BucketOf(hash))];

    public float Kept(Harm harm, int bucket) => weights[At(harm, bucket)];

    /// <param name="sum">Of the weights of the words of a text.</param>
    public double Correction(Harm harm, float sum, int words) =>
        Bounded(weights[At(harm, Bias)] + (words == 0 ? 0 : sum / Math.Sqrt(words)), examples[(int)harm]);

    public static double Bounded(double correction, long examples)
    {
        var bound = MostCorrection * examples / (examples + HalfTrust);
        return Math.Clamp(correction, -bound, bound);
    }

    public static int At(Harm harm, int bucket) => ((int)harm * (Buckets + 1)) + bucket;
}
