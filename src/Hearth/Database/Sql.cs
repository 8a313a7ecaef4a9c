using Npgsql;
using NpgsqlTypes;

namespace Hearth.Database;

/// <summary>Commands and parameters without ceremony, for statements that take many arrays.</summary>
internal static class Sql
{
    /// <summary>Before a statement in the same batch, whose plan is kept from the first time on: where it does not depend on the parameters, and takes longer than running it.</summary>
    public const string KeepPlan = "select set_config('plan_cache_mode', 'force_generic_plan', true)";

    public static NpgsqlParameter Value<T>(T value) => new NpgsqlParameter<T> { TypedValue = value };

    public static NpgsqlParameter Text(string? value) => new NpgsqlParameter<string?> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Text };

    public static NpgsqlParameter Number(long? value) => new NpgsqlParameter<long?> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Bigint };

    public static NpgsqlParameter Time(DateTime? value) => new NpgsqlParameter<DateTime?> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.TimestampTz };

    public static NpgsqlParameter Array<T>(T[] values) => new NpgsqlParameter<T[]> { TypedValue = values };

    public static NpgsqlParameter Array<TItem, T>(IEnumerable<TItem> items, Func<TItem, T> value) => new NpgsqlParameter<T[]> { TypedValue = [.. items.Select(value)] };

    public static NpgsqlParameter Times<TItem>(IEnumerable<TItem> items, Func<TItem, DateTime?> value) => new NpgsqlParameter<DateTime?[]>
    {
        TypedValue = [.. items.Select(value)],
        NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz,
    };

    public static NpgsqlCommand Command(NpgsqlConnection db, string sql, params NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlCommand(sql, db);
        command.Parameters.AddRange(parameters);
        return command;
    }

    /// <summary>A statement whose plan is kept: its rows are the second result.</summary>
    public static NpgsqlBatch KeptPlan(NpgsqlConnection db, string sql, params NpgsqlParameter[] parameters)
    {
        var batch = new NpgsqlBatch(db) { BatchCommands = { new NpgsqlBatchCommand(KeepPlan), new NpgsqlBatchCommand(sql) } };
        batch.BatchCommands[1].Parameters.AddRange(parameters);
        return batch;
    }

    public static async Task<int> Execute(NpgsqlConnection db, string sql, CancellationToken ct, params NpgsqlParameter[] parameters)
    {
        await using var command = Command(db, sql, parameters);
        return await command.ExecuteNonQueryAsync(ct);
    }

    public static string? TextOrNull(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
