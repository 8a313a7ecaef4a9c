using Hearth.Platform;
using Hearth.Tests.Harness;
using Hearth.Tests.Realtime;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Features.Accounts;

/// <summary>Limits as clients meet them, while the clock stands still.</summary>
public sealed class ThrottleTests(ThrottleTests.LimitedApp app) : IClassFixture<ThrottleTests.LimitedApp>
{
    [Fact]
    public async Task Ten_tries_a_minute_for_an_account_from_wherever_they_come()
    {
        for (var i = 0; i < 10; i++)
            (await Login("amina", $"198.51.100.{i}")).Is(401);
        var limited = (await Login(" AMINA", "198.51.100.77")).Is(429);
        Assert.Matches("^Request was throttled. Expected available in [0-9]+ seconds?.$", limited["detail"].GetString());
        Assert.Contains(limited.Header("Retry-After")!, limited["detail"].GetString());
        (await Login("bilal", "198.51.100.78")).Is(401);
    }

    [Fact]
    public async Task Ten_tries_a_minute_from_an_address_for_whatever_accounts()
    {
        for (var i = 0; i < 10; i++)
            (await Login($"somebody-{i}", "203.0.113.5")).Is(401);
        (await Login("somebody-else", "203.0.113.5")).Is(429);
        (await Login("somebody-else", "203.0.113.6")).Is(401);
    }

    [Fact]
    public async Task A_hundred_reads_a_minute_for_a_person()
    {
        var chidi = await Person("chidi", "203.0.113.50");
        var dayo = await Person("dayo", "203.0.113.51");
        for (var i = 0; i < 100; i++)
            (await chidi.Get("/api/auth/me")).Is(200);
        Assert.NotNull((await chidi.Get("/api/auth/me/")).Is(429).Header("Retry-After"));
        (await dayo.Get("/api/auth/me")).Is(200);
        (await chidi.Get("/health")).Is(200);
    }

    private async Task<Person> Person(string name, string address)
    {
        var reply = await app.Anyone.Send(
            HttpMethod.Post, "/api/auth/register", new { username = name, email = $"{name}@example.org", password = "quite a password" }, ("X-Forwarded-For", address));
        return app.Anyone.With(reply.Is(201)["access"].GetString()!);
    }

    private Task<Reply> Login(string username, string address) =>
        app.Anyone.Send(HttpMethod.Post, "/api/auth/login", new { username, password = "a wrong one" }, ("X-Forwarded-For", address));

    public sealed class LimitedApp : HearthApp
    {
        private protected override HearthOptions Configure(HearthOptions options) =>
            options with { RateLimitFactor = 1, TrustedProxies = ["127.0.0.0/8", "::1"] };

        private protected override void Change(WebApplicationBuilder builder) => builder.Services.AddSingleton<TimeProvider>(new ManualTime());
    }
}
