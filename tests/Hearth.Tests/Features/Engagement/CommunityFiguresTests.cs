using Hearth.Ledger;
using Hearth.Tests.Harness;

namespace Hearth.Tests.Features.Engagement;

/// <summary>Rankings and figures of the whole community, exact because nobody else is in it.</summary>
public sealed class CommunityFiguresTests(HearthApp app) : IClassFixture<HearthApp>
{
    private const string Analytics = "/api/engagement/analytics";

    [Fact]
    public async Task The_community_is_counted_ranked_and_consistent_with_itself()
    {
        var amina = await app.SignUp("amina");
        var baraka = await app.SignUp("baraka");
        var chausiku = await app.SignUp("chausiku");
        var dalila = await app.SignUp("dalila");
        (await amina.Post("/api/community/groups/", new { name = "Neighbours" })).Is(201);
        var first = await amina.Writes("First");
        var second = await baraka.Writes("Second");
        await dalila.Writes("Lonely");
        await baraka.Likes(first);
        await chausiku.Likes(first);
        await chausiku.Comments(first, text: $"Hear, hear, @{amina.Name}");
        await baraka.Shares(first);
        await baraka.Bookmarks(first);
        await chausiku.Likes(second);
        // An engagement of the 30 days before, by one who is still there and one who is not.
        var before = DateTime.UtcNow.Date.AddDays(-45);
        await app.Append(Community.Joins(baraka, 1, before).Concat(Community.Joins(dalila, 1, before)));

        var stats = (await app.Anyone.Get($"{Analytics}/community_stats/")).Is(200);
        Assert.Equal(
            [
                "total_users", "active_users", "total_posts", "total_comments", "total_engagements", "total_mentions", "total_groups", "total_group_members",
                "avg_engagement_per_post", "avg_engagement_per_user", "community_health_score", "top_contributors", "trending_posts",
            ],
            Community.Names(stats.Json));
        var users = await app.Db.Scalar<long>("select count(*) from users");
        // Amina joined her own group by founding it, if that counts as joining.
        var joined = await app.Db.Scalar<long>("select count(*) from engagement_actions where verb = 8 and at > now() - interval '1 day'");
        var total = 7 + (int)joined + 2;
        var active = joined > 0 ? 3 : 2;
        Assert.Equal(users, stats["total_users"].GetInt64());
        Assert.Equal(
            [active, 3, 1, total, 1, 1, 1],
            Community.Figures(stats.Json, "active_users", "total_posts", "total_comments", "total_engagements", "total_mentions", "total_groups", "total_group_members"));
        Assert.Equal(Math.Round(total / 3.0, 1), stats["avg_engagement_per_post"].GetDouble());
        Assert.Equal(Math.Round(total / (double)users, 1), stats["avg_engagement_per_user"].GetDouble());
        Assert.Equal(Math.Round(((active / (double)users) + (2 / 3.0) + (1 / 2.0)) / 3, 2, MidpointRounding.AwayFromZero), stats["community_health_score"].GetDouble());
        Assert.Equal(chausiku.Id, stats["top_contributors.0.user_id"].GetInt64());
        Assert.Equal(first, stats["trending_posts.0.post_id"].GetInt64());
        Assert.Equal(["id", "username"], Community.Names(stats["trending_posts.0.author"]));
        Assert.DoesNotContain("email", stats.Text, StringComparison.Ordinal);

        await Trending(amina, chausiku, first, second);
        await Active(amina, baraka, chausiku);
        await Gone(amina, first);
    }

    private static async Task Trending(Person amina, Person reader, long first, long second)
    {
        var trending = (await reader.Get($"{Analytics}/trending/")).Is(200)["trending_posts"];
        Assert.Equal([first, second], trending.EnumerateArray().Select(post => post.GetProperty("post_id").GetInt64()));
        var top = trending[0];
        Assert.Equal(
            ["post_id", "post_title", "author", "total_engagements", "likes", "comments", "engagement_score", "created_at", "period"], Community.Names(top));
        Assert.Equal(["id", "username", "email"], Community.Names(top.GetProperty("author")));
        Assert.Equal("null", top.GetProperty("author").GetProperty("email").GetRawText());
        Assert.Equal([5, 2, 1], Community.Figures(top, "total_engagements", "likes", "comments"));
        // s = 2 + 2 + 3 + 2 = 9, moments old.
        Assert.Equal(0.47, top.GetProperty("engagement_score").GetDouble());
        Assert.Equal("7 days", top.GetProperty("period").GetString());
        Assert.Single((await reader.Get($"{Analytics}/trending/?limit=1&days=30")).Is(200)["trending_posts"].EnumerateArray());
        (await amina.Get($"{Analytics}/trending/?days=0")).Is(400);
        (await amina.Get($"{Analytics}/trending/?limit=101")).Is(400);
    }

