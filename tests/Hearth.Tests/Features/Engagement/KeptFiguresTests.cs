using System.Net.Http.Json;
using System.Text.Json;
using Hearth.Features.Engagement.Actions;
using Hearth.Features.Engagement.Kept;
using Hearth.Ledger;
using Hearth.Platform;
using Hearth.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Features.Engagement;

public sealed class KeptFiguresTests(HearthApp app) : IClassFixture<HearthApp>
{
    private const string Metrics = "/api/engagement/analytics/user_metrics/";

    private KeptFigures Kept => app.Services.GetRequiredService<KeptFigures>();

    private long Hits => Kept.Caches[0].Figures().Hits;

    [Fact]
    public async Task Figures_are_kept_until_something_concerns_them()
    {
        var amina = await app.SignUp("amina");
        var baraka = await app.SignUp("baraka");
        var (first, second) = (await baraka.Writes(), await baraka.Writes());
        await amina.Likes(first);
        await IsKept(amina);
        await amina.Likes(second);
        Assert.Equal(2, await Likes(amina));
        await IsKept(amina);
        await amina.Unlikes(first);
        Assert.Equal(1, await Likes(amina));
    }

    [Fact]
    public async Task What_is_void_and_what_is_restored_shows_at_once()
    {
        var admin = await app.SignUp("admin", Roles.Admin | Roles.Moderator);
        var chausiku = await app.SignUp("chausiku");
        await chausiku.Likes(await admin.Writes());
        await IsKept(chausiku);
        var id = (await admin.Post("/api/v1/moderation/void", new { user = chausiku.Id, reason = "A robot" })).Is(201)["id"].GetInt64();
        Assert.Equal(0, await Likes(chausiku));
        await IsKept(chausiku);
        (await admin.Delete($"/api/v1/moderation/void/{id}")).Is(200);
        Assert.Equal(1, await Likes(chausiku));
    }

    [Fact]
    public async Task What_is_read_before_the_projection_has_applied_a_row_is_not_given_out_afterwards()
    {
        var dalila = await app.SignUp("dalila");
        var post = await dalila.Writes();
        Assert.Equal(0, await Likes(dalila));
        await app.Settled();
        await using (var db = await app.Db.Source.OpenConnectionAsync(TestContext.Current.CancellationToken))
        await using (var hold = await db.BeginTransactionAsync(TestContext.Current.CancellationToken))
        {
            await ProjectionStore.Hold(db, "engagement", TestContext.Current.CancellationToken);
            await dalila.Likes(post);
            await app.Services.GetRequiredService<LedgerTail>().Passed(app.Services.GetRequiredService<LedgerSignal>().Raised);
            // Who does not say what they know is answered by what is applied.
            for (var i = 0; i < 3; i++)
                Assert.Equal(0, (await dalila.Http.GetFromJsonAsync<JsonElement>(Metrics, TestContext.Current.CancellationToken)).GetProperty("metrics").GetProperty("likes").GetInt32());
        }

        Assert.Equal(1, await Likes(dalila));
    }

    [Fact]
    public async Task A_facilitators_courses_follow_what_others_do_in_them()
    {
        var eshe = await app.SignUp("eshe", Roles.Facilitator);
        var faraji = await app.SignUp("faraji");
        async Task<string> Figures() => string.Join(
            ", ",
            (await eshe.Get("/api/engagement/analytics/course_popularity/")).Is(200)["courses"].EnumerateArray()
                .Select(course => $"{course.GetProperty("total_engagements")} by {course.GetProperty("active_participants")}"));
        Assert.Empty(await Figures());
        var course = (await eshe.Post("/api/community/courses/", new { name = "Django Masterclass" })).Is(201)["id"].GetInt32();
        Assert.Equal("0 by 0", await Figures());
        var post = await eshe.Writes(course: course);
        Assert.Equal("0 by 0", await Figures());
        await faraji.Likes(post);
        Assert.Equal("1 by 1", await Figures());
        var comment = await faraji.Comments(post);
        Assert.Equal("2 by 1", await Figures());
        (await faraji.Delete($"/api/ventroom/posts/{post}/comments/{comment}/")).Is(204);
        Assert.Equal("1 by 1", await Figures());
        (await eshe.Delete($"/api/ventroom/posts/{post}/")).Is(204);
        Assert.Equal("0 by 0", await Figures());
        (await eshe.Patch($"/api/community/courses/{course}/", new { name = "Flask Masterclass" })).Is(200);
        Assert.Equal("Flask Masterclass", (await eshe.Get("/api/engagement/analytics/course_popularity/")).Is(200)["courses.0.course_name"].GetString());
        (await eshe.Delete($"/api/community/courses/{course}/")).Is(204);
        Assert.Empty(await Figures());
    }

