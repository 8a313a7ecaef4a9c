using Hearth.Tests.Harness;

namespace Hearth.Tests.Features.Engagement;

public sealed class RecommendationTests(HearthApp app) : IClassFixture<HearthApp>
{
    [Fact]
    public async Task What_people_with_overlapping_likes_engaged_with_is_recommended()
    {
        var amina = await app.SignUp("amina");
        var baraka = await app.SignUp("baraka");
        var chausiku = await app.SignUp("chausiku");
        var dalila = await app.SignUp("dalila");
        var shared = await dalila.Writes("Shared taste");
        var liked = await dalila.Writes("Liked by Baraka");
        var own = await amina.Writes("Amina's own");
        var other = await dalila.Writes("Liked by somebody else");
        await amina.Likes(shared);
        await baraka.Likes(shared);
        await baraka.Likes(liked);
        await baraka.Likes(own);
        await chausiku.Likes(other);

        var list = (await amina.Get("/api/engagement/recommendations/?limit=5")).Is(200);
        Assert.Equal(["results", "next", "previous"], Community.Names(list.Json));
        Assert.Equal(["post_id", "post_title", "author", "score", "reason", "created_at"], Community.Names(list["results.0"]));
        var posts = list["results"].EnumerateArray().Select(post => post.GetProperty("post_id").GetInt64()).ToList();
        Assert.Equal(liked, posts[0]);
        Assert.DoesNotContain(own, posts);
        // The rest is what trends; what somebody likes already is not recommended for it.
        Assert.Contains(other, posts);

        (await app.Anyone.Get("/api/engagement/recommendations/")).Is(401);
        (await amina.Get("/api/engagement/recommendations/?limit=0")).Is(400);
    }
}
