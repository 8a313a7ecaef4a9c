using Hearth.Features.Moderation.Scoring;

namespace Hearth.TrainScorer;

/// <summary>The weights of one judgement, its calibration and its limits.</summary>
internal sealed record Trained(double[] Weights, double Slope, double Offset, double Limit, double SafeLimit);

/// <summary>How one judgement is taught: found by cross-validation on the training rows.</summary>
/// <param name="Cost">What a mistake costs against the size of the weights.</param>
/// <param name="IsSharpened">Whether features count by how unevenly the two kinds of rows have them (Wang and Manning, ACL 2012): pays where bad rows are few.</param>
/// <param name="SafeLimit">At most one in a thousand ordinary rows lies above, in cross-validation.</param>
internal sealed record Lesson(Harm Harm, double Cost, bool IsSharpened, double SafeLimit)
{
    public static readonly Lesson Spam = new(Harm.Spam, 0.3, true, 0.99);
    public static readonly Lesson Offensive = new(Harm.Offensive, 1, false, 0.9);
}

/// <summary>Trains one judgement: weights from all training rows, calibration and limit from rows that a fifth of the training left out.</summary>
internal sealed class Teacher(List<Sample> training, Vectors vectors, Lesson lesson)
{
    private const double OtherOrigin = 0.3;
    private const double OwnOrigin = 0.5;

    private readonly bool[] isBad = [.. training.Select(sample => sample.Is(lesson.Harm))];
    private readonly Origin home = Sample.Home(lesson.Harm);

    public Trained Train()
    {
        var costs = training.Select(Cost).ToArray();
        var values = new double[training.Count];
        for (var fold = 0; fold < Corpus.Folds; fold++)
        {
            var weights = Weights([.. costs.Select((cost, row) => training[row].Fold == fold ? 0 : cost)]);
            for (var row = 0; row < values.Length; row++)
            {
                if (training[row].Fold == fold)
                    values[row] = Machine.Value(weights, vectors.All[row]);
            }
        }

        var judged = Enumerable.Range(0, values.Length).Where(row => training[row].Origin == home).Select(row => (values[row], isBad[row])).ToList();
        var (slope, offset) = Calibration.Fit(judged);
        var (limit, f1) = Limits.Best(judged.Select(row => (Calibration.Chance((slope * row.Item1) + offset), row.Item2)), lesson.Harm == Harm.Offensive);
        Console.WriteLine(FormattableString.Invariant($"{lesson.Harm}: cross-validation on the training rows gives F1 {f1:0.000} at the limit {limit:0.000}."));
        return new Trained(Weights(costs), slope, offset, limit, Math.Max(limit, lesson.SafeLimit));
    }

    private double Cost(Sample sample) => lesson.Cost * (sample.Origin == home ? 1 : sample.Origin == Origin.Own ? OwnOrigin : OtherOrigin);

    private double[] Weights(double[] costs)
    {
        if (!lesson.IsSharpened)
            return Machine.Train(vectors.All, isBad, costs, vectors.Hashes.Length);
        var sharpness = Sharpness(costs);
        var rows = vectors.All.Select(row => row with { Values = [.. row.Values.Select((value, at) => (float)(value * sharpness[row.Features[at]]))] }).ToArray();
        var weights = Machine.Train(rows, isBad, costs, sharpness.Length);
        for (var feature = 0; feature < sharpness.Length; feature++)
            weights[feature] *= sharpness[feature];
        return weights;
    }

    /// <summary>Of each feature the size of the logarithm of its share among bad rows over its share among the others.</summary>
    private double[] Sharpness(double[] costs)
    {
        var counts = new[] { new double[vectors.Hashes.Length], new double[vectors.Hashes.Length] };
        var totals = new double[2];
        for (var row = 0; row < costs.Length; row++)
        {
            var kind = isBad[row] ? 1 : 0;
            totals[kind] += costs[row];
            foreach (var feature in vectors.All[row].Features)
                counts[kind][feature] += costs[row];
        }

        return [.. counts[0].Select((good, feature) => Math.Abs(Rounded(Math.Log((counts[1][feature] + 1) / (totals[1] + 2) * ((totals[0] + 2) / (good + 1))))))];
    }

    /// <summary>The library's logarithm may differ in the last bits from machine to machine.</summary>
    private static double Rounded(double value) => Math.Round(value * 65536) / 65536;
}
