using Hearth.Ledger;
using Hearth.Platform;
using Hearth.Tests.Features.Skills;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Features.Analytics;

/// <summary>What is tracked, and what people, authors and administrators are told of it.</summary>
public sealed class AnalyticsTests(SkillsApp app) : IClassFixture<SkillsApp>
{
    private const string Analytics = "/api/v1/analytics";

    [Fact]
    public async Task What_applications_report_is_stored_whole_and_counts_for_the_skill_that_it_names()
    {
        var (amina, bilal) = (await app.SignUp("amina"), await app.SignUp("bilal"));
        var skill = await SkillsApp.Share(amina, "Bread");
        var one = (await bilal.Post($"{Analytics}/track", new
        {
            event_type = "skill_view",
            target_type = "skill",
            target_id = skill,
            properties = new { view_duration = 45, where = "Home \ud83c\udf5e" },
        })).Is(201);
        Assert.Equal(1, one["tracked"].GetInt32());
        var events = Enumerable.Range(0, 500).Select(n => new { event_type = "page.open", target_type = "page", target_id = n });
        Assert.Equal(500, (await bilal.Post($"{Analytics}/track", new { events })).Is(201)["tracked"].GetInt32());

        Assert.Equal(501, await app.Rows(Verb.Track, bilal));
        Assert.Equal(
            ["skill_view|skill|" + skill + """|{"view_duration":45,"where":"Home """],
            (await app.Db.Rows("select event_type, target_type, target_id, left(properties, 34) from analytics_events where user_id = $1 order by id limit 1", bilal.Id)));
        Assert.Equal(501, (await bilal.Get($"{Analytics}/user/engagement")).Is(200)["events_tracked"].GetInt32());
        var figures = (await amina.Get($"{Analytics}/skills/{skill}")).Is(200);
        Assert.Equal(1, figures["events.count"].GetInt32());
        Assert.Equal(45, figures["events.average_seconds"].GetDouble());

        await Refuses("event_type", new { event_type = "no spaces" });
        await Refuses("event_type", new { target_type = "skill" });
        await Refuses("target_type", new { event_type = "x", target_id = "1" });
        await Refuses("target_id", new { event_type = "x", target_type = "y", target_id = new[] { 1 } });
        await Refuses("properties", new { event_type = "x", properties = 3 });
        await Refuses("events.1.event_type", new { events = new object[] { new { event_type = "good" }, new { event_type = "" } } });
        await Refuses("events", new { events = Enumerable.Range(0, 501).Select(_ => new { event_type = "x" }) });
        Assert.Equal(501, await app.Rows(Verb.Track, bilal));

        async Task Refuses(string field, object body) => Assert.Contains($"\"{field}\"", (await bilal.Post($"{Analytics}/track", body)).Is(400).Text);
    }

    [Fact]
    public async Task A_persons_figures_are_those_of_engagement()
    {
        var (amina, bilal) = (await app.SignUp("amina"), await app.SignUp("bilal"));
        var post = (await amina.Post("/api/ventroom/posts/", new { content = "Hello" })).Is(201)["id"].GetInt64();
        (await bilal.Post($"/api/ventroom/posts/{post}/comments/", new { text = "Hello to you." })).Is(201);
        (await bilal.Post($"/api/ventroom/posts/{post}/share/")).Is(201);
        var skill = await SkillsApp.Share(bilal, "Tea");
        (await bilal.Post($"/api/v1/social/skills/{skill}/like")).Is(200);

        var theirs = (await bilal.Get("/api/engagement/analytics/user_metrics/?days=30")).Is(200);
        var mine = (await bilal.Get($"{Analytics}/user/engagement?days=30")).Is(200);
        Assert.Equal(theirs["metrics.total_engagements"].GetInt32(), mine["total_engagements"].GetInt32());
        Assert.Equal(2, mine["total_engagements"].GetInt32());
        Assert.Equal(1, mine["community.comments"].GetInt32());
        Assert.Equal(1, mine["community.shares"].GetInt32());
        Assert.Equal("1 1", $"{mine["skills.shared"]} {mine["skills.likes"]}");
        Assert.Equal(2, mine["per_day"].EnumerateArray().Sum(day => day.GetProperty("skills").GetInt32()));
        (await bilal.Get($"{Analytics}/user/engagement?days=0")).Is(400);

        var behavior = (await bilal.Get($"{Analytics}/user/behavior?days=7")).Is(200);
        Assert.Equal(1, behavior["sessions.count"].GetInt32());
        Assert.Equal("UTC", behavior["time_zone"].GetString());
        Assert.True(behavior["active_hours"].EnumerateArray().Sum(hour => hour.GetInt32()) > 0);
        Assert.InRange(behavior["retention.current_streak"].GetInt32(), 1, 2);
    }

