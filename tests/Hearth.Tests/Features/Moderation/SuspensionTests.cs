using Hearth.Platform;
using Hearth.Tests.Harness;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Features.Moderation;

public sealed class SuspensionTests(HearthApp app) : IClassFixture<HearthApp>
{
    private const string Password = "correct horse battery staple";

    [Fact]
    public async Task Who_is_suspended_reads_why_and_appeals_once_and_another_moderator_lets_them_in_again()
    {
        var (amina, mona, musa) = (await app.SignUp("amina"), await app.SignUp("mona", Roles.Moderator), await app.SignUp("musa", Roles.Moderator));
        var report = await Suspend(amina, mona);

        Assert.DoesNotContain("appeal", (await Login(amina, "wrong password, long enough")).Is(401).Text);
        var refused = (await Login(amina, Password)).Is(401);
        Assert.Equal("No active account found with the given credentials.", refused["detail"].GetString());
        Assert.Equal(report, refused["decision"].GetGuid());
        var token = refused["appeal_token"].GetString()!;

        var decision = (await app.Anyone.Post("/api/v1/moderation/suspension", new { token })).Is(200);
        Assert.Equal(report, decision["id"].GetGuid());
        Assert.Equal(("suspend", "Enough.", true), (decision["action"].GetString(), decision["note"].GetString(), decision["can_appeal"].GetBoolean()));
        (await app.Anyone.Post("/api/v1/moderation/suspension/appeal", new { token, text = " " })).Is(400);
        (await app.Anyone.Post("/api/v1/moderation/suspension/appeal", new { token, text = "It was my brother." })).Is(201);
        (await app.Anyone.Post("/api/v1/moderation/suspension/appeal", new { token, text = "Once more." })).Is(409);
        Assert.False((await app.Anyone.Post("/api/v1/moderation/suspension", new { token })).Is(200)["can_appeal"].GetBoolean());

        var item = (await musa.Get("/api/v1/moderation/queue?status=appealed&limit=100")).Is(200)["results"].EnumerateArray().Single(one => one.GetProperty("id").GetGuid() == report);
        Assert.Equal("It was my brother.", item.GetProperty("appeal").GetString());
        (await mona.Post($"/api/v1/moderation/reports/{report}/review", new { action = "dismiss" })).Is(403);
        (await musa.Post($"/api/v1/moderation/reports/{report}/review", new { action = "dismiss" })).Is(200);

        (await Login(amina, Password)).Is(200);
        (await app.Anyone.Post("/api/v1/moderation/suspension", new { token })).Is(401);
    }

    [Fact]
    public async Task The_token_opens_nothing_else_and_no_other_token_opens_this()
    {
        var (bilal, mona) = (await app.SignUp("bilal"), await app.SignUp("mona", Roles.Moderator));
        await Suspend(bilal, mona);
        var token = (await Login(bilal, Password)).Is(401)["appeal_token"].GetString()!;
        var holder = bilal.With(token);

        foreach (var route in app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            if (route.Metadata.GetMetadata<Access>() is not { Anyone: false })
                continue;
            foreach (var method in route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [])
            {
                var path = string.Join('/', route.RoutePattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part is Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart text ? text.Content : "1"))));
                var reply = await holder.Send(new HttpMethod(method), $"/{path}", null);
                // 404: the path wants another kind of id, and there is no such route.
                Assert.True(reply.Status is 401 or 404, $"{method} /{path} answered {reply.Status}: {reply.Text}");
            }
        }

        (await app.Anyone.Post("/api/auth/refresh", new { refresh = token })).Is(401);
        (await app.Anyone.Post("/api/v1/moderation/suspension", new { token = mona.Token })).Is(401);
        (await app.Anyone.Post("/api/v1/moderation/suspension", new { token = token[..^2] })).Is(401);
        (await app.Anyone.Post("/api/v1/moderation/suspension/appeal", new { token = "x", text = "Please." })).Is(401);
        (await app.Anyone.Post("/api/v1/moderation/suspension", new { })).Is(400);
        Assert.Null(app.Services.GetRequiredService<AccessTokens>().Read(token));
    }

    [Fact]
    public async Task Whom_an_administrator_took_out_of_use_without_a_decision_has_nothing_to_appeal()
    {
        var (chidi, ada) = (await app.SignUp("chidi"), await app.SignUp("ada", Roles.Admin));
        (await ada.Patch($"/api/admin/users/{chidi.Uuid}", new { is_active = false })).Is(200);

        Assert.DoesNotContain("appeal_token", (await Login(chidi, Password)).Is(401).Text);
    }

    private async Task<Guid> Suspend(Person person, Person moderator)
    {
        var reporter = await app.SignUp("rehema");
        var report = (await reporter.Post("/api/v1/moderation/report", new { content_type = "user", content_id = person.Uuid, reason = "harassment" })).Is(201)["id"].GetGuid();
        (await moderator.Post($"/api/v1/moderation/reports/{report}/review", new { action = "suspend", note = "Enough." })).Is(200);
        return report;
    }

    private Task<Reply> Login(Person person, string password) => app.Anyone.Post("/api/auth/login", new { username = person.Name, password });
}
