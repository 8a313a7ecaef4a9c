using System.Diagnostics;
using System.Globalization;
using Hearth.Platform;

namespace Hearth.Database;

/// <summary>A running PostgreSQL as its <c>postmaster.pid</c> describes it.</summary>
internal sealed record Postmaster(int Pid, string SocketFolder, bool IsReady)
{
    /// <returns>The server that runs on a data directory; null when none does, whatever a stale file says.</returns>
    public static Postmaster? Of(string data)
    {
        var lines = Lines(data);
        if (Named(lines) is not { } pid || !RunsIn(pid, data))
            return null;
        return new Postmaster(pid, lines.ElementAtOrDefault(4) ?? "", (lines.ElementAtOrDefault(7) ?? "").Trim() is "ready");
    }

    /// <summary>Stops a server that a killed Hearth left behind, and waits for one that died to be gone: PostgreSQL takes its remains for a server.</summary>
    public static async Task StopLeftOver(string data, CancellationToken ct)
    {
        for (var tries = 0; tries < 100 && IsDead(Named(Lines(data))); tries++)
            await Task.Delay(100, ct);
        if (Of(data) is not { } left)
            return;
        Signal(left.Pid, "INT");
        for (var tries = 0; Of(data) is not null; tries++)
        {
            if (tries == 600)
                throw new StartFailure($"A PostgreSQL that an earlier Hearth left behind (process {left.Pid}) does not stop: stop it by hand.");
            await Task.Delay(100, ct);
        }
    }

    private static string[] Lines(string data)
    {
        try
        {
            return File.ReadAllLines(Path.Combine(data, "postmaster.pid"));
        }
        catch (IOException)
        {
            return [];
        }
    }

    private static int? Named(string[] lines) => lines.Length > 0 && int.TryParse(lines[0], CultureInfo.InvariantCulture, out var pid) ? pid : null;

    /// <summary>It has ended, and whoever started it has not looked yet.</summary>
    private static bool IsDead(int? pid)
    {
        try
        {
            var stat = pid is null ? "" : File.ReadAllText($"/proc/{pid.Value.ToString(CultureInfo.InvariantCulture)}/stat");
            // The name in brackets may have brackets and spaces of its own.
            return stat.AsSpan(stat.LastIndexOf(')') + 1).TrimStart().StartsWith("Z", StringComparison.Ordinal);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static void Signal(int pid, string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", pid.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>
    /// A process id is given anew after a while; PostgreSQL's command line names its data directory. Its working directory
    /// would, too, but cannot be seen by a container's root.
    /// </summary>
    private static bool RunsIn(int pid, string data)
    {
        try
        {
            var words = File.ReadAllText($"/proc/{pid.ToString(CultureInfo.InvariantCulture)}/cmdline").Split('\0');
            return words.Contains("-D", StringComparer.Ordinal) && words.Contains(data, StringComparer.Ordinal);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
