using System.Net.Http.Headers;
using Hearth.Features.Notifications.Mail;
using Hearth.Ledger;
using Hearth.Platform;
using Hearth.Tests.Harness;
using Hearth.Tests.Jobs.Mail;
using MimeKit;
using static Hearth.Tests.Features.Notifications.NotificationsApp;

namespace Hearth.Tests.Features.Notifications;

public sealed class NotificationMailTests(DeliveryApp app) : IClassFixture<DeliveryApp>
{
    [Fact]
    public async Task Each_of_the_contracts_seven_types_has_a_mail_in_html_and_text()
    {
        var (john, jane) = (await app.SignUp("john"), await app.SignUp("jane"));
        var (post, comment, group) = (app.NewObject(), app.NewObject(), (int)app.NewObject());
        await app.Write(
            LikePost(jane, post, john),
            Comment(jane, app.NewObject(), post, john),
            LikePost(jane, comment, john) with { Verb = Verb.LikeComment, Kind = ObjectKind.Comment },
            Reply(jane, app.NewObject(), post, john, john),
            LikePost(jane, app.NewObject(), john) with { Verb = Verb.MentionUser },
            Mention(jane, app.NewObject(), post, john),
            new Entry(Verb.JoinGroup, ObjectKind.Group, group) { Actor = john.Id, Subject = jane.Id, Group = group },
            new Entry(Verb.CreatePost, ObjectKind.Post, app.NewObject()) { Actor = jane.Id, Subject = jane.Id, Group = group });

        await app.Deliver<NotificationMailChannel>();

        var mails = Mails(john);
        Assert.Equal(
            [
                $"{jane.Name} liked your post", $"{jane.Name} commented on your post", $"{jane.Name} liked your comment", $"{jane.Name} replied to your comment",
                $"{jane.Name} mentioned you in a post", $"{jane.Name} mentioned you in a comment", $"{jane.Name} posted in one of your groups",
            ],
            mails.Select(mail => mail.Subject!).OrderBy(subject => Order(subject)).ThenBy(subject => subject, StringComparer.Ordinal));
        Assert.All(mails, mail =>
        {
            Assert.Contains(mail.Subject!, mail.HtmlBody, StringComparison.Ordinal);
            Assert.Contains(mail.Subject!, mail.TextBody, StringComparison.Ordinal);
            Assert.Equal("List-Unsubscribe=One-Click", mail.Headers[HeaderId.ListUnsubscribePost]);
            Assert.StartsWith("<http://hearth.test/api/v1/notifications/unsubscribe?token=", mail.Headers[HeaderId.ListUnsubscribe], StringComparison.Ordinal);
        });
        Assert.All((await john.Get("/api/engagement/analytics/my_notifications/"))["results"].EnumerateArray(), one =>
        {
            Assert.True(one.GetProperty("email_sent").GetBoolean());
            Assert.True(one.GetProperty("email_delivered").GetBoolean());
        });

        static int Order(string subject) => Array.FindIndex(
            ["liked your post", "commented on", "liked your comment", "replied to", "in a post", "in a comment", "posted in"],
            words => subject.Contains(words, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_address_that_nobody_confirmed_gets_twenty_mails_and_no_more()
    {
        var (john, jane) = (await app.SignUp("john"), await app.SignUp("jane"));
        await app.Write([.. Enumerable.Range(0, 25).Select(_ => LikePost(jane, app.NewObject(), john))]);
        await app.Deliver<NotificationMailChannel>();
        Assert.Equal(20, Mails(john).Count);

        await app.Db.Execute("update users set email_verified = true where id = $1", john.Id);
        await app.Write(LikePost(jane, app.NewObject(), john));
        await app.Deliver<NotificationMailChannel>();
        Assert.Equal(21, Mails(john).Count);
    }

    [Fact]
    public async Task Mails_are_worded_for_what_the_reader_is()
    {
        var jane = await app.SignUp("jane");
        var texts = new List<string>();
        foreach (var roles in new[] { Roles.Corporate, Roles.Facilitator, Roles.Individual })
        {
            var reader = await app.SignUp("reader", roles);
            await app.Write(LikePost(jane, app.NewObject(), reader));
            await app.Deliver<NotificationMailChannel>();
            texts.Add(Assert.Single(Mails(reader)).TextBody!);
        }

        Assert.Contains("your organisation", texts[0], StringComparison.Ordinal);
        Assert.Contains("your learners", texts[1], StringComparison.Ordinal);
        Assert.DoesNotContain("organisation", texts[2], StringComparison.Ordinal);
        Assert.DoesNotContain("learners", texts[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_server_that_is_down_for_an_hour_loses_nothing_and_doubles_nothing()
    {
        var (john, jane) = (await app.SignUp("john"), await app.SignUp("jane"));
        await app.Deliver<NotificationMailChannel>();
        await app.Write([.. Enumerable.Range(0, 6).Select(_ => LikePost(jane, app.NewObject(), john))]);
        for (var minutes = 0; minutes < 60; minutes += 15)
        {
            app.Sink.Usually = minutes % 30 == 0 ? Mood.Refuse : Mood.Break;
            await app.Deliver<NotificationMailChannel>();
            Assert.Empty(Mails(john));
            Assert.Equal(6, (await app.Waiting()).Count);
            await app.Later(TimeSpan.FromMinutes(15));
        }

        Assert.All(await Sent(john), sent => Assert.Equal("False|False", sent));
        app.Sink.Usually = Mood.Accept;
        await app.Deliver<NotificationMailChannel>();
        await app.Later(TimeSpan.FromHours(24));
        await app.Deliver<NotificationMailChannel>();

        Assert.Equal(6, Mails(john).Select(mail => mail.MessageId).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(6, Mails(john).Count);
        Assert.All(await Sent(john), sent => Assert.Equal("True|True", sent));
    }

    [Fact]
    public async Task An_address_that_is_refused_for_good_was_sent_to_and_not_delivered_and_nothing_takes_a_delivery_back()
    {
        var (john, jane) = (await app.SignUp("john"), await app.SignUp("jane"));
        app.Sink.Next(Mood.Unknown);
        await app.Write(LikePost(jane, app.NewObject(), john));
        await app.Deliver<NotificationMailChannel>();
        Assert.Equal(["True|False"], await Sent(john));

        await app.Db.Execute("update notification_sends set email_delivered = true where user_id = $1", john.Id);
        await app.Db.Execute("update deliveries set state = 'pending', due_at = now() where state = 'dead'");
        app.Sink.Next(Mood.Unknown);
        await app.Deliver<NotificationMailChannel>();
        Assert.Equal(["True|True"], await Sent(john));
    }

    [Fact]
    public async Task What_is_taken_back_before_its_mail_goes_out_is_not_told_and_toggling_rings_once()
    {
        var (john, jane, dana) = (await app.SignUp("john"), await app.SignUp("jane"), await app.SignUp("dana"));
        var (post, other) = (app.NewObject(), app.NewObject());
        await app.Write(LikePost(jane, post, john));
        await app.Write(UnlikePost(jane, post, john));
        await app.Deliver<NotificationMailChannel>();
        Assert.Empty(Mails(john));

        for (var i = 0; i < 3; i++)
        {
            await app.Write(LikePost(dana, other, john));
            await app.Write(UnlikePost(dana, other, john));
        }

        await app.Write(LikePost(dana, other, john));
        await app.Deliver<NotificationMailChannel>();
        Assert.Single(Mails(john));
    }

    [Fact]
    public async Task Each_milestone_and_each_decision_is_news_of_its_own()
    {
        var (john, jane) = (await app.SignUp("john"), await app.SignUp("jane"));
        var (skill, post) = (app.NewObject(), app.NewObject());
        foreach (var downloads in new[] { 10, 11, 100 })
            await app.Write(new Entry(Verb.DownloadSkill, ObjectKind.Skill, skill) { Actor = jane.Id, Subject = john.Id, Value = downloads });
        foreach (var decision in new[] { 1, 2 })
            await app.Write(new Entry(Verb.DecideReport, ObjectKind.Post, post) { Actor = jane.Id, Subject = john.Id, Value = decision });
        await app.Deliver<NotificationMailChannel>();
        Assert.Equal(4, Mails(john).Count);
    }

    [Fact]
    public async Task One_click_ends_mails_like_that_one_and_looking_at_the_link_ends_nothing()
    {
        var (john, jane) = (await app.SignUp("john"), await app.SignUp("jane"));
        await app.Write(LikePost(jane, app.NewObject(), john));
        await app.Deliver<NotificationMailChannel>();
        var link = Assert.Single(Mails(john)).Headers[HeaderId.ListUnsubscribe]!.Trim('<', '>');

        Assert.StartsWith("text/html", (await app.Anyone.Get(link)).Is(200).Header("Content-Type"), StringComparison.Ordinal);
        Assert.True(await Wants(john, "post_liked"));
        (await app.Anyone.Post(link, OneClick())).Is(200);
        Assert.False(await Wants(john, "post_liked"));
        Assert.True(await Wants(john, "post_commented"));
        (await app.Anyone.Post(link[..^2] + "xx", OneClick())).Is(404);
        (await app.Anyone.Post("/api/v1/notifications/unsubscribe", OneClick())).Is(404);

        await app.Write(LikePost(jane, app.NewObject(), john), Comment(jane, app.NewObject(), app.NewObject(), john));
        await app.Deliver<NotificationMailChannel>();
        Assert.Equal([$"{jane.Name} liked your post", $"{jane.Name} commented on your post"], Mails(john).Select(mail => mail.Subject));
        Assert.Equal(3, (await app.Messages(john)).Length);
    }

    [Fact]
    public async Task A_mail_and_its_link_name_their_kind_as_the_preferences_do_and_a_broken_link_opens_a_page()
    {
        var (john, jane) = (await app.SignUp("john"), await app.SignUp("jane"));
        await app.Write(Comment(jane, app.NewObject(), app.NewObject(), john));
        await app.Deliver<NotificationMailChannel>();
        var mail = Assert.Single(Mails(john));
        var link = mail.Headers[HeaderId.ListUnsubscribe]!.Trim('<', '>');

        Assert.Contains("mails about “Comments on your posts” are on", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("Comments on your posts", (await app.Anyone.Get(link)).Is(200).Text, StringComparison.Ordinal);
        Assert.Contains("/notifications/preferences\"", (await app.Anyone.Post(link, OneClick())).Is(200).Text, StringComparison.Ordinal);
        var broken = (await app.Anyone.Get(link[..^2])).Is(404);
        Assert.StartsWith("text/html", broken.Header("Content-Type"), StringComparison.Ordinal);
        Assert.Contains("This link is not one of ours", broken.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_mail_of_a_follower_leads_to_who_it_is()
    {
        var (john, jane) = (await app.SignUp("john"), await app.SignUp("jane"));
        await app.Write(new Entry(Verb.Follow, ObjectKind.User, john.Id) { Actor = jane.Id, Subject = john.Id });
        await app.Deliver<NotificationMailChannel>();
        Assert.Contains($"http://hearth.test/people/{jane.Uuid}", Assert.Single(Mails(john)).TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_quiet_hours_mail_waits_for_their_end_and_the_list_does_not()
    {
        var (john, jane) = (await app.SignUp("john"), await app.SignUp("jane"));
        var now = DateTime.UtcNow;
        (await john.Put("/api/v1/notifications/preferences", new
        {
            quiet_hours = new { start = Clock(now.AddHours(-1)), end = Clock(now.AddHours(3)), time_zone = "UTC" },
        })).Is(200);

        await app.Write(LikePost(jane, app.NewObject(), john));
        await app.Deliver<NotificationMailChannel>();

        Assert.Empty(Mails(john));
        Assert.Single(await app.Messages(john));
        await app.Later(TimeSpan.FromHours(4));
        await app.Deliver<NotificationMailChannel>();
        Assert.Single(Mails(john));

        static string Clock(DateTime time) => time.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture);
    }

    private static ByteArrayContent OneClick()
    {
        var content = new ByteArrayContent("List-Unsubscribe=One-Click"u8.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
        return content;
    }

    private List<MimeMessage> Mails(Person reader) =>
        [.. app.Sink.Taken.Where(mail => mail.To.Mailboxes.Any(to => string.Equals(to.Address, $"{reader.Name}@example.org", StringComparison.Ordinal)))];

    private static async Task<string[]> Sent(Person reader) =>
        [.. (await reader.Get("/api/engagement/analytics/my_notifications/"))["results"].EnumerateArray()
            .Select(one => $"{one.GetProperty("email_sent").GetBoolean()}|{one.GetProperty("email_delivered").GetBoolean()}")];

    private static async Task<bool> Wants(Person reader, string type) =>
        (await reader.Get("/api/v1/notifications/preferences")).Is(200)[$"types.{type}.email"].GetBoolean();
}
