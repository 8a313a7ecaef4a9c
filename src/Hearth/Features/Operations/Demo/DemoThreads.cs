using System.Globalization;
using System.Reflection;

namespace Hearth.Features.Operations.Demo;

/// <param name="Parent">The place in the thread's comments of the one it replies to; null answers the post.</param>
internal sealed record DemoComment(string Author, int? Parent, string Text);

internal sealed record DemoThread(double DaysAgo, string Author, string Title, string Content, IReadOnlyDictionary<string, string> Marks, IReadOnlyList<DemoComment> Comments)
{
    public string? Group => Marks.GetValueOrDefault("group");

    public string? Course => Marks.GetValueOrDefault("course");

    public string? Image => Marks.GetValueOrDefault("image");

    public int? Audio => Marks.TryGetValue("audio", out var number) ? int.Parse(number, CultureInfo.InvariantCulture) : null;
}

/// <summary>Reads <c>threads.txt</c>: <c>== days-ago author [key:value …] | title</c>, the text, then comments, one hyphen per depth.</summary>
internal static class DemoThreads
{
    public static IReadOnlyList<DemoThread> Read()
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("demo/threads.txt")!);
        return [.. reader.ReadToEnd().Split("== ", StringSplitOptions.RemoveEmptyEntries).Select(Thread)];
    }

    private static DemoThread Thread(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var (head, title) = Halves(lines[0], " | ");
        var words = head.Split(' ');
        return new DemoThread(
            double.Parse(words[0], CultureInfo.InvariantCulture),
            words[1],
            title,
            string.Join('\n', lines.Skip(1).TakeWhile(line => line[0] != '-')),
            words.Skip(2).Select(word => Halves(word, ":")).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal),
            Comments(lines.SkipWhile((line, i) => i == 0 || line[0] != '-')));
    }

    private static List<DemoComment> Comments(IEnumerable<string> lines)
    {
        var comments = new List<DemoComment>();
        var top = 0;
        foreach (var line in lines)
        {
            var depth = line.TakeWhile(c => c == '-').Count();
            var (author, text) = Halves(line[depth..].Trim(), ": ");
            if (depth == 1)
                top = comments.Count;
            comments.Add(new DemoComment(author, depth == 1 ? null : top, text));
        }

        return comments;
    }

    private static (string First, string Second) Halves(string text, string between)
    {
        var at = text.IndexOf(between, StringComparison.Ordinal);
        return (text[..at], text[(at + between.Length)..]);
    }
}
