using Hearth.Features.Notifications.Making;
using Hearth.Jobs;
using Hearth.Ledger;
using Npgsql;

namespace Hearth.Features.Notifications;

/// <summary>
/// Tells of new notifications by every way out, in the transaction that makes them: sockets by a row of the ledger, which every node's
/// fan-out follows; mail and push by the deliveries table.
/// </summary>
internal sealed class Announcer(Outbox outbox, LedgerSignal ledger, DeliverySignal deliveries, TimeProvider time)
{
    /// <summary>What is found only later than this (after a long stop, say) is listed, and no news.</summary>
    public static readonly TimeSpan News = TimeSpan.FromHours(24);

    public async Task<Action?> Announce(NpgsqlConnection db, Changes changes, CancellationToken ct)
    {
        if (changes.Touched.Count == 0)
            return null;
        var since = time.GetUtcNow().UtcDateTime - News;
        var fresh = changes.Added.Where(one => one.Cause.At > since).ToList();
        var told = new HashSet<(long User, long Fold)>(changes.Touched);
        told.ExceptWith(changes.Added.Where(one => one.Muted || one.Cause.At <= since).Select(one => (one.Cause.User, one.Fold)));
        told.UnionWith(fresh.Where(one => !one.Muted).Select(one => (one.Cause.User, one.Fold)));

        var position = told.Count == 0 ? 0 : await LedgerStore.Append(db, [.. Notice.Rows(told)], ct);
        var enqueued = await outbox.Enqueue(db, [.. fresh.Where(one => one.IsFirst)], ct);
        return () =>
        {
            if (position > 0)
                ledger.Raise(position);
            if (enqueued > 0)
                deliveries.Raise();
        };
    }
}
