using System.Buffers.Binary;
using System.IO.Compression;
using Hearth.Features.Operations.Demo;
using Hearth.Features.Operations.Import;
using Hearth.Platform;
using Hearth.Tests.Features.Operations.Import;
using Hearth.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Features.Operations.Demo;

public sealed class DemoApp : HearthApp
{
    private protected override HearthOptions Configure(HearthOptions options) => options with { Demo = true };

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await Services.GetRequiredService<DemoCampaign>().Done;
        await Settled(await Db.Scalar<long>("select max(id) from ledger"));
    }
}

public sealed class DemoTests(DemoApp app) : IClassFixture<DemoApp>
{
    private static readonly DateTime Noon = new(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void The_demonstration_is_the_same_each_time_and_nothing_in_it_is_to_come()
    {
        var first = Community();
        Assert.Equal(first.Select(item => item.ToString()), Community().Select(item => item.ToString()), StringComparer.Ordinal);
        Assert.All(first, item => Assert.InRange(item.At, Noon.AddDays(-31), Noon));
        Assert.Equal(25, first.OfType<ImportedUser>().Count());
        Assert.Equal(first.Select(item => item.At).Order(), first.Select(item => item.At));
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in first)
        {
            Assert.True(item is not ImportedComment comment || (known.Contains(comment.Post) && (comment.Parent is null || known.Contains(comment.Parent))), item.Ref);
            Assert.True(item is not ImportedReaction reaction || known.Contains(reaction.Object), item.Ref);
            known.Add(item.Ref);
        }
    }

    [Fact]
    public async Task It_says_how_to_sign_in()
    {
        var hint = (await app.Anyone.Get("/api/operations/demo")).Is(200);
        Assert.Equal("amina", hint["people.0.username"].GetString());
        Assert.Equal("administrator", hint["people.0.role"].GetString());
        (await app.Anyone.Post("/api/auth/login/", new { username = "neema", password = hint["password"].GetString() })).Is(200);
    }

