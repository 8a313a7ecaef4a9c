using System.Security.Cryptography;
using System.Text;
using Hearth.Platform;
using MimeKit;

namespace Hearth.Jobs.Mail;

/// <summary>Makes the message that goes over the wire, or into a file.</summary>
internal sealed class MailComposer(HearthOptions options, TimeProvider time)
{
    private readonly string domain = options.FromEmail.Split('@') is [_, { Length: > 0 } host] ? host : "localhost";

    /// <summary>The same for the same key: a server or a reader that sees a mail twice can tell.</summary>
    public string MessageId(string key) => $"{Digest(key)}@{domain}";

    public static string Digest(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..40];

    /// <exception cref="ParseException">The address is none.</exception>
    public MimeMessage Compose(string key, MailMessage mail)
    {
        var message = new MimeMessage
        {
            MessageId = MessageId(key),
            Date = time.GetUtcNow(),
            Subject = OneLine(mail.Subject),
            Body = new BodyBuilder { TextBody = mail.Text, HtmlBody = mail.Html }.ToMessageBody(),
        };
        message.From.Add(new MailboxAddress(options.FromName, options.FromEmail));
        var to = MailboxAddress.Parse(mail.To);
        to.Name = OneLine(mail.ToName ?? "");
        message.To.Add(to);
        // Out-of-office robots stay silent.
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        if (mail.Unsubscribe is { } unsubscribe)
        {
            message.Headers.Add(HeaderId.ListUnsubscribe, $"<{OneLine(unsubscribe)}>");
            message.Headers.Add(HeaderId.ListUnsubscribePost, "List-Unsubscribe=One-Click");
        }

        foreach (var (name, value) in mail.Headers ?? new Dictionary<string, string>(StringComparer.Ordinal))
            message.Headers.Add(name, OneLine(value));
        message.Prepare(EncodingConstraint.SevenBit);
        return message;
    }

    /// <summary>A line break in a name or a title must not become a header of its own.</summary>
    private static string OneLine(string text) => text.ReplaceLineEndings(" ").Trim();
}