    [Fact]
    public async Task A_campaigns_clicks_and_conversions_show_at_once()
    {
        var gasira = await app.SignUp("gasira", Roles.Corporate);
        async Task<string> Rates() => string.Join(
            ", ",
            (await gasira.Get("/api/engagement/analytics/campaign_performance/")).Is(200)["campaigns"].EnumerateArray()
                .Select(one => $"{one.GetProperty("ctr")} and {one.GetProperty("conversion_rate")}"));
        Assert.Empty(await Rates());
        var campaign = (await gasira.Post("/api/engagement/campaigns/", new { name = "Sale", link = "https://shop.example/" })).Is(201);
        Assert.Equal("0 and 0", await Rates());
        var reader = await app.SignUp("reader");
        await reader.Views(await gasira.Writes(campaign: campaign["id"].GetInt32()));
        Assert.Equal("0 and 0", await Rates());
        (await reader.Get(new Uri(campaign["tracked_link"].GetString()!).AbsolutePath)).Is(302);
        Assert.Equal("1 and 0", await Rates());
        (await gasira.Post($"/api/engagement/campaigns/{campaign["id"].GetInt32()}/conversions/")).Is(201);
        Assert.Equal("1 and 1", await Rates());
    }

    [Fact]
    public async Task A_report_follows_new_rules_and_the_community_its_groups()
    {
        var admin = await app.SignUp("admin", Roles.Admin);
        var halima = await app.SignUp("halima");
        async Task<int> Points() =>
            (await halima.Get("/api/engagement/export/?days=1")).Is(200)["days.0.points"].GetInt32();
        await halima.Writes();
        Assert.Equal(2, await Points());
        var version = (await admin.Post("/api/engagement/rules/", new { points = new { own_post = 7 }, effective_from = "always" })).Is(201)["version"].GetInt32();
        Assert.Equal(7, await Points());
        (await admin.Post($"/api/engagement/rules/{version}/revert/")).Is(200);
        Assert.Equal(2, await Points());

        async Task<int[]> Groups() =>
            Community.Figures((await app.Anyone.Get("/api/engagement/analytics/community_stats/")).Is(200).Json, "total_groups", "total_group_members");
        var before = await Groups();
        var group = (await admin.Post("/api/community/groups/", new { name = "Readers" })).Is(201)["id"].GetInt32();
        Assert.Equal(before[0] + 1, (await Groups())[0]);
        var founded = await Groups();
        (await halima.Post($"/api/community/groups/{group}/join/")).Is(200);
        Assert.Equal([founded[0], founded[1] + 1], await Groups());
        (await halima.Post($"/api/community/groups/{group}/leave/")).Is(200);
        Assert.Equal(founded, await Groups());

        async Task<int> People() => (await app.Anyone.Get("/api/engagement/analytics/community_stats/")).Is(200)["total_users"].GetInt32();
        var people = await People();
        await app.SignUp("newcomer");
        Assert.Equal(people + 1, await People());
    }

    [Fact]
    public async Task Rankings_follow_blocks_privacy_and_what_becomes_of_posts_at_once()
    {
        var ibada = await app.SignUp("ibada");
        var jabali = await app.SignUp("jabali");
        var post = await jabali.Writes("Rising");
        await ibada.Likes(post);
        async Task<string?> Title()
        {
            var posts = (await ibada.Get("/api/engagement/analytics/trending/?limit=100")).Is(200)["trending_posts"].EnumerateArray();
            return posts.Where(one => one.GetProperty("post_id").GetInt64() == post).Select(one => one.GetProperty("post_title").GetString()).SingleOrDefault();
        }

        async Task<int> Listed(Person who, Person reader)
        {
            var places = (await reader.Get("/api/engagement/leaderboards/?limit=100")).Is(200)["results"].EnumerateArray();
            return places.Count(one => one.GetProperty("user_id").GetInt64() == who.Id);
        }

        Assert.Equal("Rising", await Title());
        Assert.Equal(1, await Listed(jabali, ibada));
        (await jabali.Patch($"/api/ventroom/posts/{post}/", new { title = "Risen" })).Is(200);
        Assert.Equal("Risen", await Title());
        (await ibada.Post($"/api/v1/users/{jabali.Uuid}/block")).Is(201);
        Assert.Null(await Title());
        Assert.Equal(0, await Listed(jabali, ibada));
        (await ibada.Get($"/api/engagement/reputation/{jabali.Id}/")).Is(404);
        (await jabali.Get($"/api/engagement/reputation/{ibada.Id}/")).Is(404);
        (await ibada.Delete($"/api/v1/users/{jabali.Uuid}/block")).Is(204);
        Assert.Equal("Risen", await Title());
        (await ibada.Get($"/api/engagement/reputation/{jabali.Id}/")).Is(200);
        (await jabali.Patch("/api/auth/me", new { is_private = true })).Is(200);
        Assert.Equal(0, await Listed(jabali, ibada));
        Assert.Equal(1, await Listed(jabali, jabali));
        (await ibada.Get($"/api/engagement/reputation/{jabali.Id}/")).Is(404);
        (await jabali.Patch("/api/auth/me", new { is_private = false })).Is(200);
        (await jabali.Delete($"/api/ventroom/posts/{post}/")).Is(204);
        Assert.Null(await Title());
    }

