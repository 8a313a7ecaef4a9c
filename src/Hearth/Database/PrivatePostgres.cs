using System.Diagnostics;
using System.Globalization;
using System.Text;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Database;

/// <summary>How a private PostgreSQL runs. <paramref name="Folder"/> holds its data, its socket and its log.</summary>
internal sealed record PrivatePostgresSettings(string Folder)
{
    public string? Binaries { get; init; }

    /// <summary>Off only for a database that is thrown away.</summary>
    public bool Durable { get; init; } = true;

    public int MaxConnections { get; init; } = 100;
}

/// <summary>
/// A PostgreSQL that Hearth starts, owns and stops, on a Unix socket only its user can reach. It runs in a session of its own,
/// so that Ctrl-C reaches Hearth alone, and below a shell that waits on a pipe from Hearth: when the pipe closes,
/// because Hearth stops or because it was killed, the shell stops PostgreSQL, and nothing is left behind.
/// </summary>
internal sealed class PrivatePostgres : IAsyncDisposable
{
    /// <summary>The name of the folder in the data directory.</summary>
    public const string FolderName = "postgres";

    public const string Role = "hearth";

    private const int LongestSocketPath = 107;

    private const string Supervisor =
        """
        log=$1; shift
        trap '' HUP INT TERM
        exec 3<&0 </dev/null
        "$@" >>"$log" 2>&1 &
        server=$!
        { cat <&3 >/dev/null; kill -INT $server; } 2>/dev/null &
        watch=$!
        wait $server; code=$?
        kill -KILL $watch 2>/dev/null
        exit $code
        """;

    private readonly Process supervisor;
    private readonly FileStream? claim;
    private readonly string? temporarySocket;

    private PrivatePostgres(Process supervisor, string socket, FileStream? claim, string? temporarySocket)
    {
        this.supervisor = supervisor;
        this.claim = claim;
        this.temporarySocket = temporarySocket;
        ConnectionString = Connect(socket);
    }

    /// <summary>Reaches the database that every server has, as the owner of everything.</summary>
    public string ConnectionString { get; }

    /// <summary>
    /// Where the server of another Hearth process on the same folder can be reached; null when there is none.
    /// Commands that run beside the server use it.
    /// </summary>
    public static string? Running(string folder) =>
        Postmaster.Of(Path.Combine(folder, "data")) is { IsReady: true } server ? Connect(server.SocketFolder) : null;

