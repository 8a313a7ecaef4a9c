using Hearth.Ledger;
using Hearth.Platform;
using Hearth.Tests.Harness;

namespace Hearth.Tests.Features.Accounts;

public sealed class AdminTests(HearthApp app) : IClassFixture<HearthApp>
{
    [Fact]
    public async Task A_role_holds_from_the_next_request_on_every_node_with_the_same_token()
    {
        var second = await app.StartNode();
        var (admin, amina) = (await app.SignUp("root", Roles.Admin), await app.SignUp("amina"));
        var there = amina.At(second);
        (await there.Get("/api/admin/users")).Is(403);

        (await admin.Patch($"/api/admin/users/{amina.Uuid}", new { roles = new[] { "admin" } })).Is(200);
        (await amina.Get("/api/admin/users")).Is(200);
        await app.Settled();
        (await there.Get("/api/admin/users")).Is(200);

        var reply = (await admin.Patch($"/api/admin/users/{amina.Id}", new { roles = Array.Empty<string>() })).Is(200);
        Assert.Equal("[\"individual\"]", reply["roles"].GetRawText());
        (await amina.Get("/api/admin/users")).Is(403);
        await app.Settled();
        (await there.Get("/api/admin/users")).Is(403);
        await app.StopNode(second);
    }

    [Fact]
    public async Task Who_is_suspended_is_out_and_stays_out_until_taken_back()
    {
        var admin = await app.SignUp("root", Roles.Admin);
        var session = (await app.Anyone.Post("/api/auth/register", new { username = "bilal", email = "bilal@example.org", password = "quite a password" })).Is(201);
        var bilal = app.Anyone.With(session["access"].GetString()!);
        var path = $"/api/admin/users/{session["user.user_id"]}";

        Assert.False((await admin.Patch(path, new { is_active = false })).Is(200)["is_active"].GetBoolean());
        (await bilal.Get("/api/auth/me")).Is(401);
        (await app.Anyone.Post("/api/auth/refresh", new { refresh = session["refresh"].GetString() })).Is(401);
        (await app.Anyone.Post("/api/auth/login", new { username = "bilal", password = "quite a password" })).Is(401);

        (await admin.Patch(path, new { is_active = true })).Is(200);
        (await bilal.Get("/api/auth/me")).Is(401);
        (await app.Anyone.Post("/api/auth/login", new { username = "bilal", password = "quite a password" })).Is(200);
    }

    [Fact]
    public async Task Only_changes_are_recorded_and_each_is_audited()
    {
        var (admin, amina) = (await app.SignUp("root", Roles.Admin), await app.SignUp("amina"));
        (await admin.Patch($"/api/admin/users/{amina.Id}", new { roles = new[] { "moderator" } })).Is(200);
        (await admin.Patch($"/api/admin/users/{amina.Id}", new { roles = new[] { "individual", "moderator" } })).Is(200);
        (await admin.Patch($"/api/admin/users/{amina.Id}", new { })).Is(200);
        Assert.Equal(1, await app.Db.Scalar<long>("select count(*) from ledger where verb = $1 and subject = $2", (short)Verb.ChangeAccount, amina.Id));
        Assert.Equal(["account.change"], await app.Db.Rows("select action from audit where actor = $1 and target = $2", admin.Id, $"{amina.Id}"));
    }

    [Fact]
    public async Task An_administrator_does_not_lock_themselves_out()
    {
        var admin = await app.SignUp("root", Roles.Admin);
        (await admin.Patch($"/api/admin/users/{admin.Id}", new { roles = new[] { "moderator" } })).Is(400)["errors.roles"].EnumerateArray();
        (await admin.Patch($"/api/admin/users/{admin.Id}", new { is_active = false })).Is(400)["errors.is_active"].EnumerateArray();
    }

    [Fact]
    public async Task Accounts_are_for_administrators()
    {
        var moderator = await app.SignUp("mod", Roles.Moderator);
        (await moderator.Get("/api/admin/users")).Is(403);
        (await moderator.Patch($"/api/admin/users/{moderator.Id}", new { roles = new[] { "admin" } })).Is(403);
        (await app.Anyone.Get("/api/admin/users")).Is(401);
        var admin = await app.SignUp("root", Roles.Admin);
        (await admin.Patch("/api/admin/users/999999999", new { })).Is(404);
        (await admin.Patch("/api/admin/users/nobody", new { })).Is(404);
        (await admin.Patch($"/api/admin/users/{moderator.Id}", new { roles = new[] { "emperor" } })).Is(400);
        (await admin.Patch($"/api/admin/users/{moderator.Id}", new { tenant_id = Guid.NewGuid() })).Is(400);
    }

    [Fact]
    public async Task Accounts_are_found_by_the_beginning_of_a_name_and_walked_by_links()
    {
        var admin = await app.SignUp("root", Roles.Admin);
        foreach (var name in new[] { "walk_a", "walk_b", "walk_c", "walker" })
            await app.SignUp(name);
        var first = (await admin.Get("/api/admin/users?q=Walk_&limit=2")).Is(200);
        Assert.Equal(["walk_c", "walk_b"], Names(first));
        var last = (await admin.Get(first["next"].GetString()!)).Is(200);
        Assert.Equal(["walk_a"], Names(last));
        Assert.Equal(["walk_c", "walk_b"], Names(await admin.Get(last["previous"].GetString()!)));
        Assert.Empty(Names(await admin.Get("/api/admin/users?q=%25")));
    }