    [Fact]
    public async Task Reputation_follows_new_rules_and_badges_that_come_and_go()
    {
        var admin = await app.SignUp("admin", Roles.Admin);
        var kibwe = await app.SignUp("kibwe");
        async Task<string> Reputation()
        {
            var own = (await kibwe.Get("/api/engagement/analytics/my_reputation/")).Is(200);
            return $"{own["reputation_score"]}, {own["activity_level"].GetString()}: {string.Join(", ", own["badges"].EnumerateArray())}";
        }

        await kibwe.Writes();
        Assert.Equal("2, inactive: ", await Reputation());
        (await admin.Post("/api/engagement/badges/", new { name = "writer", title = "Writer", description = "", rule = new { action_type = "share_post", count = 1 } })).Is(201);
        await kibwe.Shares(await admin.Writes());
        Assert.Equal("2, novice: writer", await Reputation());
        (await admin.Post("/api/engagement/badges/", new { name = "sharer", title = "Sharer", description = "", rule = new { action_type = "share_post", count = 1 } })).Is(201);
        Assert.Equal("2, novice: writer, sharer", await Reputation());
        var version = (await admin.Post("/api/engagement/rules/", new { levels = new { novice = 2 }, points = new { own_post = 3 }, effective_from = "always" })).Is(201)["version"].GetInt32();
        Assert.Equal("3, inactive: writer, sharer", await Reputation());
        (await admin.Post($"/api/engagement/rules/{version}/revert/")).Is(200);
        Assert.Equal("2, novice: writer, sharer", await Reputation());
    }

    [Fact]
    public async Task What_a_rebuild_mends_shows_at_once()
    {
        var lulu = await app.SignUp("lulu");
        await lulu.Likes(await lulu.Writes());
        await IsKept(lulu);
        await app.Db.Execute("update engagement_days set likes = 7 where scope = 1 and scope_id = $1", lulu.Id);
        Kept.Caches[0].Clear();
        Assert.Equal(7, await Likes(lulu));
        await IsKept(lulu);
        await app.Services.GetRequiredService<Rebuilds>().Rebuild(new EngagementProjection(), null, TestContext.Current.CancellationToken);
        await Followed();
        Assert.Equal(1, await Likes(lulu));
    }

    [Fact]
    public async Task What_does_not_concern_figures_leaves_them_and_the_oldest_go_when_there_are_too_many()
    {
        var reads = 0;
        async Task<int> Read(int person) => (int)await Kept.Read(
            new FigureKey("test", person),
            _ => Task.FromResult(new Figures<object>(++reads, 60_000, [Topic.Person(-person)])),
            TestContext.Current.CancellationToken);
        Task<long> Does(int person) => app.Append(new Entry(Verb.JoinGroup, ObjectKind.Group, 1) { Actor = -person });

        // Badges of the other tests may still be announced: what is read meanwhile is not kept.
        async Task<int> IsKept(int person)
        {
            for (var tries = 0; tries < 50; tries++)
            {
                await Followed();
                var read = await Read(person);
                if (await Read(person) == read)
                    return read;
            }

            throw new InvalidOperationException("It is never kept.");
        }

        var (first, second) = (await IsKept(1), await IsKept(2));
        await Does(2);
        Assert.Equal(first, await Read(1));
        Assert.NotEqual(second, await Read(2));
        var last = 0;
        for (var person = 3; person < 9; person++)
            last = await IsKept(person);
        Assert.Equal(last, await Read(8));
        Assert.NotEqual(first, await Read(1));
        await Does(8);
        Assert.NotEqual(last, await Read(8));
        last = await IsKept(8);
        Kept.Caches[0].Forget!(-8);
        Assert.NotEqual(last, await Read(8));
    }

    private static async Task<int> Likes(Person who) => (await who.Get(Metrics)).Is(200)["metrics.likes"].GetInt32();

    /// <summary>Reads until it is answered by what is kept: badges are still announced.</summary>
    private async Task IsKept(Person who)
    {
        for (var tries = 0; tries < 50; tries++)
        {
            var hits = Hits;
            await Likes(who);
            if (Hits > hits)
                return;
            await Followed();
        }

        Assert.Fail("It is never kept.");
    }

    private async Task Followed() => await app.Settled(await app.Db.Scalar<long>("select max(id) from ledger"));
}