    /// <param name="claim">What keeps a second Hearth from the folder; released once the server has stopped.</param>
    public static async Task<PrivatePostgres> Start(PrivatePostgresSettings settings, FileStream? claim, CancellationToken ct)
    {
        var binaries = PostgresBinaries.Find(settings.Binaries);
        var user = PostgresUser.Find();
        var data = Path.Combine(settings.Folder, "data");
        MakeFolder(settings.Folder, user);
        await Postmaster.StopLeftOver(data, ct);
        if (!Directory.Exists(data))
            await Initialise(binaries, user, data, ct);
        RefuseOtherVersion(data, binaries);

        var socket = Path.Combine(settings.Folder, "socket");
        string? temporary = null;
        if (Encoding.UTF8.GetByteCount(socket) + "/.s.PGSQL.5432".Length > LongestSocketPath)
            socket = temporary = Directory.CreateTempSubdirectory("hearth-").FullName;
        MakeFolder(socket, user);

        var log = Path.Combine(settings.Folder, "log");
        TrimLog(log);
        var shell = Run(user, [binaries.Folder, settings.Folder], ["sh", "-c", Supervisor, "sh", log, binaries.Postgres, "-D", data, .. Arguments(settings, socket)]);
        var server = new PrivatePostgres(shell, socket, claim, temporary);
        try
        {
            await server.WaitUntilReady(data, log, ct);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Closing the pipe is the order to stop; PostgreSQL ends its sessions and flushes.
        supervisor.StandardInput.Close();
        await supervisor.WaitForExitAsync();
        supervisor.Dispose();
        if (temporarySocket is not null && Directory.Exists(temporarySocket))
            Directory.Delete(temporarySocket, recursive: true);
        if (claim is not null)
            await claim.DisposeAsync();
    }

    private static IEnumerable<string> Arguments(PrivatePostgresSettings settings, string socket)
    {
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 20;
        var buffers = Math.Clamp(memory / 8, 64, settings.Durable ? 1024 : 128);
        List<string> values =
        [
            "listen_addresses=",
            $"unix_socket_directories={socket}",
            $"max_connections={settings.MaxConnections.ToString(CultureInfo.InvariantCulture)}",
            $"shared_buffers={buffers.ToString(CultureInfo.InvariantCulture)}MB",
            "max_wal_size=4GB",
            "wal_compression=lz4",
            // A prepared transaction that is forgotten would hold the ledger's horizon for ever.
            "max_prepared_transactions=0",
            "jit=off",
            "random_page_cost=1.1",
            "client_connection_check_interval=1s",
            "timezone=UTC",
            "log_timezone=UTC",
            "lc_messages=C",
        ];
        if (!settings.Durable)
            values.AddRange(["fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum_naptime=10min"]);
        return values.SelectMany(value => new[] { "-c", value });
    }

    private static void MakeFolder(string path, PostgresUser? user)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            if (user is null)
            {
                Directory.CreateDirectory(path);
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
            else
            {
                user.MakeFolder(path);
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new StartFailure($"The folder {path} for the database cannot be made or used: {problem.Message}", problem);
        }
    }

    /// <summary>Made beside and moved into place: a start that was cut short leaves nothing that looks finished.</summary>
    private static async Task Initialise(PostgresBinaries binaries, PostgresUser? user, string data, CancellationToken ct)
    {
        var unfinished = data + ".new";
        if (Directory.Exists(unfinished))
            Directory.Delete(unfinished, recursive: true);
        using var initdb = Run(
            user,
            [binaries.Folder, data],
            ["sh", "-c", "exec \"$@\" 2>&1", "sh", binaries.Initdb, "-D", unfinished, $"--username={Role}", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-instructions"],
            readOutput: true);
        initdb.StandardInput.Close();
        var output = await initdb.StandardOutput.ReadToEndAsync(ct);
        await initdb.WaitForExitAsync(ct);
        if (initdb.ExitCode != 0)
            throw new StartFailure($"PostgreSQL could not make its data directory {data}: {LastProblem(output.Split('\n'))}");
        Directory.Move(unfinished, data);
    }

    private static void RefuseOtherVersion(string data, PostgresBinaries binaries)
    {
        var path = Path.Combine(data, "PG_VERSION");
        var made = File.Exists(path) ? File.ReadAllText(path).Trim() : throw new StartFailure($"{data} is not a data directory of PostgreSQL: it has no PG_VERSION.");
        if (!string.Equals(made, binaries.Major.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal))
        {
            throw new StartFailure(
                $"The data directory {data} was made by PostgreSQL {made}, and {binaries.Folder} is version {binaries.Major}: set POSTGRES_BIN to the binaries of version {made}, or upgrade the data with pg_upgrade.");
        }
    }

    private static Process Run(PostgresUser? user, IEnumerable<string> paths, IReadOnlyList<string> command, bool readOutput = false)
    {
        string[] line = ["setsid", .. user?.Drop(paths) ?? [], .. command];
        var start = new ProcessStartInfo(line[0], line[1..]) { RedirectStandardInput = true, RedirectStandardOutput = readOutput, UseShellExecute = false, WorkingDirectory = "/" };
        // It must not pick up another server's address or settings from whoever started Hearth.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("PG", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        start.Environment["LC_ALL"] = "C.UTF-8";
        return Process.Start(start)!;
    }

    private async Task WaitUntilReady(string data, string log, CancellationToken ct)
    {
        while (Postmaster.Of(data) is not { IsReady: true })
        {
            if (supervisor.HasExited)
                throw new StartFailure($"PostgreSQL did not start: {LastProblem(File.Exists(log) ? File.ReadLines(log) : [])} (its log is {log})");
            await Task.Delay(10, ct);
        }
    }

    private static void TrimLog(string log)
    {
        if (new FileInfo(log) is { Exists: true, Length: > 16 << 20 })
            File.Move(log, log + ".old", overwrite: true);
    }

    private static string LastProblem(IEnumerable<string> output)
    {
        var lines = output.Select(line => line.Trim()).Where(line => line.Length > 0).ToList();
        return lines.LastOrDefault(line => line.Contains("FATAL:", StringComparison.Ordinal) || line.Contains("error:", StringComparison.Ordinal))
            ?? lines.LastOrDefault()
            ?? "it said nothing about why.";
    }

    private static string Connect(string socket) =>
        new NpgsqlConnectionStringBuilder { Host = socket, Port = 5432, Username = Role, Database = "postgres" }.ConnectionString;
}
