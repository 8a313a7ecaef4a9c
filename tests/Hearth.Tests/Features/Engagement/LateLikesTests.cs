using Hearth.Tests.Harness;

namespace Hearth.Tests.Features.Engagement;

public sealed class LateLikesTests(HearthApp app) : IClassFixture<HearthApp>
{
    /// <summary>Who liked much is read from their last deeds alone.</summary>
    [Fact]
    public async Task Of_many_likes_the_last_sixty_that_stand_tell_what_is_recommended()
    {
        var (amina, baraka, chausiku, dalila) = (await app.SignUp("amina"), await app.SignUp("baraka"), await app.SignUp("chausiku"), await app.SignUp("dalila"));
        var (near, far) = (await dalila.Writes("Liked by Baraka"), await dalila.Writes("Liked by Chausiku"));
        var liked = new List<long>();
        for (var i = 0; i < 61; i++)
        {
            liked.Add(await dalila.Writes($"Post {i}"));
            await amina.Likes(liked[^1]);
        }

        await baraka.Likes(liked[^1]);
        await baraka.Likes(near);
        // The first of them is too long ago.
        await chausiku.Likes(liked[0]);
        await chausiku.Likes(far);
        var posts = (await amina.Get("/api/engagement/recommendations/?limit=100")).Is(200)["results"].EnumerateArray().ToList();
        Assert.Equal(near, posts[0].GetProperty("post_id").GetInt64());
        Assert.DoesNotContain(posts, post => liked.Contains(post.GetProperty("post_id").GetInt64()));
        Assert.Equal("Trending now", posts.Single(post => post.GetProperty("post_id").GetInt64() == far).GetProperty("reason").GetString());
    }
}
