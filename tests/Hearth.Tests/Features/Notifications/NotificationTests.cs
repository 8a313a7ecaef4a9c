using Hearth.Ledger;
using Hearth.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using static Hearth.Tests.Features.Notifications.NotificationsApp;

namespace Hearth.Tests.Features.Notifications;

public sealed class NotificationTests(NotificationsApp app) : IClassFixture<NotificationsApp>
{
    private static readonly string[] ContractFields =
    [
        "id", "user_id", "triggered_by", "notification_type", "notification_type_display", "message", "read", "email_sent", "email_delivered",
        "in_app_sent", "created_at",
    ];

    [Fact]
    public async Task A_like_is_told_in_the_contracts_words_and_fields()
    {
        var (jane, john) = (await app.SignUp("jane_smith"), await app.SignUp("john_doe"));

        await app.Write(LikePost(jane, app.NewObject(), john));

        var one = (await john.Get("/api/engagement/analytics/my_notifications/")).Is(200)["results.0"];
        Assert.Equal(ContractFields, one.EnumerateObject().Select(field => field.Name));
        Assert.Equal("post_liked", one.GetProperty("notification_type").GetString());
        Assert.Equal("Post Liked", one.GetProperty("notification_type_display").GetString());
        Assert.Equal($"{jane.Name} liked your post", one.GetProperty("message").GetString());
        Assert.Equal(jane.Id, one.GetProperty("triggered_by").GetProperty("id").GetInt64());
        Assert.True(one.GetProperty("in_app_sent").GetBoolean());
        Assert.Empty(await app.Messages(jane));
        await app.Verify();
    }

    [Fact]
    public async Task Likes_within_an_hour_of_the_first_fold_and_the_next_hour_begins_anew()
    {
        var john = await app.SignUp("john");
        var fans = await People("jane", "bilal", "chidi", "dana", "emre");
        var post = app.NewObject();
        var start = DateTime.UtcNow.AddDays(-3);

        await app.Write(LikePost(fans[0], post, john, start), LikePost(fans[1], post, john, start.AddMinutes(59).AddSeconds(59)));
        Assert.Equal([$"{fans[1].Name} and 1 other liked your post"], await app.Messages(john));
        await app.Write(LikePost(fans[2], post, john, start.AddMinutes(60)));
        await app.Write(LikePost(fans[3], post, john, start.AddMinutes(119)), LikePost(fans[4], post, john, start.AddMinutes(119)));
        Assert.Equal([$"{fans[4].Name} and 2 others liked your post", $"{fans[1].Name} and 1 other liked your post"], await app.Messages(john));
        Assert.Equal(2, await app.Unread(john));
        await app.Verify();
    }

    [Fact]
    public async Task Taking_a_like_back_unfolds_and_the_last_one_removes()
    {
        var john = await app.SignUp("john");
        var fans = await People("jane", "bilal", "chidi");
        var post = app.NewObject();
        await app.Write(LikePost(fans[0], post, john), LikePost(fans[1], post, john), LikePost(fans[2], post, john));

        await app.Write(UnlikePost(fans[0], post, john));
        Assert.Equal([$"{fans[2].Name} and 1 other liked your post"], await app.Messages(john));
        await app.Write(UnlikePost(fans[2], post, john));
        Assert.Equal([$"{fans[1].Name} liked your post"], await app.Messages(john));
        await app.Write(UnlikePost(fans[1], post, john));
        Assert.Empty(await app.Messages(john));
        Assert.Equal(0, await app.Unread(john));
        await app.Write(LikePost(fans[1], post, john));
        Assert.Equal([$"{fans[1].Name} liked your post"], await app.Messages(john));
        await app.Verify();
    }

    [Fact]
    public async Task A_like_after_reading_makes_the_fold_news_again_and_taking_it_back_does_not()
    {
        var john = await app.SignUp("john");
        var fans = await People("jane", "bilal");
        var post = app.NewObject();
        await app.Write(LikePost(fans[0], post, john));
        (await john.Post("/api/v1/notifications/read-all")).Is(200);

        await app.Write(LikePost(fans[1], post, john));
        Assert.Equal(1, await app.Unread(john));
        await app.Write(UnlikePost(fans[1], post, john));
        Assert.Equal(0, await app.Unread(john));
        Assert.Equal([$"{fans[0].Name} liked your post"], await app.Messages(john));
    }

