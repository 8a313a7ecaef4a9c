using Hearth.Features.Notifications.Mail;
using Hearth.Jobs;
using Hearth.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using static Hearth.Tests.Features.Notifications.NotificationsApp;

namespace Hearth.Tests.Features.Notifications;

public sealed class DigestTests(DeliveryApp app) : IClassFixture<DeliveryApp>
{
    [Fact]
    public async Task A_daily_digest_is_one_mail_for_each_window_however_many_nodes_make_it()
    {
        var (john, jane) = (await app.SignUp("john"), await app.SignUp("jane"));
        var before = DateTime.UtcNow.Date.AddDays(-3).AddHours(8);
        await Want(john, "daily", before);
        var at = before.AddHours(5);
        await app.Write(
            LikePost(jane, app.NewObject(), john, at), Comment(jane, app.NewObject(), app.NewObject(), john) with { At = at }, LikePost(jane, app.NewObject(), john, at),
            LikePost(jane, app.NewObject(), john, before));
        await app.Deliver<NotificationMailChannel>();
        Assert.Empty(Mails(john));

        var morning = before.AddDays(1);
        await Run(morning.AddMinutes(-1));
        await app.Deliver<NotificationMailChannel>();
        Assert.Empty(Mails(john));

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Run(morning.AddMinutes(5)))));
        await Run(morning.AddHours(1));
        await app.Deliver<NotificationMailChannel>();

        var mail = Assert.Single(Mails(john));
        Assert.Equal("You missed 3 things", mail.Subject);
        Assert.Equal(2, Count(mail.TextBody, $"{jane.Name} liked your post"));
        Assert.Equal(1, Count(mail.TextBody, $"{jane.Name} commented on your post"));
        Assert.Equal("List-Unsubscribe=One-Click", mail.Headers[HeaderId.ListUnsubscribePost]);

        await Run(morning.AddDays(1));
        await app.Deliver<NotificationMailChannel>();
        Assert.Single(Mails(john));
    }

    [Fact]
    public async Task A_weekly_digest_comes_on_Monday_and_tells_of_what_is_unread()
    {
        var (john, jane) = (await app.SignUp("john"), await app.SignUp("jane"));
        var monday = DateTime.UtcNow.Date.AddDays(-8);
        while (monday.DayOfWeek != DayOfWeek.Monday)
            monday = monday.AddDays(-1);
        var before = monday.AddHours(8);
        await Want(john, "weekly", before);
        await app.Write(LikePost(jane, app.NewObject(), john, before.AddDays(1)));
        (await john.Post("/api/v1/notifications/read-all")).Is(200);
        await app.Write(Comment(jane, app.NewObject(), app.NewObject(), john) with { At = before.AddDays(2) });

        await Run(before.AddDays(7).AddMinutes(-1));
        await app.Deliver<NotificationMailChannel>();
        Assert.Empty(Mails(john));
        await Run(before.AddDays(7));
        await app.Deliver<NotificationMailChannel>();
        Assert.Equal("You missed one thing", Assert.Single(Mails(john)).Subject);
    }

    /// <summary>Wants digests, as if since then.</summary>
    private async Task Want(Person reader, string digest, DateTime since)
    {
        (await reader.Put("/api/v1/notifications/preferences", new { digest })).Is(200);
        await app.Db.Execute("update notification_preferences set digest_until = $1 where user_id = $2", since, reader.Id);
    }

    private Task<string> Run(DateTime utc) =>
        new Digests(app.Db.Source, app.Services.GetRequiredService<DeliverySignal>(), new Clock(utc)).Run(TestContext.Current.CancellationToken);

    private List<MimeMessage> Mails(Person reader) =>
        [.. app.Sink.Taken.Where(mail => mail.To.Mailboxes.Any(to => string.Equals(to.Address, $"{reader.Name}@example.org", StringComparison.Ordinal)))];

    private static int Count(string? text, string part) => text!.Split(part).Length - 1;

    private sealed class Clock(DateTime utc) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(DateTime.SpecifyKind(utc, DateTimeKind.Utc));
    }
}