    private async Task Active(Person amina, Person baraka, Person chausiku)
    {
        var active = (await amina.Get($"{Analytics}/active_users/")).Is(200)["active_users"];
        Assert.Equal(
            ["user_id", "username", "total_engagements", "reputation_score", "activity_level", "avatar_url", "period"], Community.Names(active[0]));
        Assert.Equal([chausiku.Id, baraka.Id], active.EnumerateArray().Take(2).Select(one => one.GetProperty("user_id").GetInt64()));
        Assert.Equal([4, 3], active.EnumerateArray().Take(2).Select(one => one.GetProperty("total_engagements").GetInt32()));
        Assert.Equal("novice", active[0].GetProperty("activity_level").GetString());
        Assert.Equal(1, active[0].GetProperty("reputation_score").GetInt32());

        var helpful = await app.SignUp("eshe");
        await app.Append(new Entry(Verb.LikeComment, ObjectKind.Comment, 99_000) { Actor = amina.Id, Subject = helpful.Id });
        var board = (await amina.Get("/api/engagement/leaderboards/?by=helpful")).Is(200);
        Assert.Equal(["by", "days", "as_of", "results", "next", "previous"], Community.Names(board.Json));
        Assert.Equal(["rank", "user_id", "username", "avatar_url", "value", "reputation_score", "activity_level"], Community.Names(board["results.0"]));
        Assert.Equal(helpful.Id, board["results.0.user_id"].GetInt64());
        Assert.Equal(1, (await amina.Get("/api/engagement/leaderboards/?by=helpful&days=7")).Is(200)["results.0.value"].GetInt32());
        Assert.Equal(chausiku.Id, (await amina.Get("/api/engagement/leaderboards/?by=engagements&days=7")).Is(200)["results.0.user_id"].GetInt64());
        var quarter = (await amina.Get("/api/engagement/leaderboards/?by=engagements&days=90&limit=2")).Is(200)["results"].EnumerateArray().ToList();
        Assert.Equal([(1, baraka.Id, 4), (1, chausiku.Id, 4)], quarter.Select(place =>
            (place.GetProperty("rank").GetInt32(), place.GetProperty("user_id").GetInt64(), place.GetProperty("value").GetInt32())));
        (await amina.Get("/api/engagement/leaderboards/?by=beauty")).Is(400);
        (await app.Anyone.Get("/api/engagement/leaderboards/")).Is(401);
        (await app.Anyone.Get($"{Analytics}/active_users/")).Is(401);
        (await app.Anyone.Get($"{Analytics}/trending/")).Is(401);

        (await chausiku.Patch("/api/auth/me", new { is_private = true })).Is(200);
        Assert.Equal(baraka.Id, (await amina.Get($"{Analytics}/active_users/")).Is(200)["active_users.0.user_id"].GetInt64());
        Assert.Equal(chausiku.Id, (await chausiku.Get($"{Analytics}/active_users/")).Is(200)["active_users.0.user_id"].GetInt64());
    }

    private async Task Gone(Person amina, long first)
    {
        (await amina.Delete($"/api/ventroom/posts/{first}/")).Is(204);
        Assert.DoesNotContain(
            first, (await amina.Get($"{Analytics}/trending/")).Is(200)["trending_posts"].EnumerateArray().Select(post => post.GetProperty("post_id").GetInt64()));
        var stats = (await app.Anyone.Get($"{Analytics}/community_stats/")).Is(200);
        Assert.Equal([2, 0], Community.Figures(stats.Json, "total_posts", "total_comments"));
    }
}
