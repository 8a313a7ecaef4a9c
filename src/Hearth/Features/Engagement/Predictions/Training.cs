namespace Hearth.Features.Engagement.Predictions;

/// <summary>A trained model and how it did on the weeks that it had not seen.</summary>
internal sealed record Model(
    string Kind, DateOnly Until, int Examples, int HeldOut, int HeldOutWeeks, double Error, double NaiveError, bool Served, double[] Weights);

/// <summary>
/// Trains from people's weekly engagements. Each person and week is an example: eight weeks before it, what came after. The last two
/// thirteenths of the weeks are held out to measure the error; then the model that is kept learns from all of them.
/// </summary>
internal static class Training
{
    public const string Engagements = "engagements";
    public const string Leaving = "leaving";

    /// <summary>How many weeks ahead leaving looks.</summary>
    public const int LeavingWeeks = 4;
    private const int LeastExamples = 100;
    private const double Penalty = 1;

    /// <param name="people">Each person's engagements by week, all of the same length, the latest last.</param>
    /// <param name="until">The last day of the last week.</param>
    public static IEnumerable<Model> Train(IReadOnlyList<int[]> people, DateOnly until)
    {
        if (people.Count == 0)
            yield break;
        var heldOut = people[0].Length * 2 / 13;
        if (Measured(Engagements, 1, heldOut, Examples(people, 1, weeks => Math.Log(1 + weeks[0])), until) is { } engagements)
            yield return engagements;
        if (Measured(Leaving, LeavingWeeks, heldOut, Examples(people, LeavingWeeks, weeks => weeks.ContainsAnyExcept(0) ? 0 : 1), until) is { } leaving)
            yield return leaving;
    }

    /// <summary>What a model says of someone with these last eight weeks.</summary>
    public static double Predict(string kind, double[] weights, ReadOnlySpan<int> weeks)
    {
        var sum = Algebra.Dot(Features.Of(weeks), weights);
        return kind == Leaving ? Algebra.Sigmoid(sum) : Math.Max(0, Math.Exp(sum) - 1);
    }

    private static Model? Measured(string kind, int ahead, int heldOut, List<Example> examples, DateOnly until)
    {
        // What is learned from ends before the first of the weeks that are held out begins.
        var kept = examples.FindAll(example => example.WeeksAgo >= heldOut + ahead - 1);
        var unseen = examples.FindAll(example => example.WeeksAgo < heldOut);
        if (kept.Count < LeastExamples || unseen.Count < LeastExamples)
            return null;
        var weights = Fit(kind, kept);
        var error = unseen.Average(example => Loss(kind, Predict(kind, weights, example.Weeks), example.Target));
        var naive = unseen.Average(example => Loss(kind, Repeated(kind, example.Weeks), example.Target));
        return new Model(kind, until, examples.Count, unseen.Count, heldOut, error, naive, error < naive, Fit(kind, examples));
    }

    private static double[] Fit(string kind, List<Example> examples)
    {
        var rows = examples.ConvertAll(example => Features.Of(example.Weeks));
        var targets = examples.ConvertAll(example => example.Target);
        return kind == Leaving ? Algebra.Logistic(rows, targets, Penalty) : Algebra.Ridge(rows, targets, Penalty);
    }

    /// <summary>The naive guess: last week repeats; who did nothing in it leaves.</summary>
    private static double Repeated(string kind, int[] weeks) => kind == Leaving ? (weeks[^1] == 0 ? 1 : 0) : weeks[^1];

    /// <summary>How far off: engagements in engagements, a risk by Brier's square.</summary>
    private static double Loss(string kind, double said, double target) =>
        kind == Leaving ? (said - target) * (said - target) : Math.Abs(said - (Math.Exp(target) - 1));

    /// <summary>Only who did something in the eight weeks is worth a guess.</summary>
    private static List<Example> Examples(IReadOnlyList<int[]> people, int ahead, Func<ReadOnlySpan<int>, double> target)
    {
        var examples = new List<Example>();
        foreach (var person in people)
        {
            for (var end = Features.Weeks; end + ahead <= person.Length; end++)
            {
                var weeks = person[(end - Features.Weeks)..end];
                if (weeks.AsSpan().ContainsAnyExcept(0))
                    examples.Add(new Example(weeks, target(person.AsSpan(end, ahead)), person.Length - ahead - end));
            }
        }

        return examples;
    }

    private sealed record Example(int[] Weeks, double Target, int WeeksAgo);
}
