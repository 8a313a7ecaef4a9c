using System.Globalization;
using System.Text.Json;
using Hearth.Database;
using Hearth.Features.Notifications.Reading;
using Hearth.Jobs;
using Hearth.Jobs.Mail;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Notifications.Mail;

/// <summary>
/// Words a mail when it goes out, by how things are then, and hands it to the way that mails go. What was taken back meanwhile is not told.
/// </summary>
internal sealed class NotificationMailChannel(
    NpgsqlDataSource source,
    [FromKeyedServices(Mails.Channel)] IDeliveryChannel mail,
    UnsubscribeTokens tokens,
    HearthOptions options) : IDeliveryChannel
{
    private const string ReaderSql =
        """
        -- notifications.mail_reader
        select u.email, u.display_name, u.roles, coalesce(p.email_off, 0)
          from users u left join notification_preferences p on p.user_id = u.id
         where u.id = $1 and u.is_active and u.email is not null
        """;

    public string Name => Outbox.MailChannel;

    public int AtOnce => mail.AtOnce;

    public async Task<Outcome> Send(Delivery delivery, CancellationToken ct)
    {
        var waiting = JsonSerializer.Deserialize(delivery.Payload, NotificationsJson.Default.WaitingMail)!;
        await using var db = await source.OpenConnectionAsync(ct);
        if (await Reader(db, waiting.User, ct) is not { } reader || await Told(db, waiting, reader, ct) is not { Count: > 0 } told)
            return Outcome.Sent;
        var message = waiting.Until is null
            ? NotificationMails.One(options, reader, told[0], await tokens.Link(reader.Id, told[0].Type, ct))
            : NotificationMails.Digest(options, reader, told, await tokens.Link(reader.Id, null, ct));
        var outcome = await mail.Send(delivery with { Payload = Mails.Delivery(delivery.Key, message).Payload }, ct);
        if (outcome == Outcome.Sent || outcome.IsFinal)
            await SendStore.Mailed(db, reader.Id, [.. told.Select(one => one.Id)], delivered: outcome == Outcome.Sent);
        return outcome;
    }

    private static async Task<List<Shown>> Told(NpgsqlConnection db, WaitingMail waiting, MailReader reader, CancellationToken ct)
    {
        if (waiting is { From: { } from, Until: { } until })
            return await NotificationReads.Between(db, waiting.User, from, until, reader.EmailOff, ct);
        return await NotificationReads.One(db, waiting.User, waiting.Row, ct) is { Stands: true } one && (reader.EmailOff & one.Type.Bit()) == 0 ? [one] : [];
    }

    private static async Task<MailReader?> Reader(NpgsqlConnection db, long user, CancellationToken ct)
    {
        await using var command = Sql.Command(db, ReaderSql, Sql.Value(user));
        await using var row = await command.ExecuteReaderAsync(ct);
        return await row.ReadAsync(ct) ? new MailReader(user, row.GetString(0), row.GetString(1), (Roles)row.GetInt32(2), row.GetInt32(3)) : null;
    }
}

/// <summary>A mail that waits: about one notification, or with times a digest of those between.</summary>
internal sealed record WaitingMail(long User, long Row, DateTime? From = null, DateTime? Until = null)
{
    public static NewDelivery Digest(long user, DateTime from, DateTime until, DateTime? due) => new(
        string.Create(CultureInfo.InvariantCulture, $"digest:{user}:{until:yyyyMMddHHmm}"),
        Outbox.MailChannel,
        JsonSerializer.Serialize(new WaitingMail(user, 0, from, until), NotificationsJson.Default.WaitingMail),
        due);
}

/// <summary>Whom a mail is for.</summary>
internal sealed record MailReader(long Id, string Address, string Name, Roles Roles, int EmailOff);