    [Fact]
    public async Task A_tenants_secret_is_shown_once_and_the_one_before_holds_a_day()
    {
        var (admin, amina) = (await app.SignUp("root", Roles.Admin), await app.SignUp("amina"));
        var tenant = (await admin.Send(HttpMethod.Post, "/api/admin/tenants/", new { name = "Clinic", time_zone = "Africa/Nairobi" }, ("Idempotency-Key", "k"))).Is(201);
        Assert.Equal(["id", "name", "webhook_secret"], tenant.Json.EnumerateObject().Select(field => field.Name));
        var id = tenant["id"].GetGuid();
        Assert.DoesNotContain(tenant["webhook_secret"].GetString()!, (await admin.Get("/api/admin/tenants")).Is(200).Text);
        Assert.Equal(0, await app.Db.Scalar<long>("select count(*) from idempotency_keys where route like '%tenants%'"));

        var renewed = (await admin.Post($"/api/admin/tenants/{id}/rotate-secret/")).Is(200);
        Assert.NotEqual(tenant["webhook_secret"].GetString(), renewed["webhook_secret"].GetString());
        Assert.Equal(
            [$"{tenant["webhook_secret"]}|{renewed["webhook_secret"]}|True"],
            await app.Db.Rows("select previous_secret, webhook_secret, previous_until between now() + interval '23 hours' and now() + interval '25 hours' from tenants where id = $1", id));

        Assert.Equal(id, (await admin.Patch($"/api/admin/users/{amina.Id}", new { tenant_id = id })).Is(200)["tenant_id"].GetGuid());
        Assert.Equal("null", (await admin.Patch($"/api/admin/users/{amina.Id}", new { tenant_id = (Guid?)null })).Is(200)["tenant_id"].GetRawText());
        (await admin.Post($"/api/admin/tenants/{Guid.NewGuid()}/rotate-secret")).Is(404);
        (await amina.Post("/api/admin/tenants", new { name = "Mine" })).Is(403);
        (await admin.Post("/api/admin/tenants", new { name = " " })).Is(400);
        (await admin.Post("/api/admin/tenants", new { name = "x", time_zone = "Mars/Olympus" })).Is(400);
    }

    [Fact]
    public async Task A_service_token_is_shown_once_does_what_its_scopes_say_and_ends_at_once_everywhere()
    {
        var second = await app.StartNode();
        var admin = await app.SignUp("root", Roles.Admin);
        var made = (await admin.Post("/api/admin/service-tokens", new { name = "watcher", scopes = new[] { "metrics" } })).Is(201);
        var token = made["token"].GetString()!;
        Assert.StartsWith("hst_", token);
        var listed = (await admin.Get("/api/admin/service-tokens")).Is(200);
        Assert.DoesNotContain(token, listed.Text);
        Assert.Equal(ServiceTokens.Hash(token), await app.Db.Scalar<byte[]>("select hash from service_tokens where id = $1", made["id"].GetInt64()));

        var (here, there) = (app.Anyone.With(token), app.Anyone.With(token).At(second));
        (await Metrics(here)).Is(200);
        (await Metrics(there)).Is(200);
        (await here.Get("/api/auth/me")).Is(403);
        (await here.Get("/api/admin/users")).Is(403);

        (await admin.Delete($"/api/admin/service-tokens/{made["id"]}")).Is(204);
        (await Metrics(here)).Is(401);
        await app.Settled();
        (await Metrics(there)).Is(401);
        (await admin.Delete($"/api/admin/service-tokens/{made["id"]}")).Is(404);
        Assert.Equal(
            ["service_token.add", "service_token.revoke"], await app.Db.Rows("select action from audit where actor = $1 order by id", admin.Id));
        await app.StopNode(second);
    }

    [Fact]
    public async Task A_service_token_for_nothing_is_not_made()
    {
        var admin = await app.SignUp("root", Roles.Admin);
        (await admin.Post("/api/admin/service-tokens", new { name = "x", scopes = Array.Empty<string>() })).Is(400)["errors.scopes"].EnumerateArray();
        (await admin.Post("/api/admin/service-tokens", new { name = "x", scopes = new[] { "everything" } })).Is(400);
        (await admin.Post("/api/admin/service-tokens", new { name = "x", scopes = new[] { "metrics" }, expires_at = "2020-01-01T00:00:00Z" })).Is(400);
        (await admin.Post("/api/admin/service-tokens", new { name = "x", scopes = new[] { "metrics" }, tenant_id = Guid.NewGuid() })).Is(400);
        (await app.Anyone.With("hst_" + new string('x', 43)).Get("/api/auth/me")).Is(401);
    }

    [Fact]
    public async Task Figures_are_for_this_machine_and_for_those_who_may()
    {
        var (admin, amina) = (await app.SignUp("root", Roles.Admin), await app.SignUp("amina"));
        Assert.Contains("hearth_http_requests_total", (await app.Anyone.Get("/metrics")).Is(200).Text);
        (await Metrics(app.Anyone)).Is(401);
        (await Metrics(amina)).Is(403);
        (await Metrics(admin)).Is(200);
    }

    // What comes through a proxy that is not trusted may come from anywhere.
    private static Task<Reply> Metrics(Person person) => person.Send(HttpMethod.Get, "/metrics", null, ("X-Forwarded-For", "203.0.113.9"));

    private static IEnumerable<string> Names(Reply reply) => reply["results"].EnumerateArray().Select(user => user.GetProperty("username").GetString()!);
}
