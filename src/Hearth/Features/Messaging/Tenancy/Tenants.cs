using System.Collections.Concurrent;
using Hearth.Database;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Messaging.Tenancy;

/// <summary>Finds the tenant of a request. What it keeps of a tenant never changes.</summary>
internal sealed class Tenants(NpgsqlDataSource source)
{
    private const string FindSql =
        """
        -- tenants.find
        select number, id, name, time_zone from tenants where id = $1 or number = $2
        """;

    private readonly ConcurrentDictionary<Guid, Tenant> byId = new();
    private readonly ConcurrentDictionary<int, Tenant> byNumber = new();

    /// <returns>The caller's tenant; fails with the contract's 400 where there is none.</returns>
    public async ValueTask<Tenant> Of(HttpContext http) =>
        http.Caller().Tenant is { } id && await Find(id, http.RequestAborted) is { } tenant
            ? tenant
            : throw Failure.Malformed("User is not associated with any tenant");

    public async ValueTask<Tenant?> Find(Guid id, CancellationToken ct) => byId.TryGetValue(id, out var known) ? known : await Read(id, null, ct);

    public async ValueTask<Tenant> Find(int number, CancellationToken ct) =>
        byNumber.TryGetValue(number, out var known) ? known : await Read(null, number, ct) ?? throw new InvalidOperationException($"There is no tenant {number}.");

    /// <summary>Opens a connection for reads of the caller's tenant.</summary>
    public async Task<TenantDb> Open(HttpContext http)
    {
        var tenant = await Of(http);
        return new TenantDb(await source.OpenConnectionAsync(http.RequestAborted), tenant, http.RequestAborted);
    }

    /// <inheritdoc cref="Open(HttpContext)"/>
    public async Task<TenantDb> Open(Tenant tenant, CancellationToken ct) => new(await source.OpenConnectionAsync(ct), tenant, ct);

    private async Task<Tenant?> Read(Guid? id, int? number, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        await using var command = Sql.Command(
            db,
            FindSql,
            new NpgsqlParameter<Guid?> { TypedValue = id, DataTypeName = "uuid" },
            new NpgsqlParameter<int?> { TypedValue = number, DataTypeName = "integer" });
        await using var row = await command.ExecuteReaderAsync(ct);
        if (!await row.ReadAsync(ct))
            return null;
        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(row.GetString(3), out var known) ? known : TimeZoneInfo.Utc;
        var tenant = new Tenant(row.GetInt32(0), row.GetGuid(1), row.GetString(2), zone);
        byId[tenant.Id] = byNumber[tenant.Number] = tenant;
        return tenant;
    }
}
