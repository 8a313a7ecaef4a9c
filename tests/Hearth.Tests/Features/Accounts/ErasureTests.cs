using System.Text.Json;
using Hearth.Features.Accounts;
using Hearth.Jobs;
using Hearth.Ledger;
using Hearth.Platform;
using Hearth.Tests.Features.Community;
using Hearth.Tests.Features.Messaging;
using Hearth.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Features.Accounts;

public sealed class ErasureTests(HearthApp app) : IClassFixture<HearthApp>
{
    private const string Password = "correct horse battery staple";

    [Fact]
    public async Task Anonymising_keeps_what_others_see_under_no_name_and_takes_the_rest()
    {
        var (amina, bilal, chidi) = (await app.SignUp("amina"), await app.SignUp("bilal"), await app.SignUp("chidi"));
        var life = await Live(amina, bilal, chidi);
        var socket = await app.Socket(amina);
        var likes = (await chidi.Get($"/api/ventroom/posts/{life.Theirs}/"))["reaction_summary"].GetRawText();

        (await amina.Delete("/api/v1/users/me", new { password = "wrong", mode = "anonymise" })).Is(400);
        (await amina.Delete("/api/v1/users/me", new { password = Password, mode = "vanish" })).Is(400);
        var certificate = (await amina.Delete("/api/v1/users/me", new { password = Password, mode = "anonymise" })).Is(200);

        Assert.NotEqual(JsonValueKind.Null, certificate["finished_at"].ValueKind);
        var stores = certificate["stores"].EnumerateArray().Select(store => store.GetProperty("table").GetString()).ToList();
        Assert.All(
            new[] { "users", "refresh_tokens", "follows", "post_bookmarks", "group_members", "push_subscriptions", "interactions", "analytics_events", "contacts" },
            store => Assert.Contains(store, stores));
        await socket.Closed();
        (await amina.Get("/api/auth/me")).Is(401);
        (await app.Anyone.Post("/api/auth/login", new { username = amina.Name, password = Password })).Is(401);
        var post = (await bilal.Get($"/api/ventroom/posts/{life.Mine}/")).Is(200);
        Assert.Equal("Deleted user", post["user.display_name"].GetString());
        Assert.Equal(likes, (await chidi.Get($"/api/ventroom/posts/{life.Theirs}/"))["reaction_summary"].GetRawText());
        Assert.Equal(0, (await bilal.Get("/api/v1/users/me"))["stats.followers"].GetInt32());
        Assert.DoesNotContain((await bilal.Get("/api/v1/notifications"))["results"].EnumerateArray(), one => one.GetProperty("message").GetString()!.Contains(amina.Name, StringComparison.Ordinal));
        Assert.Empty((await bilal.Get($"/api/v1/users/search?q={amina.Name}"))["results"].EnumerateArray());
        Assert.Equal(0, await app.Db.Scalar<long>("select count(*) from notifications where user_id = $1", amina.Id));
        (await bilal.Post($"/api/ventroom/posts/{life.Mine}/comments/", new { text = "Who was this?" })).Is(201);
        await app.Settled();
        Assert.Equal(0, await app.Db.Scalar<long>("select count(*) from notifications where user_id = $1", amina.Id));

        // What was done with content counts on, without what was felt and written.
        Assert.Equal(["2|True|9", "4|True|"], await app.Db.Rows("select type, standing, value from interactions where user_id = $1 order by type", amina.Id));
        Assert.Equal(2, await app.Db.Scalar<long>("select n from interaction_people where user_id = $1", amina.Id));

        // The same again is answered the same, and the name is free.
        Assert.Equal(certificate["id"].GetGuid(), (await amina.Delete("/api/v1/users/me", new { password = Password, mode = "anonymise" })).Is(200)["id"].GetGuid());
        Assert.Equal(certificate["id"].GetGuid(), (await app.Anyone.Get($"/api/v1/erasures/{certificate["id"].GetGuid()}")).Is(200)["id"].GetGuid());
        Assert.Equal(0, await app.Db.Scalar<long>("select count(*) from deliveries where payload::text like '%' || $1 || '%'", $"{amina.Name}@example.org"));
        await NothingLeadsTo(amina);
        (await app.Anyone.Post("/api/auth/register", new { username = amina.Name, email = $"{amina.Name}@example.org", password = Password })).Is(201);
        await Verify();
    }

