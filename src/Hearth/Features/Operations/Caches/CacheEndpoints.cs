using System.Text.Json.Serialization;
using Hearth.Ledger;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Operations.Caches;

/// <summary>A cache of the node that answers.</summary>
/// <param name="LifetimeSeconds">How long an entry stays at most; null: until what it shows changes.</param>
/// <param name="HitRate">Hits among all look-ups since the start; null while there was none.</param>
/// <param name="Bytes">About what the entries take.</param>
internal sealed record CacheView(string Name, int? LifetimeSeconds, long Entries, long Bytes, long Hits, long Misses, double? HitRate);

/// <summary>The caches of the node that answers, and all together.</summary>
internal sealed record CacheStats(string Node, long Entries, long Bytes, double? HitRate, IReadOnlyList<CacheView> Caches);

/// <param name="Status"><c>healthy</c>; <c>degraded</c> when the node does not follow changes in time; <c>unhealthy</c> when the database is away.</param>
internal sealed record CacheHealth(string Status, int Caches, long Entries);

/// <param name="Warmed">What was read ahead.</param>
internal sealed record CacheWarmed(IReadOnlyList<string> Warmed);

/// <param name="Cleared">The names of the caches, the same on every node.</param>
/// <param name="Entries">How many entries they had on the node that answers.</param>
internal sealed record CacheCleared(IReadOnlyList<string> Cleared, long Entries);

/// <param name="Invalidated">The names of the caches that may have had something of the person.</param>
internal sealed record CacheInvalidated(Guid UserId, IReadOnlyList<string> Invalidated);

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(CacheStats))]
[JsonSerializable(typeof(CacheHealth))]
[JsonSerializable(typeof(CacheWarmed))]
[JsonSerializable(typeof(CacheCleared))]
[JsonSerializable(typeof(CacheInvalidated))]
internal sealed partial class CachesJson : JsonSerializerContext;

/// <summary><c>/api/v1/cache</c>: what nodes keep in memory, for administrators.</summary>
internal static class CacheEndpoints
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static void MapCaches(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1/cache").WithDialect(Dialect.Problem).WithTags("Cache");
        api.MapGet("/health", Health).AllowAnyone().Limit(RateLimit.None).Produces<CacheHealth>().Produces<CacheHealth>(503);
        var admin = api.MapGroup("").RequireRole(Roles.Admin);
        admin.MapGet("/stats", Stats).Limit(RateLimit.Reads).Produces<CacheStats>();
        admin.MapPost("/warm", Warm).Limit(RateLimit.Creates).Produces<CacheWarmed>();
        admin.MapDelete("/clear", Clear).Limit(RateLimit.Creates).Produces<CacheCleared>();
        admin.MapDelete("/invalidate/user/{id}", Invalidate).Limit(RateLimit.Creates).Produces<CacheInvalidated>();
    }

    /// <summary>Do the caches follow what changes?</summary>
    private static async Task<IResult> Health(HttpContext http, NodeCaches caches, LedgerTail tail, NpgsqlDataSource source, TimeProvider time)
    {
        var entries = caches.All.Sum(cache => cache.Figures().Entries);
        try
        {
            long horizon;
            await using (var db = await source.OpenConnectionAsync(http.RequestAborted))
                horizon = await LedgerStore.Horizon(db, http.RequestAborted);
            await tail.Passed(horizon).WaitAsync(Patience, time, http.RequestAborted);
            return Answer.Ok(new CacheHealth("healthy", caches.All.Count, entries));
        }
        catch (TimeoutException)
        {
            return Answer.Ok(new CacheHealth("degraded", caches.All.Count, entries));
        }
        catch (NpgsqlException)
        {
            return Answer.Of(StatusCodes.Status503ServiceUnavailable, new CacheHealth("unhealthy", caches.All.Count, entries));
        }
    }

    /// <summary>What this node keeps, and how much it helps</summary>
    /// <remarks>Figures are those of the node that answers, since its start. What an entry shows is kept current by the ledger; its lifetime is only an upper bound.</remarks>
    private static Answer Stats(NodeCaches caches)
    {
        var views = caches.All.Select(View).ToList();
        return Answer.Ok(new CacheStats(
            Environment.MachineName, views.Sum(view => view.Entries), views.Sum(view => view.Bytes), Rate(views.Sum(view => view.Hits), views.Sum(view => view.Misses)), views));
    }

    /// <summary>Read ahead what many will ask for</summary>
    /// <remarks>On the node that answers: the newest and trending posts, and the rankings of today.</remarks>
    private static async Task<IResult> Warm(HttpContext http, NodeWarmth warmth) => Answer.Ok(new CacheWarmed(await warmth.Warm(http.RequestAborted)));

    /// <summary>Empty all caches, on all nodes</summary>
    /// <remarks>Costs time until they are full again, and changes no answer. Other nodes follow when they have seen the answer's `Ledger-Position`.</remarks>
    private static async Task<IResult> Clear(HttpContext http, NodeCaches caches, Writes writes)
    {
        var entries = caches.All.Sum(cache => cache.Figures().Entries);
        await using var write = await writes.Begin(http);
        write.Append(new Entry(Verb.ForgetCached, ObjectKind.User, 0) { Actor = http.Caller().UserId });
        var answer = await write.Commit(Answer.Ok(new CacheCleared([.. caches.All.Select(cache => cache.Name)], entries)));
        caches.Clear();
        return answer;
    }

    /// <summary>Forget what caches have of a person, on all nodes</summary>
    private static async Task<IResult> Invalidate(HttpContext http, NodeCaches caches, Writes writes, string id)
    {
        await using var write = await writes.Begin(http);
        var user = await PersonId.Find(write.Db, id, http.RequestAborted);
        write.Append(new Entry(Verb.ForgetCached, ObjectKind.User, user) { Actor = http.Caller().UserId });
        var uuid = await CacheStore.Uuid(write.Db, user, http.RequestAborted);
        string[] names = [.. caches.All.Where(cache => cache.Forget is not null).Select(cache => cache.Name)];
        var answer = await write.Commit(Answer.Ok(new CacheInvalidated(uuid, names)));
        caches.Forget(user);
        return answer;
    }

    private static CacheView View(NodeCache cache)
    {
        var figures = cache.Figures();
        return new CacheView(
            cache.Name, (int?)cache.Lifetime?.TotalSeconds, figures.Entries, figures.Bytes, figures.Hits, figures.Misses, Rate(figures.Hits, figures.Misses));
    }

    private static double? Rate(long hits, long misses) => hits + misses == 0 ? null : Math.Round((double)hits / (hits + misses), 4);
}
