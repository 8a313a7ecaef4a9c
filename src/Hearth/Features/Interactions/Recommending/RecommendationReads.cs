using System.Globalization;
using Hearth.Database;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Interactions;

/// <summary>
/// Recommends by what training found to go together (docs/recommendations.md) and by what people take to now, for the opinions that one has at this
/// moment: a dislike or a skip counts with the next request. Where nothing was learnt yet, the people who share one's opinions are asked directly.
/// A bounded number of rows is looked at, however much there is.
/// </summary>
internal static class RecommendationReads
{
    private const short Kind = 23;

    /// <summary>Of so many that go with one's opinions it is asked how alive they are.</summary>
    private const int Nearest = 1_000;

    /// <summary>So much of the catalogue is looked through at a time where all candidates were consumed.</summary>
    private const int FirstPage = 1_000;
    private const int GreatestPage = 64_000;

    private const string Opinion = "case when r.type in (2, 4, 5, 8) or (r.type = 9 and r.value > 5) then 1 when r.type in (3, 6) or r.type = 9 then -1 end";

    // Opinions of the mood asked for weigh double.
    private const string Mine =
        $"""
        mine as materialized (
          select distinct on (r.content_id) r.content_id, {Opinion} as opinion, case when r.mood is not distinct from $2 then 2 else 1 end as weight
            from (select * from interactions where user_id = $1 and standing and type in (2, 3, 4, 5, 6, 8, 9) order by created_at desc, id desc limit 200) r
           order by r.content_id, r.updated_at desc),
        seeds as materialized (select * from mine order by weight desc, content_id desc limit 60)
        """;

    private const string SeedsSql =
        $"""
        -- interactions.recommend_seeds
        with {Mine} select content_id, (weight * opinion)::float8 from seeds
        """;

    private const string AliveSql =
        """
        -- interactions.recommend_alive
        select item, heat, taken from recommendation_neighbours where kind = 23 and item = any($1)
        """;

    private const string HotSql =
        """
        -- interactions.recommend_hot
        select item, heat from recommendation_neighbours where kind = 23 order by heat desc, item desc limit 300
        """;

    private const string NewestSql = "-- interactions.recommend_newest\nselect id from contents order by id desc limit 300";

    // Some at a time, the best first. By the key, type by type ("offset 0" keeps it so): a join would read all that one ever did, or all that was ever done with a content.
    private const string ShowSql =
        """
        -- interactions.recommend_show
        select c.id, c.title, c.type, c.external_id, c.url
          from unnest($2::bigint[]) i (id) join contents c on c.id = i.id
         where not exists (
           select from unnest($3::smallint[]) t (type)
            cross join lateral (
              select from interactions x
               where x.user_id = $1 and x.type = t.type and x.content_id = i.id and x.standing and (x.type <> 9 or $4 or x.value <= 5) offset 0) seen
           offset 0)
        """;

    // The catalogue from one id down. What one consumed between its ends is read as a range of the key, type by type, not content by content.
    private const string RestSql =
        """
        -- interactions.recommend_rest
        with page as materialized (select id from contents where id < $2 order by id desc limit $5),
        ends as materialized (select min(id) as low, max(id) as high from page),
        seen as materialized (
          select x.content_id from ends e cross join unnest($3::smallint[]) t (type)
           cross join lateral (
             select x.content_id from interactions x
              where x.user_id = $1 and x.type = t.type and x.content_id between e.low and e.high and x.standing and (x.type <> 9 or $4 or x.value <= 5) offset 0) x),
        unseen as (select id from page where not exists (select from seen where seen.content_id = page.id) order by id desc limit $6)
        select low, array(select id from unseen order by id desc) from ends
        """;