    [Fact]
    public async Task A_mention_of_the_posts_author_in_a_comment_on_their_post_is_told_once()
    {
        var (john, jane, dana) = (await app.SignUp("john"), await app.SignUp("jane"), await app.SignUp("dana"));
        var (post, comment) = (app.NewObject(), app.NewObject());

        await app.Write(Comment(jane, comment, post, john), Mention(jane, comment, post, john), Mention(jane, comment, post, dana));

        Assert.Equal([$"{jane.Name} commented on your post"], await app.Messages(john));
        Assert.Equal([$"{jane.Name} mentioned you in a comment"], await app.Messages(dana));
        await app.Verify();
    }

    [Fact]
    public async Task A_name_that_is_edited_away_takes_the_mention_back_and_nothing_else()
    {
        var (john, jane, dana, moderator) = (await app.SignUp("john"), await app.SignUp("jane"), await app.SignUp("dana"), await app.SignUp("mod"));
        var (post, comment) = (app.NewObject(), app.NewObject());
        await app.Write(Comment(jane, comment, post, john), Mention(jane, comment, post, john), Mention(jane, comment, post, dana));

        await app.Write(
            Mention(moderator, comment, post, john) with { Verb = Verb.UnmentionUser }, Mention(moderator, comment, post, dana) with { Verb = Verb.UnmentionUser });

        Assert.Equal([$"{jane.Name} commented on your post"], await app.Messages(john));
        Assert.Empty(await app.Messages(dana));
        await app.Verify();
    }

    [Fact]
    public async Task A_reply_tells_whom_it_answers_and_the_posts_author_each_once()
    {
        var (john, jane, dana) = (await app.SignUp("john"), await app.SignUp("jane"), await app.SignUp("dana"));
        var post = app.NewObject();

        await app.Write(Reply(dana, app.NewObject(), post, jane, john), Reply(dana, app.NewObject(), post, john, john), Reply(john, app.NewObject(), post, john, john));

        Assert.Equal([$"{dana.Name} replied to your comment"], await app.Messages(jane));
        Assert.Equal([$"{dana.Name} replied to your comment", $"{dana.Name} commented on your post"], await app.Messages(john));
        await app.Verify();
    }

    [Fact]
    public async Task Each_follower_is_told_of_and_one_who_leaves_is_not()
    {
        var (john, jane, dana) = (await app.SignUp("john"), await app.SignUp("jane"), await app.SignUp("dana"));
        (await jane.Post("/api/v1/follow", new { user_id = john.Id })).Is(201);
        (await dana.Post("/api/v1/follow", new { user_id = john.Id })).Is(201);
        Assert.Equal([$"{dana.Name} started following you", $"{jane.Name} started following you"], await app.Messages(john));

        (await jane.Delete($"/api/v1/follow/{john.Id}")).Is(204);
        (await john.Post($"/api/v1/users/{dana.Id}/block")).Is(201);
        Assert.Empty(await app.Messages(john));
        await app.Verify();
    }

    [Fact]
    public async Task Nobody_is_told_by_someone_they_blocked()
    {
        var (john, troll) = (await app.SignUp("john"), await app.SignUp("troll"));
        (await john.Post($"/api/v1/users/{troll.Id}/block")).Is(201);
        await app.Write(LikePost(troll, app.NewObject(), john), Comment(troll, app.NewObject(), app.NewObject(), john));
        Assert.Empty(await app.Messages(john));

        (await john.Delete($"/api/v1/users/{troll.Id}/block")).Is(204);
        await app.Write(LikePost(troll, app.NewObject(), john));
        Assert.Single(await app.Messages(john));
        await app.Verify();
    }

    [Fact]
    public async Task A_new_post_in_a_group_is_news_for_its_members_of_that_moment()
    {
        var people = await People("founder", "member", "left", "late");
        var group = (int)app.NewObject();
        var post = app.NewObject();
        Entry Act(Verb verb, Person who) => new(verb, ObjectKind.Group, group) { Actor = who.Id, Subject = people[0].Id, Group = group };

        await app.Write(Act(Verb.FoundGroup, people[0]), Act(Verb.JoinGroup, people[1]), Act(Verb.JoinGroup, people[2]), Act(Verb.LeaveGroup, people[2]));
        await app.Write(
            new Entry(Verb.CreatePost, ObjectKind.Post, post) { Actor = people[1].Id, Subject = people[1].Id, Group = group },
            new Entry(Verb.MentionUser, ObjectKind.Post, post) { Actor = people[1].Id, Subject = people[0].Id, Group = group },
            Act(Verb.JoinGroup, people[3]));

        Assert.Equal([$"{people[1].Name} mentioned you in a post"], await app.Messages(people[0]));
        Assert.Empty(await app.Messages(people[1]));
        Assert.Empty(await app.Messages(people[2]));
        Assert.Empty(await app.Messages(people[3]));
        await app.Write(new Entry(Verb.CreatePost, ObjectKind.Post, app.NewObject()) { Actor = people[0].Id, Subject = people[0].Id, Group = group });
        Assert.Equal([$"{people[0].Name} posted in one of your groups"], await app.Messages(people[3]));
        await app.Verify();
    }

