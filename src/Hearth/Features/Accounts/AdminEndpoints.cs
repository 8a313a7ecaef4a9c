using System.Globalization;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Accounts;

/// <summary><c>/api/admin</c>: accounts, tenants and service tokens, for administrators.</summary>
internal static class AdminEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var admin = routes.MapGroup("/api/admin").WithDialect(Dialect.Problem).WithTags("Administration").RequireRole(Roles.Admin);
        admin.MapGet("/users", Users).Limit(RateLimit.Reads).WithKeyset()
            .WithQuery("q", "The beginning of a name or an address.", "ami").Produces<KeysetPage<AccountView>>();
        admin.MapGet("/users/{id}", User).Limit(RateLimit.Reads).Produces<AccountView>();
        admin.MapPatch("/users/{id}", Change).Limit(RateLimit.Reads).Accepts<AccountChange>("application/json").Produces<AccountView>();
        admin.MapGet("/tenants", Tenants).Limit(RateLimit.Reads).WithKeyset().Produces<KeysetPage<TenantView>>();
        admin.MapPost("/tenants", AddTenant).Limit(RateLimit.Creates).CarriesSecret()
            .Accepts<NewTenant>("application/json").Produces<TenantSecretView>(StatusCodes.Status201Created);
        admin.MapPost("/tenants/{id:guid}/rotate-secret", RotateSecret).Limit(RateLimit.Creates).CarriesSecret().Produces<TenantSecretView>();
        admin.MapGet("/service-tokens", Tokens).Limit(RateLimit.Reads).WithKeyset().Produces<KeysetPage<ServiceTokenView>>();
        admin.MapPost("/service-tokens", AddToken).Limit(RateLimit.Creates).CarriesSecret()
            .Accepts<NewServiceToken>("application/json").Produces<NewServiceTokenView>(StatusCodes.Status201Created);
        admin.MapDelete("/service-tokens/{id:long}", RevokeToken).Limit(RateLimit.Reads).Produces(StatusCodes.Status204NoContent);
    }

    /// <summary>Accounts, newest first</summary>
    /// <remarks>With <c>q</c> those whose name or address begins with it.</remarks>
    private static async Task<IResult> Users(HttpContext http, NpgsqlDataSource source)
    {
        var page = http.KeysetQuery(1);
        var start = http.QueryText("q", 254);
        await using var db = await source.OpenConnectionAsync(http.RequestAborted);
        var accounts = await AccountStore.List(db, start, page, http.RequestAborted);
        return Answer.Ok(Keyset.Page(http, page, accounts, account => Key(account.Id), account => account.OwnView()));
    }

    /// <summary>One account</summary>
    private static async Task<IResult> User(HttpContext http, string id, NpgsqlDataSource source)
    {
        await using var db = await source.OpenConnectionAsync(http.RequestAborted);
        var number = await PersonId.Find(db, id, http.RequestAborted);
        var account = await AccountStore.ById(db, number, http.RequestAborted) ?? throw Failure.NotFound();
        return Answer.Ok(account.OwnView());
    }

    /// <summary>Change an account's roles, tenant or standing</summary>
    /// <remarks>Takes effect on the person's next request, and closes their sockets. <c>individual</c> is everyone's and stays. <c>is_active: false</c> suspends: every session ends.</remarks>
    private static async Task<IResult> Change(HttpContext http, string id, AdminActions admin) =>
        await admin.Change(http, id, await Body.Read<AccountChange>(http));

    /// <summary>Tenants, newest first</summary>
    private static async Task<IResult> Tenants(HttpContext http, NpgsqlDataSource source)
    {
        var page = http.KeysetQuery(1);
        await using var db = await source.OpenConnectionAsync(http.RequestAborted);
        var rows = await AdminStore.Tenants(db, page.Backwards, page.Cursor?.Long(0) ?? long.MaxValue, page.Take);
        return Answer.Ok(Keyset.Page(
            http, page, rows, row => Key(row.Number), row => new TenantView(row.Id, row.Name, row.TimeZone, row.CreatedAt)));
    }

    /// <summary>Add a tenant</summary>
    /// <remarks>The answer holds the secret that its webhooks are signed with; it is not shown again.</remarks>
    private static async Task<IResult> AddTenant(HttpContext http, AdminActions admin) =>
        await admin.AddTenant(http, await Body.Read<NewTenant>(http));

    /// <summary>Renew a tenant's webhook secret</summary>
    /// <remarks>The secret before it holds for another 24 hours.</remarks>
    private static async Task<IResult> RotateSecret(HttpContext http, Guid id, AdminActions admin) => await admin.RotateSecret(http, id);

    /// <summary>Service tokens that hold, newest first</summary>
    private static async Task<IResult> Tokens(HttpContext http, NpgsqlDataSource source)
    {
        var page = http.KeysetQuery(1);
        await using var db = await source.OpenConnectionAsync(http.RequestAborted);
        var rows = await AdminStore.Tokens(db, page.Backwards, page.Cursor?.Long(0) ?? long.MaxValue, page.Take);
        return Answer.Ok(Keyset.Page(http, page, rows, row => Key(row.Id), View));
    }

    /// <summary>Make a service token</summary>
    /// <remarks>For another program, sent as a Bearer token. It is shown in this answer and never again; its hash is kept.</remarks>
    private static async Task<IResult> AddToken(HttpContext http, AdminActions admin) =>
        await admin.AddToken(http, await Body.Read<NewServiceToken>(http));

    /// <summary>Revoke a service token</summary>
    /// <remarks>Takes effect on its next request, on every node.</remarks>
    private static async Task<IResult> RevokeToken(HttpContext http, long id, AdminActions admin) => await admin.RevokeToken(http, id);

    private static ServiceTokenView View(ServiceTokenRow row) =>
        new(row.Id, row.Name, row.Scopes, row.TenantId, row.CreatedAt, row.ExpiresAt, row.LastUsedAt);

    private static string[] Key(long id) => [id.ToString(CultureInfo.InvariantCulture)];
}
