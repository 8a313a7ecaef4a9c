using System.Text.Json;
using Hearth.Ledger;
using Hearth.Tests.Harness;
using static Hearth.Tests.Features.Notifications.NotificationsApp;

namespace Hearth.Tests.Features.Notifications;

public sealed class ReadingTests(NotificationsApp app) : IClassFixture<NotificationsApp>
{
    [Fact]
    public async Task Marking_counts_what_was_unread_by_either_id_and_nobody_elses()
    {
        var (john, jane, dana) = (await app.SignUp("john"), await app.SignUp("jane"), await app.SignUp("dana"));
        await app.Write([.. Enumerable.Range(0, 4).Select(_ => LikePost(jane, app.NewObject(), john)), LikePost(jane, app.NewObject(), dana)]);
        var numbers = await Numbers(john);
        var uuids = await Uuids(john);

        var reply = await john.Post("/api/engagement/analytics/mark_notifications_read/", new { notification_ids = new object[] { numbers[0], uuids[1], 999_999 } });
        Assert.Equal("""{"marked_read":2,"status":"success"}""", reply.Is(200).Text);
        reply = await john.Post("/api/engagement/analytics/mark_notifications_read/", new { notification_ids = numbers.Concat(await Numbers(dana)) });
        Assert.Equal(2, reply.Is(200)["marked_read"].GetInt32());
        Assert.Equal(0, await app.Unread(john));
        Assert.Equal(1, await app.Unread(dana));
        Assert.Equal(4, (await john.Get("/api/engagement/analytics/my_notifications/?read=true"))["results"].GetArrayLength());
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"notification_ids": 3}""")]
    [InlineData("""{"notification_ids": ["x"]}""")]
    [InlineData("""{"notification_ids": null}""")]
    public async Task What_names_no_notifications_is_refused_by_its_field(string body)
    {
        var john = await app.SignUp("john");
        var reply = (await john.Post("/api/engagement/analytics/mark_notifications_read/", body)).Is(400);
        Assert.StartsWith("notification_ids", Assert.Single(reply.Json.EnumerateObject()).Name, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_planners_list_pages_filters_and_shows_its_fields()
    {
        var (john, jane) = (await app.SignUp("john"), await app.SignUp("jane"));
        await app.Write([.. Enumerable.Range(0, 3).Select(_ => LikePost(jane, app.NewObject(), john)), Follow(jane, john)]);

        var first = (await john.Get("/api/v1/notifications?limit=3")).Is(200);
        Assert.Equal(
            ["id", "type", "message", "actor", "object", "read", "created_at"], first["results.0"].EnumerateObject().Select(field => field.Name));
        Assert.Equal("new_follower", first["results.0.type"].GetString());
        Assert.Equal(jane.Uuid, first["results.0.actor.id"].GetGuid());
        Assert.Equal("user", first["results.0.object.kind"].GetString());
        Assert.Equal(jane.Uuid, first["results.0.object.id"].GetGuid());
        Assert.Equal(JsonValueKind.Number, first["results.1.object.id"].ValueKind);
        var rest = (await john.Get(first["next"].GetString()!)).Is(200);
        Assert.Equal(1, rest["results"].GetArrayLength());
        Assert.Equal(3, (await john.Get(rest["previous"].GetString()!)).Is(200)["results"].GetArrayLength());
        Assert.Equal(1, (await john.Get("/api/v1/notifications?type=new_follower"))["results"].GetArrayLength());
        (await john.Get("/api/v1/notifications?type=love")).Is(400);
        (await john.Get("/api/v1/notifications?cursor=%C3%A9")).Is(400);
        (await john.Get("/api/engagement/analytics/my_notifications/?limit=0")).Is(400);
        (await app.Anyone.Get("/api/v1/notifications")).Is(401);
    }

    [Fact]
    public async Task Reading_one_and_all_and_removing_keep_count_and_list_alike()
    {
        var (john, jane) = (await app.SignUp("john"), await app.SignUp("jane"));
        await app.Write([.. Enumerable.Range(0, 5).Select(_ => LikePost(jane, app.NewObject(), john))]);
        var ids = await Uuids(john);

        Assert.True((await john.Post($"/api/v1/notifications/{ids[0]}/read")).Is(200)["read"].GetBoolean());
        Assert.Equal(4, await app.Unread(john));
        (await john.Delete($"/api/v1/notifications/{ids[1]}")).Is(204);
        (await john.Delete($"/api/v1/notifications/{ids[1]}")).Is(404);
        (await john.Post($"/api/v1/notifications/{ids[1]}/read")).Is(404);
        (await jane.Delete($"/api/v1/notifications/{ids[2]}")).Is(404);
        (await jane.Post($"/api/v1/notifications/{ids[2]}/read")).Is(404);
        Assert.Equal(3, await app.Unread(john));
        Assert.Equal(4, (await app.Messages(john)).Length);
        Assert.Equal("""{"marked_read":3,"unread_count":0}""", (await john.Post("/api/v1/notifications/read-all")).Is(200).Text);
        Assert.Equal("""{"marked_read":0,"unread_count":0}""", (await john.Post("/api/v1/notifications/read-all")).Is(200).Text);
        Assert.Equal(0, await app.Db.Scalar<long>("select count(*) from notification_marks where user_id = $1 and deleted_to = 0", john.Id));
    }

    [Fact]
    public async Task A_removed_fold_comes_back_when_there_is_more_of_it()
    {
        var (john, jane, dana) = (await app.SignUp("john"), await app.SignUp("jane"), await app.SignUp("dana"));
        var post = app.NewObject();
        await app.Write(LikePost(jane, post, john));
        (await john.Delete($"/api/v1/notifications/{(await Uuids(john))[0]}")).Is(204);
        Assert.Empty(await app.Messages(john));

        await app.Write(LikePost(dana, post, john));
        Assert.Equal([$"{dana.Name} and 1 other liked your post"], await app.Messages(john));
        await app.Write(UnlikePost(dana, post, john));
        Assert.Empty(await app.Messages(john));
    }

    [Fact]
    public async Task Tabs_that_mark_the_same_at_once_count_it_once()
    {
        var (john, jane) = (await app.SignUp("john"), await app.SignUp("jane"));
        await app.Write([.. Enumerable.Range(0, 20).Select(_ => LikePost(jane, app.NewObject(), john))]);
        var ids = await Numbers(john);

        var replies = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ =>
            john.Post("/api/engagement/analytics/mark_notifications_read/", new { notification_ids = ids })));

        Assert.Equal(20, replies.Sum(reply => reply.Is(200)["marked_read"].GetInt32()));
    }

    [Fact]
    public async Task Preferences_change_what_they_name_and_keep_the_rest()
    {
        var john = await app.SignUp("john");
        var at = "/api/v1/notifications/preferences";
        var before = (await john.Get(at)).Is(200);
        Assert.Equal(17, before["types"].EnumerateObject().Count());
        Assert.All(before["types"].EnumerateObject(), type => Assert.Equal("""{"in_app":true,"email":true,"push":true}""", type.Value.GetRawText()));
        Assert.Equal("off", before["digest"].GetString());
        Assert.Equal(JsonValueKind.Null, before["quiet_hours"].ValueKind);

        (await john.Put(at, """{"types":{"post_liked":{"email":false},"of_tomorrow":{"email":false}},"digest":"weekly","quiet_hours":{"start":"22:00","end":"07:30","time_zone":"Europe/Berlin"}}""")).Is(200);
        (await john.Put(at, """{"types":{"post_liked":{"push":false}}}""")).Is(200);
        var after = (await john.Get(at)).Is(200);
        Assert.Equal("""{"in_app":true,"email":false,"push":false}""", after["types.post_liked"].GetRawText());
        Assert.Equal("""{"in_app":true,"email":true,"push":true}""", after["types.post_commented"].GetRawText());
        Assert.Equal("weekly", after["digest"].GetString());
        Assert.Equal("""{"start":"22:00","end":"07:30","time_zone":"Europe/Berlin"}""", after["quiet_hours"].GetRawText());
        Assert.Equal(JsonValueKind.Null, (await john.Put(at, """{"quiet_hours":null}""")).Is(200)["quiet_hours"].ValueKind);
    }

    [Theory]
    [InlineData("""{"digest":"hourly"}""", "digest")]
    [InlineData("""{"digest":3}""", "digest")]
    [InlineData("""{"quiet_hours":{"start":"25:00","end":"07:00","time_zone":"UTC"}}""", "quiet_hours.start")]
    [InlineData("""{"quiet_hours":{"start":"22:00","end":"7","time_zone":"UTC"}}""", "quiet_hours.end")]
    [InlineData("""{"quiet_hours":{"start":"22:00","end":"07:00","time_zone":"Berlin"}}""", "quiet_hours.time_zone")]
    [InlineData("""{"types":{"post_liked":{"email":"no"}}}""", "types.post_liked.email")]
    [InlineData("""{"types":{"post_liked":null}}""", "types.post_liked")]
    public async Task A_preference_that_cannot_be_is_refused_by_its_name(string body, string field)
    {
        var john = await app.SignUp("john");
        var reply = (await john.Put("/api/v1/notifications/preferences", body)).Is(400);
        Assert.Equal(field, Assert.Single(reply["errors"].EnumerateObject()).Name);
    }

    [Fact]
    public async Task A_muted_type_is_not_listed_while_it_is_muted()
    {
        var (john, jane) = (await app.SignUp("john"), await app.SignUp("jane"));
        await app.Write(LikePost(jane, app.NewObject(), john));
        (await john.Put("/api/v1/notifications/preferences", """{"types":{"post_liked":{"in_app":false}}}""")).Is(200);
        await app.Write(LikePost(jane, app.NewObject(), john), Comment(jane, app.NewObject(), app.NewObject(), john));
        Assert.Equal([$"{jane.Name} commented on your post", $"{jane.Name} liked your post"], await app.Messages(john));

        (await john.Put("/api/v1/notifications/preferences", """{"types":{"post_liked":{"in_app":true}}}""")).Is(200);
        await app.Write(LikePost(jane, app.NewObject(), john));
        Assert.Equal(3, await app.Unread(john));
        await app.Verify();
    }

    private static Entry Follow(Person who, Person whom) => new(Verb.Follow, ObjectKind.User, whom.Id) { Actor = who.Id, Subject = whom.Id };

    private static async Task<long[]> Numbers(Person reader) =>
        [.. (await reader.Get("/api/engagement/analytics/my_notifications/?limit=100"))["results"].EnumerateArray().Select(one => one.GetProperty("id").GetInt64())];

    private static async Task<string[]> Uuids(Person reader) =>
        [.. (await reader.Get("/api/v1/notifications?limit=100"))["results"].EnumerateArray().Select(one => one.GetProperty("id").GetString()!)];
}
