using Hearth.Features.Accounts;
using Hearth.Platform;
using Hearth.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Features.Accounts;

/// <summary>The administrator whom the environment names.</summary>
public sealed class StartTests(StartTests.NamedApp app) : IClassFixture<StartTests.NamedApp>
{
    [Fact]
    public async Task The_administrator_is_there_and_the_password_counts_at_creation_only()
    {
        var session = (await app.Anyone.Post("/api/auth/login", new { email = "root@example.org", password = "the first password" })).Is(200);
        Assert.Equal("""["individual","admin"]""", session["user.roles"].GetRawText());

        var second = await app.StartNode();
        Assert.Equal(1, await app.Db.Scalar<long>("select count(*) from users where email_key = 'root@example.org'"));
        await app.StopNode(second);
    }

    [Fact]
    public async Task An_account_that_anyone_may_have_made_gets_no_role_by_its_address()
    {
        await app.SignUp("mallory");
        var administrator = ActivatorUtilities.CreateInstance<Administrator>(app.Services, app.Options with { AdminEmail = "mallory@example.org" });
        await administrator.StartAsync(default);
        Assert.Equal(1, await app.Db.Scalar<int>("select roles from users where email_key = 'mallory@example.org'"));
    }

    [Fact]
    public async Task A_new_address_without_a_password_stops_the_start()
    {
        var administrator = ActivatorUtilities.CreateInstance<Administrator>(
            app.Services, app.Options with { AdminEmail = "new@example.org", AdminPassword = null });
        await Assert.ThrowsAsync<StartFailure>(() => administrator.StartAsync(default));
    }

    public sealed class NamedApp : HearthApp
    {
        private protected override HearthOptions Configure(HearthOptions options) =>
            options with { AdminEmail = "root@example.org", AdminPassword = "the first password" };
    }
}
