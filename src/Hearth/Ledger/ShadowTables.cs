using Npgsql;

namespace Hearth.Ledger;

/// <summary>
/// A second set of a projection's tables, empty, in a schema of its own: with the columns, settings, keys and indexes of the live set, and
/// their names, so that nobody can tell a set that was rebuilt from one that a migration made.
/// </summary>
internal sealed class ShadowTables
{
    // Indexes that hold a key are made by their constraints. Definitions always name the schema of their table.
    private const string PartsSql =
        """
        -- rebuild.parts
        select 1 as turn, t.relname, format('create %s table %I.%I (like public.%3$I including all excluding indexes)', $3, $1, t.relname)
               || case when t.reloptions is null then '' else format(' with (%s)', array_to_string(t.reloptions, ', ')) end
          from pg_class t where t.oid = any ($2::regclass[])
        union all
        select case when k.oid is null then 3 else 2 end, x.relname,
               case when k.oid is null then replace(pg_get_indexdef(x.oid), format(' ON public.%I ', t.relname), format(' ON %I.%I ', $1, t.relname))
                    else format('alter table %I.%I add constraint %I %s', $1, t.relname, k.conname, pg_get_constraintdef(k.oid)) end
          from pg_index i
          join pg_class t on t.oid = i.indrelid
          join pg_class x on x.oid = i.indexrelid
          left join pg_constraint k on k.conindid = i.indexrelid and k.conrelid = i.indrelid
         where i.indrelid = any ($2::regclass[])
         order by turn
        """;

    private readonly List<string> late = [];

    private ShadowTables()
    {
    }

    /// <summary>Makes them, with their keys and those indexes by which the projection reads in any case.</summary>
    /// <param name="isKept">Whether they are to take the live set's place; else they need not outlast a crash, and nothing of them is logged.</param>
    public static async Task<ShadowTables> Create(NpgsqlConnection db, string schema, Projection projection, bool isKept, CancellationToken ct)
    {
        var shadow = new ShadowTables();
        var early = new List<string>();
        await using (var command = new NpgsqlCommand(PartsSql, db)
        {
            Parameters =
            {
                new NpgsqlParameter<string> { TypedValue = schema },
                new NpgsqlParameter<string[]> { TypedValue = [.. projection.Tables.Select(table => "public." + table)] },
                new NpgsqlParameter<string> { TypedValue = isKept ? "" : "unlogged" },
            },
        })
        await using (var row = await command.ExecuteReaderAsync(ct))
        {
            while (await row.ReadAsync(ct))
            {
                var isLate = row.GetInt32(0) == 3 && !projection.Lookups.Contains(row.GetString(1), StringComparer.Ordinal);
                (isLate ? shadow.late : early).Add(row.GetString(2));
            }
        }

        await Run(db, early, ct);
        return shadow;
    }

    /// <summary>Makes the indexes that are still missing: of many rows at once, which is much less work than with each row.</summary>
    /// <returns>Whether any were.</returns>
    public async Task<bool> Complete(NpgsqlConnection db, CancellationToken ct)
    {
        if (late.Count == 0)
            return false;
        await Run(db, late, ct);
        late.Clear();
        return true;
    }

    private static async Task Run(NpgsqlConnection db, List<string> statements, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(db) { Timeout = 0 };
        foreach (var statement in statements)
            batch.BatchCommands.Add(new NpgsqlBatchCommand(statement));
        await batch.ExecuteNonQueryAsync(ct);
    }
}