    [Fact]
    public async Task What_an_import_brings_is_no_news()
    {
        var (john, jane) = (await app.SignUp("john"), await app.SignUp("jane"));

        await app.Write(LikePost(jane, app.NewObject(), john) with { Detail = """{"import":true}""" }, LikePost(jane, app.NewObject(), john));

        Assert.Single(await app.Messages(john));
    }

    [Fact]
    public async Task What_is_deleted_or_hidden_is_no_news_and_what_is_shown_again_is()
    {
        var (john, jane) = (await app.SignUp("john"), await app.SignUp("jane"));
        var (post, comment, other) = (app.NewObject(), app.NewObject(), app.NewObject());
        await app.Write(LikePost(jane, post, john), Comment(jane, comment, post, john), Comment(jane, other, post, john));
        Assert.Equal(3, await app.Unread(john));

        await app.Write(new Entry(Verb.HideComment, ObjectKind.Comment, comment) { Actor = john.Id, Subject = jane.Id });
        Assert.Equal(2, await app.Unread(john));
        await app.Write(new Entry(Verb.UnhideComment, ObjectKind.Comment, comment) { Actor = john.Id, Subject = jane.Id });
        Assert.Equal(3, await app.Unread(john));
        await app.Write(new Entry(Verb.DeleteComment, ObjectKind.Comment, other) { Actor = jane.Id, Subject = jane.Id });
        Assert.Equal(2, await app.Unread(john));
        await app.Write(new Entry(Verb.DeletePost, ObjectKind.Post, post) { Actor = john.Id, Subject = john.Id });
        Assert.Empty(await app.Messages(john));
        await app.Verify();
    }

    [Fact]
    public async Task Voided_rows_fold_as_if_they_had_never_been_and_come_back_exactly()
    {
        var (john, ring, jane, dana, moderator) =
            (await app.SignUp("john"), await app.SignUp("ring"), await app.SignUp("jane"), await app.SignUp("dana"), await app.SignUp("mod"));
        var post = app.NewObject();
        var start = DateTime.UtcNow.AddDays(-3);
        await app.Write(
            LikePost(ring, post, john, start), LikePost(jane, post, john, start.AddMinutes(50)), LikePost(dana, post, john, start.AddMinutes(70)),
            Comment(ring, app.NewObject(), post, john));
        var before = await Shown(john);
        Assert.Equal(3, await app.Unread(john));

        var voids = app.Services.GetRequiredService<Voids>();
        var made = await voids.Make(new VoidRequest(moderator.Id, "a ring") { User = ring.Id }, TestContext.Current.CancellationToken);
        await app.Settled(made.Position);
        Assert.Equal([$"{dana.Name} and 1 other liked your post"], await app.Messages(john));
        Assert.Equal(1, await app.Unread(john));
        await app.Verify();

        var restored = await voids.Restore(made.Id, moderator.Id, TestContext.Current.CancellationToken);
        await app.Settled(restored.Position);
        Assert.Equal(before, await Shown(john));
        await app.Verify();
    }

    [Fact]
    public async Task What_was_read_stays_read_when_a_void_folds_it_anew()
    {
        var (john, ring, jane, moderator) = (await app.SignUp("john"), await app.SignUp("ring"), await app.SignUp("jane"), await app.SignUp("mod"));
        var post = app.NewObject();
        await app.Write(LikePost(ring, post, john), LikePost(jane, post, john));
        var id = (await john.Get("/api/v1/notifications"))["results.0.id"].GetString();
        await app.Write(LikePost(jane, app.NewObject(), john));
        (await john.Post($"/api/v1/notifications/{id}/read")).Is(200);

        var made = await app.Services.GetRequiredService<Voids>()
            .Make(new VoidRequest(moderator.Id, "a ring") { User = ring.Id }, TestContext.Current.CancellationToken);
        await app.Settled(made.Position);

        Assert.Equal(2, (await app.Messages(john)).Length);
        Assert.Equal(1, await app.Unread(john));
    }

    /// <summary>What is listed, without how far mails have come meanwhile.</summary>
    private static async Task<string[]> Shown(Person reader) =>
        [.. (await reader.Get("/api/v1/notifications")).Is(200)["results"].EnumerateArray().Select(one => one.ToString())];

    private async Task<List<Person>> People(params string[] names)
    {
        var people = new List<Person>();
        foreach (var name in names)
            people.Add(await app.SignUp(name));
        return people;
    }
}
