using System.Collections.Concurrent;
using Hearth.Platform;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Hearth.Jobs.Mail;

/// <summary>
/// Mail by SMTP. Connections are kept between mails: a handshake costs more than a mail. TLS when the server offers it,
/// and never a password without it.
/// </summary>
internal sealed class SmtpChannel(HearthOptions options, MailComposer composer, TimeProvider time) : IDeliveryChannel, IDisposable
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(20);

    private readonly string host = options.SmtpServer ?? throw new StartFailure("SMTP_SERVER is not set.");
    private readonly ConcurrentBag<Kept> kept = [];

    public string Name => Mails.Channel;

    public int AtOnce => 4;

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
            SmtpClient smtp;
            try
            {
                smtp = await Connection(ct);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                // Nothing has left: whoever must not send twice may try again.
                return Outcome.Retry($"The mail server cannot be reached: {e.Message}");
            }

            try
            {
                await smtp.SendAsync(message, ct);
                Keep(smtp);
                return Outcome.Sent;
            }
            catch (SmtpCommandException e)
            {
                // A no to this mail; the connection is good for the next.
                Keep(smtp);
                return IsForGood(e) ? Outcome.Dead(Reason(e)) : Outcome.Retry(Reason(e));
            }
            catch
            {
                smtp.Dispose();
                throw;
            }
        }
    }

    public void Dispose()
    {
        while (kept.TryTake(out var one))
            one.Smtp.Dispose();
    }

    private void Keep(SmtpClient smtp) => kept.Add(new Kept(smtp, time.GetTimestamp()));

    /// <summary>The server says no to this recipient or this text; another answer may be its bad day.</summary>
    private static bool IsForGood(SmtpCommandException e) =>
        (int)e.StatusCode >= 500 && e.ErrorCode is (SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted);

    private static string Reason(SmtpCommandException e) => $"{(int)e.StatusCode} {e.Message}";

    private async Task<SmtpClient> Connection(CancellationToken ct)
    {
        while (kept.TryTake(out var one))
        {
            if (time.GetElapsedTime(one.Since) < Idle && await IsAlive(one.Smtp, ct))
                return one.Smtp;
            one.Smtp.Dispose();
        }

        var smtp = new SmtpClient { CheckCertificateRevocation = false, Timeout = 20_000 };
        try
        {
            await smtp.ConnectAsync(host, options.SmtpPort, Security, ct);
            if (options.SmtpUsername is { } user)
                await smtp.AuthenticateAsync(user, options.SmtpPassword ?? "", ct);
            return smtp;
        }
        catch
        {
            smtp.Dispose();
            throw;
        }
    }

    private SecureSocketOptions Security => (options.SmtpPort, options.SmtpUsername, host) switch
    {
        (465, _, _) => SecureSocketOptions.SslOnConnect,
        (_, not null, not ("localhost" or "127.0.0.1" or "::1")) => SecureSocketOptions.StartTls,
        _ => SecureSocketOptions.StartTlsWhenAvailable,
    };

    /// <summary>A server closes connections that rest: ask before handing it a mail.</summary>
    private static async Task<bool> IsAlive(SmtpClient smtp, CancellationToken ct)
    {
        try
        {
            await smtp.NoOpAsync(ct);
            return true;
        }
        catch (Exception e) when (e is IOException or ProtocolException or ServiceNotConnectedException or CommandException)
        {
            return false;
        }
    }

    private readonly record struct Kept(SmtpClient Smtp, long Since);
}
