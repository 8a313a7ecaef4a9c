using Hearth.Database;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Skills;

/// <summary>A skill that may be recommended, and why.</summary>
internal sealed record Candidate(long Skill, SkillReason Reason);

/// <summary>
/// The statements behind recommendations; each looks at a bounded number of rows: my last deeds, some hundred people who share them, and
/// their last deeds.
/// </summary>
internal static class RecommendationStore
{
    private const short Skill = 13;
    private const int Nearest = 500;

    private const string Mine =
        """
        mine as materialized (
          select d.skill_id, max(d.at) as at
            from ((select skill_id, at from skill_likes where user_id = $1 order by at desc limit 60)
                  union all
                  (select skill_id, at from skill_downloads where user_id = $1 order by at desc limit 60)
                  union all
                  (select skill_id, at from skill_ratings where user_id = $1 and rating >= 4 order by at desc limit 60)) d
           where not exists (select from skill_ratings r where r.skill_id = d.skill_id and r.user_id = $1 and r.rating between 1 and 2)
             and not exists (select from skill_skips k where k.user_id = $1 and k.skill_id = d.skill_id)
           group by d.skill_id order by 2 desc limit 60)
        """;

    // What one disliked or skipped tells against its category, each a little more.
    private const string Disliked =
        """
        disliked as materialized (
          select s.category_key, count(*) as n
            from ((select skill_id from skill_ratings where user_id = $1 and rating between 1 and 2 order by at desc limit 50)
                  union
                  (select skill_id from skill_skips where user_id = $1 limit 200)) d
            join skills s on s.id = d.skill_id
           group by s.category_key)
        """;

    // The categories of what I took to, and less so of what I read.
    private const string Interests =
        """
        interests as materialized (
          select i.category_key
            from (select s.category_key, 2 as n from mine m join skills s on s.id = m.skill_id
                  union all
                  select s.category_key, 1 from (select skill_id from skill_views where user_id = $1 order by at desc limit 60) v
                    join skills s on s.id = v.skill_id
                  union all
                  select category_key, -3 * n from disliked) i
           group by i.category_key having sum(i.n) > 0 order by sum(i.n) desc, 1 limit 5)
        """;

    private static readonly string Eligible =
        $"""
        s.author <> $1
          and not exists (select from skill_likes x where x.skill_id = s.id and x.user_id = $1)
          and not exists (select from skill_downloads x where x.skill_id = s.id and x.user_id = $1)
          and not exists (select from skill_ratings x where x.skill_id = s.id and x.user_id = $1 and x.rating > 0)
          and not exists (select from skill_skips x where x.skill_id = s.id and x.user_id = $1)
          and {Sight.Visible()}
        """;

    // By what training found to go together: docs/recommendations.md.
    private const string SeedsSql =
        $"""
        -- skills.recommendation_seeds
        with {Mine} select skill_id from mine
        """;

    private static readonly string NearSql =
        $"""
        -- skills.recommend_near
        with {Disliked},
        near as materialized (
          select item, weight, because from unnest($4::bigint[], $5::float8[], $6::bigint[]) as n (item, weight, because)),
        best as materialized (
          select s.id, f.because, f.weight * power(0.7, coalesce(d.n, 0)) as score
            from near f
            join skills s on s.id = f.item
            left join disliked d on d.category_key = s.category_key
           where {Eligible}
           order by 3 desc, s.id desc limit $3)
        select b.id, k.uuid, k.title from best b join skills k on k.id = b.because order by b.score desc, b.id desc
        """;

    // Where there was no training yet, or too little to learn from: the people who share my last deeds, as they are now.
    private static readonly string TasteSql =
        $"""
        -- skills.recommend_taste
        with {Mine}, {Disliked},
        people as materialized (
          select o.user_id, count(distinct o.skill_id) as shared
            from mine m cross join lateral (
              (select l.user_id, l.skill_id from skill_likes l where l.skill_id = m.skill_id and l.user_id <> $1 limit 300)
              union all
              (select l.user_id, l.skill_id from skill_downloads l where l.skill_id = m.skill_id and l.user_id <> $1 limit 300)) o
           group by o.user_id order by 2 desc, 1 limit 150),
        theirs as materialized (
          select p.user_id, p.shared, t.skill_id
            from people p cross join lateral (
              (select skill_id from skill_likes l where l.user_id = p.user_id order by l.at desc limit 60)
              union
              (select skill_id from skill_downloads l where l.user_id = p.user_id order by l.at desc limit 60)) t),
        best as materialized (
          select s.id, f.people, f.weight / sqrt(10 + s.likes + s.downloads) * power(0.7, coalesce(d.n, 0)) as score
            from (select skill_id, count(*)::int as people, sum(shared)::float8 as weight from theirs group by skill_id) f
            join skills s on s.id = f.skill_id
            left join disliked d on d.category_key = s.category_key
           where {Eligible}
           order by 3 desc, s.id desc limit $3)
        select b.id, b.people, w.uuid, w.title
          from best b
          cross join lateral (
            select k.uuid, k.title
              from theirs c join theirs o on o.user_id = c.user_id join mine m on m.skill_id = o.skill_id join skills k on k.id = m.skill_id
             where c.skill_id = b.id
             group by k.id order by count(*) desc, k.id limit 1) w
         order by b.score desc, b.id desc
        """;

