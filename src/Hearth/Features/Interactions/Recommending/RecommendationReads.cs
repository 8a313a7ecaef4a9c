using System.Globalization;
using Hearth.Database;
using Npgsql;

namespace Hearth.Features.Interactions;

/// <summary>
/// Recommends by what training found to go together (docs/recommendations.md) and by what people take to now, for the opinions that one has at this
/// moment: a dislike or a skip counts with the next request. Where nothing was learnt yet, the people who share one's opinions are asked directly.
/// A bounded number of rows is looked at, however much there is.
/// </summary>
internal static class RecommendationReads
{
    private const string Opinion = "case when r.type in (2, 4, 5, 8) or (r.type = 9 and r.value > 5) then 1 when r.type in (3, 6) or r.type = 9 then -1 end";

    // Opinions of the mood asked for weigh double.
    private const string Mine =
        $"""
        mine as materialized (
          select distinct on (r.content_id) r.content_id, {Opinion} as opinion, case when r.mood is not distinct from $2 then 2 else 1 end as weight
            from (select * from interactions where user_id = $1 and standing and type in (2, 3, 4, 5, 6, 8, 9) order by created_at desc, id desc limit 200) r
           order by r.content_id, r.updated_at desc),
        seeds as materialized (select * from mine order by weight desc, content_id desc limit 60),
        newest as (select id as content_id from contents order by id desc limit 300)
        """;

    private const string Best =
        """
        select c.id, c.title, c.type, c.external_id, c.url, a.score, a.because
          from all_of_them a join contents c on c.id = a.content_id
         where not exists (
           select from interactions x where x.user_id = $1 and x.content_id = a.content_id and x.standing
              and (x.type = any($3) or x.type in (3, 6) or (x.type = 9 and x.value <= 5)))
         order by a.score desc, c.id desc
         limit $4
        """;

    // What goes with one's opinions weighs by how much of its liking is of late; to it comes what is liked now by anybody.
    private const string NearSql =
        $"""
        -- interactions.recommend_near
        with {Mine},
        near as materialized (
          select n.item, sum(s.weight * s.opinion * n.weight)::double precision as weight
            from seeds s
            join recommendation_neighbours r on r.kind = 23 and r.item = s.content_id
           cross join lateral unnest(r.neighbours, r.weights) as n (item, weight)
           group by n.item having sum(s.weight * s.opinion * n.weight) > 0 order by 2 desc, 1 desc limit 1000),
        hot as materialized (
          select item, heat from recommendation_neighbours where kind = 23 order by heat desc, item desc limit 300),
        alive as (
          select n.item, n.weight * r.heat / r.taken as weight, r.heat from near n join recommendation_neighbours r on r.kind = 23 and r.item = n.item),
        joined as (
          select coalesce(a.item, h.item) as content_id, coalesce(a.weight, 0) as near, coalesce(a.heat, h.heat) as heat from alive a full join hot h on h.item = a.item),
        scored as (
          select content_id, near / nullif(max(near) over (), 0) as near, heat / nullif(max(heat) over (), 0) as heat from joined),
        all_of_them as (
          select content_id, coalesce(near, 0) + coalesce(heat, 0) as score, case when near > 0 then 'similar_taste' else 'trending' end as because from scored
          union all
          select content_id, 0, 'new' from newest where content_id not in (select content_id from joined))
        {Best}
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
           group by l.content_id having sum(a.weight * l.opinion) > 0
           order by score desc, l.content_id desc limit 1000),
        all_of_them as (
          select content_id, score, 'similar_taste' as because from liked
          union all
          select content_id, 0, 'new' from newest where content_id not in (select content_id from liked))
        {Best}
        """;

    // Saved for later is not consumed.
    private static readonly short[] Consuming = [.. new[] { "view", "like", "share", "play", "complete", "rate" }.Select(InteractionTypes.Parse)];

    public static async Task<List<RecommendedView>> For(NpgsqlConnection db, long user, string? mood, bool consumed, int limit, CancellationToken ct)
    {
        var found = await Read(db, NearSql, user, mood, consumed, limit, ct);
        return found.Exists(one => one.Because == "similar_taste") ? found : Merged(await Read(db, TasteSql, user, mood, consumed, limit, ct), found, limit);
    }

    /// <summary>What people of one's taste like, then what is liked at all, then what is new.</summary>
    private static List<RecommendedView> Merged(List<RecommendedView> taste, List<RecommendedView> trending, int limit) =>
        [.. taste.Where(one => one.Score > 0).Concat(trending).Concat(taste).DistinctBy(one => one.ContentId, StringComparer.Ordinal).Take(limit)];

    private static async Task<List<RecommendedView>> Read(
        NpgsqlConnection db, string sql, long user, string? mood, bool consumed, int limit, CancellationToken ct)
    {
        await using var command = Sql.Command(db, sql, Sql.Value(user), Sql.Text(mood), Sql.Array(consumed ? [] : Consuming), Sql.Value(limit));
        var found = new List<RecommendedView>();
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            var id = row.GetInt64(0).ToString(CultureInfo.InvariantCulture);
            found.Add(new RecommendedView(
                row.TextOrNull(3) ?? id, row.GetString(1), row.GetString(2), row.TextOrNull(4), Math.Round(row.GetDouble(5), 4), row.GetString(6)));
        }

        return found;
    }
}
