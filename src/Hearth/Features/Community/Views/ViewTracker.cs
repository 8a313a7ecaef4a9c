using Hearth.Ledger;
using Npgsql;

namespace Hearth.Features.Community;

/// <summary>
/// Counts views: behind the answer for what a read shows, before it for who asks to wait. Sightings of many requests become
/// one transaction; what this node knows to be counted never gets that far.
/// </summary>
internal sealed partial class ViewTracker : IAsyncDisposable
{
    // A batch stays well below a second even when every sighting is a page of new posts.
    private const int MostSightings = 64;
    private const int MostPosts = 50;
    private const int MostWaiting = 10_000;

    private readonly CommunityCache cache;
    private readonly TrendingPosts trending;
    private readonly ILogger<ViewTracker> log;
    private readonly BatchWriter<Sighting, ViewsCounted> writer;
    private int waiting;

    public ViewTracker(NpgsqlDataSource source, LedgerSignal signal, CommunityCache cache, TrendingPosts trending, ILogger<ViewTracker> log)
    {
        this.cache = cache;
        this.trending = trending;
        this.log = log;
        // One lane: batches of views touch the same posts and would only wait for each other's locks.
        writer = new BatchWriter<Sighting, ViewsCounted>("views", source, signal, 1, ViewStore.Flush, MostSightings);
    }

    /// <summary>Counts behind the answer. When more waits than is sensible nothing is noted, and the reader's next look counts.</summary>
    public void Track(long user, ReadOnlySpan<long> posts)
    {
        if (Volatile.Read(ref waiting) >= MostWaiting)
            return;
        var reader = cache.Readers.Of(user);
        var fresh = reader.Claim(posts);
        if (fresh.Length > 0)
            _ = Behind(reader, new Sighting(user, fresh));
    }

    /// <returns>The ids that are posts, and the position that holds their views; 0 when all were counted before.</returns>
    public async Task<(IReadOnlySet<long> Existing, long Position)> Count(long user, long[] posts)
    {
        var reader = cache.Readers.Of(user);
        var parts = await Task.WhenAll(posts.Chunk(MostPosts).Select(part => writer.Add(new Sighting(user, part))));
        var existing = parts.SelectMany(part => part.Result.Existing).ToHashSet();
        foreach (var part in parts)
            Counted(part.Result);
        reader.Viewed(posts);
        trending.Renew();
        return (existing, parts.Select(part => part.Position).DefaultIfEmpty().Max());
    }

    public void Counted(ViewsCounted views)
    {
        foreach (var post in views.Changed)
            cache.Changed(post);
        trending.Age();
    }

    public ValueTask DisposeAsync() => writer.DisposeAsync();

    private async Task Behind(Reader reader, Sighting sighting)
    {
        Interlocked.Increment(ref waiting);
        try
        {
            var (views, _) = await writer.Add(sighting);
            Counted(views);
            reader.Viewed(sighting.Posts);
        }
        catch (Exception e)
        {
            reader.Release(sighting.Posts);
            LogLost(log, e.Message, sighting.Posts.Length);
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} views are not counted yet, the next look tries again: {Reason}")]
    private static partial void LogLost(ILogger log, string reason, int count);
}