    private static readonly string FollowingSql =
        $"""
        -- skills.recommend_following
        select s.id, u.display_name from follows f join skills s on s.author = f.followed join users u on u.id = s.author
         where f.follower = $1 and s.created_at > now() - interval '60 days' and {Eligible}
         order by s.created_at desc limit $3
        """;

    // Who has no interests is asked about first: else everything would be walked through in vain.
    private static readonly string InterestSql =
        $"""
        -- skills.recommend_interest
        with {Mine}, {Disliked}, {Interests}
        select s.id, s.category from skill_heat h join skills s on s.id = h.skill_id
         where (select count(*) from interests) > 0 and s.category_key in (select category_key from interests) and {Eligible}
         order by h.heat desc, h.skill_id desc limit $3
        """;

    // For who has no interests yet, the newest of all.
    private static readonly string NewSql =
        $"""
        -- skills.recommend_new
        with {Mine}, {Disliked}, {Interests}
        select s.id, s.category from skills s
         where s.created_at > now() - interval '30 days' and s.downloads < 20 and {Eligible}
           and (s.category_key in (select category_key from interests) or not exists (select from interests))
           and not exists (select from disliked d where d.category_key = s.category_key and d.n > 2)
         order by s.created_at desc, s.id desc limit $3
        """;

    private static readonly string TrendingSql =
        $"""
        -- skills.recommend_trending
        with {Disliked}
        select s.id, s.category from skill_heat h join skills s on s.id = h.skill_id
         where {Eligible} and not exists (select from disliked d where d.category_key = s.category_key and d.n > 2)
         order by h.heat desc, h.skill_id desc limit $3
        """;

    /// <summary>The best of each kind, as many as are asked for.</summary>
    public static async Task<ILookup<string, Candidate>> Candidates(NpgsqlConnection db, Reader reader, int limit, CancellationToken ct)
    {
        var found = new List<Candidate>();
        var near = await Nearness.Of(db, Skill, await Seeds(db, reader, ct), Nearest, ct);
        NpgsqlParameter[] nearest = [Sql.Array(near, one => one.Item), Sql.Array(near, one => one.Weight), Sql.Array(near, one => one.Because)];
        found.AddRange(await Read(db, NearSql, reader, limit, row => Near(row.GetGuid(1), row.GetString(2), null), ct, nearest));
        if (found.Count < limit)
            found.AddRange(await Read(db, TasteSql, reader, limit, row => Near(row.GetGuid(2), row.GetString(3), row.GetInt32(1)), ct));
        found.AddRange(await Read(db, FollowingSql, reader, limit, row => new SkillReason("following", $"You follow {row.GetString(1)}.", null, null), ct));
        found.AddRange(await Read(db, InterestSql, reader, limit, row => new SkillReason("interest", $"Popular in {row.GetString(1)}.", null, null), ct));
        found.AddRange(await Read(db, NewSql, reader, limit, row => new SkillReason("new", $"New in {row.GetString(1)}.", null, null), ct));
        found.AddRange(await Read(db, TrendingSql, reader, limit, _ => new SkillReason("trending", "Many people learn from it now.", null, null), ct));
        return found.ToLookup(one => one.Reason.Kind, StringComparer.Ordinal);
    }

    private static SkillReason Near(Guid skill, string title, int? people) =>
        new("similar_taste", $"People who like “{title}” like this.", new ReasonSkill(skill, title), people);

    private static async Task<Dictionary<long, double>> Seeds(NpgsqlConnection db, Reader reader, CancellationToken ct)
    {
        var seeds = new Dictionary<long, double>();
        await using var command = Sql.Command(db, SeedsSql, [.. reader.Parameters]);
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
            seeds[row.GetInt64(0)] = 1;
        return seeds;
    }

    private static async Task<List<Candidate>> Read(
        NpgsqlConnection db, string sql, Reader reader, int limit, Func<NpgsqlDataReader, SkillReason> why, CancellationToken ct, params NpgsqlParameter[] more)
    {
        var candidates = new List<Candidate>();
        await using var command = Sql.Command(db, sql, [.. reader.Parameters, Sql.Value(limit), .. more]);
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
            candidates.Add(new Candidate(row.GetInt64(0), why(row)));
        return candidates;
    }
}