    // People weigh by the opinions that they share, less the more they do altogether.
    private const string TasteSql =
        $"""
        -- interactions.recommend_taste
        with {Mine},
        shared as materialized (
          select l.user_id, sum(s.weight * s.opinion * l.opinion)::double precision as n
            from seeds s
           cross join lateral (
             select r.user_id, {Opinion} as opinion from interactions r
              where r.content_id = s.content_id and r.standing and r.user_id <> $1 and r.type in (2, 3, 4, 5, 6, 8, 9) limit 100) l
           group by l.user_id having sum(s.weight * s.opinion * l.opinion) > 0),
        alike as materialized (
          select s.user_id, s.n / sqrt(1 + p.n) as weight from shared s join interaction_people p using (user_id) order by weight desc, user_id limit 150),
        liked as (
          select l.content_id, sum(a.weight * l.opinion) as score
            from alike a
           cross join lateral (
             select distinct on (r.content_id) r.content_id, {Opinion} as opinion
               from (select * from interactions r where r.user_id = a.user_id and r.standing and r.type in (2, 3, 4, 5, 6, 8, 9) order by r.created_at desc, r.id desc limit 60) r
              order by r.content_id, r.updated_at desc) l
           group by l.content_id having sum(a.weight * l.opinion) > 0)
        select content_id, score::float8 from liked order by score desc, content_id desc limit 1000
        """;

    // Saved for later is not consumed.
    private static readonly short[] Disliking = [.. new[] { "dislike", "skip", "rate" }.Select(InteractionTypes.Parse)];
    private static readonly short[] Consuming = [.. new[] { "view", "like", "share", "play", "complete", "rate" }.Select(InteractionTypes.Parse)];

    public static async Task<List<RecommendedView>> For(NpgsqlConnection db, long user, string? mood, bool consumed, int limit, CancellationToken ct)
    {
        var seeds = (await Pairs(db, SeedsSql, ct, Sql.Value(user), Sql.Text(mood))).ToDictionary(one => one.Content, one => one.Score);
        var near = await Nearness.Of(db, Kind, seeds, Nearest, ct);
        var candidates = await Alive(db, near, ct);
        var found = await Show(db, user, candidates, consumed, limit, ct);
        if (!found.Exists(one => one.Because == "similar_taste"))
        {
            // What people of one's taste like, then what is liked at all, then what is new.
            var taste = await Pairs(db, TasteSql, ct, Sql.Value(user), Sql.Text(mood));
            candidates = [.. taste.Select(one => new Ranked(one.Content, one.Score, "similar_taste")).Concat(candidates).DistinctBy(one => one.Content)];
            if (taste.Count > 0)
                found = await Show(db, user, candidates, consumed, limit, ct);
        }

        return found.Count == limit ? found : [.. found, .. await Rest(db, user, [.. candidates.Select(one => one.Content)], consumed, limit, limit - found.Count, ct)];
    }

    /// <summary>For who has consumed all of these: what of the catalogue is left, the newest first.</summary>
    private static async Task<List<RecommendedView>> Rest(NpgsqlConnection db, long user, HashSet<long> tried, bool consumed, int limit, int missing, CancellationToken ct)
    {
        var unseen = new List<Ranked>();
        var from = long.MaxValue;
        for (var size = FirstPage; unseen.Count < missing; size = Math.Min(size * 4, GreatestPage))
        {
            await using var command = Sql.Command(
                db, RestSql, Sql.Value(user), Sql.Value(from), Sql.Array(Types(consumed)), Sql.Value(!consumed), Sql.Value(size), Sql.Value(limit));
            await using var row = await command.ExecuteReaderAsync(ct);
            if (!await row.ReadAsync(ct) || row.IsDBNull(0))
                break;
            from = row.GetInt64(0);
            // Of those tried before only what is shown already is unseen: fewer than the limit, so that none is missed.
            unseen.AddRange(row.GetFieldValue<long[]>(1).Where(id => !tried.Contains(id)).Select(id => new Ranked(id, 0, "new")));
        }

        return unseen.Count == 0 ? [] : await Show(db, user, unseen, consumed, missing, ct);
    }

