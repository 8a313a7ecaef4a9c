using System.Globalization;
using System.Text.Json;
using Hearth.Database;
using Hearth.Features.Notifications.Making;
using Hearth.Features.Notifications.Preferences;
using Hearth.Jobs;
using Npgsql;

namespace Hearth.Features.Notifications;

/// <summary>What waits to be sent to a person: by ids alone, so that it is worded as things are when it goes out.</summary>
/// <param name="User">The reader.</param>
/// <param name="Row">The ledger's row that caused it.</param>
/// <param name="Subscription">For a push, where to.</param>
internal sealed record Waiting(long User, long Row, long? Subscription = null);

/// <summary>
/// Puts mails and pushes among the deliveries, as each reader wishes. What folds into something that is shown already rings nobody again,
/// and who takes a like back and gives it again rings nobody twice: the key names reader, object and actor, not the row. What nobody in
/// particular did is named by which it is: the hundredth download is other news than the tenth, and so is a moderator's second decision.
/// </summary>
internal sealed class Outbox(TimeProvider time)
{
    public const string MailChannel = "notification-mail";
    public const string PushChannel = "notification-push";

    private const string ReadersSql =
        $"""
        -- notifications.outbox_readers
        select u.id, u.email is not null, {PreferenceStore.Columns}
          from users u left join notification_preferences p on p.user_id = u.id
         where u.id = any ($1) and u.is_active
        """;

    private const string SubscriptionsSql =
        """
        -- notifications.outbox_subscriptions
        select user_id, id from push_subscriptions where user_id = any ($1)
        """;

    /// <returns>How many deliveries are new.</returns>
    public async Task<int> Enqueue(NpgsqlConnection db, IReadOnlyCollection<Placed> news, CancellationToken ct)
    {
        if (news.Count == 0)
            return 0;
        var people = news.Select(one => one.Cause.User).Distinct().ToArray();
        var readers = await Readers(db, people, ct);
        var subscriptions = await Subscriptions(db, people, ct);
        var now = time.GetUtcNow().UtcDateTime;
        var deliveries = new List<NewDelivery>();
        foreach (var one in news)
        {
            if (!readers.TryGetValue(one.Cause.User, out var reader))
                continue;
            var (preference, hasAddress) = reader;
            var due = preference.Quiet?.Until(now);
            if (hasAddress && preference.Digest == Digest.Off && preference.WantsMail(one.Cause.Type))
                deliveries.Add(Delivery(MailChannel, "mail", one.Cause, new Waiting(one.Cause.User, one.Cause.Row), due));
            if (!preference.WantsPush(one.Cause.Type))
                continue;
            foreach (var subscription in subscriptions[one.Cause.User])
                deliveries.Add(Delivery(PushChannel, $"push:{subscription}", one.Cause, new Waiting(one.Cause.User, one.Cause.Row, subscription), due));
        }

        return await Deliveries.Enqueue(db, deliveries, ct);
    }

    public static Waiting Read(string payload) => JsonSerializer.Deserialize(payload, NotificationsJson.Default.Waiting)!;

    private static NewDelivery Delivery(string channel, string way, Cause cause, Waiting waiting, DateTime? due)
    {
        var key = string.Create(
            CultureInfo.InvariantCulture,
            $"notification:{way}:{cause.User}:{(short)cause.Type.Class()}:{(short)cause.Kind}:{cause.ObjectId}:{Which(cause)}");
        return new NewDelivery(key, channel, JsonSerializer.Serialize(waiting, NotificationsJson.Default.Waiting), due);
    }

    private static long Which(Cause cause) => cause.Type switch
    {
        NotificationType.DownloadMilestone => cause.Value ?? 0,
        NotificationType.ModerationNotice => cause.Row,
        _ => cause.Actor ?? 0,
    };

    private static async Task<Dictionary<long, (Preference, bool)>> Readers(NpgsqlConnection db, long[] people, CancellationToken ct)
    {
        var readers = new Dictionary<long, (Preference, bool)>();
        await using var command = Sql.Command(db, ReadersSql, Sql.Array(people));
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            readers[reader.GetInt64(0)] = (PreferenceStore.Read(reader, 2), reader.GetBoolean(1));
        return readers;
    }

    private static async Task<ILookup<long, long>> Subscriptions(NpgsqlConnection db, long[] people, CancellationToken ct)
    {
        var rows = new List<(long User, long Id)>();
        await using var command = Sql.Command(db, SubscriptionsSql, Sql.Array(people));
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            rows.Add((reader.GetInt64(0), reader.GetInt64(1)));
        return rows.ToLookup(row => row.User, row => row.Id);
    }
}
