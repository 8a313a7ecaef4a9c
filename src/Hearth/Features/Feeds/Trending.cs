using Hearth.Database;
using Hearth.Ledger;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Feeds;

/// <summary>What trends now, the most first; each post and skill by the entry of who made it.</summary>
internal sealed record TrendRanking(IReadOnlyList<Candidate> Places);

/// <summary>The ranking of the trending feed, of rollups alone.</summary>
internal sealed class Trending(NpgsqlDataSource source, LedgerTail tail, KeptAnswer<TrendRanking> kept, TimeProvider time)
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

    /// <param name="knows">The position that the request carries; 0 for none.</param>
    /// <param name="ct">Ends it.</param>
    public Task<TrendRanking> Read(long knows, CancellationToken ct) => kept.Read(knows, () => tail.Current, Make, ct);

    /// <summary>What is kept goes.</summary>
    public void Forget() => kept.Forget();

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

    private async Task<TrendRanking> Make(CancellationToken ct)
    {
        var places = new List<Candidate>();
        await using var db = await source.OpenConnectionAsync(ct);
        await using var command = Sql.Command(db, RankSql, Sql.Time(time.GetUtcNow().UtcDateTime));
        await using (var row = await command.ExecuteReaderAsync(ct))
        {
            while (await row.ReadAsync(ct))
                places.Add(new Candidate(row.GetInt64(0), row.GetDateTime(1), Score: row.GetDouble(2)));
        }

        return new TrendRanking(places);
    }
}