    /// <summary>What goes with one's opinions weighs by how much of its liking is of late; to it comes what is liked now by anybody, and what is new.</summary>
    private static async Task<List<Ranked>> Alive(NpgsqlConnection db, List<NearObject> near, CancellationToken ct)
    {
        var weights = near.ToDictionary(one => one.Item, one => one.Weight);
        var all = new Dictionary<long, (double Near, double Heat)>();
        List<long> newest = [];
        await using (var batch = new NpgsqlBatch(db))
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(HotSql));
            batch.BatchCommands.Add(new NpgsqlBatchCommand(AliveSql) { Parameters = { Sql.Array(near, one => one.Item) } });
            batch.BatchCommands.Add(new NpgsqlBatchCommand(NewestSql));
            await using var row = await batch.ExecuteReaderAsync(ct);
            while (await row.ReadAsync(ct))
                all[row.GetInt64(0)] = (0, row.GetFloat(1));
            await row.NextResultAsync(ct);
            while (await row.ReadAsync(ct))
                all[row.GetInt64(0)] = (weights[row.GetInt64(0)] * row.GetFloat(1) / row.GetInt32(2), row.GetFloat(1));
            await row.NextResultAsync(ct);
            while (await row.ReadAsync(ct))
                newest.Add(row.GetInt64(0));
        }

        var (nearest, hottest) = (all.Values.Select(one => one.Near).DefaultIfEmpty().Max(), all.Values.Select(one => one.Heat).DefaultIfEmpty().Max());
        return
        [
            .. all.Select(one => new Ranked(one.Key, Part(one.Value.Near, nearest) + Part(one.Value.Heat, hottest), one.Value.Near > 0 ? "similar_taste" : "trending"))
                .Concat(newest.Where(id => !all.ContainsKey(id)).Select(id => new Ranked(id, 0, "new")))
                .OrderByDescending(one => one.Score).ThenByDescending(one => one.Content),
        ];
    }

    /// <summary>What keeps a content from being shown.</summary>
    private static short[] Types(bool consumed) => [.. Disliking.Union(consumed ? [] : Consuming)];

    private static double Part(double of, double most) => most > 0 ? of / most : 0;

    /// <summary>The first of them that may be shown: what one disliked is not, nor what one consumed but where that is asked for.</summary>
    private static async Task<List<RecommendedView>> Show(NpgsqlConnection db, long user, List<Ranked> candidates, bool consumed, int limit, CancellationToken ct)
    {
        var shown = new List<RecommendedView>(limit);
        for (int from = 0, size = Math.Max(100, 3 * limit); from < candidates.Count && shown.Count < limit; from += size, size *= 4)
        {
            var some = candidates.Skip(from).Take(size).ToList();
            var found = new Dictionary<long, (string Title, string Type, string? ExternalId, string? Url)>();
            await using (var command = Sql.Command(
                db, ShowSql, Sql.Value(user), Sql.Array(some, one => one.Content), Sql.Array(Types(consumed)), Sql.Value(!consumed)))
            {
                await using var row = await command.ExecuteReaderAsync(ct);
                while (await row.ReadAsync(ct))
                    found[row.GetInt64(0)] = (row.GetString(1), row.GetString(2), row.TextOrNull(3), row.TextOrNull(4));
            }

            foreach (var one in some.Where(one => shown.Count < limit && found.ContainsKey(one.Content)))
            {
                var (title, type, externalId, url) = found[one.Content];
                shown.Add(new RecommendedView(
                    externalId ?? one.Content.ToString(CultureInfo.InvariantCulture), title, type, url, Math.Round(one.Score, 4), one.Because));
            }
        }

        return shown;
    }

    private static async Task<List<(long Content, double Score)>> Pairs(NpgsqlConnection db, string sql, CancellationToken ct, params NpgsqlParameter[] values)
    {
        var pairs = new List<(long, double)>();
        await using var command = Sql.Command(db, sql, values);
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
            pairs.Add((row.GetInt64(0), row.GetDouble(1)));
        return pairs;
    }

    private readonly record struct Ranked(long Content, double Score, string Because);
}