    [Fact]
    public void Its_pictures_are_whole()
    {
        foreach (var (picture, width, height) in new[] { (DemoPictures.Face(1), 192, 192), (DemoPictures.Scene("sea", 9), 800, 500) })
        {
            Assert.Equal((width, height), (BinaryPrimitives.ReadInt32BigEndian(picture.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(picture.AsSpan(20))));
            var length = BinaryPrimitives.ReadInt32BigEndian(picture.AsSpan(33));
            using var rows = new ZLibStream(new MemoryStream(picture, 41, length), CompressionMode.Decompress);
            using var unpacked = new MemoryStream();
            rows.CopyTo(unpacked);
            Assert.Equal(((width * 3) + 1) * height, unpacked.Length);
        }
    }

    [Fact]
    public async Task One_signs_in_and_finds_a_community_at_work_whose_every_figure_is_right()
    {
        var reply = (await app.Anyone.Post("/api/auth/login", new { username = "amina", password = DemoPeople.Password })).Is(200);
        var amina = app.Anyone.With(reply["access"].GetString()!);
        var posts = (await amina.Get("/api/ventroom/posts/?page_size=100")).Is(200);
        Assert.Equal(DemoThreads.Read().Count + 1, posts["count"].GetInt32());
        Assert.Equal("A month of us", posts["results.1.title"].GetString());
        await ImportRuns.EveryCheckHolds(app);

        foreach (var path in await app.Db.Rows("select media from posts where media is not null"))
            (await amina.Get("/media/" + path)).Is(200);
        (await amina.Get("/media/faces/1.png")).Is(200);
        (await amina.Get("/media/faces/99.png")).Is(404);
        foreach (var table in new[] { "follows", "post_bookmarks", "post_shares", "group_members", "course_members", "comment_reactions", "mentions" })
            Assert.True(await app.Db.Scalar<bool>($"select exists (select from {table})"), table);
    }

    [Fact]
    public async Task Its_people_share_what_they_know_and_others_take_it_up()
    {
        var reply = (await app.Anyone.Post("/api/auth/login", new { username = "lena", password = DemoPeople.Password })).Is(200);
        var lena = app.Anyone.With(reply["access"].GetString()!);
        var skills = (await lena.Get("/api/v1/discovery/skills/search?sort=newest&limit=100")).Is(200);
        Assert.Equal(DemoSkillTexts.Read().Select(skill => skill.Title).Reverse(), skills["results"].EnumerateArray().Select(skill => skill.GetProperty("title").GetString()));
        Assert.All(skills["results"].EnumerateArray(), skill =>
        {
            Assert.True(skill.GetProperty("days").GetArrayLength() > 0);
            Assert.True(skill.GetProperty("likes").GetInt32() > 0);
            Assert.True(skill.GetProperty("comment_count").GetInt32() > 0);
            Assert.True(skill.GetProperty("rating").GetProperty("count").GetInt32() > 0);
        });
    }

    [Fact]
    public async Task An_organisation_is_at_work_and_people_interact_with_what_lies_elsewhere()
    {
        Assert.Equal(20, await app.Db.Scalar<long>("select count(*) from contacts"));
        Assert.Equal(6, await app.Db.Scalar<long>("select count(*) from messages where incoming"));
        Assert.Equal(4, await app.Db.Scalar<long>("select count(*) from messages where author is not null"));
        Assert.Equal(2, await app.Db.Scalar<long>("select count(*) from mailings"));
        await Eventually.IsTrue(async () => await app.Db.Scalar<long>("select count(*) from mailings where status = 'completed' and delivered = total and total = 17") == 1);
        Assert.Equal(25, await app.Db.Scalar<long>("select count(distinct user_id) from interactions"));
    }

    [Fact]
    public async Task A_moderator_finds_what_a_rule_held_up_and_what_neighbours_reported()
    {
        var reply = (await app.Anyone.Post("/api/auth/login", new { username = "juma", password = DemoPeople.Password })).Is(200);
        var queue = (await app.Anyone.With(reply["access"].GetString()!).Get("/api/v1/moderation/queue")).Is(200);
        Assert.Equal(2, queue["results"].GetArrayLength());
    }

    [Fact]
    public async Task A_corporate_user_sees_how_their_campaign_does()
    {
        var reply = (await app.Anyone.Post("/api/auth/login", new { username = "grace", password = DemoPeople.Password })).Is(200);
        var campaigns = (await app.Anyone.With(reply["access"].GetString()!).Get("/api/engagement/analytics/campaign_performance/")).Is(200)["campaigns"];
        var campaign = Assert.Single(campaigns.EnumerateArray());
        Assert.Equal("Soup and stories", campaign.GetProperty("campaign_name").GetString());
        // Likes, comments, the one whom it mentions, and a share; seven clicks of eighteen readers, four of whom came.
        Assert.Equal([14, 9, 3, 1, 18], new[] { "total_engagements", "likes", "comments", "mentions", "impressions" }.Select(name => campaign.GetProperty(name).GetInt32()));
        Assert.Equal([0.72, 0.39, 0.57], new[] { "engagement_rate", "ctr", "conversion_rate" }.Select(name => campaign.GetProperty(name).GetDouble()));
    }

    [Fact]
    public async Task Another_start_adds_nothing_and_one_without_the_demonstration_shuts_its_accounts()
    {
        const string Made = "select (select count(*) from posts) + (select count(*) from skills) + (select count(*) from contacts) + (select count(*) from interactions)";
        var rows = await app.Db.Scalar<long>(Made);
        await using (var other = await HearthNode.Start(app.Options, app.Db.ConnectionString, _ => { }))
        {
            await other.Services.GetRequiredService<DemoCampaign>().Done;
            Assert.Equal(rows, await app.Db.Scalar<long>(Made));
        }

        await using (await HearthNode.Start(app.Options with { Demo = false }, app.Db.ConnectionString, _ => { }))
            Assert.Equal(0L, await app.Db.Scalar<long>("select count(*) from users where is_active"));
        await using (await HearthNode.Start(app.Options, app.Db.ConnectionString, _ => { }))
            Assert.Equal(25L, await app.Db.Scalar<long>("select count(*) from users where is_active"));
        Assert.Equal(25L, await app.Db.Scalar<long>("select count(*) from users where password_hash is not null"));
        await app.Settled(await app.Db.Scalar<long>("select max(id) from ledger"));
    }

    private static List<ImportItem> Community() => [.. new DemoCommunity(Noon, "http://hearth.test", "hash", (name, _) => name).Items()];
}
