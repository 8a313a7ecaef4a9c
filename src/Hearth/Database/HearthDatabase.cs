using System.Globalization;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Database;

/// <summary>The database of this process: the operator's by <c>DATABASE_URL</c>, or a private one; migrated, with its pools.</summary>
internal sealed class HearthDatabase : IAsyncDisposable
{
    private readonly PrivatePostgres? server;

    private HearthDatabase(string connection, PrivatePostgres? server)
    {
        this.server = server;
        ConnectionString = connection;
        Requests = DataSources.ForRequests(connection);
        LongWork = DataSources.ForLongWork(connection);
    }

    public string ConnectionString { get; }

    /// <summary>The pool of the server's requests, with short patience.</summary>
    public NpgsqlDataSource Requests { get; }

    /// <summary>For migrations, imports and rebuilds: without time limits.</summary>
    public NpgsqlDataSource LongWork { get; }

    /// <summary>The migrations that opening applied.</summary>
    public IReadOnlyList<string> Applied { get; private set; } = [];

    /// <param name="options">Where the database is.</param>
    /// <param name="beside">Whether a command may share the private database of a server that runs; a server itself may not.</param>
    /// <param name="ct">Ends the wait.</param>
    public static async Task<HearthDatabase> Open(HearthOptions options, bool beside, CancellationToken ct)
    {
        var database = options.DatabaseUrl is { } url
            ? new HearthDatabase(DatabaseUrl.Parse(url).ConnectionString, server: null)
            : await OpenPrivate(options, beside, ct);
        try
        {
            await RefuseOldServer(database.LongWork, ct);
            database.Applied = await MigrationRunner.Run(database.LongWork, ct);
            return database;
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Requests.DisposeAsync();
        await LongWork.DisposeAsync();
        if (server is not null)
            await server.DisposeAsync();
    }

    private static async Task<HearthDatabase> OpenPrivate(HearthOptions options, bool beside, CancellationToken ct)
    {
        var folder = Path.Combine(options.DataDir, PrivatePostgres.FolderName);
        if (Claim(options.DataDir) is { } claim)
        {
            var settings = new PrivatePostgresSettings(folder) { Binaries = options.PostgresBin };
            var started = await StartOrExplain(settings, claim, ct);
            return new HearthDatabase(await MakeDatabase(started.ConnectionString, ct), started);
        }

        if (beside && PrivatePostgres.Running(folder) is { } running)
            return new HearthDatabase(Named(running), server: null);
        throw new StartFailure($"Another Hearth runs on the data directory {options.DataDir}: stop it first, or set DATA_DIR to another one.");
    }

    private static async Task<PrivatePostgres> StartOrExplain(PrivatePostgresSettings settings, FileStream claim, CancellationToken ct)
    {
        try
        {
            return await PrivatePostgres.Start(settings, claim, ct);
        }
        catch (Exception problem)
        {
            await claim.DisposeAsync();
            if (problem is UnauthorizedAccessException or IOException)
                throw new StartFailure($"The database's folder {settings.Folder} cannot be used: {problem.Message}", problem);
            throw;
        }
    }

    /// <returns>A lock on the data directory that ends with this process; null when another process has it.</returns>
    private static FileStream? Claim(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            return new FileStream(Path.Combine(folder, "hearth.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException problem)
        {
            throw new StartFailure($"The data directory {folder} cannot be written: {problem.Message}", problem);
        }
        catch (IOException) when (File.Exists(Path.Combine(folder, "hearth.lock")))
        {
            return null;
        }
        catch (IOException problem)
        {
            throw new StartFailure($"The data directory {folder} cannot be made: {problem.Message}", problem);
        }
    }

    private static async Task<string> MakeDatabase(string server, CancellationToken ct)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(server) { Pooling = false });
        await using var db = await source.OpenConnectionAsync(ct);
        await using var find = new NpgsqlCommand("select exists (select from pg_database where datname = 'hearth')", db);
        if (!(bool)(await find.ExecuteScalarAsync(ct))!)
        {
            await using var create = new NpgsqlCommand("create database hearth", db);
            await create.ExecuteNonQueryAsync(ct);
        }

        return Named(server);
    }

    private static string Named(string server) => new NpgsqlConnectionStringBuilder(server) { Database = "hearth" }.ConnectionString;

    private static async Task RefuseOldServer(NpgsqlDataSource source, CancellationToken ct)
    {
        var where = new NpgsqlConnectionStringBuilder(source.ConnectionString);
        try
        {
            await using var db = await source.OpenConnectionAsync(ct);
            if (db.PostgreSqlVersion.Major < PostgresBinaries.OldestMajor)
                throw new StartFailure($"The server at {where.Host} is PostgreSQL {db.PostgreSqlVersion.Major}; Hearth needs {PostgresBinaries.OldestMajor} or newer.");
        }
        catch (NpgsqlException problem)
        {
            var reason = problem is PostgresException told ? told.MessageText : problem.InnerException?.Message ?? problem.Message;
            throw new StartFailure(
                string.Create(CultureInfo.InvariantCulture, $"The database {where.Database ?? where.Username} at {where.Host}:{where.Port} cannot be used: {reason.TrimEnd('.')}."),
                problem);
        }
    }
}
