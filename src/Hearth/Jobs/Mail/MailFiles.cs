using Hearth.Platform;
using MimeKit;

namespace Hearth.Jobs.Mail;

/// <summary>
/// Mail without a mail server: each message is a file that any mail program opens, in <c>DATA_DIR/mail</c>. A repeat
/// writes the same file.
/// </summary>
internal sealed partial class MailFiles(HearthOptions options, MailComposer composer, ILogger<MailFiles> log) : IDeliveryChannel
{
    public string Name => Mails.Channel;

    public int AtOnce => 4;

    public string Folder => Path.Combine(options.DataDir, "mail");

    public async Task<Outcome> Send(Delivery delivery, CancellationToken ct)
    {
        MimeMessage message;
        try
        {
            message = composer.Compose(delivery.Key, Mails.Read(delivery.Payload));
        }
        catch (Exception e) when (e is ParseException or ArgumentException)
        {
            return Outcome.Dead(e.Message);
        }

        using (message)
        {
            Directory.CreateDirectory(Folder);
            var file = Path.Combine(Folder, MailComposer.Digest(delivery.Key) + ".eml");
            // Whole or not at all for whoever looks into the folder.
            var part = file + ".part";
            await message.WriteToAsync(part, ct);
            File.Move(part, file, overwrite: true);
            Written(log, file);
        }

        return Outcome.Sent;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "There is no mail server: a mail was written to {File}")]
    private static partial void Written(ILogger log, string file);
}