    [Fact]
    public async Task Removing_takes_content_and_all_that_it_counted_along()
    {
        var (amina, bilal, chidi) = (await app.SignUp("dunya"), await app.SignUp("emeka"), await app.SignUp("fatou"));
        var life = await Live(amina, bilal, chidi);
        var skill = (await chidi.Get($"/api/v1/social/skills/{life.Skill}")).Is(200);
        Assert.Equal(1, skill["likes"].GetInt32());

        var certificate = (await amina.Delete("/api/v1/users/me", new { password = Password, mode = "remove" })).Is(200);

        Assert.Contains(certificate["stores"].EnumerateArray(), store => store.GetProperty("table").GetString() == "posts");
        (await bilal.Get($"/api/ventroom/posts/{life.Mine}/")).Is(404);
        (await app.Anyone.Get(life.Media)).Is(404);
        var post = (await chidi.Get($"/api/ventroom/posts/{life.Theirs}/")).Is(200);
        Assert.Equal(0, post["comment_count"].GetInt32());
        Assert.Equal(0, await app.Db.Scalar<int>("select like_count + love_count + bookmarks + shares from posts where id = $1", life.Theirs));
        skill = (await chidi.Get($"/api/v1/social/skills/{life.Skill}")).Is(200);
        Assert.Equal((0, 0), (skill["likes"].GetInt32(), skill["rating.count"].GetInt32()));
        Assert.Equal(0, await app.Db.Scalar<long>("select count(*) from skill_ratings where user_id = $1", amina.Id));
        Assert.Equal(0, await app.Db.Scalar<long>("select count(*) from interactions where user_id = $1", amina.Id));
        Assert.Equal(0, await app.Db.Scalar<long>("select n from interaction_people where user_id = $1", amina.Id));
        Assert.Equal(0, await app.Db.Scalar<long>("select sum(n)::bigint from interaction_days where user_id = $1", amina.Id));
        Assert.DoesNotContain((await bilal.Get("/api/v1/notifications"))["results"].EnumerateArray(), one => one.GetProperty("message").GetString()!.Contains("liked", StringComparison.Ordinal));
        var moderator = await app.SignUp("mona", Roles.Moderator);
        var final = await app.Db.Scalar<long>("select id from voids where made_by = $1", amina.Id);
        (await moderator.Delete($"/api/v1/moderation/void/{final}")).Is(409);
        await NothingLeadsTo(amina);
        await Verify();
    }

    [Fact]
    public async Task What_a_crash_cuts_short_is_ended_by_the_job()
    {
        var (amina, bilal, chidi) = (await app.SignUp("gita"), await app.SignUp("hana"), await app.SignUp("imani"));
        var life = await Live(amina, bilal, chidi);
        // As the first transaction leaves it.
        var id = await app.Db.Scalar<Guid>("insert into erasures (user_id, mode) values ($1, 'remove') returning id", amina.Id);
        await using (var write = await app.Services.GetRequiredService<Writes>().Begin())
        {
            await ErasureStore.EmptyAccount(write.Db, amina.Id, "deleted-by-a-test", CancellationToken.None);
            write.Append(new Entry(Verb.ChangeAccount, ObjectKind.User, amina.Id) { Actor = amina.Id, Subject = amina.Id });
            write.Append(new Entry(Verb.EditProfile, ObjectKind.User, amina.Id) { Actor = amina.Id, Subject = amina.Id });
            write.Append(new Entry(Verb.EraseAccount, ObjectKind.User, amina.Id) { Actor = amina.Id, Subject = amina.Id });
            await app.Settled(await write.Commit());
        }

        (await amina.Get("/api/auth/me")).Is(401);
        var job = app.Services.GetServices<ScheduledJob>().OfType<ErasureJob>().Single();
        await job.Run(CancellationToken.None);
        await job.Run(CancellationToken.None);

        Assert.True(await app.Db.Scalar<bool>("select finished_at is not null from erasures where id = $1", id));
        (await bilal.Get($"/api/ventroom/posts/{life.Mine}/")).Is(404);
        await NothingLeadsTo(amina);
        await Verify();
    }

