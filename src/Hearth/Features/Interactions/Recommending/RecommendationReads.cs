using System.Globalization;
using Hearth.Database;
using Npgsql;

namespace Hearth.Features.Interactions;

/// <summary>
/// Recommends from what stands now, so that a dislike or a skip counts with the next request. A bounded number of rows is looked at,
/// however much there is: one's last opinions, some people who share them, and what those liked last.
/// </summary>
internal static class RecommendationReads
{
    private const string Opinion = "case when r.type in (2, 4, 5, 8) or (r.type = 9 and r.value > 5) then 1 when r.type in (3, 6) or r.type = 9 then -1 end";

    // Opinions of the mood asked for weigh double. People weigh by the opinions that they share, less the more they do altogether.
    private const string ForSql =
        $"""
        -- interactions.recommend
        with mine as materialized (
          select distinct on (r.content_id) r.content_id, {Opinion} as opinion, case when r.mood is not distinct from $2 then 2 else 1 end as weight
            from (select * from interactions where user_id = $1 and standing and type in (2, 3, 4, 5, 6, 8, 9) order by created_at desc, id desc limit 200) r
           order by r.content_id, r.updated_at desc),
        seeds as materialized (select * from mine order by weight desc, content_id desc limit 60),
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
        newest as (select id as content_id, 0::double precision as score from contents order by id desc limit 300),
        all_of_them as (
          select content_id, max(score) as score from (select * from liked union all select * from newest) c group by content_id)
        select c.id, c.title, c.type, c.external_id, c.url, a.score
          from all_of_them a join contents c on c.id = a.content_id
         where not exists (
           select from interactions x where x.user_id = $1 and x.content_id = a.content_id and x.standing
              and (x.type = any($3) or x.type in (3, 6) or (x.type = 9 and x.value <= 5)))
         order by a.score desc, c.id desc
         limit $4
        """;

    // Saved for later is not consumed.
    private static readonly short[] Consuming = [.. new[] { "view", "like", "share", "play", "complete", "rate" }.Select(InteractionTypes.Parse)];

    public static async Task<List<RecommendedView>> For(NpgsqlConnection db, long user, string? mood, bool consumed, int limit, CancellationToken ct)
    {
        await using var command = Sql.Command(
            db, ForSql, Sql.Value(user), Sql.Text(mood), Sql.Array(consumed ? [] : Consuming), Sql.Value(limit));
        var found = new List<RecommendedView>();
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            var id = row.GetInt64(0).ToString(CultureInfo.InvariantCulture);
            var score = row.GetDouble(5);
            found.Add(new RecommendedView(
                row.TextOrNull(3) ?? id, row.GetString(1), row.GetString(2), row.TextOrNull(4), Math.Round(score, 4), score > 0 ? "similar_taste" : "new"));
        }

        return found;
    }
}
