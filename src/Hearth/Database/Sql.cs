using Npgsql;
using NpgsqlTypes;

namespace Hearth.Database;

/// <summary>Commands and parameters without ceremony, for statements that take many arrays.</summary>
internal static class Sql
{
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

    public static async Task<int> Execute(NpgsqlConnection db, string sql, CancellationToken ct, params NpgsqlParameter[] parameters)
    {
        await using var command = Command(db, sql, parameters);
        return await command.ExecuteNonQueryAsync(ct);
    }

    public static string? TextOrNull(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
