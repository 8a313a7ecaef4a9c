using System.Globalization;
using System.Reflection;

namespace Hearth.Features.Operations.Demo;

/// <param name="Parent">The place in the skill's comments of the one it replies to; null answers the skill.</param>
internal sealed record DemoRemark(string Author, int? Parent, string Text);

/// <summary>What somebody adds to a day of a skill.</summary>
internal sealed record DemoTask(string Author, int Day, string Title, string Description);

internal sealed record DemoDay(int Day, string Title, IReadOnlyList<string> Tasks);

internal sealed record DemoSkill(
    string Author,
    string Category,
    string Difficulty,
    IReadOnlyList<string> Tags,
    string Title,
    string Description,
    IReadOnlyList<DemoDay> Days,
    IReadOnlyList<DemoRemark> Remarks,
    IReadOnlyList<DemoTask> Tasks);

/// <summary>
/// Reads <c>skills.txt</c>: <c>== author category difficulty tag,tag | title</c>, the text, days as <c># number title</c> with a <c>*</c> before each
/// task, then comments, one hyphen per depth, and tasks of others as <c>+ author day title: how</c>.
/// </summary>
internal static class DemoSkillTexts
{
    public static IReadOnlyList<DemoSkill> Read()
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("demo/skills.txt")!);
        return [.. reader.ReadToEnd().Split("== ", StringSplitOptions.RemoveEmptyEntries).Select(Skill)];
    }

    private static DemoSkill Skill(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var (head, title) = Halves(lines[0], " | ");
        var words = head.Split(' ');
        var days = new List<DemoDay>();
        var remarks = new List<DemoRemark>();
        var tasks = new List<DemoTask>();
        var top = 0;
        foreach (var line in lines.Skip(2))
        {
            var (mark, rest) = Halves(line, " ");
            switch (mark)
            {
                case "#":
                    var (day, name) = Halves(rest, " ");
                    days.Add(new DemoDay(Number(day), name, []));
                    break;
                case "*":
                    days[^1] = days[^1] with { Tasks = [.. days[^1].Tasks, rest] };
                    break;
                case "+":
                    var (what, how) = Halves(rest, ": ");
                    var parts = what.Split(' ', 3);
                    tasks.Add(new DemoTask(parts[0], Number(parts[1]), parts[2], how));
                    break;
                default:
                    var (author, said) = Halves(rest, ": ");
                    if (mark.Length == 1)
                        top = remarks.Count;
                    remarks.Add(new DemoRemark(author, mark.Length == 1 ? null : top, said));
                    break;
            }
        }

        return new DemoSkill(words[0], words[1], words[2], words[3].Split(','), title, lines[1], days, remarks, tasks);
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static (string First, string Second) Halves(string text, string between)
    {
        var at = text.IndexOf(between, StringComparison.Ordinal);
        return (text[..at], text[(at + between.Length)..]);
    }
}
