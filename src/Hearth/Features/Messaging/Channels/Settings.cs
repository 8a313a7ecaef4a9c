using Hearth.Database;
using Hearth.Features.Messaging.Tenancy;
using Hearth.Ledger;
using Hearth.Platform;
using Hearth.Platform.Outbound;

namespace Hearth.Features.Messaging.Channels;

/// <summary>What a tenant chose.</summary>
/// <param name="BridgeUrl">Where the channel webhook hands its messages over; https. Null where there is none.</param>
/// <param name="RatePerMinute">How many messages leave a minute at most; 1 to 600,000.</param>
internal sealed record SettingsView(string? BridgeUrl, int RatePerMinute);

/// <summary>What is left out stays.</summary>
internal sealed record SettingsEdit(Field<string?> BridgeUrl = default, Field<int> RatePerMinute = default);

/// <summary>The statements on a tenant's settings.</summary>
internal static class SettingsStore
{
    private const int Ordinary = 300_000;

    private const string ReadSql =
        """
        -- messaging_settings.read
        select bridge_url, rate_per_minute from messaging_settings where tenant = $1
        """;

    private const string WriteSql =
        """
        -- messaging_settings.write
        insert into messaging_settings (tenant, bridge_url, rate_per_minute) values ($1, $2, $3)
        on conflict (tenant) do update set bridge_url = excluded.bridge_url, rate_per_minute = excluded.rate_per_minute
        """;

    // Whoever spends moves the moment at which the next may go; who comes too early spends nothing.
    private const string SpendSql =
        """
        -- messaging_settings.spend
        insert into messaging_settings as s (tenant, next_at) values ($1, now() + $2 * interval '1 minute' / 300000)
        on conflict (tenant) do update set next_at = greatest(s.next_at, now()) + $2 * interval '1 minute' / s.rate_per_minute
         where s.next_at <= now() + interval '1 second'
        """;

    public static async Task<SettingsView> Read(TenantDb db) =>
        await db.One(ReadSql, row => new SettingsView(row.TextOrNull(0), row.GetInt32(1))) ?? new SettingsView(null, Ordinary);

    public static Task Write(TenantDb db, SettingsView settings) => db.Execute(WriteSql, Sql.Text(settings.BridgeUrl), settings.RatePerMinute);

    /// <returns>Whether so many may leave now.</returns>
    public static async Task<bool> Spend(TenantDb db, int messages) => await db.Execute(SpendSql, messages) == 1;
}

internal static class SettingsEndpoints
{
    public static void MapSettings(this IEndpointRouteBuilder messaging)
    {
        messaging.MapGet("/settings", Get).Limit(RateLimit.Reads).Produces<Envelope<SettingsView>>();
        messaging.MapPatch("/settings", Edit).RequireRole(Roles.Corporate | Roles.Admin).Limit(RateLimit.Reads)
            .Accepts<SettingsEdit>("application/json").Produces<Envelope<SettingsView>>();
    }

    /// <summary>The tenant's settings</summary>
    private static async Task<IResult> Get(HttpContext http, Tenants tenants)
    {
        await using var db = await tenants.Open(http);
        return Envelope.Ok(await SettingsStore.Read(db));
    }

    /// <summary>Change the tenant's settings</summary>
    /// <remarks>The bridge is an https address of the public Internet; what is sent there is signed as what comes in is.</remarks>
    private static async Task<IResult> Edit(HttpContext http, Tenants tenants, Writes writes, OutboundHttp outbound)
    {
        var tenant = await tenants.Of(http);
        var edit = await Body.Read<SettingsEdit>(http);
        var bridge = edit.BridgeUrl is { IsSet: true, Value: { } url } ? outbound.Target("bridge_url", url).AbsoluteUri : null;
        if (edit.RatePerMinute is { IsSet: true, Value: < 1 or > 600_000 })
            throw Failure.Invalid("rate_per_minute", "Ensure this value is from 1 to 600000.");
        await using var write = await writes.Begin(http);
        var db = new TenantDb(write.Db, tenant, http.RequestAborted);
        var before = await SettingsStore.Read(db);
        var after = new SettingsView(edit.BridgeUrl.IsSet ? bridge : before.BridgeUrl, edit.RatePerMinute.Or(before.RatePerMinute));
        await SettingsStore.Write(db, after);
        return await write.Commit(Envelope.Ok(after));
    }
}
