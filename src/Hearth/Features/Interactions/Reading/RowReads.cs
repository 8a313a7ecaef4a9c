using Hearth.Database;
using Npgsql;

namespace Hearth.Features.Interactions;

/// <summary>What charts and patterns have in common: they read all of a person's rows of a range, which may be a million.</summary>
internal static class RowReads
{
    /// <summary>The rows: $1 whose, $2 from, $3 to.</summary>
    public const string InRange =
        "user_id = $1 and standing and ($2::timestamptz is null or created_at >= $2) and ($3::timestamptz is null or created_at <= $3)";

    // Groups are few, but the database expects many of an expression and would sort all rows, on disk.
    private const string RoomSql = "-- interactions.room\nset local work_mem = '64MB'";

    private const string ZoneSql = "-- interactions.zone\nselect coalesce(time_zone, 'UTC') from users where id = $1";

    private const string SpanSql = $"-- interactions.span\nselect min(created_at), max(created_at) from interactions where {InRange}";

    /// <summary>What the database knows no zone by.</summary>
    private const string UnknownZone = "22023";

    /// <summary>Reads by the person's time zone; by UTC where the database does not know it.</summary>
    public static async Task<T> InZone<T>(NpgsqlConnection db, long user, Func<string, Task<T>> read, CancellationToken ct)
    {
        await using var command = Sql.Command(db, ZoneSql, Sql.Value(user));
        var zone = await command.ExecuteScalarAsync(ct) as string ?? "UTC";
        try
        {
            return await InTransaction(db, zone, read, ct);
        }
        catch (PostgresException unknown) when (unknown.SqlState == UnknownZone)
        {
            return await InTransaction(db, "UTC", read, ct);
        }
    }

    /// <returns>When the first and the last of the range happened; null where nothing did.</returns>
    public static async Task<(DateTime First, DateTime Last)?> Span(NpgsqlConnection db, InteractionRange range, CancellationToken ct)
    {
        await using var command = Sql.Command(db, SpanSql, Sql.Value(range.User), Sql.Time(range.From), Sql.Time(range.To));
        await using var row = await command.ExecuteReaderAsync(ct);
        return await row.ReadAsync(ct) && !row.IsDBNull(0) ? (row.GetDateTime(0), row.GetDateTime(1)) : null;
    }

    private static async Task<T> InTransaction<T>(NpgsqlConnection db, string zone, Func<string, Task<T>> read, CancellationToken ct)
    {
        // One snapshot, so that the statements tell of the same rows.
        await using var transaction = await db.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, ct);
        await Sql.Execute(db, RoomSql, ct);
        var found = await read(zone);
        await transaction.CommitAsync(ct);
        return found;
    }
}