    [Fact]
    public async Task An_author_learns_how_a_skill_does_and_nobody_else()
    {
        var (amina, bilal, chen) = (await app.SignUp("amina"), await app.SignUp("bilal"), await app.SignUp("chen"));
        var skill = await SkillsApp.Share(amina, "Bread");
        foreach (var person in new[] { bilal, chen })
            (await person.Send(HttpMethod.Get, $"/api/v1/social/skills/{skill}", null, ("Prefer", "wait"))).Is(200);
        foreach (var _ in "123")
            (await bilal.Post($"/api/v1/social/skills/{skill}/like")).Is(200);
        (await chen.Post($"/api/v1/social/skills/{skill}/download")).Is(200);
        (await chen.Post($"/api/v1/social/skills/{skill}/rate", new { rating = 4 })).Is(200);
        (await chen.Post($"/api/v1/social/skills/{skill}/comments", new { text = "It rose." })).Is(201);

        var figures = (await amina.Get($"{Analytics}/skills/{skill}")).Is(200);
        Assert.Equal(
            "2 2 1 1 1 4 0.5",
            string.Join(' ', new[] { "views", "unique_viewers", "likes", "downloads", "comments", "rating.average", "conversion.download" }.Select(name => figures[name].ToString())));
        int Sum(string name) => figures["per_day"].EnumerateArray().Sum(day => day.GetProperty(name).GetInt32());
        Assert.Equal("2 2 1 1 1 1", string.Join(' ', Sum("views"), Sum("likes"), Sum("unlikes"), Sum("downloads"), Sum("ratings"), Sum("comments")));
        (await bilal.Get($"{Analytics}/skills/{skill}")).Is(403);
        (await bilal.Get($"{Analytics}/skills/{await SkillsApp.Share(amina, "Secret", "private")}")).Is(404);
        (await bilal.Get($"{Analytics}/skills/nothing")).Is(404);

        var trending = (await bilal.Get($"{Analytics}/trending?limit=100")).Is(200);
        var hot = trending["skills"].EnumerateArray().Single(one => one.GetProperty("id").GetString() == skill);
        Assert.Equal("2 1 1", $"{hot.GetProperty("views")} {hot.GetProperty("likes")} {hot.GetProperty("downloads")}");
    }

