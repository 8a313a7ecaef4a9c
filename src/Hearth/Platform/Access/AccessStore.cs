using Npgsql;

namespace Hearth.Platform;

/// <summary>What authentication needs of an account.</summary>
internal sealed record AccountStanding(Guid Uuid, Roles Roles, Guid? Tenant, int Version, bool IsActive);

internal sealed record ServiceStanding(long Id, string[] Scopes, Guid? Tenant, DateTimeOffset? ExpiresAt);

/// <summary>The two statements behind authentication; both look up one row by its key.</summary>
internal sealed class AccessStore(NpgsqlDataSource source)
{
    private const string AccountSql =
        """
        -- access.account
        select uuid, roles, tenant_id, version, is_active from users where id = $1
        """;

    // The time of the last use is kept to the minute: a token in use writes one row a minute, not one a request.
    private const string ServiceTokenSql =
        """
        -- access.service_token
        with used as (
          update service_tokens set last_used_at = now()
           where hash = $1 and (last_used_at is null or last_used_at < now() - interval '1 minute'))
        select id, scopes, tenant_id, expires_at from service_tokens
         where hash = $1 and revoked_at is null and (expires_at is null or expires_at > now())
        """;

    public async Task<AccountStanding?> Account(long id)
    {
        await using var command = source.CreateCommand(AccountSql);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = id });
        await using var row = await command.ExecuteReaderAsync();
        if (!await row.ReadAsync())
            return null;
        var tenant = row.IsDBNull(2) ? (Guid?)null : row.GetGuid(2);
        return new AccountStanding(row.GetGuid(0), (Roles)row.GetInt32(1), tenant, row.GetInt32(3), row.GetBoolean(4));
    }

    public async Task<ServiceStanding?> ServiceToken(byte[] hash)
    {
        await using var command = source.CreateCommand(ServiceTokenSql);
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = hash });
        await using var row = await command.ExecuteReaderAsync();
        if (!await row.ReadAsync())
            return null;
        var tenant = row.IsDBNull(2) ? (Guid?)null : row.GetGuid(2);
        var expires = row.IsDBNull(3) ? (DateTimeOffset?)null : new DateTimeOffset(row.GetDateTime(3), TimeSpan.Zero);
        return new ServiceStanding(row.GetInt64(0), row.GetFieldValue<string[]>(1), tenant, expires);
    }
}
