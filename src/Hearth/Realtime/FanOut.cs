using System.Threading.Channels;
using Hearth.Ledger;
using Npgsql;

namespace Hearth.Realtime;

/// <summary>
/// Makes live events of the ledger's rows for this node's sockets. The ledger's tail only drops rows here and goes on;
/// where making events falls too far behind, sockets are told to fetch anew.
/// </summary>
internal sealed partial class FanOut(
    Hub hub, Sender sender, LiveFeatures features, RecentNews news, AccountWatch accounts, NpgsqlDataSource source, ILogger<FanOut> log)
    : BackgroundService, ITailReader, IPositionFollower
{
    private const int MostWaiting = 50_000;
    private const int StretchBytes = 32 * 1024;

    private readonly Channel<(IReadOnlyList<LedgerRow>? Rows, long UpTo)> intake =
        Channel.CreateUnbounded<(IReadOnlyList<LedgerRow>?, long)>(new UnboundedChannelOptions { SingleReader = true });

    private readonly TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int waiting;
    private long mark;

    /// <summary>Ends once it is known from which position on this node's sockets get events.</summary>
    public Task Started => started.Task;

    public ValueTask Apply(IReadOnlyList<LedgerRow> rows, long upTo, CancellationToken ct)
    {
        var fits = Volatile.Read(ref waiting) + rows.Count <= MostWaiting;
        if (fits)
            Interlocked.Add(ref waiting, rows.Count);
        intake.Writer.TryWrite((fits ? rows : null, upTo));
        return ValueTask.CompletedTask;
    }

    /// <summary>Ends when the events up to the position have been handed to this node's sockets.</summary>
    public Task Passed(long position, CancellationToken ct) => sender.Passed(position).WaitAsync(ct);

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        sender.Start();
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var (rows, upTo) in intake.Reader.ReadAllAsync(stoppingToken))
        {
            if (rows is null)
                await Lose(upTo, stoppingToken);
            else
                await Give(rows, upTo, stoppingToken);
        }
    }

    private async Task Lose(long upTo, CancellationToken ct)
    {
        Behind(log, upTo);
        news.Skip(upTo);
        hub.Begin(upTo);
        await sender.Send(new Stretch(null, upTo), ct);
        try
        {
            await accounts.CheckAll(ct);
        }
        catch (NpgsqlException e)
        {
            Retrying(log, e.Message);
        }
    }

    private async Task Give(IReadOnlyList<LedgerRow> rows, long upTo, CancellationToken ct)
    {
        Interlocked.Add(ref waiting, -rows.Count);
        news.Add(rows, upTo);
        hub.Begin(upTo);
        started.TrySetResult();
        if (await Compose(rows, ct) is not { } events)
        {
            await sender.Send(new Stretch(null, upTo), ct);
            return;
        }

        var stretch = new List<Outgoing>();
        var bytes = 0;
        for (var i = 0; i < events.Count; i++)
        {
            stretch.Add(events[i]);
            bytes += events[i].Bytes.Length;
            // A row's events stay together: a position is before or after all of them.
            if (bytes < StretchBytes || i + 1 == events.Count || events[i + 1].Position == events[i].Position)
                continue;
            await sender.Send(new Stretch(stretch, events[i].Position), ct);
            stretch = [];
            bytes = 0;
        }

        await sender.Send(new Stretch(stretch, upTo), ct);
    }

    /// <returns>Null when it could not be done.</returns>
    private Task<List<Outgoing>?> Compose(IReadOnlyList<LedgerRow> rows, CancellationToken ct) =>
        Retry.Until(() => ComposeOnce(rows, ct), reason => Retrying(log, reason), e => Failed(log, e, rows[^1].Id), ct);

    private async Task<List<Outgoing>> ComposeOnce(IReadOnlyList<LedgerRow> rows, CancellationToken ct)
    {
        await accounts.Check(rows, ct);
        var frames = new List<Outgoing>();
        if (hub.IsEmpty)
            return frames;
        var selection = features.Select();
        selection.Add(rows, hub.Has);
        if (selection.Count == 0)
            return frames;
        await using var db = await source.OpenConnectionAsync(ct);
        LiveEvent? before = null;
        foreach (var live in await selection.Compose(db, ct))
        {
            if (before?.IsSameAs(live) != true)
                mark++;
            before = live;
            if (live.Groups.Any(hub.Has))
                frames.Add(new Outgoing(live.Row.Id, mark, EventFrame.Build(live), live.Groups, live.Except is null ? null : live));
        }

        RealtimeMetrics.Events.Add(frames.Count);
        return frames;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Live events fell behind; sockets fetch anew what happened up to {Position}.")]
    private static partial void Behind(ILogger log, long position);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Live events wait for the database: {Reason}")]
    private static partial void Retrying(ILogger log, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "The live events up to row {Row} could not be made; sockets fetch anew.")]
    private static partial void Failed(ILogger log, Exception e, long row);
}
