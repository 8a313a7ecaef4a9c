using Npgsql;

namespace Hearth.Features.Accounts;

/// <summary>A refresh token's row with what decides whether it holds.</summary>
internal sealed record RefreshRow(Guid Family, long User, bool IsOver, DateTime? UsedAt, byte[]? Answer);

/// <summary>The statements on sessions and on tokens that mails carry. Times are the application's: a grace of seconds is tested without waiting.</summary>
internal static class SessionStore
{
    private const string BeginSql =
        """
        -- sessions.begin
        insert into refresh_families (user_id, created_at) values ($1, $2) returning id
        """;

    private const string AddSql =
        """
        -- sessions.add
        insert into refresh_tokens (hash, family_id, expires_at) values ($1, $2, $3)
        """;

    private const string LockSql =
        """
        -- sessions.lock
        select t.family_id, f.user_id, t.expires_at <= $2 or f.revoked_at is not null, t.used_at, t.answer
          from refresh_tokens t join refresh_families f on f.id = t.family_id
         where t.hash = $1
           for update of t
        """;

    private const string UseSql =
        """
        -- sessions.use
        update refresh_tokens set used_at = $2, answer = $3 where hash = $1
        """;

    private const string RevokeSql =
        """
        -- sessions.revoke
        update refresh_families set revoked_at = $2 where id = $1 and revoked_at is null
        """;

    private const string RevokeByTokenSql =
        """
        -- sessions.revoke_by_token
        update refresh_families set revoked_at = $2
         where id = (select family_id from refresh_tokens where hash = $1) and revoked_at is null
        """;

    private const string RevokeAllSql =
        """
        -- sessions.revoke_all
        update refresh_families set revoked_at = $2 where user_id = $1 and revoked_at is null
        """;

    private const string AddMailTokenSql =
        """
        -- sessions.add_mail_token
        insert into account_tokens (hash, user_id, purpose, expires_at) values ($1, $2, $3, $4)
        """;

    private const string UseMailTokenSql =
        """
        -- sessions.use_mail_token
        update account_tokens set used_at = $3
         where hash = $1 and purpose = $2 and used_at is null and expires_at > $3
        returning user_id
        """;

    private const string VoidMailTokensSql =
        """
        -- sessions.void_mail_tokens
        update account_tokens set used_at = $3 where user_id = $1 and purpose = $2 and used_at is null
        """;

    private const string SweepSql =
        """
        -- sessions.sweep
        with answers as (update refresh_tokens set answer = null where answer is not null and used_at < $1 - interval '1 minute'),
             mails as (delete from account_tokens where expires_at < $1 - interval '7 days')
        delete from refresh_tokens where expires_at < $1 - interval '1 day'
        """;

    private const string SweepFamiliesSql =
        """
        -- sessions.sweep_families
        delete from refresh_families f
         where created_at < $1 - interval '31 days' and not exists (select from refresh_tokens t where t.family_id = f.id)
        """;

    public static async Task<Guid> Begin(NpgsqlConnection db, long user, DateTime now)
    {
        await using var command = Command(db, BeginSql, user, now);
        return (Guid)(await command.ExecuteScalarAsync())!;
    }

    public static Task Add(NpgsqlConnection db, byte[] hash, Guid family, DateTime expires) => Run(db, AddSql, hash, family, expires);

    /// <summary>The token's row, until the transaction ends: two tabs come one after the other.</summary>
    public static async Task<RefreshRow?> Lock(NpgsqlConnection db, byte[] hash, DateTime now, CancellationToken ct)
    {
        await using var command = Command(db, LockSql, hash, now);
        await using var row = await command.ExecuteReaderAsync(ct);
        if (!await row.ReadAsync(ct))
            return null;
        return new RefreshRow(
            row.GetGuid(0),
            row.GetInt64(1),
            row.GetBoolean(2),
            row.IsDBNull(3) ? null : row.GetDateTime(3),
            row.IsDBNull(4) ? null : row.GetFieldValue<byte[]>(4));
    }

    public static Task Use(NpgsqlConnection db, byte[] hash, DateTime now, byte[] answer) => Run(db, UseSql, hash, now, answer);

    public static Task Revoke(NpgsqlConnection db, Guid family, DateTime now) => Run(db, RevokeSql, family, now);

    public static Task RevokeByToken(NpgsqlConnection db, byte[] hash, DateTime now) => Run(db, RevokeByTokenSql, hash, now);

    public static Task RevokeAll(NpgsqlConnection db, long user, DateTime now) => Run(db, RevokeAllSql, user, now);

    public static Task AddMailToken(NpgsqlConnection db, byte[] hash, long user, string purpose, DateTime expires) =>
        Run(db, AddMailTokenSql, hash, user, purpose, expires);

    /// <returns>Whose it is, when it holds; it holds once.</returns>
    public static async Task<long?> UseMailToken(NpgsqlConnection db, byte[] hash, string purpose, DateTime now)
    {
        await using var command = Command(db, UseMailTokenSql, hash, purpose, now);
        return await command.ExecuteScalarAsync() as long?;
    }

    public static Task VoidMailTokens(NpgsqlConnection db, long user, string purpose, DateTime now) =>
        Run(db, VoidMailTokensSql, user, purpose, now);

    /// <summary>Forgets what ended, and the answers that were kept for a second tab.</summary>
    public static async Task<int> Sweep(NpgsqlConnection db, DateTime now) =>
        await Run(db, SweepSql, now) + await Run(db, SweepFamiliesSql, now);

    private static async Task<int> Run(NpgsqlConnection db, string sql, params object[] values)
    {
        await using var command = Command(db, sql, values);
        return await command.ExecuteNonQueryAsync();
    }

    private static NpgsqlCommand Command(NpgsqlConnection db, string sql, params object[] values)
    {
        var command = new NpgsqlCommand(sql, db);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }
}
