using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Database;

/// <summary>A numbered step of the schema, as it lies in <c>Database/Migrations</c>.</summary>
internal sealed record Migration(int Number, string Name, string Sql)
{
    public string Checksum { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql)));

    public static IReadOnlyList<Migration> All { get; } = [.. Read().OrderBy(migration => migration.Number)];

    private static IEnumerable<Migration> Read()
    {
        const string prefix = "migrations/";
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith(prefix, StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            var name = Path.GetFileNameWithoutExtension(resource[prefix.Length..]);
            yield return new Migration(int.Parse(name.AsSpan(0, 4), CultureInfo.InvariantCulture), name, reader.ReadToEnd());
        }
    }
}

/// <summary>
/// Brings a database to this program's schema: each migration once, in order, in a transaction of its own, and by one node
/// while the others wait.
/// </summary>
internal static class MigrationRunner
{
    private const string TableSql =
        """
        -- migrations.table
        create table if not exists schema_migrations (
          number     int primary key,
          name       text not null,
          checksum   text not null,
          applied_at timestamptz not null default now()
        )
        """;

    private const string AppliedSql = "/* migrations.applied */ select number, name, checksum from schema_migrations order by number";

    private const string RecordSql = "/* migrations.record */ insert into schema_migrations (number, name, checksum) values ($1, $2, $3)";

    /// <returns>The names of the migrations that were applied.</returns>
    public static async Task<IReadOnlyList<string>> Run(NpgsqlDataSource source, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        // Two-part keys are apart from the ledger's fence, which uses one-part keys.
        await Execute(db, "select pg_advisory_lock(1, 1)", ct);
        try
        {
            await Execute(db, TableSql, ct);
            var pending = Pending(await Applied(db, ct));
            foreach (var migration in pending)
                await Apply(db, migration, ct);
            return [.. pending.Select(migration => migration.Name)];
        }
        finally
        {
            await Execute(db, "select pg_advisory_unlock(1, 1)", CancellationToken.None);
        }
    }

    private static List<Migration> Pending(Dictionary<int, (string Name, string Checksum)> applied)
    {
        foreach (var (number, (name, checksum)) in applied)
        {
            if (Migration.All.FirstOrDefault(migration => migration.Number == number) is not { } known)
                throw new StartFailure($"The database was made by a newer Hearth: it has the migration {name}, which this one does not know.");
            if (!string.Equals(known.Checksum, checksum, StringComparison.Ordinal))
                throw new StartFailure($"The migration {known.Name} differs from what was applied to this database: take the file back, or use another database.");
        }

        return [.. Migration.All.Where(migration => !applied.ContainsKey(migration.Number))];
    }

    private static async Task<Dictionary<int, (string Name, string Checksum)>> Applied(NpgsqlConnection db, CancellationToken ct)
    {
        var applied = new Dictionary<int, (string, string)>();
        await using var command = new NpgsqlCommand(AppliedSql, db);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            applied.Add(reader.GetInt32(0), (reader.GetString(1), reader.GetString(2)));
        return applied;
    }

    private static async Task Apply(NpgsqlConnection db, Migration migration, CancellationToken ct)
    {
        await using var transaction = await db.BeginTransactionAsync(ct);
        try
        {
            await Execute(db, migration.Sql, ct);
        }
        catch (PostgresException problem)
        {
            throw new StartFailure($"The migration {migration.Name} failed: {problem.MessageText} (SQLSTATE {problem.SqlState})", problem);
        }

        await using var record = new NpgsqlCommand(RecordSql, db)
        {
            Parameters =
            {
                new NpgsqlParameter<int> { TypedValue = migration.Number },
                new NpgsqlParameter<string> { TypedValue = migration.Name },
                new NpgsqlParameter<string> { TypedValue = migration.Checksum },
            },
        };
        await record.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
    }

    private static async Task Execute(NpgsqlConnection db, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, db);
        await command.ExecuteNonQueryAsync(ct);
    }
}
