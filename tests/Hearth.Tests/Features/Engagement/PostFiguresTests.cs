using Hearth.Platform;
using Hearth.Tests.Harness;

namespace Hearth.Tests.Features.Engagement;

/// <summary>Figures of posts, courses and people that are seen by those whom they concern.</summary>
public sealed class PostFiguresTests(HearthApp app) : IClassFixture<HearthApp>
{
    private const string Analytics = "/api/engagement/analytics";

    [Fact]
    public async Task A_post_has_its_counters_reach_and_rate()
    {
        var amina = await app.SignUp("amina");
        var readers = new List<Person>();
        foreach (var name in new[] { "baraka", "chausiku", "dalila", "eshe", "farida", "gasira", "halima", "imani" })
            readers.Add(await app.SignUp(name));
        var post = await amina.Writes("How to learn");
        foreach (var reader in readers)
            await reader.Views(post);
        await readers[0].Views(post);
        await readers[0].Likes(post);
        await readers[1].Likes(post);
        await readers[1].Unlikes(post);
        var comment = await readers[2].Comments(post);
        await amina.Comments(post, comment);
        await readers[3].Shares(post);

        var metrics = (await amina.Get($"{Analytics}/post_metrics/?post_id={post}")).Is(200);
        Assert.Equal(["post_id", "post_title", "metrics"], Community.Names(metrics.Json));
        Assert.Equal("How to learn", metrics["post_title"].GetString());
        Assert.Equal(["total_likes", "total_comments", "total_shares", "engagement_rate", "reach"], Community.Names(metrics["metrics"]));
        Assert.Equal([1, 2, 1, 8], Community.Figures(metrics["metrics"], "total_likes", "total_comments", "total_shares", "reach"));
        Assert.Equal(0.5, metrics["metrics.engagement_rate"].GetDouble());

        var untitled = (await amina.Post("/api/ventroom/posts/", new { content = "Rye, and patience." })).Is(201)["id"].GetInt64();
        Assert.Equal("Rye, and patience.", (await amina.Get($"{Analytics}/post_metrics/?post_id={untitled}")).Is(200)["post_title"].GetString());

        (await readers[0].Get($"{Analytics}/post_metrics/?post_id={post}")).Is(403);
        (await app.Anyone.Get($"{Analytics}/post_metrics/?post_id={post}")).Is(401);
        (await (await app.SignUp("head", Roles.Admin)).Get($"{Analytics}/post_metrics/?post_id={post}")).Is(200);
        (await amina.Get($"{Analytics}/post_metrics/?post_id=999999999")).Is(404);
        Assert.Equal(["post_id"], Community.Names((await amina.Get($"{Analytics}/post_metrics/")).Is(400).Json));
        Assert.Equal(["post_id"], Community.Names((await amina.Get($"{Analytics}/post_metrics/?post_id=one")).Is(400).Json));
    }

    [Fact]
    public async Task A_facilitator_sees_what_happens_in_their_courses()
    {
        var juma = await app.SignUp("juma", Roles.Facilitator);
        var other = await app.SignUp("kito", Roles.Facilitator);
        var learners = new[] { await app.SignUp("lulu"), await app.SignUp("makena"), await app.SignUp("neema") };
        var course = (await juma.Post("/api/community/courses/", new { name = "Django Masterclass" })).Is(201)["id"].GetInt32();
        var quiet = (await juma.Post("/api/community/courses/", new { name = "Quiet" })).Is(201)["id"].GetInt32();
        (await other.Post("/api/community/courses/", new { name = "Elsewhere" })).Is(201);
        var post = await juma.Writes(course: course);
        foreach (var learner in learners)
            await learner.Views(post);
        await learners[0].Likes(post);
        await learners[0].Bookmarks(post);
        await learners[1].Comments(post);

        var courses = (await juma.Get($"{Analytics}/course_popularity/")).Is(200)["courses"];
        Assert.Equal([course, quiet], courses.EnumerateArray().Select(one => one.GetProperty("course_id").GetInt32()));
        Assert.Equal(
            ["course_id", "course_name", "total_engagements", "likes", "comments", "active_participants", "engagement_rate", "trend"],
            Community.Names(courses[0]));
        Assert.Equal("Django Masterclass", courses[0].GetProperty("course_name").GetString());
        Assert.Equal([3, 1, 1, 2], Community.Figures(courses[0], "total_engagements", "likes", "comments", "active_participants"));
        Assert.Equal(0.67, courses[0].GetProperty("engagement_rate").GetDouble());
        Assert.Equal("up", courses[0].GetProperty("trend").GetString());
        Assert.Equal([0, 0, 0, 0], Community.Figures(courses[1], "total_engagements", "likes", "comments", "active_participants"));
        Assert.Equal(0, courses[1].GetProperty("engagement_rate").GetDouble());
        Assert.Equal("flat", courses[1].GetProperty("trend").GetString());

        (await learners[0].Get($"{Analytics}/course_popularity/")).Is(403);
        (await app.Anyone.Get($"{Analytics}/course_popularity/")).Is(401);
    }

