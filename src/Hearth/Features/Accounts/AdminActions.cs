using System.Globalization;
using System.Text.Json;
using Hearth.Ledger;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Accounts;

/// <summary>What administrators do with accounts, tenants and tokens. All of it is audited.</summary>
internal sealed class AdminActions(Writes writes, Authenticator authenticator, TimeProvider clock)
{
    private const int LongestName = 200;

    public async Task<Answer> Change(HttpContext http, string whom, AccountChange change)
    {
        var ct = http.RequestAborted;
        var admin = http.Caller();
        await using var write = await writes.Begin(http);
        var id = await PersonId.Find(write.Db, whom, ct);
        var account = await AccountStore.Lock(write.Db, id, ct) ?? throw Failure.NotFound();
        var changed = account with
        {
            Roles = change.Roles.IsSet ? RoleNames.Parse(change.Roles.Value, "roles") : account.Roles,
            Tenant = change.TenantId.Or(account.Tenant),
        };
        var isActive = change.IsActive.Or(account.IsActive);
        KeepOneself(admin, changed, isActive);
        if (changed.Tenant != account.Tenant && changed.Tenant is { } tenant)
            await MustBeTenant(write.Db, tenant);
        if (changed != account)
            await AccountStore.Update(write.Db, changed, ct);
        if (await Suspension.Set(write.Db, id, isActive, ct) || changed != account)
        {
            var detail = JsonSerializer.Serialize(new AccountDetail((int)changed.Roles, isActive, changed.Tenant), AdminJson.Default.AccountDetail);
            write.Append(new Entry(Verb.ChangeAccount, ObjectKind.User, id) { Actor = admin.UserId, Subject = id });
            await AdminStore.Audit(write.Db, admin.UserId, "account.change", Text(id), detail);
        }

        var answer = await write.Commit(Answer.Ok((changed with { IsActive = isActive }).OwnView()));
        authenticator.Forget(id);
        return answer;
    }

    public async Task<Answer> AddTenant(HttpContext http, NewTenant tenant)
    {
        var name = Name(tenant.Name);
        var zone = tenant.TimeZone ?? "UTC";
        if (!Profiles.IsZone(zone))
            throw Failure.Invalid("time_zone", $"\"{zone}\" is not a valid choice.");
        var secret = Sessions.NewToken();
        await using var write = await writes.Begin(http);
        var id = await AdminStore.AddTenant(write.Db, name, zone, secret);
        await AdminStore.Audit(write.Db, http.Caller().UserId, "tenant.add", id.ToString());
        return await write.Commit(Answer.Created(new TenantSecretView(id, name, secret)));
    }

    public async Task<Answer> RotateSecret(HttpContext http, Guid id)
    {
        var secret = Sessions.NewToken();
        await using var write = await writes.Begin(http);
        var name = await AdminStore.RotateSecret(write.Db, id, secret) ?? throw Failure.NotFound();
        await AdminStore.Audit(write.Db, http.Caller().UserId, "tenant.rotate_secret", id.ToString());
        return await write.Commit(Answer.Ok(new TenantSecretView(id, name, secret)));
    }

    public async Task<Answer> AddToken(HttpContext http, NewServiceToken wanted)
    {
        var name = Name(wanted.Name);
        if (wanted.Scopes.Count == 0 || wanted.Scopes.Find(scope => !Scopes.All.Contains(scope, StringComparer.Ordinal)) is not null)
            throw Failure.Invalid("scopes", $"Name at least one of {string.Join(", ", Scopes.All)}, and nothing else.");
        if (wanted.ExpiresAt <= clock.GetUtcNow().UtcDateTime)
            throw Failure.Invalid("expires_at", "This time has passed.");
        string[] scopes = [.. wanted.Scopes.Distinct(StringComparer.Ordinal)];
        var token = ServiceTokens.New();
        await using var write = await writes.Begin(http);
        if (wanted.TenantId is { } tenant)
            await MustBeTenant(write.Db, tenant);
        var admin = http.Caller().UserId;
        var (id, at) = await AdminStore.AddToken(write.Db, ServiceTokens.Hash(token), name, scopes, wanted.TenantId, admin, wanted.ExpiresAt);
        await AdminStore.Audit(write.Db, admin, "service_token.add", Text(id));
        return await write.Commit(Answer.Created(new NewServiceTokenView(id, name, scopes, wanted.TenantId, at, wanted.ExpiresAt, token)));
    }

    public async Task<Answer> RevokeToken(HttpContext http, long id)
    {
        var admin = http.Caller().UserId;
        await using var write = await writes.Begin(http);
        if (!await AdminStore.RevokeToken(write.Db, id))
            throw Failure.NotFound();
        write.Append(new Entry(Verb.RevokeServiceToken, ObjectKind.ServiceToken, id) { Actor = admin });
        await AdminStore.Audit(write.Db, admin, "service_token.revoke", Text(id));
        var answer = await write.Commit(Answer.NoContent);
        authenticator.ForgetServiceToken(id);
        return answer;
    }

    /// <summary>The last administrator must not lock everyone out by a slip.</summary>
    private static void KeepOneself(Caller admin, Account changed, bool isActive)
    {
        if (admin.UserId != changed.Id)
            return;
        if (!changed.Roles.HasFlag(Roles.Admin))
            throw Failure.Invalid("roles", "An administrator cannot give up the role; another one can take it.");
        if (!isActive)
            throw Failure.Invalid("is_active", "An administrator cannot suspend their own account.");
    }

    private static async Task MustBeTenant(NpgsqlConnection db, Guid tenant)
    {
        if (!await AdminStore.HasTenant(db, tenant))
            throw Failure.Invalid("tenant_id", "There is no such tenant.");
    }

    private static string Name(string name) => name.Trim() switch
    {
        "" => throw Failure.Invalid("name", "This field may not be blank."),
        { Length: > LongestName } => throw Failure.Invalid("name", $"Ensure this field has no more than {LongestName} characters."),
        var text => text,
    };

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
