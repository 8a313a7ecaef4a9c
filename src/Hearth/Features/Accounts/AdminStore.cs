using Dapper;
using Npgsql;
using NpgsqlTypes;

namespace Hearth.Features.Accounts;

/// <summary>The statements on tenants, service tokens and the audit.</summary>
internal static class AdminStore
{
    private const string AddTenantSql =
        """
        -- tenants.add
        insert into tenants (name, time_zone, webhook_secret) values (@name, @zone, @secret) returning id
        """;

    // The secret before holds for another day: those who sign with it are told one by one.
    private const string RotateSql =
        """
        -- tenants.rotate
        update tenants set previous_secret = webhook_secret, previous_until = now() + interval '24 hours', webhook_secret = @secret
         where id = @id
        returning name
        """;

    private const string TenantsSql =
        """
        -- tenants.list
        select number, id, name, time_zone as timezone, created_at as createdat from tenants
         where case when @back then number > @key else number < @key end
         order by case when @back then number else -number end
         limit @take
        """;

    private const string HasTenantSql =
        """
        -- tenants.exists
        select exists (select from tenants where id = @id)
        """;

    private const string AddTokenSql =
        """
        -- service_tokens.add
        insert into service_tokens (hash, name, scopes, tenant_id, created_by, expires_at)
        values (@hash, @name, @scopes, @tenant, @by, @expires)
        returning id, created_at
        """;

    private const string RevokeTokenSql =
        """
        -- service_tokens.revoke
        update service_tokens set revoked_at = now() where id = @id and revoked_at is null
        """;

    private const string TokensSql =
        """
        -- service_tokens.list
        select id, name, scopes, tenant_id as tenantid, created_at as createdat, expires_at as expiresat, last_used_at as lastusedat
          from service_tokens
         where revoked_at is null and case when @back then id > @key else id < @key end
         order by case when @back then id else -id end
         limit @take
        """;

    private const string AuditSql =
        """
        -- audit.add
        insert into audit (actor, action, target, detail) values ($1, $2, $3, $4)
        """;

    public static Task<Guid> AddTenant(NpgsqlConnection db, string name, string zone, string secret) =>
        db.ExecuteScalarAsync<Guid>(AddTenantSql, new { name, zone, secret });

    /// <returns>The tenant's name, or null where there is none.</returns>
    public static Task<string?> RotateSecret(NpgsqlConnection db, Guid id, string secret) =>
        db.ExecuteScalarAsync<string?>(RotateSql, new { id, secret });

    public static async Task<List<TenantRow>> Tenants(NpgsqlConnection db, bool back, long key, int take) =>
        [.. await db.QueryAsync<TenantRow>(TenantsSql, new { back, key, take })];

    public static Task<bool> HasTenant(NpgsqlConnection db, Guid id) => db.ExecuteScalarAsync<bool>(HasTenantSql, new { id });

    public static Task<(long Id, DateTime CreatedAt)> AddToken(
        NpgsqlConnection db, byte[] hash, string name, string[] scopes, Guid? tenant, long by, DateTime? expires) =>
        db.QuerySingleAsync<(long, DateTime)>(AddTokenSql, new { hash, name, scopes, tenant, by, expires });

    public static async Task<bool> RevokeToken(NpgsqlConnection db, long id) => await db.ExecuteAsync(RevokeTokenSql, new { id }) == 1;

    public static async Task<List<ServiceTokenRow>> Tokens(NpgsqlConnection db, bool back, long key, int take) =>
        [.. await db.QueryAsync<ServiceTokenRow>(TokensSql, new { back, key, take })];

    /// <summary>Who did what with whose account; ids only.</summary>
    public static async Task Audit(NpgsqlConnection db, long actor, string action, string target, string? detail = null)
    {
        await using var command = new NpgsqlCommand(AuditSql, db);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = actor });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = action });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = target });
        command.Parameters.Add(new NpgsqlParameter<string?> { TypedValue = detail, NpgsqlDbType = NpgsqlDbType.Jsonb });
        await command.ExecuteNonQueryAsync();
    }
}

internal sealed record TenantRow(int Number, Guid Id, string Name, string TimeZone, DateTime CreatedAt);

internal sealed class ServiceTokenRow
{
    public long Id { get; init; }

    public required string Name { get; init; }

    public required string[] Scopes { get; init; }

    public Guid? TenantId { get; init; }

    public DateTime CreatedAt { get; init; }

    public DateTime? ExpiresAt { get; init; }

    public DateTime? LastUsedAt { get; init; }
}