    [Fact]
    public async Task The_dashboard_shows_administrators_the_figures_of_engagement()
    {
        var (amina, bilal, admin) = (await app.SignUp("amina"), await app.SignUp("bilal"), await app.SignUp("admin", Roles.Admin));
        (await amina.Get($"{Analytics}/dashboard")).Is(403);
        var before = (await admin.Get($"{Analytics}/dashboard")).Is(200);
        var post = (await amina.Post("/api/ventroom/posts/", new { content = "Hello" })).Is(201)["id"].GetInt64();
        (await bilal.Post("/api/ventroom/posts/mark_as_viewed/", new { post_ids = new[] { post } })).Is(200);
        (await bilal.Post($"/api/ventroom/posts/{post}/share/")).Is(201);

        var board = (await admin.Get($"{Analytics}/dashboard")).Is(200);
        var stats = (await app.Anyone.Get("/api/engagement/analytics/community_stats/")).Is(200);
        Assert.Equal(stats["active_users"].GetInt32(), board["users.mau"].GetInt32());
        Assert.InRange(board["users.dau"].GetInt32(), 1, board["users.mau"].GetInt32());
        Assert.Equal(stats["total_users"].GetInt64(), board["users.total"].GetInt64());
        Assert.Equal(stats["total_posts"].GetInt32(), board["content.posts"].GetInt32());
        Assert.Equal(stats["total_engagements"].GetInt64(), board["total_engagements"].GetInt64());
        Assert.Equal(before["users.mau"].GetInt32() + 1, board["users.mau"].GetInt32());
        Assert.Equal(before["content.posts"].GetInt32() + 1, board["content.posts"].GetInt32());
        Assert.Equal(30, board["per_day"].GetArrayLength());
        Assert.Equal(board["users.total"].GetInt32(), board["retention"].EnumerateArray().Sum(week => week.GetProperty("people").GetInt32()));
        Assert.Equal(["joined", "viewed", "engaged", "created", "returned"], board["funnel"].EnumerateArray().Select(step => step.GetProperty("step").GetString()));
        Assert.Equal(1, board["funnel.2.people"].GetInt32() - before["funnel.2.people"].GetInt32());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Sums_and_presence_end_where_a_replay_without_void_rows_ends(int seed)
    {
        var random = new Random(seed);
        var people = new[] { await app.SignUp("amina"), await app.SignUp("bilal") };
        var start = DateTime.UtcNow.Date.AddDays(-3);
        var voided = new Dictionary<long, bool>();
        for (var step = 0; step < 40; step++)
        {
            var entries = Enumerable.Range(0, random.Next(1, 5)).Select(_ => Entry()).ToArray();
            var last = await app.Write(entries);
            for (var i = 0; i < entries.Length; i++)
            {
                if (entries[i].Verb is not (Verb.Void or Verb.Unvoid))
                    voided[last - entries.Length + 1 + i] = false;
            }
        }

        var projection = app.Services.GetServices<Projection>().Single(one => one.Name == "analytics");
        var drift = await app.Services.GetRequiredService<Rebuilds>().Compare(projection, null, CancellationToken.None);
        Assert.True(drift.Differences == 0, string.Join("\n", drift.Tables.SelectMany(table => table.Examples)));
        var expected = await app.Db.Rows(
            """
            select distinct actor, floor(extract(epoch from at) / 300)::int from ledger l
             where actor = any($1) and verb in (115, 120, 141)
               and coalesce((select v.verb = 101 from ledger v where v.voids = l.id order by v.id desc limit 1), true)
            union select actor, floor(extract(epoch from at) / 300)::int from ledger where actor = any($1) and verb = 50 order by 1, 2
            """,
            people.Select(person => person.Id).ToArray());
        Assert.Equal(expected, await app.Db.Rows(
            "select user_id, slot from analytics_presence where user_id = any($1) order by 1, 2", people.Select(person => person.Id).ToArray()));

        Entry Entry()
        {
            if (voided.Count > 4 && random.Next(3) == 0)
            {
                var row = voided.Keys.ElementAt(random.Next(voided.Count));
                voided[row] = !voided[row];
                return new Entry(voided[row] ? Verb.Void : Verb.Unvoid, ObjectKind.Ledger, 1) { Voids = row };
            }

            Verb[] verbs = [Verb.Track, Verb.DownloadSkill, Verb.ViewSkill];
            return new Entry(verbs[random.Next(3)], ObjectKind.Skill, 1_000_000 + random.Next(3))
            {
                Actor = people[random.Next(2)].Id,
                Value = random.Next(2) == 0 ? null : random.Next(100),
                At = start.AddMinutes(random.Next(300)),
            };
        }
    }
}
