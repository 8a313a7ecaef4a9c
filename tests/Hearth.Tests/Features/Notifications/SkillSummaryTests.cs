using Hearth.Features.Notifications.Mail;
using Hearth.Jobs;
using Hearth.Tests.Features.Skills;
using Hearth.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace Hearth.Tests.Features.Notifications;

public sealed class SkillSummaryTests(DeliveryApp app) : IClassFixture<DeliveryApp>
{
    private readonly SummaryWeek week = new(SummaryWeek.Last(DateTime.UtcNow).Until.AddDays(7));

    [Fact]
    public async Task An_author_is_told_once_on_Monday_how_their_skills_did()
    {
        var (noor, quiet, jane, tom) = (await Author("noor"), await Author("quiet"), await app.SignUp("jane"), await app.SignUp("tom"));
        var knots = await SkillsApp.Share(noor, "Knots & bends");
        var rope = await SkillsApp.Share(noor, "Rope");
        await SkillsApp.Share(noor, "Nobody reads this");
        await SkillsApp.Share(quiet, "Silence");
        foreach (var reader in new[] { jane, tom })
        {
            (await reader.Send(HttpMethod.Get, $"/api/v1/social/skills/{knots}", null, ("Prefer", "wait"))).Is(200);
            (await reader.Post($"/api/v1/social/skills/{knots}/like")).Is(200);
        }

        (await tom.Post($"/api/v1/social/skills/{knots}/like")).Is(200);
        (await jane.Post($"/api/v1/social/skills/{knots}/rate", new { rating = 4 })).Is(200);
        (await jane.Post($"/api/v1/social/skills/{rope}/download")).Is(200);
        await app.Settled();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Run(week))));
        await Run(week);
        Assert.Equal(1, await app.Db.Scalar<long>("select count(*) from deliveries where key like $1", $"skill-summary:{noor.Id}:%"));
        await Send();

        var mail = Assert.Single(Summaries(noor));
        Assert.Equal("Your skills last week: 2 new readers, 1 like, 1 download, 1 rating", mail.Subject);
        Assert.Contains("- Knots & bends: 2 new readers, 1 like, 1 rating", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("- Rope: 1 download", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("In the week before, nothing", mail.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain("Nobody reads this", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("Knots &amp; bends", mail.HtmlBody, StringComparison.Ordinal);
        Assert.Contains($"/discover/{knots}", mail.TextBody, StringComparison.Ordinal);
        Assert.Empty(Summaries(quiet));

        await Run(new SummaryWeek(week.Until.AddDays(7)));
        await Send();
        Assert.Single(Summaries(noor));
    }

    [Fact]
    public async Task Nobody_is_told_who_wants_no_summaries_or_whose_address_nobody_confirmed()
    {
        var (noor, off, unknown, jane) = (await Author("noor"), await Author("off"), await app.SignUp("unknown"), await app.SignUp("jane"));
        foreach (var author in new[] { noor, off, unknown })
            (await jane.Send(HttpMethod.Get, $"/api/v1/social/skills/{await SkillsApp.Share(author, "Seen")}", null, ("Prefer", "wait"))).Is(200);
        (await off.Put("/api/v1/notifications/preferences", new { skill_summary = "off" })).Is(200);
        (await off.Put("/api/v1/notifications/preferences", new { skill_summary = "never" })).Is(400);
        await app.Settled();
        await Run(week);
        await Send();
        Assert.Empty(Summaries(off));
        Assert.Empty(Summaries(unknown));

        // One click, and it is off; what waits is not sent any more.
        var link = Assert.Single(Summaries(noor)).Headers[HeaderId.ListUnsubscribe]!.Trim('<', '>');
        var path = new Uri(link).PathAndQuery;
        Assert.Contains("No more summaries of your skills?", (await app.Anyone.Get(path)).Is(200).Text, StringComparison.Ordinal);
        await app.Db.Execute("delete from deliveries where key like 'skill-summary:%'");
        await Run(week);
        (await app.Anyone.Post(path)).Is(200);
        Assert.Equal("off", (await noor.Get("/api/v1/notifications/preferences"))["skill_summary"].GetString());
        await Send();
        Assert.Single(Summaries(noor));
    }

    [Fact]
    public async Task It_comes_at_eight_on_the_authors_clock_or_after_their_quiet_hours()
    {
        var (noor, late, jane) = (await Author("noor"), await Author("late"), await app.SignUp("jane"));
        foreach (var author in new[] { noor, late })
        {
            (await author.Patch("/api/auth/me", new { time_zone = "Asia/Kathmandu" })).Is(200);
            (await jane.Send(HttpMethod.Get, $"/api/v1/social/skills/{await SkillsApp.Share(author, "Seen")}", null, ("Prefer", "wait"))).Is(200);
        }

        (await late.Put("/api/v1/notifications/preferences", new { quiet_hours = new { start = "22:00", end = "09:30", time_zone = "Asia/Kathmandu" } })).Is(200);
        await app.Settled();
        await Run(week);
        var monday = week.Until.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
        Assert.Equal(monday.AddHours(2.25), await Due(noor));
        Assert.Equal(monday.AddHours(3.75), await Due(late));
    }

    private async Task<Person> Author(string name)
    {
        var author = await app.SignUp(name);
        await app.Db.Execute("update users set email_verified = true where id = $1", author.Id);
        return author;
    }

    /// <summary>Runs the job shortly after the end of a week, as if it had not run for it yet.</summary>
    private async Task Run(SummaryWeek over)
    {
        await app.Db.Execute("update skill_summary_cursor set up_to = $1", over.From);
        var now = new Clock(over.Until.ToDateTime(new TimeOnly(0, 20), DateTimeKind.Utc));
        await new SkillSummaries(app.Db.Source, app.Services.GetRequiredService<DeliverySignal>(), now).Run(TestContext.Current.CancellationToken);
    }

    private async Task Send()
    {
        await app.Later(TimeSpan.FromDays(30));
        await app.Deliver<NotificationMailChannel>();
    }

    private Task<DateTime> Due(Person author) => app.Db.Scalar<DateTime>("select due_at from deliveries where key like $1", $"skill-summary:{author.Id}:%");

    private List<MimeMessage> Summaries(Person reader) =>
    [
        .. app.Sink.Taken.Where(mail =>
            mail.Subject!.StartsWith("Your skills", StringComparison.Ordinal)
            && mail.To.Mailboxes.Any(to => string.Equals(to.Address, $"{reader.Name}@example.org", StringComparison.Ordinal))),
    ];

    private sealed class Clock(DateTime utc) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(utc);
    }
}
