using System.Diagnostics;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Community;

/// <summary>
/// The twenty posts with the most views in the last 24 hours, then in all. One computation serves everybody who waits for it;
/// while views keep coming, a result is good for twenty times as long as it took, so that trends never cost more than a
/// twentieth of one database core.
/// </summary>
internal sealed class TrendingPosts(NpgsqlDataSource source)
{
    private const int Most = 20;

    // Posts without a view in 24 hours fill up a quiet community's list; the newest are enough to choose from.
    private const string Sql =
        """
        -- posts.trending
        with recent as (
          select h.post_id as id, sum(h.views) as views from post_view_hours h
           where h.hour > now() - interval '24 hours' group by h.post_id),
        top as (
          select p.id, r.views as recent, p.views from recent r join posts p on p.id = r.id
           where not p.is_hidden order by r.views desc, p.views desc, p.id desc limit $1),
        quiet as (
          select p.id, 0::bigint as recent, p.views
            from (select id, views from posts where not is_hidden order by created_at desc, id desc limit 1000) p
           where (select count(*) from top) < $1 and not exists (select from recent r where r.id = p.id)
           order by p.views desc, p.id desc limit $1)
        select id from (select * from top union all select * from quiet) t order by recent desc, views desc, id desc limit $1
        """;

    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private readonly Lock gate = new();
    private readonly HitCount looks = new();
    private Task<long[]>? current;
    private bool aged;
    private long madeAt;
    private TimeSpan took;

    /// <summary>Views came: the order may be another.</summary>
    public void Age() => Volatile.Write(ref aged, true);

    /// <summary>What is known is wrong: the next to ask waits for a new result.</summary>
    public void Renew()
    {
        lock (gate)
            current = null;
    }

    public Task<long[]> Ids()
    {
        lock (gate)
        {
            var isFresh = current is not null && !(current.IsCompleted && (current.IsFaulted || IsStale()));
            looks.Count(isFresh);
            if (!isFresh)
            {
                Volatile.Write(ref aged, false);
                current = Compute();
            }

            return current!;
        }
    }

    public CacheFigures Figures()
    {
        lock (gate)
            return new CacheFigures(current is null ? 0 : 1, current is null ? 0 : 8 * Most, looks.Hits, looks.Misses);
    }

    private bool IsStale() =>
        Stopwatch.GetElapsedTime(madeAt) is var age && (age > Lifetime || (Volatile.Read(ref aged) && age > took * 20));

    private async Task<long[]> Compute()
    {
        var started = Stopwatch.GetTimestamp();
        await using var db = await source.OpenConnectionAsync();
        await using var command = new NpgsqlCommand(Sql, db) { Parameters = { new NpgsqlParameter<int> { TypedValue = Most } } };
        await using var rows = await command.ExecuteReaderAsync();
        var ids = new List<long>(Most);
        while (await rows.ReadAsync())
            ids.Add(rows.GetInt64(0));
        took = Stopwatch.GetElapsedTime(started);
        madeAt = Stopwatch.GetTimestamp();
        return [.. ids];
    }
}
