using Hearth.Ledger;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Realtime;

/// <summary>Makes the events that a client missed, of a stretch of the ledger and for one group; bounded in events and bytes.</summary>
internal sealed class Replay(NpgsqlDataSource source, LiveFeatures features, RecentNews news, FanOut fanOut, Hub hub, TimeProvider time)
{
    private const int AtATime = 3;
    private const int MostRows = 1_000;
    private static readonly long MostBytes = LiveSending.Policy.MostBytes / 2;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim turns = new(AtATime);

    /// <summary>What a client that names its last event may catch up on.</summary>
    public async Task<CatchUp> Begin(long since, Caller caller, CancellationToken ct)
    {
        // Before the ledger's tail has begun there is no position to replay up to.
        await fanOut.Started.WaitAsync(Patience, time, ct);
        if (since <= hub.Position)
            return new CatchUp(this, caller, since, ct);
        await using var db = await source.OpenConnectionAsync(ct);
        // Another node may be ahead of this one; an id never given out is of another life of the database.
        return new CatchUp(this, caller, since <= await LedgerStore.Head(db, ct) ? since : null, ct);
    }

    /// <summary>The group's events after one position up to another, as frames.</summary>
    /// <param name="caller">Whose client it is.</param>
    /// <param name="group">The group.</param>
    /// <param name="after">The one position.</param>
    /// <param name="upTo">The other.</param>
    /// <param name="isTold">Whether the client got, or gets, an event with this group and position anyway.</param>
    /// <returns>Null when that is too long ago or too much.</returns>
    public async Task<IReadOnlyList<byte[]>?> Read(Caller caller, string group, long after, long upTo, Func<string, long, bool> isTold, CancellationToken ct)
    {
        if (after >= upTo)
            return [];
        if (await news.Read(after, upTo, ct) is not { } rows)
            return null;
        var selection = features.Select();
        selection.Add(rows, name => string.Equals(name, group, StringComparison.Ordinal));
        if (selection.Count is 0 or > MostRows)
            return selection.Count == 0 ? [] : null;
        await turns.WaitAsync(ct);
        try
        {
            await using var db = await source.OpenConnectionAsync(ct);
            return Frames([.. (await selection.Compose(db, ct)).Where(live => live.IsFor(caller))], group, isTold);
        }
        finally
        {
            turns.Release();
        }
    }

    private static List<byte[]>? Frames(List<LiveEvent> events, string group, Func<string, long, bool> isTold)
    {
        var frames = new List<byte[]>();
        var bytes = 0;
        for (int start = 0, end; start < events.Count; start = end)
        {
            for (end = start + 1; end < events.Count && events[end].IsSameAs(events[start]);)
                end++;
            var same = events[start..end];
            // Of the same event in several forms the client gets the first that is for one of its groups; it may have that already.
            if (same.Exists(live => live.Groups.Any(name => isTold(name, live.Row.Id))))
                continue;
            if (same.Find(live => live.Groups.Contains(group, StringComparer.Ordinal)) is not { } first)
                continue;
            frames.Add(EventFrame.Build(first));
            bytes += frames[^1].Length;
            if (bytes > MostBytes)
                return null;
        }

        return frames;
    }
}
