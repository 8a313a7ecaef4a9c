using Hearth.Jobs;
using Hearth.Platform;
using Hearth.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Realtime;

/// <summary>What stock Socket.IO clients hear, and what they do not.</summary>
public sealed class SocketTests(SocketApp app) : IClassFixture<SocketApp>
{
    [Fact]
    public async Task Nobody_gets_in_without_a_token_that_holds()
    {
        var amina = await app.SignUp("amina");

        Assert.Contains("Unauthorized", await SocketClient.Refused(app.Anyone));
        Assert.Contains("Unauthorized", await SocketClient.Refused(amina, options => options.Auth = new Dictionary<string, string> { ["token"] = "nonsense" }));
        await using var byQuery = await SocketClient.Connect(amina, options =>
        {
            options.Auth = null;
            options.Query = [new KeyValuePair<string, string>("token", amina.Token!)];
        });
        await using var byHeader = await SocketClient.Connect(amina, options =>
        {
            options.Auth = null;
            options.ExtraHeaders = new Dictionary<string, string> { ["Authorization"] = $"Bearer {amina.Token}" };
        });
        await byQuery.Join("join_personal_room", new { user_id = amina.Uuid });
        await byHeader.Join("join_personal_room", new { user_id = amina.Id });
    }

    [Fact]
    public async Task Rooms_are_for_those_who_may_be_in_them()
    {
        var (amina, bilal) = (await app.SignUp("amina"), await app.SignUp("bilal"));
        var hidden = await SocketApp.Share(amina, "A secret", "private");
        await using var client = await SocketClient.Connect(bilal);

        Assert.False((await client.Ask("join_personal_room", new { user_id = amina.Uuid })).GetProperty("ok").GetBoolean());
        Assert.Equal("Skill not found.", (await client.Ask("join_skill_room", new { skill_id = hidden })).GetProperty("error").GetString());
        Assert.False((await client.Ask("leave_skill_room", new { skill_id = hidden })).GetProperty("ok").GetBoolean());
        Assert.False((await client.Ask("join_skill_room", new { skill_id = new[] { 1 } })).GetProperty("ok").GetBoolean());
        Assert.False((await client.Ask("join_personal_room", 1.5)).GetProperty("ok").GetBoolean());
    }

    [Fact]
    public async Task Notifications_and_what_happens_to_a_skill_come_from_any_node()
    {
        var other = await app.StartNode();
        var (amina, bilal) = (await app.SignUp("amina"), await app.SignUp("bilal"));
        var skill = await SocketApp.Share(amina, "Knots");
        await using var client = await SocketClient.Connect(amina);
        // As the contract's own page does it: without asking for an answer. Events of one socket are handled in their order.
        await client.Say("join_personal_room", new { user_id = amina.Uuid });
        await client.Join("join_skill_room", new { skill_id = skill });

        (await bilal.At(other).Post($"/api/v1/social/skills/{skill}/like")).Is(200);
        var update = await client.Next("skill_update");
        var told = await client.Next("personal_notification");

        Assert.Equal((skill, "liked", 1), (update.GetProperty("skill_id").GetString(), update.GetProperty("type").GetString(), update.GetProperty("likes").GetInt32()));
        Assert.Equal("like_received", told.GetProperty("type").GetString());
        Assert.Equal(bilal.Name, told.GetProperty("actor").GetProperty("username").GetString());
        Assert.Equal(1, told.GetProperty("unread_count").GetInt32());
        (await bilal.Post($"/api/v1/social/skills/{skill}/comments", new { text = "Fine." })).Is(201);
        Assert.Equal(1, (await client.Next("skill_update")).GetProperty("comment_count").GetInt32());
        await client.Join("leave_skill_room", new { skill_id = skill });
        (await bilal.Post($"/api/v1/social/skills/{skill}/like")).Is(200);
        await app.Settled();
        Assert.DoesNotContain(await client.Drain(), one => one.Name == "skill_update");
    }