    [Fact]
    public async Task The_last_administrator_stays()
    {
        await app.Db.Execute("update users set roles = roles & ~$1 where roles & $1 <> 0", (int)Roles.Admin);
        var (adam, ada) = (await app.SignUp("adam", Roles.Admin), await app.SignUp("ada", Roles.Admin));

        (await adam.Delete("/api/v1/users/me", new { password = Password, mode = "anonymise" })).Is(200);
        (await ada.Delete("/api/v1/users/me", new { password = Password, mode = "anonymise" })).Is(409);
        (await ada.Get("/api/auth/me")).Is(200);
    }

    private sealed record Life(long Mine, long Theirs, string Media, string Skill);

    /// <summary>Someone who did a bit of everything among others.</summary>
    private async Task<Life> Live(Person amina, Person bilal, Person chidi)
    {
        using var form = new MultipartFormDataContent();
        form.Add(new StringContent($"Hello @{bilal.Name}"), "content");
        form.Add(new ByteArrayContent(MediaSamples.Gif()), "media", "a.gif");
        var mine = (await amina.Post("/api/ventroom/posts/", form)).Is(201);
        var id = mine["id"].GetInt64();
        var theirs = (await bilal.Post("/api/ventroom/posts/", new { content = $"Good morning @{amina.Name}" })).Is(201)["id"].GetInt64();
        (await bilal.Post($"/api/ventroom/posts/{id}/comments/", new { text = "Hello back" })).Is(201);
        var comment = (await amina.Post($"/api/ventroom/posts/{theirs}/comments/", new { text = "And to you" })).Is(201)["id"].GetInt64();
        (await bilal.Post($"/api/ventroom/posts/{theirs}/comments/", new { text = "Thank you", parent = comment })).Is(201);
        (await amina.Post("/api/ventroom/reactions/", new { content_type = "ventpost", object_id = theirs, reaction_type = "❤️" })).Is(201);
        (await chidi.Post("/api/ventroom/reactions/", new { content_type = "ventpost", object_id = id, reaction_type = "❤️" })).Is(201);
        (await amina.Post($"/api/ventroom/posts/{theirs}/bookmark/")).Is(201);
        (await amina.Post($"/api/ventroom/posts/{theirs}/share/")).Is(201);
        await amina.Send(HttpMethod.Get, $"/api/ventroom/posts/{theirs}/", null, ("Prefer", "wait"));
        var group = (await chidi.Post("/api/community/groups/", new { name = "Gardeners" })).Is(201)["id"].GetInt32();
        (await amina.Post($"/api/community/groups/{group}/join/")).Is(200);
        (await amina.Post("/api/community/groups/", new { name = "Alone" })).Is(201);
        foreach (var (who, whom) in new[] { (amina, bilal), (bilal, amina), (chidi, amina) })
            (await who.Post("/api/v1/follow", new { user_id = whom.Uuid })).Is(201);
        (await chidi.Delete($"/api/v1/follow/{amina.Uuid}")).Is(204);
        var skill = (await chidi.Post("/api/v1/social/skills", new { title = "Baking", category = "food", tags = Array.Empty<string>() })).Is(201)["id"].GetString()!;
        (await amina.Post($"/api/v1/social/skills/{skill}/like")).Is(200);
        (await amina.Post($"/api/v1/social/skills/{skill}/rate", new { rating = 5, review = "Amina's own words" })).Is(200);
        (await amina.Post($"/api/v1/social/skills/{skill}/comments", new { text = "What flour?" })).Is(201);
        (await amina.Post("/api/v1/social/skills", new { title = "Secret", visibility = "private", category = "food", tags = Array.Empty<string>() })).Is(201);
        (await amina.Post("/api/v1/notifications/push-subscriptions", new
        {
            endpoint = $"https://push.example/{amina.Id}",
            keys = new { p256dh = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4", auth = "BTBZMqHH6r4Tts7J_aSIgg" },
        })).Is(201);
        (await bilal.Post("/api/v1/moderation/report", new { content_type = "post", content_id = id, reason = "spam" })).Is(201);
        (await amina.Post("/api/v1/moderation/report", new { content_type = "post", content_id = theirs, reason = "other", details = "Amina's own words" })).Is(201);
        await Elsewhere(amina);
        await app.Settled();
        return new Life(id, theirs, mine["media"].GetString()!, skill);
    }

    /// <summary>Content with what was felt about it, an application that tells what one did in it, and an organisation that knows the account.</summary>
    private async Task Elsewhere(Person person)
    {
        var keeper = await app.SignUp("nia", Roles.Admin);
        var content = (await keeper.Post("/contents", new { title = "Arrival", type = "movies" })).Is(201)["id"].GetInt64();
        foreach (var (type, value) in new (string, int?)[] { ("like", 9), ("save", null) })
        {
            (await person.Post("/interactions/track", new
            {
                userId = person.Id,
                contentId = $"{content}",
                interactionType = type,
                interactionValue = value,
                moodAtInteraction = "happy",
                moodIntensityAtInteraction = 8,
                context = $"{person.Name}'s own evening",
                notes = $"{person.Name}'s own words",
            })).Is(201);
        }

        (await person.Post("/api/v1/analytics/track", new { event_type = "page_view", properties = new { note = $"{person.Name}'s own page" } })).Is(201);
        var desk = await Desk.Open(app, "wanjiku");
        var code = (await desk.Member.Post($"/api/messaging/contacts/{await desk.Contact("A customer")}/invitation/")).Is(201)["data.code"].GetString()!;
        (await person.Post("/api/messaging/consents/", new { code })).Is(201);
        await app.Settled();
        Assert.Equal(1, await app.Db.Scalar<long>("select count(*) from analytics_events where user_id = $1", person.Id));
    }

    /// <summary>No text of any table has the name or the address.</summary>
    private async Task NothingLeadsTo(Person gone)
    {
        var user = await app.Db.Rows("select username, email, display_name, bio, password_hash, profile_photo, is_active from users where id = $1", gone.Id);
        Assert.StartsWith("deleted-", user[0], StringComparison.Ordinal);
        Assert.Contains("|Deleted user|", user[0], StringComparison.Ordinal);
        foreach (var table in new[] { "refresh_families", "account_tokens", "follows", "blocks", "push_subscriptions", "notification_preferences", "post_bookmarks", "group_members" })
        {
            var column = table is "follows" ? "follower = $1 or followed" : table is "blocks" ? "blocker = $1 or blocked" : "user_id";
            Assert.Equal(0, await app.Db.Scalar<long>($"select count(*) from {table} where {column} = $1", gone.Id));
        }

        Assert.Equal(0, await app.Db.Scalar<long>("select count(*) from reports where reporter = $1 and details is not null", gone.Id));
        Assert.Equal(0, await app.Db.Scalar<long>(
            "select count(*) from interactions where user_id = $1 and (mood is not null or intensity is not null or context is not null or notes is not null)", gone.Id));
        Assert.Equal(0, await app.Db.Scalar<long>("select count(*) from analytics_events where user_id = $1", gone.Id));
        Assert.Equal(0, await app.Db.Scalar<long>("select count(*) from contacts where user_id = $1", gone.Id));
        // The contact is the organisation's and stays; that it names nobody any more is on record.
        Assert.Equal(
            "A customer",
            await app.Db.Scalar<string>("select c.name from ledger l join contacts c on c.id = l.object_id and c.tenant = l.tenant where l.verb = $1 and l.actor = $2", (short)Verb.UnlinkContact, gone.Id));
        Assert.Equal(0, await app.Db.Scalar<long>("select count(*) from idempotency_keys where caller = $1", $"u:{gone.Id}"));
    }

    /// <summary>Every counter, every row that follows from another and every replay says what is stored.</summary>
    private async Task Verify()
    {
        await app.Settled();
        var verification = app.Services.GetRequiredService<Verification>();
        foreach (var name in verification.Names)
        {
            var result = await verification.Run(name, CancellationToken.None);
            Assert.True(result.Differences == 0, $"{name}: {string.Join(", ", result.Examples)}");
        }
    }
}
