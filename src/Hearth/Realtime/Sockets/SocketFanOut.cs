using System.Threading.Channels;
using Hearth.Ledger;
using Hearth.SocketIO;
using Npgsql;

namespace Hearth.Realtime.Sockets;

/// <summary>
/// Tells this node's Socket.IO clients what follows from the ledger's rows. The tail only drops rows here and goes on; where telling
/// falls too far behind, clients hear <c>resync</c> and fetch anew.
/// </summary>
internal sealed partial class SocketFanOut(
    SocketIOServer io, SocketPeople people, IEnumerable<ISocketEvents> features, NpgsqlDataSource source, ILogger<SocketFanOut> log)
    : BackgroundService, ITailReader, IPositionFollower
{
    private const int MostWaiting = 20_000;

    private readonly ISocketEvents[] features = [.. features];
    private readonly Channel<(IReadOnlyList<LedgerRow>? Rows, long UpTo)> intake =
        Channel.CreateUnbounded<(IReadOnlyList<LedgerRow>?, long)>(new UnboundedChannelOptions { SingleReader = true });

    private readonly PositionWaiters waiters = new();
    private int waiting;
    private long sent;

    /// <summary>Events handed to clients since the start; one for a room counts once.</summary>
    public long Sent => Volatile.Read(ref sent);

    public ValueTask Apply(IReadOnlyList<LedgerRow> rows, long upTo, CancellationToken ct)
    {
        var fits = Volatile.Read(ref waiting) + rows.Count <= MostWaiting;
        if (fits)
            Interlocked.Add(ref waiting, rows.Count);
        intake.Writer.TryWrite((fits ? rows : null, upTo));
        return ValueTask.CompletedTask;
    }

    public Task Passed(long position, CancellationToken ct) => waiters.Passed(position).WaitAsync(ct);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var (rows, upTo) in intake.Reader.ReadAllAsync(stoppingToken))
        {
            Interlocked.Add(ref waiting, -(rows?.Count ?? 0));
            if (rows is null || !await Tell(rows, stoppingToken))
            {
                Behind(log, upTo);
                io.Emit("resync");
            }

            waiters.Pass(upTo);
        }
    }

    /// <returns>Whether all was told that there is to tell.</returns>
    private async Task<bool> Tell(IReadOnlyList<LedgerRow> rows, CancellationToken ct) =>
        await Retry.Until(() => TellOnce(rows, ct), reason => Retrying(log, reason), e => Failed(log, e, rows[^1].Id), ct) is not null;

    private async Task<IReadOnlyList<SocketNews>> TellOnce(IReadOnlyList<LedgerRow> rows, CancellationToken ct)
    {
        var news = await Compose(rows, ct);
        foreach (var one in news)
            Send(one);
        return news;
    }

    private async Task<IReadOnlyList<SocketNews>> Compose(IReadOnlyList<LedgerRow> rows, CancellationToken ct)
    {
        var news = new List<SocketNews>();
        if (people.SocketCount == 0)
            return news;
        NpgsqlConnection? db = null;
        try
        {
            foreach (var feature in features)
            {
                var mine = rows.Where(row => feature.Verbs.Contains((row.Voided ?? row).Verb) && !(row.Voided ?? row).IsImported).ToList();
                if (mine.Count == 0)
                    continue;
                db ??= await source.OpenConnectionAsync(ct);
                await feature.Compose(db, mine, news, ct);
            }
        }
        finally
        {
            if (db is not null)
                await db.DisposeAsync();
        }

        return [.. news.OrderBy(one => one.Row)];
    }

    private void Send(SocketNews news)
    {
        var to = io.Main.To(news.Rooms).Except(news.Except);
        to.Emit(news.Event, news.Data);
        Interlocked.Increment(ref sent);
        RealtimeMetrics.SocketEvents.Add(1, new KeyValuePair<string, object?>("event", news.Event));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Socket.IO events fell behind; clients fetch anew what happened up to {Position}.")]
    private static partial void Behind(ILogger log, long position);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Socket.IO events wait for the database: {Reason}")]
    private static partial void Retrying(ILogger log, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "The Socket.IO events up to row {Row} could not be made.")]
    private static partial void Failed(ILogger log, Exception e, long row);
}
