using Npgsql;

namespace Hearth.Ledger;

/// <summary>
/// A comparison of what is stored with what follows from its source, in one statement and so in one snapshot: counters with state,
/// state with the ledger. Features register theirs.
/// </summary>
/// <param name="Name">Such as <c>posts.reactions</c>.</param>
/// <param name="CountSql">How many rows are checked.</param>
/// <param name="DifferencesSql">The rows that differ: <c>(object text, expected text, actual text)</c>.</param>
internal sealed record StateCheck(string Name, string CountSql, string DifferencesSql);

/// <summary>One row that is not what its source says.</summary>
internal sealed record Difference(string Object, string? Expected, string? Actual);

/// <summary>What a check found; <c>Examples</c> holds the first differences.</summary>
internal sealed record CheckResult(string Name, long Rows, long Differences, IReadOnlyList<Difference> Examples, DateTime At);

/// <summary>Recomputes every counter, state row and projection from its source. All differences must be 0.</summary>
internal sealed class Verification(
    NpgsqlDataSource source, IEnumerable<StateCheck> checks, IEnumerable<Projection> projections, Rebuilds rebuilds, TimeProvider time)
{
    private const int MostExamples = 20;

    /// <summary>The names of all checks: the state's, then the projections'.</summary>
    public IReadOnlyList<string> Names { get; } = [.. checks.Select(check => check.Name), .. projections.Select(projection => projection.Name)];

    public async Task<CheckResult> Run(string name, CancellationToken ct)
    {
        if (checks.FirstOrDefault(check => string.Equals(check.Name, name, StringComparison.Ordinal)) is { } check)
            return await Run(check, ct);
        var projection = projections.First(projection => string.Equals(projection.Name, name, StringComparison.Ordinal));
        var drift = await rebuilds.Compare(projection, null, ct);
        return new CheckResult(
            name,
            drift.Tables.Sum(table => table.Rows),
            drift.Differences,
            [.. drift.Tables.SelectMany(table => table.Examples.Select(example => new Difference(table.Table, null, example)))],
            Now);
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private async Task<CheckResult> Run(StateCheck check, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        await using var transaction = await db.BeginTransactionAsync(ct);
        await using (var limit = new NpgsqlCommand("set local statement_timeout = 0", db))
            await limit.ExecuteNonQueryAsync(ct);
        await using var count = new NpgsqlCommand(check.CountSql, db);
        var rows = (long)(await count.ExecuteScalarAsync(ct))!;
        var examples = new List<Difference>();
        var differences = 0L;
        await using var command = new NpgsqlCommand(check.DifferencesSql, db);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            if (++differences <= MostExamples)
                examples.Add(new Difference(reader.GetString(0), Text(reader, 1), Text(reader, 2)));
        }

        return new CheckResult(check.Name, rows, differences, examples, Now);
    }

    private static string? Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
