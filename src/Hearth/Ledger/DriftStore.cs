using Npgsql;
using NpgsqlTypes;

namespace Hearth.Ledger;

/// <summary>What a check found last, and when; examples in words.</summary>
internal sealed record DriftFound(string Name, long Rows, long Differences, IReadOnlyList<string> Examples, DateTime At);

/// <summary>What the checks of the whole cluster found last.</summary>
internal static class DriftStore
{
    private const string KeepSql =
        """
        -- drift.keep
        insert into drift_checks (name, rows, differences, examples, checked_at) values ($1, $2, $3, $4, $5)
        on conflict (name) do update set rows = excluded.rows, differences = excluded.differences, examples = excluded.examples, checked_at = excluded.checked_at
        """;

    private const string ReadSql =
        """
        -- drift.read
        select name, rows, differences, examples, checked_at from drift_checks order by name
        """;

    public static async Task Keep(NpgsqlConnection db, CheckResult found, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(KeepSql, db)
        {
            Parameters =
            {
                new NpgsqlParameter<string> { TypedValue = found.Name },
                new NpgsqlParameter<long> { TypedValue = found.Rows },
                new NpgsqlParameter<long> { TypedValue = found.Differences },
                new NpgsqlParameter<string[]>
                {
                    TypedValue = [.. found.Examples.Select(one => $"{one.Object}: expected {one.Expected ?? "-"}, is {one.Actual ?? "-"}")],
                },
                new NpgsqlParameter<DateTime> { TypedValue = found.At, NpgsqlDbType = NpgsqlDbType.TimestampTz },
            },
        };
        await command.ExecuteNonQueryAsync(ct);
    }

    public static async Task<List<DriftFound>> Read(NpgsqlConnection db, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(ReadSql, db);
        var found = new List<DriftFound>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            found.Add(new(reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetFieldValue<string[]>(3), reader.GetDateTime(4)));
        return found;
    }
}
