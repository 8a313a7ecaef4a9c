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
        select u.email, u.display_name, u.roles, coalesce(p.email_off, 0), coalesce(p.skill_summary, true), u.email_verified
          from users u left join notification_preferences p on p.user_id = u.id
         where u.id = $1 and u.is_active and u.email is not null
        """;

    // Whoever gives a stranger's address for their own shall not have Hearth write there for ever.
    private const int MostUnconfirmed = 20;

    private const string ClaimSql =
        """
        -- notifications.claim_unconfirmed
        insert into notification_preferences as p (user_id, unconfirmed_mails) values ($1, 1)
        on conflict (user_id) do update set unconfirmed_mails = p.unconfirmed_mails + 1 where p.unconfirmed_mails < $2
        """;

    private const string GiveBackSql =
        """
        -- notifications.give_back_unconfirmed
        update notification_preferences set unconfirmed_mails = unconfirmed_mails - 1 where user_id = $1
        """;

    public string Name => Outbox.MailChannel;

    public int AtOnce => mail.AtOnce;

    public async Task<Outcome> Send(Delivery delivery, CancellationToken ct)
    {
        var waiting = JsonSerializer.Deserialize(delivery.Payload, NotificationsJson.Default.WaitingMail)!;
        await using var db = await source.OpenConnectionAsync(ct);
        if (await Reader(db, waiting.User, ct) is not { } reader || await Word(db, waiting, reader, ct) is not var (message, told))
            return Outcome.Sent;
        if (!reader.IsConfirmed && await Sql.Execute(db, ClaimSql, ct, Sql.Value(reader.Id), Sql.Value(MostUnconfirmed)) == 0)
            return Outcome.Sent;
        var outcome = await mail.Send(delivery with { Payload = Mails.Delivery(delivery.Key, message).Payload }, ct);
        if (!reader.IsConfirmed && outcome != Outcome.Sent)
            await Sql.Execute(db, GiveBackSql, CancellationToken.None, Sql.Value(reader.Id));
        if (told.Length > 0 && (outcome == Outcome.Sent || outcome.IsFinal))
            await SendStore.Mailed(db, reader.Id, told, delivered: outcome == Outcome.Sent);
        return outcome;
    }

    /// <returns>The mail and the notifications that it tells of; null when there is nothing to tell any more.</returns>
    private async Task<(MailMessage Message, long[] Told)?> Word(NpgsqlConnection db, WaitingMail waiting, MailReader reader, CancellationToken ct)
    {
        if (waiting.Week is { } monday)
            return await Summary(db, reader, new SummaryWeek(monday), ct) is { } summary ? (summary, []) : null;
        if (await Told(db, waiting, reader, ct) is not { Count: > 0 } told)
            return null;
        var message = waiting.Until is null
            ? NotificationMails.One(options, reader, told[0], await tokens.Link(reader.Id, new Unwanted(told[0].Type), ct))
            : NotificationMails.Digest(options, reader, told, await tokens.Link(reader.Id, default, ct));
        return (message, [.. told.Select(one => one.Id)]);
    }

    private async Task<MailMessage?> Summary(NpgsqlConnection db, MailReader reader, SummaryWeek week, CancellationToken ct) => reader.WantsSummary
        ? SkillSummaryMail.Message(
            options, reader, week, await SkillSummaryMail.Read(db, reader.Id, week, ct), await tokens.Link(reader.Id, Unwanted.Summary, ct))
        : null;

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
        return await row.ReadAsync(ct)
            ? new MailReader(user, row.GetString(0), row.GetString(1), (Roles)row.GetInt32(2), row.GetInt32(3), row.GetBoolean(4), row.GetBoolean(5))
            : null;
    }
}

/// <summary>A mail that waits: about one notification, with times a digest of those between, with a week a summary of skills.</summary>
internal sealed record WaitingMail(long User, long Row, DateTime? From = null, DateTime? Until = null, DateOnly? Week = null)
{
    public static NewDelivery Summary(long user, SummaryWeek week, DateTime due) => new(
        string.Create(CultureInfo.InvariantCulture, $"skill-summary:{user}:{week.Until:yyyyMMdd}"),
        Outbox.MailChannel,
        JsonSerializer.Serialize(new WaitingMail(user, 0, Week: week.Until), NotificationsJson.Default.WaitingMail),
        due);

    public static NewDelivery Digest(long user, DateTime from, DateTime until, DateTime? due) => new(
        string.Create(CultureInfo.InvariantCulture, $"digest:{user}:{until:yyyyMMddHHmm}"),
        Outbox.MailChannel,
        JsonSerializer.Serialize(new WaitingMail(user, 0, from, until), NotificationsJson.Default.WaitingMail),
        due);
}

/// <summary>Whom a mail is for.</summary>
internal sealed record MailReader(long Id, string Address, string Name, Roles Roles, int EmailOff, bool WantsSummary, bool IsConfirmed);
