using System.Collections.Concurrent;
using Npgsql;

namespace Hearth.Features.Messaging.Tenancy;

/// <summary>
/// The one door to messaging's tables: <c>$1</c> of every statement is the tenant, bound here and by nobody else, and a
/// statement that does not name it is refused. Further values are <c>$2</c> and so on.
/// </summary>
internal sealed class TenantDb(NpgsqlConnection db, Tenant tenant, CancellationToken ct) : IAsyncDisposable
{
    private static readonly ConcurrentDictionary<string, bool> Checked = new(StringComparer.Ordinal);

    public NpgsqlConnection Connection => db;

    public Tenant Tenant => tenant;

    public CancellationToken Aborted => ct;

    public async Task<int> Execute(string sql, params object?[] values)
    {
        await using var command = Command(sql, values);
        return await command.ExecuteNonQueryAsync(ct);
    }

    public async Task<List<T>> Rows<T>(string sql, Func<NpgsqlDataReader, T> read, params object?[] values)
    {
        await using var command = Command(sql, values);
        var rows = new List<T>();
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
            rows.Add(read(row));
        return rows;
    }

    public async Task<T?> One<T>(string sql, Func<NpgsqlDataReader, T> read, params object?[] values)
        where T : class
    {
        await using var command = Command(sql, values);
        await using var row = await command.ExecuteReaderAsync(ct);
        return await row.ReadAsync(ct) ? read(row) : null;
    }

    /// <returns>The first value; the type's default where there is no row or a null.</returns>
    public async Task<T?> Value<T>(string sql, params object?[] values)
    {
        await using var command = Command(sql, values);
        return await command.ExecuteScalarAsync(ct) is T value ? value : default;
    }

    public ValueTask DisposeAsync() => db.DisposeAsync();

    /// <summary>Whether a statement binds its tenant.</summary>
    internal static bool IsBound(string sql) => sql.Contains("tenant = $1", StringComparison.Ordinal) || sql.Contains("(tenant, ", StringComparison.Ordinal);

    private NpgsqlCommand Command(string sql, object?[] values)
    {
        if (!Checked.GetOrAdd(sql, static sql => IsBound(sql)))
            throw new InvalidOperationException($"A statement does not name its tenant: {sql}");
        var command = new NpgsqlCommand(sql, db);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = tenant.Number });
        foreach (var value in values)
            command.Parameters.Add(value as NpgsqlParameter ?? new NpgsqlParameter { Value = value ?? DBNull.Value });
        return command;
    }
}
