using System.Collections.Frozen;
using System.Text.Json;
using Hearth.Features.Notifications.Reading;
using Hearth.Ledger;
using Hearth.Platform;
using Hearth.Realtime;
using Npgsql;

namespace Hearth.Features.Notifications;

/// <summary>Tells a reader's sockets what is new, changed, gone or read, each time with what is unread now: every tab shows the same.</summary>
internal sealed class NotificationEvents : ILiveEvents
{
    public IReadOnlySet<Verb> Verbs { get; } =
        new[] { Verb.Notify, Verb.ReadNotifications, Verb.DeleteNotification }.ToFrozenSet();

    public IReadOnlyList<string>? Audience(LedgerRow row) =>
        row.Subject is { } reader ? [Groups.User(reader)] : [.. Notice.To(row).Select(one => Groups.User(one.User)).Distinct(StringComparer.Ordinal)];

    public async Task Compose(NpgsqlConnection db, IReadOnlyList<LedgerRow> rows, ICollection<LiveEvent> events, CancellationToken ct)
    {
        var named = rows.Where(row => row.Verb == Verb.Notify).SelectMany(Notice.To).Distinct().ToList();
        var shown = (await NotificationReads.Named(db, named, ct)).ToDictionary(one => (one.User, one.Id));
        var readers = named.Select(one => one.User).Concat(rows.Select(row => row.Subject).OfType<long>()).Distinct().ToArray();
        var unread = await NotificationReads.UnreadCounts(db, readers, ct);
        foreach (var row in rows)
        {
            if (row.Verb == Verb.ReadNotifications && row.Subject is { } reader)
                Add(row, reader, "notifications_read", Json.Bytes(new LiveRead(Ids(row), unread[reader])));
            else if (row.Verb == Verb.DeleteNotification && row.Subject is { } owner)
                Add(row, owner, "notification_removed", Removal(owner, row.ObjectId));
            else if (row.Verb == Verb.Notify)
                Notices(row);
        }

        void Notices(LedgerRow row)
        {
            foreach (var (user, id) in Notice.To(row))
            {
                if (shown.GetValueOrDefault((user, id)) is { Gone: false } one)
                    Add(row, user, "notification", Json.Bytes(LiveNotification.Of(one, unread[user])));
                else
                    Add(row, user, "notification_removed", Removal(user, id));
            }
        }

        byte[] Removal(long user, long id) => Json.Bytes(new LiveRemoval(id, NotificationId.UuidOf(user, id), unread[user]));

        void Add(LedgerRow row, long user, string type, byte[] data) => events.Add(new LiveEvent(row, type, data, [Groups.User(user)]));
    }

    private static IReadOnlyList<long>? Ids(LedgerRow row)
    {
        if (row.ObjectId != 0)
            return [row.ObjectId];
        return row.Detail is null ? null : JsonSerializer.Deserialize(row.Detail, NotificationsJson.Default.NamedNotifications)?.Ids;
    }
}

/// <summary>The ledger's rows that say whose notifications are new or changed: one for one, or one for many.</summary>
internal static class Notice
{
    private const int MostInOne = 500;

    public static IEnumerable<Entry> Rows(IReadOnlyCollection<(long User, long Id)> changed)
    {
        if (changed.Count == 1)
        {
            var (user, id) = changed.First();
            return [new Entry(Verb.Notify, ObjectKind.Notification, id) { Subject = user }];
        }

        return changed.Chunk(MostInOne).Select(some => new Entry(Verb.Notify, ObjectKind.Notification, 0)
        {
            Detail = JsonSerializer.Serialize(new NotifiedPeople([.. some.SelectMany(one => new[] { one.User, one.Id })]), NotificationsJson.Default.NotifiedPeople),
        });
    }

    public static IEnumerable<(long User, long Id)> To(LedgerRow row)
    {
        if (row.Subject is { } reader)
            return [(reader, row.ObjectId)];
        var people = row.Detail is null ? null : JsonSerializer.Deserialize(row.Detail, NotificationsJson.Default.NotifiedPeople);
        return people is null ? [] : people.To.Chunk(2).Select(pair => (pair[0], pair[1]));
    }
}

/// <summary>Pairs of a person and a notification, one after the other.</summary>
internal sealed record NotifiedPeople(IReadOnlyList<long> To);
