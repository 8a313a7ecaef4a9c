namespace Hearth.Tests.Rules;

/// <summary>A file of the repository, by its path from the root.</summary>
internal sealed record Source(string Path, string Text)
{
    /// <summary>
    /// An import stands above the features: it brings what lies in all of their tables, at a thousand times the rate of their own writes,
    /// and follows their rules for texts.
    /// </summary>
    public bool IsImport => Path.StartsWith("src/Hearth/Features/Operations/Import/", StringComparison.Ordinal);

    /// <summary>The folder below <c>src/Hearth</c> whose rules it keeps: <c>Ledger</c>, or <c>Features/Community</c>.</summary>
    public string Part
    {
        get
        {
            var parts = Path.Split('/')[2..];
            return parts.Length == 1 ? "Program" : parts[0] is "Features" ? $"Features/{parts[1]}" : parts[0];
        }
    }
}

/// <summary>The repository's own files, for rules about how it is written.</summary>
internal static class Sources
{
    private static readonly string[] Skipped = ["bin", "obj", "node_modules", "dist", "wwwroot", "artifacts", ".git", ".hearth"];

    public static string Root { get; } = FindRoot();

    public static IEnumerable<Source> Below(string folder, params string[] endings) =>
        Files(new DirectoryInfo(Path.Combine(Root, folder)))
            .Where(file => endings.Any(ending => file.Name.EndsWith(ending, StringComparison.Ordinal)))
            .Select(file => new Source(Path.GetRelativePath(Root, file.FullName), File.ReadAllText(file.FullName)));

    /// <summary>The server's own code.</summary>
    public static IReadOnlyList<Source> Server { get; } = [.. Below("src/Hearth", ".cs")];

    private static IEnumerable<FileInfo> Files(DirectoryInfo folder) =>
        !folder.Exists
            ? []
            : folder.EnumerateFiles().Concat(
                folder.EnumerateDirectories().Where(below => !Skipped.Contains(below.Name)).SelectMany(Files));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Hearth.slnx")))
                return folder.FullName;
        }

        throw new InvalidOperationException("The tests do not run inside the repository.");
    }
}

internal static class Rule
{
    /// <summary>Fails with every place that breaks the rule.</summary>
    public static void Holds(IEnumerable<string> breaches)
    {
        var list = breaches.ToList();
        Assert.True(list.Count == 0, string.Join('\n', list));
    }
}
