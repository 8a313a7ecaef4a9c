using Hearth.Platform;
using Npgsql;
using NpgsqlTypes;

namespace Hearth.Features.Accounts;

/// <summary>The statements on <c>users</c>.</summary>
internal static class AccountStore
{
    private const string Columns =
        """
        id, uuid, username, email, email_verified, display_name, profile_photo, bio, password_hash, roles, tenant_id, is_active, version,
        show_email, is_private, time_zone, created_at
        """;

    private const string InsertSql =
        $"""
        -- accounts.insert
        insert into users (username, username_key, email, email_key, email_verified, display_name, password_hash, roles)
        values ($1, $2, $3, $4, $5, $6, $7, $8)
        returning {Columns}
        """;

    private const string ByIdSql =
        $"""
        -- accounts.by_id
        select {Columns} from users where id = $1
        """;

    private const string LockSql =
        $"""
        -- accounts.lock
        select {Columns} from users where id = $1 for no key update
        """;

    // The decision that suspended it: about something of the person's, or about a ring that they are in.
    private const string SuspensionSql =
        """
        -- accounts.suspension
        select uuid from (
          select uuid, decided_at, id from reports where owner = $1 and action = 'suspend'
          union all
          select p.uuid, p.decided_at, p.id from ring_members m join reports p on p.object_kind = 21 and p.object_id = m.ring_id
           where m.user_id = $1 and m.suspended and p.action = 'suspend') d
         order by decided_at desc, id limit 1
        """;

    private const string ByNameSql =
        $"""
        -- accounts.by_name
        select {Columns} from users where username_key = $1 or email_key = $1
         order by password_hash is null, username_key = $1 desc
         limit 1
        """;

    private const string ByEmailSql =
        $"""
        -- accounts.by_email
        select {Columns} from users where email_key = $1
        """;

    private const string UpdateSql =
        """
        -- accounts.update
        update users
           set email_verified = $2, display_name = $3, profile_photo = $4, bio = $5, password_hash = $6, roles = $7, tenant_id = $8,
               is_active = $9, version = $10, show_email = $11, is_private = $12, time_zone = $13,
               profile_visibility = case when is_private = $12 then profile_visibility when $12 then greatest(profile_visibility, 1) else 0 end
         where id = $1
        """;

    private const string NewerSql =
        $"""
        -- accounts.newer
        select {Columns} from users
         where ($1::text is null or username_key like $1 or email_key like $1) and id > $2
         order by id
         limit $3
        """;

    private const string OlderSql =
        $"""
        -- accounts.older
        select {Columns} from users
         where ($1::text is null or username_key like $1 or email_key like $1) and id < $2
         order by id desc
         limit $3
        """;

    public static async Task<Account> Insert(
        NpgsqlConnection db, string username, string email, bool verified, string displayName, string passwordHash, Roles roles, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(InsertSql, db);
        command.Parameters.Add(Text(username));
        command.Parameters.Add(Text(AccountRules.Key(username)));
        command.Parameters.Add(Text(email));
        command.Parameters.Add(Text(AccountRules.Key(email)));
        command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = verified });
        command.Parameters.Add(Text(displayName));
        command.Parameters.Add(Text(passwordHash));
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = (int)roles });
        return (await One(command, ct))!;
    }

    public static Task<Account?> ById(NpgsqlConnection db, long id, CancellationToken ct) => One(db, ByIdSql, id, ct);

    /// <summary>The row, until the transaction ends.</summary>
    public static Task<Account?> Lock(NpgsqlConnection db, long id, CancellationToken ct) => One(db, LockSql, id, ct);

    /// <returns>The decision by which the account is suspended; null where no moderator's did it.</returns>
    public static async Task<Guid?> Suspension(NpgsqlConnection db, long id, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(SuspensionSql, db) { Parameters = { new NpgsqlParameter<long> { TypedValue = id } } };
        return await command.ExecuteScalarAsync(ct) as Guid?;
    }

    /// <summary>By name or, where it is an address, by that.</summary>
    public static Task<Account?> ByName(NpgsqlConnection db, string name, CancellationToken ct) =>
        One(db, ByNameSql, AccountRules.Key(name), ct);

    public static Task<Account?> ByEmail(NpgsqlConnection db, string email, CancellationToken ct) =>
        One(db, ByEmailSql, AccountRules.Key(email), ct);

    /// <summary>Writes what may change of a row that the transaction holds.</summary>
    public static async Task Update(NpgsqlConnection db, Account account, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(UpdateSql, db);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = account.Id });
        command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = account.EmailVerified });
        command.Parameters.Add(Text(account.DisplayName));
        command.Parameters.Add(Text(account.ProfilePhoto));
        command.Parameters.Add(Text(account.Bio));
        command.Parameters.Add(Text(account.PasswordHash));
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = (int)account.Roles });
        command.Parameters.Add(new NpgsqlParameter<Guid?> { TypedValue = account.Tenant });
        command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = account.IsActive });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = account.Version });
        command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = account.ShowEmail });
        command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = account.IsPrivate });
        command.Parameters.Add(Text(account.TimeZone));
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Newest first; those whose name or address begins with <paramref name="start"/>, where it is given.</summary>
    public static async Task<List<Account>> List(NpgsqlConnection db, string? start, KeysetQuery page, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(page.Backwards ? NewerSql : OlderSql, db);
        command.Parameters.Add(Text(start is null ? null : Like(AccountRules.Key(start))));
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = page.Cursor?.Long(0) ?? long.MaxValue });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = page.Take });
        var accounts = new List<Account>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            accounts.Add(Row(reader));
        return accounts;
    }

    private static string Like(string text) =>
        text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal) + "%";

    private static async Task<Account?> One<T>(NpgsqlConnection db, string sql, T key, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, db) { Parameters = { new NpgsqlParameter<T> { TypedValue = key } } };
        return await One(command, ct);
    }

    private static async Task<Account?> One(NpgsqlCommand command, CancellationToken ct)
    {
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? Row(reader) : null;
    }

    private static NpgsqlParameter Text(string? value) => new NpgsqlParameter<string?> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Text };

    private static Account Row(NpgsqlDataReader r) => new(
        r.GetInt64(0),
        r.GetGuid(1),
        r.GetString(2),
        r.IsDBNull(3) ? null : r.GetString(3),
        r.GetBoolean(4),
        r.GetString(5),
        r.IsDBNull(6) ? null : r.GetString(6),
        r.GetString(7),
        r.IsDBNull(8) ? null : r.GetString(8),
        (Roles)r.GetInt32(9),
        r.IsDBNull(10) ? null : r.GetGuid(10),
        r.GetBoolean(11),
        r.GetInt32(12),
        r.GetBoolean(13),
        r.GetBoolean(14),
        r.IsDBNull(15) ? null : r.GetString(15),
        r.GetDateTime(16));
}
