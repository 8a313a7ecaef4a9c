using Hearth.Ledger;
using Hearth.Platform;
using Hearth.Realtime;
using Hearth.Realtime.Sockets;
using Npgsql;

namespace Hearth.Features.Interactions;

/// <summary><c>interaction_tracked</c> to a person's own sockets at <c>/ws/</c>, and to nobody else's.</summary>
internal sealed class InteractionsLive : ILiveEvents
{
    public const string Event = "interaction_tracked";

    public IReadOnlySet<Verb> Verbs => TrackedNow.Verbs;

    public IReadOnlyList<string>? Audience(LedgerRow row) => row.Voided is null ? [Groups.User(row.Actor ?? 0)] : [];

    public async Task Compose(NpgsqlConnection db, IReadOnlyList<LedgerRow> rows, ICollection<LiveEvent> events, CancellationToken ct)
    {
        foreach (var (row, view) in await TrackedNow.Of(db, rows, ct))
            events.Add(new LiveEvent(row, Event, Json.Bytes(view), [Groups.User(view.UserId)]));
    }
}

/// <summary>The same over Socket.IO.</summary>
internal sealed class InteractionSockets(SocketPeople people) : ISocketEvents
{
    public IReadOnlySet<Verb> Verbs => TrackedNow.Verbs;

    public async Task Compose(NpgsqlConnection db, IReadOnlyList<LedgerRow> rows, ICollection<SocketNews> news, CancellationToken ct)
    {
        var here = people.Ids.ToHashSet();
        foreach (var (row, view) in await TrackedNow.Of(db, rows.Where(row => row.Actor is { } actor && here.Contains(actor)), ct))
            news.Add(new SocketNews(row.Id, InteractionsLive.Event, view, [SocketRooms.Person(view.UserId)]));
    }
}
