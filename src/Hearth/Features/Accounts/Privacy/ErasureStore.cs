using Hearth.Database;
using Npgsql;

namespace Hearth.Features.Accounts;

/// <summary>A row of <c>erasures</c>.</summary>
internal sealed record Erasure(Guid Id, long User, bool Removes, DateTime StartedAt, DateTime? FinishedAt, DateTime? SweptAt);

/// <summary>The statements on erasures and on the account that one empties.</summary>
internal static class ErasureStore
{
    private const string Columns = "id, user_id, mode = 'remove', started_at, finished_at, swept_at";

    // All of them, by id: two who leave at once wait for each other.
    private const string OtherAdministratorsSql =
        """
        -- erasures.other_administrators
        select count(*) filter (where id <> $1) from (select id from users where roles & $2 <> 0 and is_active order by id for update) a
        """;

    private const string BeginSql =
        """
        -- erasures.begin
        insert into erasures (user_id, mode) values ($1, $2) returning id
        """;

    // The row stays, because rows of others lead to it; nothing in it leads to anybody.
    private const string EmptySql =
        """
        -- erasures.empty_account
        update users
           set username = $2, username_key = $2, email = null, email_key = null, email_verified = false, display_name = 'Deleted user', profile_photo = null, bio = '',
               password_hash = null, roles = 1, tenant_id = null, is_active = false, version = version + 1, show_email = false, is_private = true, time_zone = null,
               imported_from = null, profile_visibility = 2, activity_visibility = 2, created_at = date_trunc('year', created_at)
         where id = $1
        """;

    private const string NoteSql =
        """
        -- erasures.note
        insert into erasure_stores as s (erasure, store, done, rows) values ($1, $2, $3, $4)
        on conflict (erasure, store, done) do update set rows = s.rows + excluded.rows, at = now()
        """;

    private const string OpenSql =
        $"""
        -- erasures.open
        select {Columns} from erasures
         where swept_at is null and (finished_at is null or finished_at < now() - interval '2 minutes') order by started_at limit 100
        """;

    public static async Task<bool> IsLastAdministrator(NpgsqlConnection db, long user, int admin, CancellationToken ct)
    {
        await using var command = Sql.Command(db, OtherAdministratorsSql, Sql.Value(user), Sql.Value(admin));
        return (long)(await command.ExecuteScalarAsync(ct))! == 0;
    }

    public static async Task<Guid> Begin(NpgsqlConnection db, long user, string mode, CancellationToken ct)
    {
        await using var command = Sql.Command(db, BeginSql, Sql.Value(user), Sql.Value(mode));
        return (Guid)(await command.ExecuteScalarAsync(ct))!;
    }

    public static Task EmptyAccount(NpgsqlConnection db, long user, string name, CancellationToken ct) =>
        Sql.Execute(db, EmptySql, ct, Sql.Value(user), Sql.Value(name));

    /// <summary>Takes the erasure's turn until the transaction ends.</summary>
    public static Task Lock(NpgsqlConnection db, Guid id, CancellationToken ct) =>
        Sql.Execute(db, "-- erasures.lock\nselect from erasures where id = $1 for update", ct, Sql.Value(id));

    public static Task Note(NpgsqlConnection db, Guid id, string store, string done, long rows, CancellationToken ct) =>
        Sql.Execute(db, NoteSql, ct, Sql.Value(id), Sql.Value(store), Sql.Value(done), Sql.Value(rows));

    public static Task Finish(NpgsqlConnection db, Guid id, CancellationToken ct) =>
        Sql.Execute(db, "-- erasures.finish\nupdate erasures set finished_at = now() where id = $1 and finished_at is null", ct, Sql.Value(id));

    public static Task Swept(NpgsqlConnection db, Guid id, CancellationToken ct) =>
        Sql.Execute(db, "-- erasures.swept\nupdate erasures set swept_at = now() where id = $1", ct, Sql.Value(id));

    public static async Task<Erasure?> One(NpgsqlConnection db, Guid id, CancellationToken ct) =>
        (await Read(Sql.Command(db, $"-- erasures.one\nselect {Columns} from erasures where id = $1", Sql.Value(id)), ct)).FirstOrDefault();

    public static async Task<Erasure?> Of(NpgsqlConnection db, long user, CancellationToken ct) =>
        (await Read(Sql.Command(db, $"-- erasures.of\nselect {Columns} from erasures where user_id = $1", Sql.Value(user)), ct)).FirstOrDefault();

    /// <returns>Those that a crash cut short, and those to be looked through once more.</returns>
    public static Task<List<Erasure>> Open(NpgsqlConnection db, CancellationToken ct) => Read(Sql.Command(db, OpenSql), ct);

    public static async Task<List<ErasedStore>> Stores(NpgsqlConnection db, Guid id, CancellationToken ct)
    {
        var stores = new List<ErasedStore>();
        await using var command = Sql.Command(db, "-- erasures.stores\nselect store, done, rows, at from erasure_stores where erasure = $1 order by at, store", Sql.Value(id));
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
            stores.Add(new ErasedStore(row.GetString(0), row.GetString(1), row.GetInt64(2), row.GetDateTime(3)));
        return stores;
    }

    private static async Task<List<Erasure>> Read(NpgsqlCommand command, CancellationToken ct)
    {
        await using (command)
        {
            var erasures = new List<Erasure>();
            await using var row = await command.ExecuteReaderAsync(ct);
            while (await row.ReadAsync(ct))
            {
                erasures.Add(new Erasure(
                    row.GetGuid(0), row.GetInt64(1), row.GetBoolean(2), row.GetDateTime(3), row.IsDBNull(4) ? null : row.GetDateTime(4), row.IsDBNull(5) ? null : row.GetDateTime(5)));
            }

            return erasures;
        }
    }
}
