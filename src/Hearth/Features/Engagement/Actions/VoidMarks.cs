using Npgsql;

namespace Hearth.Features.Engagement.Actions;

/// <summary>Which rows are void at a place in the ledger: the last of a row's voids and restores before that place decides.</summary>
internal sealed class VoidMarks
{
    private const string Sql =
        """
        -- engagement.void_marks
        select distinct on (voids) voids, verb = 100 from ledger where voids = any($1) and id < $2 order by voids, id desc
        """;

    private readonly Dictionary<long, bool> marks = [];

    public bool IsVoid(long id) => marks.GetValueOrDefault(id);

    public async Task Load(NpgsqlConnection db, long[] ids, long before, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Sql, db)
        {
            Parameters = { new NpgsqlParameter<long[]> { TypedValue = ids }, new NpgsqlParameter<long> { TypedValue = before } },
        };
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            marks[reader.GetInt64(0)] = reader.GetBoolean(1);
    }

    /// <returns>Whether the row's mark changes by this.</returns>
    public bool Set(long id, bool isVoid)
    {
        var was = IsVoid(id);
        marks[id] = isVoid;
        return was != isVoid;
    }
}
