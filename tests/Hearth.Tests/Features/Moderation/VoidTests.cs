using Hearth.Ledger;
using Hearth.Platform;
using Hearth.Tests.Harness;

namespace Hearth.Tests.Features.Moderation;

public sealed class VoidTests(HearthApp app) : IClassFixture<HearthApp>
{
    private const string Path = "/api/v1/moderation/void";

    [Fact]
    public async Task A_void_that_is_asked_for_again_with_its_key_is_the_same_void()
    {
        var (mona, juma) = (await app.SignUp("mona", Roles.Moderator), await app.SignUp("juma"));
        (await juma.Post("/api/community/groups/", new { name = "Weavers" })).Is(201);
        Task<Reply> Void(string reason) => mona.Send(HttpMethod.Post, Path, new { user = juma.Id, reason }, (LedgerGate.KeyHeader, "once"));

        var first = (await Void("spam")).Is(201);
        Assert.NotEqual(0, first["rows"].GetInt64());
        var again = (await Void("spam")).Is(201);
        Assert.Equal(first.Text, again.Text);
        (await Void("another")).Is(422);

        // One that finds nothing to void comes after all that was void before it.
        var empty = (await mona.Post(Path, new { user = juma.Id, reason = "spam" })).Is(201);
        Assert.Equal(0, empty["rows"].GetInt64());
        Assert.True(string.CompareOrdinal(empty.Header(Position.Header), first.Header(Position.Header)) >= 0);
        Assert.Equal(first["rows"].GetInt64(), (await mona.Delete($"{Path}/{first["id"]}")).Is(200)["rows"].GetInt64());
    }
}
