using Hearth.Database;
using Npgsql;

namespace Hearth.Tests.Harness;

/// <summary>A database of a test's own, with the whole schema; a class fixture for tests without a server.</summary>
public sealed class TestDatabase : IAsyncLifetime
{
    private NpgsqlDataSource? source;

    public NpgsqlDataSource Source => source ?? throw new InvalidOperationException("The database is not made yet.");

    internal string ConnectionString { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        ConnectionString = await TestPostgres.Clone();
        source = Pool(ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        if (source is null)
            return;
        await source.DisposeAsync();
        await TestPostgres.Drop(ConnectionString);
    }

    /// <summary>A pool like the server's, but patient: a busy machine is no failure.</summary>
    internal static NpgsqlDataSource Pool(string connection) =>
        DataSources.ForRequests(
            new NpgsqlConnectionStringBuilder(connection)
            {
                Options = "-c lock_timeout=60s -c statement_timeout=120s -c idle_in_transaction_session_timeout=60s",
                CommandTimeout = 120,
                Timeout = 60,
            }.ConnectionString,
            poolSize: 20);

    public async Task Execute(string sql, params object?[] arguments)
    {
        await using var command = Command(sql, arguments);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The first column of the first row; the type's default where there is no row, or null in it.</summary>
    public async Task<T?> Scalar<T>(string sql, params object?[] arguments)
    {
        await using var command = Command(sql, arguments);
        return await command.ExecuteScalarAsync() is { } value and not DBNull ? (T)value : default;
    }

    /// <summary>The rows as text, columns apart by <c>|</c>, null empty: easy to compare and to read in a failure.</summary>
    public async Task<IReadOnlyList<string>> Rows(string sql, params object?[] arguments)
    {
        var rows = new List<string>();
        await using var command = Command(sql, arguments);
        await using var reader = await command.ExecuteReaderAsync();
        var values = new object[reader.FieldCount];
        while (await reader.ReadAsync())
        {
            reader.GetValues(values);
            rows.Add(string.Join('|', values.Select(value => value is DBNull ? "" : Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture))));
        }

        return rows;
    }

    private NpgsqlCommand Command(string sql, object?[] arguments)
    {
        var command = Source.CreateCommand(sql);
        foreach (var argument in arguments)
            command.Parameters.Add(new NpgsqlParameter { Value = argument ?? DBNull.Value });
        return command;
    }
}