    [Fact]
    public async Task Whoever_may_not_see_a_skill_any_more_is_put_out_before_anything_is_told()
    {
        var (amina, bilal, chidi) = (await app.SignUp("amina"), await app.SignUp("bilal"), await app.SignUp("chidi"));
        var skill = await SocketApp.Share(amina, "Sailing");
        await using var blocked = await SocketClient.Connect(bilal);
        await using var reader = await SocketClient.Connect(chidi);
        await blocked.Join("join_skill_room", new { skill_id = skill });
        await reader.Join("join_skill_room", new { skill_id = skill });

        (await amina.Post($"/api/v1/users/{bilal.Uuid}/block")).Is(201);
        (await chidi.Post($"/api/v1/social/skills/{skill}/like")).Is(200);
        Assert.Equal("liked", (await reader.Next("skill_update")).GetProperty("type").GetString());
        Assert.Equal("unavailable", (await blocked.Next("skill_update")).GetProperty("type").GetString());
        (await amina.Put($"/api/v1/social/skills/{skill}", new { title = "Sailing at night", visibility = "private", category = "general", description = "" })).Is(200);
        Assert.Equal("unavailable", (await reader.Next("skill_update")).GetProperty("type").GetString());
        (await amina.Delete($"/api/v1/social/skills/{skill}")).Is(204);
        await app.Settled();

        Assert.DoesNotContain(await blocked.Drain(), one => one.Name == "skill_update");
        Assert.DoesNotContain(await reader.Drain(), one => one.Name == "skill_update");
    }

    [Fact]
    public async Task Followers_hear_what_is_new_and_nobody_else()
    {
        var (amina, bilal, chidi) = (await app.SignUp("amina"), await app.SignUp("bilal"), await app.SignUp("chidi"));
        await SocketApp.Follow(bilal, amina);
        await using var follower = await SocketClient.Connect(bilal);
        await using var stranger = await SocketClient.Connect(chidi);

        await SocketApp.Share(amina, "Unseen", "private");
        var skill = await SocketApp.Share(amina, "Baking", "followers");
        var update = await follower.Next("feed_update");

        Assert.Equal(("share_skill", skill), (update.GetProperty("verb").GetString(), update.GetProperty("object").GetProperty("id").GetString()));
        Assert.Equal("Baking", update.GetProperty("object").GetProperty("title").GetString());
        Assert.Equal(amina.Name, update.GetProperty("actor").GetProperty("username").GetString());
        (await amina.Put("/api/v1/users/me", new { privacy = new { activity = "private" } })).Is(200);
        await SocketApp.Share(amina, "Not told");
        await app.Settled();
        Assert.DoesNotContain(await follower.Drain(), one => one.Name == "feed_update");
        Assert.DoesNotContain(await stranger.Drain(), one => one.Name == "feed_update");
    }

    [Fact]
    public async Task Moderators_hear_of_reports_and_all_hear_what_trends()
    {
        var (amina, bilal) = (await app.SignUp("amina"), await app.SignUp("bilal"));
        var mona = await app.SignUp("mona", Roles.Moderator);
        var skill = await SocketApp.Share(amina, "Watches");
        await using var moderator = await SocketClient.Connect(mona);
        await using var person = await SocketClient.Connect(bilal);

        var report = (await bilal.Post("/api/v1/moderation/report", new { content_type = "skill", content_id = skill, reason = "spam" })).Is(201)["id"].GetString();
        var alert = await moderator.Next("moderation_alert");
        Assert.Equal((report, "skill", skill), (
            alert.GetProperty("report_id").GetString(), alert.GetProperty("content_type").GetString(), alert.GetProperty("content_id").GetString()));
        Assert.Equal("spam", alert.GetProperty("reason").GetString());
        Assert.DoesNotContain(await person.Drain(), one => one.Name == "moderation_alert");

        (await bilal.Post($"/api/v1/social/skills/{skill}/like")).Is(200);
        await app.Services.GetServices<ScheduledJob>().Single(job => job.Name == "trending").Run(CancellationToken.None);
        // The job may have run by itself before, when less was to be told.
        var trends = await person.Next("trending_update");
        while (!trends.GetProperty("skills").EnumerateArray().Any(one => one.GetProperty("id").GetString() == skill))
            trends = await person.Next("trending_update");
    }

    [Fact]
    public async Task A_token_that_counts_no_more_closes_its_sockets()
    {
        var (amina, bilal) = (await app.SignUp("amina"), await app.SignUp("bilal"));
        var root = await app.SignUp("root", Roles.Admin);
        await using var promoted = await SocketClient.Connect(amina);
        await using var suspended = await SocketClient.Connect(bilal);

        (await root.Patch($"/api/admin/users/{amina.Uuid}", new { roles = new[] { "individual", "facilitator" } })).Is(200);
        (await root.Patch($"/api/admin/users/{bilal.Uuid}", new { is_active = false })).Is(200);
        await promoted.Closed();
        await suspended.Closed();
        Assert.Contains("Unauthorized", await SocketClient.Refused(bilal));
    }
}
