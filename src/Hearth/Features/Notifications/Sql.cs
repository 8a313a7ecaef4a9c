using Npgsql;
using NpgsqlTypes;

namespace Hearth.Features.Notifications;

/// <summary>Parameters without ceremony: this feature's statements take many arrays.</summary>
internal static class Sql
{
    public static NpgsqlParameter Value<T>(T value) => new NpgsqlParameter<T> { TypedValue = value };

    public static NpgsqlParameter Time(DateTime? value) =>
        new NpgsqlParameter<DateTime?> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.TimestampTz };

    public static NpgsqlParameter Array<T>(T[] values) => new NpgsqlParameter<T[]> { TypedValue = values };

    public static NpgsqlParameter Array<TItem, T>(IEnumerable<TItem> items, Func<TItem, T> value) => new NpgsqlParameter<T[]> { TypedValue = [.. items.Select(value)] };

    public static NpgsqlParameter Times<TItem>(IEnumerable<TItem> items, Func<TItem, DateTime> value) => new NpgsqlParameter<DateTime[]>
    {
        TypedValue = [.. items.Select(value)],
        NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz,
    };

    public static async Task<int> Execute(NpgsqlConnection db, string sql, CancellationToken ct, params NpgsqlParameter[] parameters)
    {
        await using var command = Command(db, sql, parameters);
        return await command.ExecuteNonQueryAsync(ct);
    }

    public static NpgsqlCommand Command(NpgsqlConnection db, string sql, params NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlCommand(sql, db);
        command.Parameters.AddRange(parameters);
        return command;
    }
}
