using System.Collections.Frozen;
using Hearth.Features.Notifications.Reading;
using Hearth.Ledger;
using Hearth.Realtime.Sockets;
using Npgsql;

namespace Hearth.Features.Notifications;

/// <summary>A new or changed notification for its reader's own room, and what is unread now.</summary>
internal sealed record PersonalNotification(
    Guid Id, string Type, string Message, NotificationActor? Actor, NotificationObject Object, bool Read, DateTime CreatedAt, long UnreadCount);

/// <summary>Tells those who joined their own room what is new for them.</summary>
internal sealed class PersonalNotifications(SocketPeople people) : ISocketEvents
{
    public IReadOnlySet<Verb> Verbs { get; } = new[] { Verb.Notify }.ToFrozenSet();

    public async Task Compose(NpgsqlConnection db, IReadOnlyList<LedgerRow> rows, ICollection<SocketNews> news, CancellationToken ct)
    {
        var wanted = rows.SelectMany(row => Notice.To(row).Select(one => (Row: row.Id, One: one)))
            .Where(named => people.Has(named.One.User) && people.In(SocketRooms.Personal(named.One.User)).Count > 0)
            .ToList();
        if (wanted.Count == 0)
            return;
        var shown = (await NotificationReads.Named(db, [.. wanted.Select(named => named.One).Distinct()], ct)).ToDictionary(one => (one.User, one.Id));
        var unread = await NotificationReads.UnreadCounts(db, [.. wanted.Select(named => named.One.User).Distinct()], ct);
        foreach (var (row, one) in wanted)
        {
            if (shown.GetValueOrDefault(one) is { Gone: false } found)
                news.Add(new SocketNews(row, "personal_notification", Of(found, unread[one.User]), [SocketRooms.Personal(one.User)]));
        }
    }

    private static PersonalNotification Of(Shown one, long unread)
    {
        var item = NotificationItem.Of(one);
        return new PersonalNotification(item.Id, item.Type, item.Message, item.Actor, item.Object, item.Read, item.CreatedAt, unread);
    }
}