    [Fact]
    public async Task What_is_deleted_leaves_the_figures_of_its_course_and_stays_in_everybodys_own()
    {
        var juma = await app.SignUp("juma", Roles.Facilitator);
        var lulu = await app.SignUp("lulu");
        var course = (await juma.Post("/api/community/courses/", new { name = "Weaving" })).Is(201)["id"].GetInt32();
        var kept = await juma.Writes(course: course);
        var gone = await juma.Writes(course: course);
        await lulu.Views(kept, gone);
        await lulu.Likes(kept);
        await lulu.Likes(gone);
        var comment = await lulu.Comments(kept, text: $"For you, @{juma.Name}");
        await juma.LikesComment(comment);
        await lulu.Comments(gone);
        async Task<int[]> Figures() => Community.Figures(
            (await juma.Get($"{Analytics}/course_popularity/")).Is(200)["courses.0"], "total_engagements", "likes", "comments", "active_participants");
        Community.Same(await Figures(), [6, 2, 2, 2]);

        (await juma.Delete($"/api/ventroom/posts/{gone}/")).Is(204);
        Community.Same(await Figures(), [4, 1, 1, 2]);
        (await lulu.Delete($"/api/ventroom/posts/{kept}/comments/{comment}/")).Is(204);
        Community.Same(await Figures(), [1, 1, 0, 1]);
        Assert.Equal(5, (await lulu.Get($"{Analytics}/user_metrics/")).Is(200)["metrics.total_engagements"].GetInt32());
        (await juma.Delete($"/api/ventroom/posts/{kept}/")).Is(204);
        Community.Same(await Figures(), [0, 0, 0, 0]);
        Assert.Equal(5, (await lulu.Get($"{Analytics}/user_metrics/")).Is(200)["metrics.total_engagements"].GetInt32());
    }

    [Fact]
    public async Task Mentions_are_listed_with_where_they_are()
    {
        var oba = await app.SignUp("oba");
        var pili = await app.SignUp("pili");
        var post = (await pili.Post("/api/ventroom/posts/", new { title = "Best practices", content = $"@{oba.Name} what do you think?" })).Is(201)["id"].GetInt64();
        var comment = await pili.Comments(post, text: $"Really, @{oba.Name}, say something");
        var mentions = (await oba.Get($"{Analytics}/my_mentions/")).Is(200)["mentions"];
        Assert.Equal(2, mentions.GetArrayLength());
        Assert.Equal(
            ["id", "mentioned_by", "post", "comment", "mention_context", "created_at", "notification_sent"], Community.Names(mentions[0]));
        Assert.Equal(comment, mentions[0].GetProperty("comment").GetProperty("id").GetInt64());
        Assert.Equal("null", mentions[1].GetProperty("comment").GetRawText());
        Assert.Equal(["id", "title", "content"], Community.Names(mentions[1].GetProperty("post")));
        Assert.Equal(["id", "username"], Community.Names(mentions[1].GetProperty("mentioned_by")));
        Assert.Equal(pili.Name, mentions[1].GetProperty("mentioned_by").GetProperty("username").GetString());
        Assert.Contains("what do you think?", mentions[1].GetProperty("mention_context").GetString(), StringComparison.Ordinal);
        Assert.True(mentions[1].GetProperty("notification_sent").GetBoolean());
        Assert.Equal(1, (await oba.Get($"{Analytics}/my_mentions/?limit=1")).Is(200)["mentions"].GetArrayLength());
        Assert.Equal(0, (await pili.Get($"{Analytics}/my_mentions/")).Is(200)["mentions"].GetArrayLength());
        (await pili.Delete($"/api/ventroom/posts/{post}/")).Is(204);
        Assert.Equal(0, (await oba.Get($"{Analytics}/my_mentions/")).Is(200)["mentions"].GetArrayLength());
        (await app.Anyone.Get($"{Analytics}/my_mentions/")).Is(401);
    }

    [Fact]
    public async Task A_timeline_is_ones_own_history_by_links()
    {
        var rehema = await app.SignUp("rehema");
        var sauda = await app.SignUp("sauda");
        var post = await sauda.Writes("Titled");
        await rehema.Likes(post);
        await rehema.Unlikes(post);
        await rehema.Comments(post, text: "Said");
        await rehema.Bookmarks(post);
        var first = (await rehema.Get("/api/engagement/timeline/?limit=2")).Is(200);
        Assert.Equal(["bookmark_post", "comment_post"], Types(first));
        Assert.Equal("Titled", first["results.1.post.title"].GetString());
        Assert.Equal("Said", first["results.1.comment.title"].GetString());
        Assert.True(first["results.0.counts"].GetBoolean());
        var second = (await rehema.Get(first["next"].GetString()!)).Is(200);
        Assert.Equal(["unlike_post", "like_post"], Types(second));
        Assert.Equal("null", second["next"].GetRawText());
        Assert.Equal(["bookmark_post", "comment_post"], Types((await rehema.Get(second["previous"].GetString()!)).Is(200)));
        Assert.Equal(["like_post"], Types((await rehema.Get("/api/engagement/timeline/?action_type=like_post")).Is(200)));
        Assert.Equal([], Types((await sauda.Get("/api/engagement/timeline/")).Is(200)));
        (await app.Anyone.Get("/api/engagement/timeline/")).Is(401);
        (await rehema.Get("/api/engagement/timeline/?cursor=nonsense")).Is(400);

        static IEnumerable<string?> Types(Reply reply) => reply["results"].EnumerateArray().Select(item => item.GetProperty("action_type").GetString());
    }

    [Fact]
    public async Task A_mention_that_is_void_is_in_no_list_until_it_is_restored()
    {
        var admin = await app.SignUp("admin", Roles.Admin | Roles.Moderator);
        var quba = await app.SignUp("quba");
        var rehema = await app.SignUp("rehema");
        await quba.Comments(await rehema.Writes(), text: $"Look, @{rehema.Name}");
        async Task<int> Mentions() => (await rehema.Get($"{Analytics}/my_mentions/")).Is(200)["mentions"].GetArrayLength();
        Assert.Equal(1, await Mentions());
        var id = (await admin.Post("/api/v1/moderation/void", new { user = quba.Id, reason = "A robot" })).Is(201)["id"].GetInt64();
        Assert.Equal(0, await Mentions());
        (await admin.Delete($"/api/v1/moderation/void/{id}")).Is(200);
        Assert.Equal(1, await Mentions());
    }
}
