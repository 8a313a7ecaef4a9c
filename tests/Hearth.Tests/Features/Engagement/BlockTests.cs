using Hearth.Platform;
using Hearth.Tests.Harness;

namespace Hearth.Tests.Features.Engagement;

public sealed class BlockTests(HearthApp app) : IClassFixture<HearthApp>
{
    private static readonly string[] Lists =
    [
        "/api/v1/users/leaderboard?limit=100", "/api/engagement/leaderboards/?limit=100", "/api/engagement/analytics/trending/?limit=100",
        "/api/v1/analytics/trending?limit=100", "/api/engagement/recommendations/?limit=100",
    ];

    [Fact]
    public async Task Rankings_and_recommendations_name_nobody_whom_a_block_keeps_apart()
    {
        var (amina, bilal, chidi) = (await app.SignUp("amina"), await app.SignUp("bilal"), await app.SignUp("chidi"));
        var post = await amina.Writes("Bread");
        await chidi.Likes(post);
        await app.Settled();
        Assert.Equal(Lists, await Seen(bilal, amina));

        (await bilal.Post($"/api/v1/users/{amina.Uuid}/block")).Is(201);

        Assert.Empty(await Seen(bilal, amina));
        (await bilal.Get($"/api/engagement/reputation/{amina.Uuid}/")).Is(404);
        (await amina.Get($"/api/engagement/reputation/{bilal.Uuid}/")).Is(404);
        (await bilal.Delete($"/api/v1/users/{amina.Uuid}/block")).Is(204);
        (await amina.Post($"/api/v1/users/{bilal.Uuid}/block")).Is(201);
        Assert.Empty(await Seen(bilal, amina));
    }

    [Fact]
    public async Task Moderators_see_in_trends_rankings_and_recommendations_whom_they_block_and_who_blocks_them()
    {
        var (amina, chidi, musa) = (await app.SignUp("amina"), await app.SignUp("chidi"), await app.SignUp("musa", Roles.Moderator));
        var post = await amina.Writes("Bread");
        await chidi.Likes(post);
        (await musa.Post($"/api/v1/users/{amina.Uuid}/block")).Is(201);
        (await amina.Post($"/api/v1/users/{musa.Uuid}/block")).Is(201);
        await app.Settled();

        Assert.Equal(Lists, await Seen(musa, amina));
        Assert.Empty(await Seen(amina, musa));
    }

    /// <returns>The lists in which a person or their post is shown.</returns>
    private static async Task<List<string>> Seen(Person reader, Person whom)
    {
        var shown = new List<string>();
        foreach (var list in Lists)
        {
            if ((await reader.Get(list)).Is(200).Text.Contains($"\"{whom.Name}\"", StringComparison.Ordinal))
                shown.Add(list);
        }

        return shown;
    }
}
