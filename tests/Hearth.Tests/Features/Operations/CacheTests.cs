using Hearth.Features.Community;
using Hearth.Platform;
using Hearth.Tests.Harness;

namespace Hearth.Tests.Features.Operations;

public sealed class CacheTests(HearthApp app) : IClassFixture<HearthApp>
{
    [Fact]
    public async Task Clearing_and_invalidating_reach_every_node()
    {
        var other = await app.StartNode();
        var (ada, amina) = (await app.SignUp("ada", Roles.Admin), await app.SignUp("amina"));
        var there = ada.At(other);
        (await amina.Post("/api/ventroom/posts", new { content = "Hello" })).Is(201);

        await Filled(there);
        (await there.Get("/api/ventroom/posts")).Is(200);
        Assert.True((await there.Get("/api/v1/cache/stats")).Is(200)["hit_rate"].GetDouble() > 0);
        Assert.Contains("posts", (await ada.Delete($"/api/v1/cache/invalidate/user/{amina.Uuid}")).Is(200)["invalidated"].EnumerateArray().Select(name => name.GetString()));
        Assert.Equal(0, (await Cache(there, "posts")).Entries);

        await Filled(there);
        Assert.Contains("post_lists", (await ada.Delete("/api/v1/cache/clear")).Is(200)["cleared"].EnumerateArray().Select(name => name.GetString()));
        Assert.Equal(0, (await Cache(there, "posts")).Entries);
        Assert.Equal(0, (await Cache(there, "post_lists")).Entries);
        Assert.Single((await there.Get("/api/ventroom/posts")).Is(200)["results"].EnumerateArray());

        (await there.Post("/api/v1/cache/clear")).Is(405);
        (await there.Post("/api/v1/cache/warm")).Is(200);
        Assert.True((await Cache(there, "posts")).Entries > 0);
        Assert.True((await Cache(there, "boards")).Entries > 0);
    }

    [Fact]
    public async Task Caches_are_for_administrators_and_their_health_for_anyone()
    {
        var amina = await app.SignUp("amina");

        (await amina.Get("/api/v1/cache/stats")).Is(403);
        (await amina.Delete("/api/v1/cache/clear")).Is(403);
        (await app.Anyone.Post("/api/v1/cache/warm")).Is(401);
        Assert.Equal("healthy", (await app.Anyone.Get("/api/v1/cache/health")).Is(200)["status"].GetString());
    }

    [Fact]
    public void What_is_older_than_it_may_be_is_not_given_out()
    {
        var eternal = new StripedCache<int, string>(10);
        // Nothing is as young as that.
        var none = new StripedCache<int, string>(10, lifetime: TimeSpan.FromMilliseconds(-1));
        foreach (var cache in new[] { eternal, none })
            cache.Put(1, "one", cache.Version(1));

        Assert.Equal(("one", null), (eternal.Get(1), none.Get(1)));
        none.Put(2, "two", none.Version(2));
        Assert.Equal((0, 1), (eternal.Trim(), none.Trim()));
        Assert.Equal(new CacheFigures(1, 7, 1, 0), eternal.Figures(_ => 7));
        Assert.Equal(new CacheFigures(0, 0, 0, 1), none.Figures(_ => 7));
    }

    /// <summary>Reads posts until they are kept: that a reader's first look is counted drops them once more.</summary>
    private static Task Filled(Person by) => Eventually.IsTrue(async () =>
    {
        (await by.Get("/api/ventroom/posts")).Is(200);
        return await Cache(by, "posts") is { Entries: > 0, Bytes: > 0 };
    });

    private static async Task<(long Entries, long Bytes)> Cache(Person by, string name)
    {
        var cache = (await by.Get("/api/v1/cache/stats")).Is(200)["caches"].EnumerateArray().Single(one => one.GetProperty("name").GetString() == name);
        return (cache.GetProperty("entries").GetInt64(), cache.GetProperty("bytes").GetInt64());
    }

    [Fact]
    public async Task What_is_kept_of_the_trending_feed_and_the_dashboard_is_shown_and_let_go()
    {
        var ada = await app.SignUp("ada", Roles.Admin);
        foreach (var (name, path, most) in new[] { ("trending_feed", "/api/v1/feed/trending", 900), ("dashboard", "/api/v1/analytics/dashboard", 600) })
        {
            (await ada.Get(path)).Is(200);
            var cache = (await ada.Get("/api/v1/cache/stats")).Is(200)["caches"].EnumerateArray().Single(one => one.GetProperty("name").GetString() == name);
            Assert.Equal((1, most), (cache.GetProperty("entries").GetInt32(), cache.GetProperty("lifetime_seconds").GetInt32()));
            Assert.True(cache.GetProperty("misses").GetInt64() > 0);
            Assert.Contains(name, (await ada.Delete("/api/v1/cache/clear")).Is(200)["cleared"].EnumerateArray().Select(one => one.GetString()));
            Assert.Equal(0, (await Cache(ada, name)).Entries);
        }
    }
}
