using Hearth.Database;
using Hearth.Ledger;
using Npgsql;

namespace Hearth.Features.Feeds;

/// <summary>What trends now, the most first; each post and skill by the entry of who made it.</summary>
/// <param name="UpTo">The ranking knows the ledger at least up to this position.</param>
internal sealed record TrendRanking(IReadOnlyList<Candidate> Places, long UpTo, long KeptUntil);

/// <summary>
/// The ranking of the trending feed, of rollups alone: kept on this node for a hundred times as long as it took to make, 15 minutes at most,
/// and made anew for a request that knows of something later.
/// </summary>
internal sealed class Trending(NpgsqlDataSource source, LedgerTail tail, TimeProvider time)
{
    // Posts: as in engagement's trending posts over 7 days. Skills: the score of discovery's trending skills. Both become s / (s + 10).
    private const string RankSql =
        """
        -- feeds.trending
        with posts_of_days as (
          select d.scope_id as id, sum(d.likes + 2 * (d.comments + d.replies) + 3 * d.shares + 2 * d.bookmarks)::float8 as s
            from engagement_days d where d.scope = 2 and d.day > ($1 at time zone 'UTC')::date - 7 and d.day <= ($1 at time zone 'UTC')::date group by 1),
        trending as (
          select 20::smallint as verb, 2::smallint as kind, p.id,
                 h.s * power(2::float8, -greatest(0, extract(epoch from $1 - p.created_at)::float8) / (3.5 * 86400)) as s
            from posts_of_days h join posts p on p.id = h.id where h.s > 0
          union all
          (select 110, 13, h.skill_id, h.heat / skill_heat_at($1) from skill_heat h where h.heat > 0 order by h.heat desc limit 500))
        select e.id, e.at, t.s / (t.s + 10)
          from (select * from trending order by s desc limit 500) t
          join feed_entries e on e.object_kind = t.kind and e.object_id = t.id and e.verb = t.verb
         order by t.s desc, e.id desc
        """;

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    private readonly SemaphoreSlim turn = new(1);
    private volatile TrendRanking? kept;

    /// <param name="knows">The position that the request carries; 0 for none.</param>
    /// <param name="ct">Ends it.</param>
    public async Task<TrendRanking> Read(long knows, CancellationToken ct)
    {
        if (Fresh(knows) is { } fresh)
            return fresh;
        await turn.WaitAsync(ct);
        try
        {
            return Fresh(knows) ?? (kept = await Make(ct));
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>What is kept goes.</summary>
    public void Forget() => kept = null;

    /// <summary>Places behind one, in either direction.</summary>
    public static List<Candidate> After(TrendRanking ranking, Candidate? after, bool backwards, int take)
    {
        var places = backwards ? ranking.Places.Reverse() : ranking.Places;
        if (after is { } one)
            places = places.Where(place => backwards ? Compare(place, one) > 0 : Compare(place, one) < 0);
        return [.. places.Take(take)];
    }

    private static int Compare(Candidate one, Candidate other) =>
        one.Score == other.Score ? one.Id.CompareTo(other.Id) : one.Score.CompareTo(other.Score);

    private TrendRanking? Fresh(long knows) =>
        kept is { } ranking && ranking.UpTo >= knows && time.GetTimestamp() < ranking.KeptUntil ? ranking : null;

    private async Task<TrendRanking> Make(CancellationToken ct)
    {
        var began = time.GetTimestamp();
        var upTo = tail.Current;
        var places = new List<Candidate>();
        await using var db = await source.OpenConnectionAsync(ct);
        await using var command = Sql.Command(db, RankSql, Sql.Time(time.GetUtcNow().UtcDateTime));
        await using (var row = await command.ExecuteReaderAsync(ct))
        {
            while (await row.ReadAsync(ct))
                places.Add(new Candidate(row.GetInt64(0), row.GetDateTime(1), Score: row.GetDouble(2)));
        }

        var lifetime = Math.Min(100 * time.GetElapsedTime(began).TotalSeconds, Longest.TotalSeconds);
        return new TrendRanking(places, upTo, time.GetTimestamp() + (long)(lifetime * time.TimestampFrequency));
    }
}
