using System.Text.RegularExpressions;

namespace Hearth.Tests.Rules;

/// <summary>How files are cut and what tests may not do.</summary>
public sealed partial class FileTests
{
    private const int MostLines = 400;

    private static readonly string[] Folders = ["src", "tests", "bench", "web"];

    [Fact]
    public void No_file_is_too_long_to_read_at_one_sitting() =>
        Rule.Holds(
            from file in Folders.SelectMany(folder => Sources.Below(folder, ".cs", ".ts", ".tsx", ".mjs", ".css"))
            where !file.Path.EndsWith("schema.d.ts")
            let lines = file.Text.AsSpan().Count('\n')
            where lines > MostLines
            select $"{file.Path} has {lines} lines");

    [Fact]
    public void No_folder_is_a_drawer_for_everything() =>
        Rule.Holds(
            Folders.SelectMany(folder => Sources.Below(folder, ".cs", ".ts", ".tsx"))
                .Where(file => file.Path.ToLowerInvariant().Split('/').Any(part => part is "common" or "helpers" or "utils" or "services" or "managers"))
                .Select(file => file.Path));

    [Fact]
    public void Tests_wait_for_what_happens_and_never_for_time_to_pass() =>
        Rule.Holds(
            from file in Sources.Below("tests", ".cs")
            where !file.Path.EndsWith("Rules/FileTests.cs") && !file.Path.EndsWith("Harness/Eventually.cs") && Sleeps().IsMatch(file.Text)
            select file.Path);

    [Fact]
    public void The_server_asks_the_time_of_its_clock() =>
        Rule.Holds(
            from file in Sources.Server
            from match in Clocks().Matches(file.Text)
            select $"{file.Path}: {match.Value}");

    [GeneratedRegex(@"Thread\.Sleep|Task\.Delay", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Sleeps();

    [GeneratedRegex(@"DateTime(Offset)?\.(UtcNow|Now|Today)\b", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Clocks();
}
