using System.IO.Compression;
using System.Text.Json;
using Hearth.Features.Moderation.Scoring;

namespace Hearth.TrainScorer;

/// <summary>What the finished model makes of rows that training never saw, and of ordinary texts.</summary>
internal sealed class Report(TextScorer scorer, string data)
{
    private const double NaturalRate = 0.01;

    public void Print(List<Sample> heldOut, string? more)
    {
        var comments = Lines("stackexchange-small/comments.jsonl.gz", "text").ToList();
        foreach (var harm in new[] { Harm.Spam, Harm.Offensive })
            HeldOut(harm, [.. heldOut.Where(sample => sample.Origin == Sample.Home(harm))], comments);
        Console.WriteLine("Ordinary texts:");
        Ordinary("Stack Exchange comments", comments);
        Ordinary("Stack Exchange posts", [.. Lines("stackexchange-small/posts.jsonl.gz", "body_text")]);
        Ordinary("Swahili tweets", [.. Csv.Read(Path.Combine(data, "swahili-sentiment/tweets.csv.gz")).Select(row => row[3])]);
        foreach (var file in (more is null ? [] : Directory.GetFiles(more)).Order(StringComparer.Ordinal))
            Ordinary(Path.GetFileName(file), File.ReadAllLines(file));
        Speed([.. heldOut.Select(sample => sample.Text)]);
    }

    private void HeldOut(Harm harm, List<Sample> rows, List<string> ordinary)
    {
        var judged = rows.Select(row => (IsBad: row.Is(harm), Scores: scorer.Score(row.Text))).ToList();
        int hit = judged.Count(row => row.IsBad && IsFlagged(harm, row.Scores)), missed = judged.Count(row => row.IsBad) - hit;
        int alarm = judged.Count(row => !row.IsBad && IsFlagged(harm, row.Scores)), right = rows.Count - hit - missed - alarm;
        var (bad, good) = (2.0 * hit / ((2 * hit) + alarm + missed), 2.0 * right / ((2 * right) + alarm + missed));
        var sureHit = judged.Count(row => row.IsBad && row.Scores.IsSure && IsFlagged(harm, row.Scores)) / (double)(hit + missed);
        var sureAlarm = ordinary.Select(scorer.Score).Count(scores => scores.IsSure && IsFlagged(harm, scores)) / (double)ordinary.Count;
        var precision = NaturalRate * sureHit / ((NaturalRate * sureHit) + ((1 - NaturalRate) * sureAlarm));
        Console.WriteLine(FormattableString.Invariant($"""
            {harm}, {rows.Count:N0} held-out rows: precision {hit / (double)(hit + alarm):0.000}, recall {hit / (double)(hit + missed):0.000}, F1 {bad:0.000}, macro-F1 {(bad + good) / 2:0.000}
                         flagged  not flagged
              bad        {hit,7}  {missed,11}
              not bad    {alarm,7}  {right,11}
              Where it is sure: flags {sureHit:P1} of these bad rows and {sureAlarm:P3} of Stack Exchange comments:
              precision {precision:0.000} where {NaturalRate:P0} is bad. It abstains from {1 - (judged.Count(row => row.Scores.IsSure) / (double)rows.Count):P1} of the held-out rows.
            """));
    }

    private void Ordinary(string name, IReadOnlyList<string> texts)
    {
        var scores = texts.Select(scorer.Score).ToList();
        string Share(int count) => FormattableString.Invariant($"{count / (double)texts.Count:P2}");
        var doubts = scores.Where(one => !one.IsSure).GroupBy(one => one.Doubt).OrderBy(group => group.Key).Select(group => $"{group.Key} {Share(group.Count())}");
        Console.WriteLine(
            $"  {name}, {texts.Count}: flagged as spam {Share(scores.Count(one => one.IsSure && one.IsSpam))}, as offensive {Share(scores.Count(one => one.IsSure && one.IsOffensive))}; " +
            $"abstains from {Share(scores.Count(one => !one.IsSure))} ({string.Join(", ", doubts)})");
    }

    private void Speed(List<string> texts)
    {
        var longest = string.Join(' ', texts)[..20_000];
        foreach (var (name, some) in new[] { ("a held-out text", texts), ("a text of 20,000 characters", [.. Enumerable.Repeat(longest, 3_000)]) })
        {
            // The processor's time: other programs do not count.
            var before = Environment.CpuUsage.TotalTime;
            foreach (var text in some)
                scorer.Score(text);
            Console.WriteLine(FormattableString.Invariant($"{(Environment.CpuUsage.TotalTime - before).TotalMicroseconds / some.Count:0.0} µs for {name}."));
        }
    }

    private IEnumerable<string> Lines(string file, string property)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(Path.Combine(data, file)), CompressionMode.Decompress));
        while (reader.ReadLine() is { } line)
        {
            using var row = JsonDocument.Parse(line);
            yield return row.RootElement.GetProperty(property).GetString() ?? "";
        }
    }

    private static bool IsFlagged(Harm harm, Scores scores) => harm == Harm.Spam ? scores.IsSpam : scores.IsOffensive;
}
