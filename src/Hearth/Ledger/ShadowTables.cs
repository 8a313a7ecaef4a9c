using Npgsql;

namespace Hearth.Ledger;

/// <summary>
/// A second set of a projection's tables, empty, in a schema of its own: with the columns, settings, keys and indexes of the live set, and
/// their names, so that nobody can tell a set that was rebuilt from one that a migration made.
/// </summary>
internal static class ShadowTables
{
    // Indexes that hold a key are made by their constraints. Definitions always name the schema of their table.
    private const string PartsSql =
        """
        -- rebuild.parts
        select 1 as turn, format('create %s table %I.%I (like public.%3$I including all excluding indexes)', $3, $1, t.relname)
               || case when t.reloptions is null then '' else format(' with (%s)', array_to_string(t.reloptions, ', ')) end
          from pg_class t where t.oid = any ($2::regclass[])
        union all
        select 2, case when k.oid is null then replace(pg_get_indexdef(i.indexrelid), format(' ON public.%I ', t.relname), format(' ON %I.%I ', $1, t.relname))
                    else format('alter table %I.%I add constraint %I %s', $1, t.relname, k.conname, pg_get_constraintdef(k.oid)) end
          from pg_index i
          join pg_class t on t.oid = i.indrelid
          left join pg_constraint k on k.conindid = i.indexrelid and k.conrelid = i.indrelid
         where i.indrelid = any ($2::regclass[])
         order by turn
        """;

    /// <param name="isKept">Whether they are to take the live set's place; else they need not outlast a crash, and nothing of them is logged.</param>
    public static async Task Create(NpgsqlConnection db, string schema, IEnumerable<string> tables, bool isKept, CancellationToken ct)
    {
        var statements = new List<string>();
        await using (var command = new NpgsqlCommand(PartsSql, db)
        {
            Parameters =
            {
                new NpgsqlParameter<string> { TypedValue = schema },
                new NpgsqlParameter<string[]> { TypedValue = [.. tables.Select(table => "public." + table)] },
                new NpgsqlParameter<string> { TypedValue = isKept ? "" : "unlogged" },
            },
        })
        await using (var row = await command.ExecuteReaderAsync(ct))
        {
            while (await row.ReadAsync(ct))
                statements.Add(row.GetString(1));
        }

        await using var batch = new NpgsqlBatch(db);
        foreach (var statement in statements)
            batch.BatchCommands.Add(new NpgsqlBatchCommand(statement));
        await batch.ExecuteNonQueryAsync(ct);
    }
}
