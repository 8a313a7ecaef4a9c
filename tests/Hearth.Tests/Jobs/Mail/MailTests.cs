using System.Globalization;
using Hearth.Jobs;
using Hearth.Jobs.Mail;
using Hearth.Platform;
using Microsoft.Extensions.Logging.Abstractions;
using MimeKit;

namespace Hearth.Tests.Jobs.Mail;

public sealed class MailTests
{
    private static readonly HearthOptions Options = new() { FrontendUrl = "https://hearth.example.org", FromEmail = "post@hearth.example.org", FromName = "Hearth" };
    private static readonly MailMessage Hello = new("amina@example.org", "Hello", "<p>Hello</p>", "Hello");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mail_arrives_with_both_parts_and_what_it_was_told_to_carry()
    {
        await using var sink = new SmtpSink();
        using var smtp = Smtp(sink);
        var mail = new MailMessage("amina@example.org", "Habari, José", "<p>Asante</p>", "Asante\n.\nsana")
        {
            ToName = "Amina W.",
            Unsubscribe = "https://hearth.example.org/u/1",
            Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["X-Hearth-Kind"] = "digest" },
        };

        Assert.Same(Outcome.Sent, await smtp.Send(Delivery("mail:1", mail), Ct));

        var taken = Assert.Single(sink.Taken);
        Assert.Equal("Habari, José", taken.Subject);
        Assert.Equal("\"Amina W.\" <amina@example.org>", taken.To.ToString());
        Assert.Equal("\"Hearth\" <post@hearth.example.org>", taken.From.ToString());
        Assert.Equal("<p>Asante</p>", taken.HtmlBody?.Trim());
        Assert.Equal("Asante\n.\nsana", taken.TextBody?.ReplaceLineEndings("\n").Trim());
        Assert.Equal("<https://hearth.example.org/u/1>", taken.Headers[HeaderId.ListUnsubscribe]);
        Assert.Equal("List-Unsubscribe=One-Click", taken.Headers[HeaderId.ListUnsubscribePost]);
        Assert.Equal("digest", taken.Headers["X-Hearth-Kind"]);
    }

    [Fact]
    public async Task A_line_break_in_a_subject_or_a_name_becomes_no_header()
    {
        await using var sink = new SmtpSink();
        using var smtp = Smtp(sink);
        await smtp.Send(Delivery("mail:1", Hello with { Subject = "Hi\r\nBcc: juma@example.org", ToName = "A\nBcc: juma@example.org" }), Ct);
        var taken = Assert.Single(sink.Taken);
        Assert.Empty(taken.Bcc);
        Assert.Equal("Hi Bcc: juma@example.org", taken.Subject);
    }

    [Fact]
    public async Task One_connection_carries_many_mails()
    {
        await using var sink = new SmtpSink();
        using var smtp = Smtp(sink);
        for (var i = 0; i < 5; i++)
            Assert.Same(Outcome.Sent, await smtp.Send(Delivery(string.Create(CultureInfo.InvariantCulture, $"mail:{i}"), Hello), Ct));
        Assert.Equal(5, sink.Taken.Count);
        Assert.Equal(1, sink.Connections);
    }

    [Fact]
    public async Task What_a_server_refuses_for_now_is_tried_again_and_what_it_refuses_for_good_is_not()
    {
        await using var sink = new SmtpSink();
        using var smtp = Smtp(sink);
        sink.Next(Mood.Refuse, Mood.Unknown);

        var refused = await smtp.Send(Delivery("mail:1", Hello), Ct);
        Assert.False(refused.IsFinal);
        Assert.True(refused.Counts);
        Assert.Contains("451", refused.Reason, StringComparison.Ordinal);

        var unknown = await smtp.Send(Delivery("mail:2", Hello), Ct);
        Assert.True(unknown.IsFinal);
        Assert.Contains("550", unknown.Reason, StringComparison.Ordinal);

        Assert.True((await smtp.Send(Delivery("mail:3", Hello with { To = "not an address" }), Ct)).IsFinal);
        Assert.Same(Outcome.Sent, await smtp.Send(Delivery("mail:4", Hello), Ct));
        Assert.Single(sink.Taken);
    }

    [Fact]
    public async Task A_mail_whose_connection_broke_goes_out_again_under_the_same_id()
    {
        await using var sink = new SmtpSink();
        using var smtp = Smtp(sink);
        sink.Next(Mood.Break, Mood.TakeAndBreak);

        await Assert.ThrowsAnyAsync<Exception>(() => smtp.Send(Delivery("mail:1", Hello), Ct));
        Assert.Empty(sink.Taken);
        await Assert.ThrowsAnyAsync<Exception>(() => smtp.Send(Delivery("mail:1", Hello), Ct));
        Assert.Same(Outcome.Sent, await smtp.Send(Delivery("mail:1", Hello), Ct));

        Assert.Equal(2, sink.Taken.Count);
        Assert.Equal(sink.Taken[0].MessageId, sink.Taken[1].MessageId);
        Assert.EndsWith("@hearth.example.org", sink.Taken[0].MessageId, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_server_a_mail_is_a_file_and_a_repeat_the_same_file()
    {
        var folder = Directory.CreateTempSubdirectory("hearth-mail-");
        try
        {
            var options = Options with { DataDir = folder.FullName };
            var files = new MailFiles(options, new MailComposer(options, TimeProvider.System), NullLogger<MailFiles>.Instance);
            await files.Send(Delivery("mail:1", Hello), Ct);
            await files.Send(Delivery("mail:1", Hello), Ct);
            await files.Send(Delivery("mail:2", Hello), Ct);
            var written = Directory.GetFiles(files.Folder);
            Assert.Equal(2, written.Length);
            Assert.Equal("Hello", (await MimeMessage.LoadAsync(written[0], Ct)).Subject);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void An_account_mail_leads_to_the_front_end_and_escapes_what_people_are_called()
    {
        var mail = AccountMails.PasswordReset(Options, "amina@example.org", "<b>Amina</b> & co", "a+b/c", TimeSpan.FromHours(1));
        const string link = "https://hearth.example.org/reset-password?token=a%2Bb%2Fc";
        Assert.Contains(link, mail.Text, StringComparison.Ordinal);
        Assert.Contains($"href=\"{link}\"", mail.Html, StringComparison.Ordinal);
        Assert.Contains("<b>Amina</b> & co", mail.Text, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;Amina&lt;/b&gt; &amp; co", mail.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", mail.Html, StringComparison.Ordinal);
        Assert.Contains("one hour", mail.Text, StringComparison.Ordinal);

        var verification = AccountMails.Verification(Options, "amina@example.org", "Amina", "abc");
        Assert.Contains("https://hearth.example.org/verify-email?token=abc", verification.Text, StringComparison.Ordinal);
        Assert.Null(verification.Unsubscribe);
    }

    private static SmtpChannel Smtp(SmtpSink sink)
    {
        var options = Options with { SmtpServer = "127.0.0.1", SmtpPort = sink.Port };
        return new SmtpChannel(options, new MailComposer(options, TimeProvider.System), TimeProvider.System);
    }

    private static Delivery Delivery(string key, MailMessage mail) => new(1, key, Mails.Delivery(key, mail).Payload, 1, OutcomeUnknown: false);
}
