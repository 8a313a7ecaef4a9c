using Hearth.Ledger;
using Npgsql;

namespace Hearth.Features.Operations.Import;

/// <summary>The accounts that came with an import, as a whole.</summary>
internal static class ImportAccounts
{
    private const string HasSql = "select exists (select from users where imported_from = $1)";

    private const string OpenSql =
        """
        -- import.open_accounts
        update users set is_active = $2, version = version + 1 where starts_with(imported_from, $1) and is_active <> $2 returning id
        """;

    public static async Task<bool> Has(NpgsqlDataSource source, string name, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        await using var command = new NpgsqlCommand(HasSql, db) { Parameters = { new NpgsqlParameter<string> { TypedValue = name } } };
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>Lets all of them sign in, or none; what they wrote stays.</summary>
    /// <returns>How many that changed.</returns>
    public static async Task<int> Open(Writes writes, string prefix, bool open, CancellationToken ct)
    {
        await using var write = await writes.Begin(ct);
        var changed = 0;
        await using (var command = new NpgsqlCommand(OpenSql, write.Db)
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = prefix }, new NpgsqlParameter<bool> { TypedValue = open } },
        })
        {
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
            {
                write.Append(new Entry(Verb.ChangeAccount, ObjectKind.User, reader.GetInt64(0)) { Subject = reader.GetInt64(0) });
                changed++;
            }
        }

        await write.Commit();
        return changed;
    }
}
