namespace Hearth.Tests.Harness;

/// <summary>The data that nobody here made, which lies beside the repository: never copied, read where it is.</summary>
internal static class SharedData
{
    /// <returns>The folder of a set. Skips the test where it is not there; in CI it must be.</returns>
    public static string Folder(string set)
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (!File.Exists(Path.Combine(at.FullName, "Hearth.slnx")))
                continue;
            var folder = Path.Combine(at.Parent!.FullName, "shared", "data", set);
            if (Directory.Exists(folder))
                return folder;
        }

        if (Environment.GetEnvironmentVariable("CI") is "true")
            Assert.Fail($"There is no ../shared/data/{set} beside the repository.");
        Assert.Skip($"There is no ../shared/data/{set} beside the repository.");
        return "";
    }
}
