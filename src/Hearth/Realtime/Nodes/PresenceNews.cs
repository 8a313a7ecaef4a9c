using System.Globalization;
using System.Threading.Channels;
using Hearth.Database;
using Hearth.Ledger;
using Hearth.Realtime.Sockets;
using Hearth.SocketIO;
using Npgsql;

namespace Hearth.Realtime.Nodes;

/// <summary>Somebody's presence, as their mutual follows hear of it.</summary>
/// <param name="Status"><c>online</c> or <c>offline</c>.</param>
internal sealed record UserPresence(Guid UserId, string Username, string Status, DateTime At);

/// <summary>
/// Tells this node's Socket.IO clients which of their mutual follows came or went, on whichever node. Whoever shows nobody what they do
/// is offline to all.
/// </summary>
internal sealed partial class PresenceNews(
    SocketIOServer io, SocketPeople here, NpgsqlDataSource source, NodeTimes times, TimeProvider time, ILogger<PresenceNews> log) : BackgroundService, ISocketEvents
{
    private readonly Channel<long[]?> hints = Channel.CreateUnbounded<long[]?>(new UnboundedChannelOptions { SingleReader = true });
    private readonly SemaphoreSlim turn = new(1);

    // Who is online as far as this node knows, and whether others see that.
    private readonly Dictionary<long, bool> online = [];

    public IReadOnlySet<Verb> Verbs { get; } = new HashSet<Verb> { Verb.Follow, Verb.Unfollow, Verb.EditProfile };

    /// <summary>People became or stopped being mutual follows, or changed what they show.</summary>
    public async Task Compose(NpgsqlConnection db, IReadOnlyList<LedgerRow> rows, ICollection<SocketNews> news, CancellationToken ct)
    {
        await turn.WaitAsync(ct);
        try
        {
            await Tied(db, [.. rows.Select(row => row.Voided ?? row).Where(row => row.Verb != Verb.EditProfile)], ct);
            long[] edited = [.. rows.Where(row => row.Verb == Verb.EditProfile).Select(row => row.ObjectId).Where(online.ContainsKey).Distinct()];
            await Changed(db, edited, [.. edited], ct);
        }
        finally
        {
            turn.Release();
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(KeepOn(Listen, stoppingToken), KeepOn(Follow, stoppingToken));

    private async Task Listen(CancellationToken ct)
    {
        await using var session = await OwnSession.Open(source, ct);
        session.Db.Notification += (_, e) => hints.Writer.TryWrite(
            [.. e.Payload.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(id => long.Parse(id, CultureInfo.InvariantCulture))]);
        await using (var listen = new NpgsqlCommand($"listen {NodeStore.Channel}", session.Db))
            await listen.ExecuteNonQueryAsync(ct);
        // Whatever was said before this.
        hints.Writer.TryWrite(null);
        while (true)
        {
            if (!await session.Db.WaitAsync(times.Review, ct))
                hints.Writer.TryWrite(null);
        }
    }

    private async Task Follow(CancellationToken ct)
    {
        await foreach (var hint in hints.Reader.ReadAllAsync(ct))
        {
            await turn.WaitAsync(ct);
            try
            {
                await using var db = await source.OpenConnectionAsync(ct);
                var now = await NodeStore.Online(db, times.Dead, hint, ct);
                long[] looked = hint ?? [.. online.Keys.Union(now)];
                await Changed(db, looked, now, ct);
            }
            catch (NpgsqlException e)
            {
                // Looked at again as a whole.
                Interrupted(log, e.Message);
                hints.Writer.TryWrite(null);
                await Task.Delay(TimeSpan.FromSeconds(1), time, ct);
            }
            finally
            {
                turn.Release();
            }

            RealtimeMetrics.Online.Record(online.Count);
        }
    }

    /// <summary>Tells of those of whom others see something else now.</summary>
    /// <param name="db">A connection.</param>
    /// <param name="looked">Who may have changed.</param>
    /// <param name="now">Those of them who are online.</param>
    /// <param name="ct">Ends it.</param>
    private async Task Changed(NpgsqlConnection db, long[] looked, HashSet<long> now, CancellationToken ct)
    {
        if (looked.Length == 0)
            return;
        var people = await PresenceStore.People(db, looked, ct);
        var came = new List<long>();
        var went = new List<long>();
        foreach (var user in looked)
        {
            var before = online.GetValueOrDefault(user);
            var shown = now.Contains(user) && people.TryGetValue(user, out var person) && person.Shows;
            if (now.Contains(user))
                online[user] = shown;
            else
                online.Remove(user);
            if (shown != before)
                (shown ? came : went).Add(user);
        }

        if (came.Count + went.Count == 0)
            return;
        foreach (var (user, watcher) in await PresenceStore.Watchers(db, [.. came, .. went], here.Ids, ct))
            Tell(watcher, people[user], online.GetValueOrDefault(user));
    }

    private async Task Tied(NpgsqlConnection db, List<LedgerRow> rows, CancellationToken ct)
    {
        var pairs = rows.Where(row => row.Actor is not null).Select(row => (row.Actor!.Value, row.ObjectId)).Where(HeardHere).ToHashSet();
        if (pairs.Count == 0)
            return;
        // A block ends both ties at once.
        var ended = rows.Where(row => row.Verb == Verb.Unfollow && row.Detail is not null).Select(row => (row.Actor!.Value, row.ObjectId)).ToHashSet();
        var people = await PresenceStore.People(db, [.. pairs.SelectMany(pair => new[] { pair.Item1, pair.Item2 }).Distinct()], ct);
        foreach (var tie in await PresenceStore.Ties(db, pairs, ct))
        {
            if (tie is { Follows: true, IsFollowed: true })
                TellBoth(tie, isOnline: true);
            else if (!tie.Follows && (tie.IsFollowed || ended.Contains((tie.Other, tie.One))))
                TellBoth(tie, isOnline: false);
        }

        bool HeardHere((long One, long Other) pair) => here.Has(pair.One) || here.Has(pair.Other);

        void TellBoth(Tie tie, bool isOnline)
        {
            // Of who is not online, or shows it to nobody, there is nothing to tell or to take back.
            if (online.GetValueOrDefault(tie.One) && people.TryGetValue(tie.One, out var one))
                Tell(tie.Other, one, isOnline);
            if (online.GetValueOrDefault(tie.Other) && people.TryGetValue(tie.Other, out var other))
                Tell(tie.One, other, isOnline);
        }
    }

    private void Tell(long watcher, (Guid Id, string Username, bool Shows) person, bool isOnline) =>
        io.To(SocketRooms.Person(watcher)).Emit("user_presence", new UserPresence(person.Id, person.Username, isOnline ? "online" : "offline", time.GetUtcNow().UtcDateTime));

    private async Task KeepOn(Func<CancellationToken, Task> work, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await work(ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                Interrupted(log, e.Message);
                await Task.Delay(TimeSpan.FromSeconds(1), time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "News of who comes and goes wait: {Reason}")]
    private static partial void Interrupted(ILogger log, string reason);
}
