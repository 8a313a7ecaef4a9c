using Npgsql;
using NpgsqlTypes;

namespace Hearth.Features.Skills;

/// <summary>What every statement about skills shares: who may see one, and parameters without ceremony.</summary>
internal static class Sql
{
    /// <summary>
    /// Whether the person <paramref name="user"/> may see the skill <c>s</c>: it is theirs, or it is shown to them, not hidden, and neither
    /// blocks the other. Moderators see what is hidden, blocked or for followers; nobody sees another's private skill.
    /// </summary>
    public static string Visible(string user = "$1", string moderator = "$2") =>
        $"""
        (s.author = {user} or s.visibility <> 3 and ({moderator} or
           not s.is_hidden
           and (s.visibility = 1 or exists (select from follows f where f.follower = {user} and f.followed = s.author))
           and {NotApart("s.author", user)}))
        """;

    /// <summary>Neither of two people blocks the other.</summary>
    public static string NotApart(string one, string user = "$1") =>
        $"""
        not exists (select from blocks b where b.blocker = {user} and b.blocked = {one})
           and not exists (select from blocks b where b.blocked = {user} and b.blocker = {one})
        """;

    public static NpgsqlParameter Value<T>(T value) => new NpgsqlParameter<T> { TypedValue = value };

    public static NpgsqlParameter Text(string? value) => new NpgsqlParameter<string?> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Text };

    public static NpgsqlParameter Number(long? value) => new NpgsqlParameter<long?> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Bigint };

    public static NpgsqlParameter Time(DateTime value) => new NpgsqlParameter<DateTime> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.TimestampTz };

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
