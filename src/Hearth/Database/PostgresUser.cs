using System.Diagnostics;
using System.Globalization;
using Hearth.Platform;

namespace Hearth.Database;

/// <summary>
/// Who PostgreSQL runs as. It refuses to run as root, so root drops to an unprivileged user; anyone else runs it themselves.
/// </summary>
internal sealed record PostgresUser(string Name, string Uid, string Gid)
{
    /// <returns>The user to drop to; null when this process is not root.</returns>
    public static PostgresUser? Find()
    {
        if (!Environment.IsPrivilegedProcess)
            return null;
        var users = File.ReadLines("/etc/passwd").Select(line => line.Split(':')).Where(fields => fields.Length > 3).ToList();
        return new[] { "postgres", "nobody" }
            .SelectMany(name => users.Where(fields => string.Equals(fields[0], name, StringComparison.Ordinal)))
            .Select(fields => new PostgresUser(fields[0], fields[2], fields[3]))
            .FirstOrDefault()
            ?? throw new StartFailure("PostgreSQL does not run as root, and there is no user postgres or nobody to run it as: start Hearth as an ordinary user.");
    }

    /// <summary>The words before a command that make it run as this user.</summary>
    /// <param name="paths">Where the command must get to. When a folder above is closed to the user, one capability opens the way and no more.</param>
    public IEnumerable<string> Drop(params IEnumerable<string> paths)
    {
        string[] capabilities = paths.FirstOrDefault(path => !Reachable(path)) is { } closed
            ? [$"--inh-caps=-all,+{WayThrough(closed)}", $"--ambient-caps=-all,+{WayThrough(closed)}"]
            : ["--inh-caps=-all"];
        return ["setpriv", $"--reuid={Uid}", $"--regid={Gid}", "--clear-groups", .. capabilities, "--no-new-privs", "--"];
    }

    /// <summary>Makes a folder that only this user may enter.</summary>
    public void MakeFolder(string path)
    {
        using var install = Process.Start("install", ["-d", "-m", "0700", "-o", Uid, "-g", Gid, path]);
        install.WaitForExit();
        if (install.ExitCode != 0)
            throw new StartFailure($"The folder {path} cannot be made for the user {Name}.");
    }

    /// <summary>The narrower of two capabilities where this process has it; containers often have the wider one only.</summary>
    private string WayThrough(string path)
    {
        const int passOver = 1;
        const int readSearch = 2;
        var held = File.ReadLines("/proc/self/status").First(line => line.StartsWith("CapPrm:", StringComparison.Ordinal));
        var bits = ulong.Parse(held.AsSpan("CapPrm:".Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        if ((bits >> readSearch & 1) == 1)
            return "dac_read_search";
        return (bits >> passOver & 1) == 1
            ? "dac_override"
            : throw new StartFailure($"The user {Name}, as whom PostgreSQL runs, cannot get to {path}: a folder above is closed to it. Set DATA_DIR to another place.");
    }

    private static bool Reachable(string path)
    {
        for (var folder = Directory.GetParent(path); folder is not null; folder = folder.Parent)
        {
            if (!folder.UnixFileMode.HasFlag(UnixFileMode.OtherExecute) && !OwnFolder(folder))
                return false;
        }

        return true;
    }

    /// <summary>PostgreSQL's own folders are closed to others because they are its own.</summary>
    private static bool OwnFolder(DirectoryInfo folder) => string.Equals(folder.Name, PrivatePostgres.FolderName, StringComparison.Ordinal);
}
