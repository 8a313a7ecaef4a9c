using System.Runtime.CompilerServices;
using Npgsql;

namespace Hearth.Ledger;

/// <summary>
/// What a feature holds on people. Every column that names a person is in a file of the export, or says why it is not; and is
/// touched by an erasure, or says why it stays. A test walks the schema and fails for a column that nobody speaks for.
/// </summary>
internal interface IPersonal
{
    IReadOnlyList<PersonalFile> Files { get; }

    /// <summary>In this order.</summary>
    IReadOnlyList<ErasureStep> Erasure { get; }

    IReadOnlyList<PersonalColumn> Exceptions { get; }
}

/// <summary>A JSON file of the export: an array with an object per row.</summary>
/// <param name="Name">Without its ending.</param>
/// <param name="Columns">The columns that it covers, such as <c>posts.author</c>.</param>
/// <param name="Rows">The rows on a person, each a JSON object.</param>
internal sealed record PersonalFile(string Name, IReadOnlyList<string> Columns, Func<NpgsqlConnection, long, CancellationToken, IAsyncEnumerable<string>> Rows)
{
    /// <summary>What a statement gives for the person <c>$1</c>.</summary>
    public static PersonalFile Of(string name, string[] columns, string sql)
    {
        var statement = $"-- personal.{name}\nselect to_jsonb(held)::text from (\n{sql}\n) held";
        return new PersonalFile(name, columns, (db, user, ct) => Read(db, statement, user, ct));
    }

    private static async IAsyncEnumerable<string> Read(NpgsqlConnection db, string sql, long user, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, db) { Parameters = { new NpgsqlParameter<long> { TypedValue = user } } };
        await using var rows = await command.ExecuteReaderAsync(ct);
        while (await rows.ReadAsync(ct))
            yield return rows.GetString(0);
    }
}

/// <summary>A column that names a person and is not in the export, or that no erasure touches, and why.</summary>
internal sealed record PersonalColumn(string Column, string? NotExported = null, string? NotErased = null)
{
    /// <summary>Columns of a table that follows from the ledger.</summary>
    public static IEnumerable<PersonalColumn> Derived(params string[] columns) => columns.Select(column => new PersonalColumn(
        column, "Follows from the ledger's rows, which are in ledger.json.", "Numbers alone; follows from the ledger, whose rows stay and name nobody."));
}

/// <summary>
/// A step of an erasure: is called, each time in a transaction of its own, until it finds nothing to do. So a crash between two calls
/// leaves whole chunks, and doing it all again is harmless.
/// </summary>
/// <param name="Table">What it touches.</param>
/// <param name="Done">What it does there: <c>deleted</c>, <c>emptied</c>, <c>taken back</c>.</param>
/// <param name="Columns">The columns that it covers.</param>
/// <param name="Run">Does a chunk for the person.</param>
internal sealed record ErasureStep(string Table, string Done, IReadOnlyList<string> Columns, Func<Write, long, CancellationToken, Task<Erased>> Run)
{
    /// <summary>What a row says that another's erasure brought about.</summary>
    public const string Cause = """{"erasure":true}""";

    /// <summary>Done only where content goes, too.</summary>
    public bool OnlyRemoving { get; init; }

    /// <summary>One statement, whose rows are counted; the person is <c>$1</c>.</summary>
    public static ErasureStep Of(string table, string done, string[] columns, string sql) => new(table, done, columns, async (write, user, ct) =>
    {
        await using var command = new NpgsqlCommand($"-- erasure.{table}\n{sql}", write.Db) { Parameters = { new NpgsqlParameter<long> { TypedValue = user } } };
        return new Erased(await command.ExecuteNonQueryAsync(ct));
    });
}

/// <summary>What a call of a step did.</summary>
/// <param name="Rows">How many rows; 0 ends the step.</param>
/// <param name="Afterwards">What to do once it is committed.</param>
internal readonly record struct Erased(int Rows, Action? Afterwards = null);

/// <summary>The files that people uploaded, as export and erasure need them.</summary>
internal interface IPersonalMedia
{
    /// <returns>The names of a person's files.</returns>
    IAsyncEnumerable<string> Of(long user, CancellationToken ct);

    /// <returns>The file; null where this node does not have it.</returns>
    Stream? Open(string name);

    /// <summary>Removes a picture by the address that a profile names.</summary>
    void Remove(string? address);
}
