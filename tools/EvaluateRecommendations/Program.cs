using System.Diagnostics;
using System.Globalization;
using Hearth.EvaluateRecommendations;
using Hearth.Features.Recommendations.Engine;

// Measures the engine that recommends. Arguments: the folder of the data sets; "tune" to choose the weights by pairs held out of Gowalla's
// training set instead, never by its test.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args.Length is < 1 or > 2 || !Directory.Exists(args[0]))
{
    Console.Error.WriteLine("usage: EvaluateRecommendations DATA [tune], where DATA has the folders gowalla-ngcf and movietweetings-100k");
    return 2;
}

var gowalla = DataSets.Gowalla(Path.Combine(args[0], "gowalla-ngcf"));
if (args.ElementAtOrDefault(1) == "tune")
{
    Tuning.Run(gowalla.Validation());
    return 0;
}

Console.WriteLine($"{"",-22}{"",-14}{"recall@20",10}{"NDCG@20",10}{"trained in",12}{"one answer",12}");
Measure("gowalla-ngcf", gowalla);
Measure("movietweetings-100k", DataSets.MovieTweetings(Path.Combine(args[0], "movietweetings-100k")));
using var process = Process.GetCurrentProcess();
Console.WriteLine($"At most {process.PeakWorkingSet64 / 1048576} MB of memory.");
return 0;

static void Measure(string name, Split split)
{
    Line(name, "popularity", Evaluation.Of(split, Scorings.Popularity(split.Train)));
    foreach (var most in (int[])[NeighbourWeights.Chosen.Most, 1_000])
    {
        var watch = Stopwatch.StartNew();
        var neighbours = Neighbours.Train(split.Train, NeighbourWeights.Chosen with { Most = most }, Environment.ProcessorCount, CancellationToken.None);
        var trained = watch.Elapsed.TotalSeconds;
        watch.Restart();
        var figures = Evaluation.Of(split, Scorings.By(neighbours));
        var answer = watch.Elapsed.TotalMilliseconds * Environment.ProcessorCount / split.HeldOut.Count;
        Line(name, $"{most} near", figures, $"{trained,10:0.0} s{answer,9:0.00} ms");
        if (split.Heat is { } heat)
            Line(name, $"{most}, lively", Evaluation.Of(split, Scorings.Lively(neighbours, split.Train, heat)));
    }

    if (split.Heat is { } now)
        Line(name, "liked lately", Evaluation.Of(split, (_, scores) => now.CopyTo(scores)));
}

static void Line(string name, string method, (double Recall, double Ndcg) figures, string times = "") =>
    Console.WriteLine($"{name,-22}{method,-14}{figures.Recall,10:0.0000}{figures.Ndcg,10:0.0000}{times}");
