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
    var (recall, ndcg) = Evaluation.Of(split, Scorings.Popularity(split.Train));
    Console.WriteLine($"{name,-22}{"popularity",-14}{recall,10:0.0000}{ndcg,10:0.0000}");
    foreach (var most in (int[])[NeighbourWeights.Chosen.Most, 1_000])
    {
        var watch = Stopwatch.StartNew();
        var neighbours = Neighbours.Train(split.Train, NeighbourWeights.Chosen with { Most = most }, Environment.ProcessorCount, CancellationToken.None);
        var trained = watch.Elapsed.TotalSeconds;
        watch.Restart();
        (recall, ndcg) = Evaluation.Of(split, Scorings.By(neighbours));
        var answer = watch.Elapsed.TotalMilliseconds * Environment.ProcessorCount / split.HeldOut.Count;
        Console.WriteLine($"{name,-22}{$"{most} near",-14}{recall,10:0.0000}{ndcg,10:0.0000}{trained,10:0.0} s{answer,9:0.00} ms");
    }
}
