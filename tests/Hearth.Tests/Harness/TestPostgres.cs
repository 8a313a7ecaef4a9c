using System.Globalization;
using Hearth.Database;
using Hearth.Ledger;
using Hearth.Tests.Harness;
using Npgsql;

[assembly: AssemblyFixture(typeof(TestPostgres))]

namespace Hearth.Tests.Harness;

/// <summary>
/// The one PostgreSQL of a test run: started by the first test that needs it, without fsync, and stopped at the end, also
/// when the run is killed. A template is migrated once; each test class works in a clone of it.
/// </summary>
public sealed class TestPostgres : IAsyncDisposable
{
    private const string Template = "hearth_template";

    private static readonly Lazy<Task<PrivatePostgres>> Server = new(Start);

    // PostgreSQL copies a template for one at a time.
    private static readonly SemaphoreSlim Cloning = new(1);

    private static int clones;

    public async ValueTask DisposeAsync()
    {
        if (!Server.IsValueCreated)
            return;
        await (await Server.Value).DisposeAsync();
        Folder(Environment.ProcessId).Delete(recursive: true);
    }

    /// <returns>The connection string of a new database with the whole schema, and nothing in it.</returns>
    internal static async Task<string> Clone()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"hearth_{Interlocked.Increment(ref clones)}");
        return await Create(name, $"template {Template} strategy wal_log");
    }

    /// <returns>The connection string of a new database without any schema.</returns>
    internal static async Task<string> Empty()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"hearth_{Interlocked.Increment(ref clones)}");
        return await Create(name, "template template0");
    }

    internal static async Task Drop(string connection)
    {
        var name = new NpgsqlConnectionStringBuilder(connection).Database;
        await Execute((await Server.Value).ConnectionString, $"drop database {name} with (force)");
    }

    private static async Task<string> Create(string name, string how)
    {
        var server = (await Server.Value).ConnectionString;
        await Cloning.WaitAsync();
        try
        {
            await Execute(server, $"create database {name} {how}");
        }
        finally
        {
            Cloning.Release();
        }

        return In(server, name);
    }

    private static async Task<PrivatePostgres> Start()
    {
        SweepAfterKilledRuns();
        var folder = Folder(Environment.ProcessId);
        folder.Create();
        // PostgreSQL may run as another user than the tests.
        folder.UnixFileMode |= UnixFileMode.OtherExecute;
        var settings = new PrivatePostgresSettings(Path.Combine(folder.FullName, PrivatePostgres.FolderName))
        {
            Binaries = Environment.GetEnvironmentVariable("POSTGRES_BIN") is { Length: > 0 } bin ? bin : null,
            Durable = false,
            MaxConnections = 400,
        };
        var server = await PrivatePostgres.Start(settings, claim: null, CancellationToken.None);
        await Execute(server.ConnectionString, $"create database {Template}");
        await using var source = NpgsqlDataSource.Create(In(server.ConnectionString, Template));
        await MigrationRunner.Run(source, CancellationToken.None);
        await new Partitions(source, TimeProvider.System).Maintain();
        return server;
    }

    private static DirectoryInfo Folder(int process) =>
        new(Path.Combine(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"hearth-tests-{process}")));

    private static void SweepAfterKilledRuns()
    {
        foreach (var left in Directory.EnumerateDirectories(Path.GetTempPath(), "hearth-tests-*"))
        {
            var process = left[(left.LastIndexOf('-') + 1)..];
            if (Directory.Exists($"/proc/{process}"))
                continue;
            try
            {
                Directory.Delete(left, recursive: true);
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                // Another user's, or another run sweeps it at this moment.
                continue;
            }
        }
    }

    private static string In(string server, string database) =>
        new NpgsqlConnectionStringBuilder(server) { Database = database }.ConnectionString;

    private static async Task Execute(string server, string sql)
    {
        await using var db = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server) { Pooling = false, CommandTimeout = 120 }.ConnectionString);
        await db.OpenAsync();
        await using var command = new NpgsqlCommand(sql, db);
        await command.ExecuteNonQueryAsync();
    }
}
