using Hearth.Realtime.Sockets;
using Hearth.SocketIO;
using Npgsql;

namespace Hearth.Realtime.Nodes;

/// <summary>
/// Says that this node lives and who is connected to it, and finds out which nodes have died. What changed is told to all nodes by a
/// NOTIFY; should one be lost, their review finds it.
/// </summary>
internal sealed partial class NodeRegister(
    Presence presence, SocketPeople people, SocketFanOut fanOut, Hub hub, SocketIOServer io, NpgsqlDataSource source, NodeTimes times, TimeProvider time, ILogger<NodeRegister> log)
    : BackgroundService
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);

    private readonly string name = Environment.MachineName;
    private readonly HashSet<long> written = [];
    private readonly Dictionary<long, long> leaving = [];
    private readonly SemaphoreSlim turn = new(1);
    private long beaten;

    public Guid Node { get; } = Guid.NewGuid();

    /// <summary>Writes how this node fares now, for whoever asks.</summary>
    public async Task Refresh(CancellationToken ct)
    {
        await turn.WaitAsync(ct);
        try
        {
            await using var db = await source.OpenConnectionAsync(ct);
            await Beat(db, ct);
        }
        finally
        {
            turn.Release();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Round(stoppingToken);
                await presence.Changed(leaving.Count > 0 ? Step : times.Beat, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e)
            {
                Unwritten(log, e.Message);
                // What was in between is written anew.
                written.Clear();
                await Task.Delay(Step, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        await Leave();
    }

    private async Task Round(CancellationToken ct)
    {
        await turn.WaitAsync(ct);
        try
        {
            await using var db = await source.OpenConnectionAsync(ct);
            var news = new HashSet<long>();
            if (beaten == 0 || time.GetElapsedTime(beaten) >= times.Beat)
            {
                await Beat(db, ct);
                news.UnionWith(await NodeStore.Bury(db, Node, times.Dead, ct));
            }

            await Write(db, news, ct);
            if (news.Count > 0)
                await NodeStore.Notify(db, news, ct);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task Beat(NpgsqlConnection db, CancellationToken ct)
    {
        var figures = new NodeFigures(hub.Everyone().Length, people.SocketCount, presence.Count, ((io.Main.Adapter as MemoryAdapter)?.RoomCount ?? 0) + hub.GroupCount, fanOut.Sent);
        // Taken for dead by another node: whoever is connected is written anew.
        if (!await NodeStore.Beat(db, Node, name, figures, ct))
            written.Clear();
        beaten = time.GetTimestamp();
    }

    private async Task Write(NpgsqlConnection db, HashSet<long> news, CancellationToken ct)
    {
        long[] looked = [.. presence.TakeChanged(), .. written.Count == 0 ? presence.Online() : []];
        foreach (var user in looked)
        {
            if (presence.IsOnline(user))
                leaving.Remove(user);
            else
                leaving.TryAdd(user, time.GetTimestamp());
        }

        long[] come = [.. looked.Distinct().Where(user => presence.IsOnline(user) && !written.Contains(user))];
        long[] gone = [.. leaving.Where(one => time.GetElapsedTime(one.Value) >= times.Linger).Select(one => one.Key)];
        if (come.Length > 0)
            await NodeStore.Come(db, Node, come, ct);
        if (gone.Length > 0)
            await NodeStore.Go(db, Node, gone, ct);
        foreach (var user in gone)
            leaving.Remove(user);
        written.UnionWith(come);
        written.ExceptWith(gone);
        news.UnionWith(come);
        news.UnionWith(gone);
    }

    private async Task Leave()
    {
        using var limit = new CancellationTokenSource(times.Beat, time);
        try
        {
            await using var db = await source.OpenConnectionAsync(limit.Token);
            await NodeStore.Notify(db, await NodeStore.Leave(db, Node, limit.Token), limit.Token);
        }
        catch (Exception e) when (e is NpgsqlException or OperationCanceledException)
        {
            // The others find out.
            Unwritten(log, e.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Who is connected to this node could not be written: {Reason}")]
    private static partial void Unwritten(ILogger log, string reason);
}
