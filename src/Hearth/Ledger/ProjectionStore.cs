using Npgsql;

namespace Hearth.Ledger;

/// <summary>The checkpoints' statements.</summary>
internal static class ProjectionStore
{
    private const string AdvanceSql =
        """
        -- projections.advance
        update projections set position = $3, rows = rows + $4, updated_at = now() where name = $1 and position = $2
        """;

    /// <summary>Moves the checkpoint in the open transaction; fails when another runner has moved it.</summary>
    public static async Task Advance(NpgsqlConnection db, string name, long from, long to, int rows, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(AdvanceSql, db)
        {
            Parameters =
            {
                new NpgsqlParameter<string> { TypedValue = name },
                new NpgsqlParameter<long> { TypedValue = from },
                new NpgsqlParameter<long> { TypedValue = to },
                new NpgsqlParameter<long> { TypedValue = rows },
            },
        };
        if (await command.ExecuteNonQueryAsync(ct) != 1)
            throw new InvalidOperationException($"The projection {name} was moved from {from} by another runner.");
    }

    /// <returns>How far the projection has applied the ledger; 0 before its first run.</returns>
    public static async Task<long> Checkpoint(NpgsqlConnection db, string name, CancellationToken ct)
    {
        await using var command = Named(db, "select coalesce((select position from projections where name = $1), 0)", name);
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <returns>The version that the stored tables were made by; null before the first run.</returns>
    public static async Task<int?> Version(NpgsqlConnection db, string name, CancellationToken ct)
    {
        await using var command = Named(db, "select version from projections where name = $1", name);
        return (int?)await command.ExecuteScalarAsync(ct);
    }

    /// <summary>Takes the checkpoint's row for this transaction: the live runner waits until it ends.</summary>
    public static async Task<long> Hold(NpgsqlConnection db, string name, CancellationToken ct)
    {
        await using var command = Named(db, "select position from projections where name = $1 for update", name);
        return (long)(await command.ExecuteScalarAsync(ct) ?? 0L);
    }

    private static NpgsqlCommand Named(NpgsqlConnection db, string sql, string name) =>
        new(sql, db) { Parameters = { new NpgsqlParameter<string> { TypedValue = name } } };
}
