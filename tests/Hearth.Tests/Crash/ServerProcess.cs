using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Hearth.Database;

namespace Hearth.Tests.Crash;

/// <summary>The real program in a process of its own, with a private and durable PostgreSQL in a folder that outlives it.</summary>
internal sealed partial class ServerProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly string folder;

    private ServerProcess(Process process, string folder, Uri address)
    {
        this.process = process;
        this.folder = folder;
        Address = address;
    }

    public Uri Address { get; }

    public static async Task<ServerProcess> Start(string folder, IReadOnlyDictionary<string, string>? settings = null)
    {
        var process = Run(folder, "serve", settings);
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (Listens().Match(line) is { Success: true } match)
            {
                // Nobody reads the rest, and a full pipe would stop the server.
                _ = process.StandardOutput.ReadToEndAsync();
                return new ServerProcess(process, folder, new Uri(match.Groups["url"].Value));
            }
        }

        throw new InvalidOperationException("The server ended before it listened.");
    }

    /// <returns>What <c>hearth verify</c> printed, and whether it found no difference.</returns>
    public static async Task<(bool Holds, string Text)> Verify(string folder)
    {
        using var process = Run(folder, "verify");
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode == 0, text);
    }

    /// <summary>Kills the server, and its PostgreSQL too when asked, with SIGKILL.</summary>
    public async Task Kill(bool database)
    {
        var pid = int.Parse(
            File.ReadLines(Path.Combine(folder, PrivatePostgres.FolderName, "data", "postmaster.pid")).First(), CultureInfo.InvariantCulture);
        process.Kill();
        await process.WaitForExitAsync();
        if (!database)
            return;
        using var postmaster = Process.GetProcessById(pid);
        postmaster.Kill();
        await postmaster.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            using var term = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
            await term.WaitForExitAsync();
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }

    private static Process Run(string folder, string command, IReadOnlyDictionary<string, string>? settings = null)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "hearth.dll"), command])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        foreach (var name in (string[])["DATABASE_URL", "DEMO", "PUBLIC_URL", "ADMIN_EMAIL"])
            start.Environment.Remove(name);
        start.Environment["HEARTH_ENV"] = "development";
        start.Environment["DATA_DIR"] = folder;
        start.Environment["HOST"] = "127.0.0.1";
        start.Environment["PORT"] = "0";
        start.Environment["RATE_LIMITS"] = "off";
        foreach (var (name, value) in settings ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    [GeneratedRegex(@"Hearth listens on (?<url>http://[0-9.]+:[0-9]+)", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Listens();
}
