using Hearth.Platform;

namespace Hearth.Tests.Harness;

public sealed class HarnessTests(HearthApp app) : IClassFixture<HearthApp>
{
    [Fact]
    public async Task Two_nodes_serve_one_database()
    {
        var second = await app.StartNode();
        Assert.NotEqual(app.Node.Address, second.Address);
        (await app.Anyone.Get("/nowhere")).Is(404);
        (await app.Anyone.At(second).Get("/nowhere")).Is(404);
        await app.StopNode(second);
        (await app.Anyone.Get("/nowhere")).Is(404);
    }

    [Fact]
    public async Task People_sign_up_and_keep_their_token_when_they_get_a_role()
    {
        var amina = await app.SignUp("amina");
        var moderator = await app.SignUp("amina", Roles.Moderator);
        Assert.NotEqual(amina.Name, moderator.Name);
        Assert.Equal("amina", (await amina.Get("/api/auth/me")).Is(200)["username"].GetString());
        Assert.Contains("moderator", (await moderator.Get("/api/auth/me")).Is(200)["roles"].EnumerateArray().Select(role => role.GetString()));
        (await app.Anyone.Get("/api/auth/me")).Is(401);
    }
}
