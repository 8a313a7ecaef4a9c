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
    private const int Nearest = 500;
    private const int MostKnown = 1_000;
    private const int MostInterests = 5;

    /// <summary>How many of each kind are looked for: in the statement, so that it is planned for them.</summary>
    private const int Page = 20;
    private const int Most = 100;

    private const string SimilarTaste = "similar_taste";

    private const string Mine =
        """
        mine as materialized (
          select d.skill_id, max(d.at) as at
            from ((select skill_id, at from skill_likes where user_id = $1 order by at desc limit 60)
                  union all
                  (select skill_id, at from skill_downloads where user_id = $1 order by at desc limit 60)
                  union all
                  (select skill_id, at from (select * from skill_ratings where user_id = $1 order by at desc limit 300) r where rating >= 4 order by at desc limit 60)) d
           where not exists (select from skill_ratings r where r.skill_id = d.skill_id and r.user_id = $1 and r.rating between 1 and 2)
             and not exists (select from skill_skips k where k.user_id = $1 and k.skill_id = d.skill_id)
           group by d.skill_id order by 2 desc limit 60)
        """;

    // What one disliked or skipped tells against its category, each a little more.
    private const string Disliked =
        """
        disliked as materialized (
          select s.category_key, count(*) as n
            from ((select skill_id from (select * from skill_ratings where user_id = $1 order by at desc limit 300) r where rating between 1 and 2 order by at desc limit 50)
                  union
                  (select skill_id from skill_skips where user_id = $1 limit 200)) d
            join skills s on s.id = d.skill_id
           group by s.category_key)
        """;

    // The categories of what I took to, and less so of what I read.
    private static readonly string Interests =
        $"""
        interests as materialized (
          select i.category_key
            from (select s.category_key, 2 as n from mine m join skills s on s.id = m.skill_id
                  union all
                  select s.category_key, 1 from (select skill_id from skill_views where user_id = $1 order by at desc limit 60) v
                    join skills s on s.id = v.skill_id
                  union all
                  select category_key, -3 * n from disliked) i
           group by i.category_key having sum(i.n) > 0 order by sum(i.n) desc, 1 limit {MostInterests})
        """;

    // What I have to do with already, the last of each kind.
    private static readonly string Known =
        $"""
        known as materialized (
          (select skill_id from skill_likes where user_id = $1 order by at desc limit {MostKnown})
          union all
          (select skill_id from skill_downloads where user_id = $1 order by at desc limit {MostKnown})
          union all
          (select skill_id from (select skill_id, rating from skill_ratings where user_id = $1 order by at desc limit {MostKnown}) r where rating > 0)
          union all
          (select skill_id from skill_skips where user_id = $1 limit {MostKnown}))
        """;

    // The list is looked at first; where it does not tell all, each skill is looked up as well (by offset 0, for itself).
    private static readonly string Eligible =
        $"""
        s.author <> $1
          and s.id not in (select skill_id from known)
          and ((select count(*) from known) < {MostKnown}
               or not exists (select from skill_likes x where x.skill_id = s.id and x.user_id = $1 offset 0)
                  and not exists (select from skill_downloads x where x.skill_id = s.id and x.user_id = $1 offset 0)
                  and not exists (select from skill_ratings x where x.skill_id = s.id and x.user_id = $1 and x.rating > 0 offset 0)
                  and not exists (select from skill_skips x where x.skill_id = s.id and x.user_id = $1 offset 0))
          and {Sight.Visible()}
        """;

    // By what training found to go together: docs/recommendations.md.
    private const string SeedsSql =
        $"""
        -- skills.recommendation_seeds
        with {Mine}
        select m.skill_id, n.neighbours, n.weights from mine m left join recommendation_neighbours n on n.kind = 13 and n.item = m.skill_id
        """;

    private static readonly string NearSql =
        $"""
        -- skills.recommend_near
        with {Disliked}, {Known},
        near as materialized (
          select item, weight, because from unnest($4::bigint[], $5::float8[], $6::bigint[]) as n (item, weight, because)),
        best as materialized (
          select s.id, f.because, f.weight * power(0.7, coalesce(d.n, 0)) as score
            from near f
            join skills s on s.id = f.item
            left join disliked d on d.category_key = s.category_key
           where {Eligible}
           order by 3 desc, s.id desc limit $3)
        select b.id, k.uuid, k.title, b.score from best b join skills k on k.id = b.because order by b.score desc, b.id desc
        """;

    // Where there was no training yet, or too little to learn from: the people who share my last deeds, as they are now.
    private static readonly string TasteSql =
        $"""
        -- skills.recommend_taste
        with {Mine}, {Disliked}, {Known},
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

    private static readonly string SidesSql = Sides(Page);

    private static readonly string ManySidesSql = Sides(Most);

    /// <summary>The best of each kind, as many as are asked for.</summary>
    public static async Task<ILookup<string, Candidate>> Candidates(NpgsqlConnection db, Reader reader, int limit, CancellationToken ct)
    {
        var (near, hasSeeds, found) = await Look(db, reader, limit, ct);
        if (near.Count > 0)
            found.AddRange(await Nearby(db, reader, near, limit, ct));
        if (hasSeeds && found.Count(one => one.Reason.Kind == SimilarTaste) < Recommender.Alike(limit))
            found.AddRange(await Alike(db, TasteSql, reader, limit, row => Near(row.GetGuid(2), row.GetString(3), row.GetInt32(1)), ct));
        return found.ToLookup(one => one.Reason.Kind, StringComparer.Ordinal);
    }

    /// <summary>In one go: what goes with what I took to, and all that has other reasons.</summary>
    private static async Task<(List<NearObject> Near, bool HasSeeds, List<Candidate> Found)> Look(
        NpgsqlConnection db, Reader reader, int limit, CancellationToken ct)
    {
        await using var batch = Sql.KeptPlan(db, SeedsSql, reader.Parameters);
        var sides = new NpgsqlBatchCommand(limit <= Page ? SidesSql : ManySidesSql);
        sides.Parameters.AddRange(reader.Parameters);
        batch.BatchCommands.Add(sides);
        await using var row = await batch.ExecuteReaderAsync(ct);
        await row.NextResultAsync(ct);
        using var sums = new NearSums();
        var hasSeeds = false;
        while (await row.ReadAsync(ct))
        {
            hasSeeds = true;
            if (!row.IsDBNull(1))
                sums.Add(row.GetInt64(0), 1, row.GetFieldValue<long[]>(1), row.GetFieldValue<float[]>(2));
        }

        await row.NextResultAsync(ct);
        var found = new List<Candidate>();
        while (await row.ReadAsync(ct))
            found.Add(new Candidate(row.GetInt64(1), Side(row.GetString(0), row.GetString(2))));
        return (sums.Nearest(Nearest), hasSeeds, found);
    }

    /// <summary>The best of the first some, where none of the others can be better; else of more.</summary>
    private static async Task<List<Candidate>> Nearby(NpgsqlConnection db, Reader reader, List<NearObject> near, int limit, CancellationToken ct)
    {
        for (var some = 3 * limit; some < near.Count; some *= 4)
        {
            var (best, least) = await Of(near[..some]);
            if (best.Count == limit && least >= near[some].Weight)
                return best;
        }

        return (await Of(near)).Best;

        async Task<(List<Candidate> Best, double Least)> Of(List<NearObject> these)
        {
            var last = 0d;
            NpgsqlParameter[] nearest = [Sql.Array(these, one => one.Item), Sql.Array(these, one => one.Weight), Sql.Array(these, one => one.Because)];
            var found = await Alike(
                db,
                NearSql,
                reader,
                limit,
                row =>
                {
                    last = row.GetDouble(3);
                    return Near(row.GetGuid(1), row.GetString(2), null);
                },
                ct,
                nearest);
            return (found, last);
        }
    }

    private static SkillReason Side(string kind, string detail) => new(
        kind,
        kind switch
        {
            "following" => $"You follow {detail}.",
            "interest" => $"Popular in {detail}.",
            "new" => $"New in {detail}.",
            _ => "Many people learn from it now.",
        },
        null,
        null);

    private static SkillReason Near(Guid skill, string title, int? people) =>
        new(SimilarTaste, $"People who like “{title}” like this.", new ReasonSkill(skill, title), people);

    private static async Task<List<Candidate>> Alike(
        NpgsqlConnection db, string sql, Reader reader, int limit, Func<NpgsqlDataReader, SkillReason> why, CancellationToken ct, params NpgsqlParameter[] more)
    {
        var candidates = new List<Candidate>();
        await using var batch = Sql.KeptPlan(db, sql, [.. reader.Parameters, Sql.Value(limit), .. more]);
        await using var row = await batch.ExecuteReaderAsync(ct);
        await row.NextResultAsync(ct);
        while (await row.ReadAsync(ct))
            candidates.Add(new Candidate(row.GetInt64(0), why(row)));
        return candidates;
    }

    // Each kind in its order: what those shared lately whom I follow; what is popular and what is new in my categories (for who has none yet,
    // the newest of all); what trends. Down each order no more is looked at than is needed.
    private static string Sides(int limit) =>
        $"""
        -- skills.recommend_sides
        with {Mine}, {Disliked}, {Interests}, {Known},
        refused as materialized (select category_key from disliked where n > 2),
        liked as materialized (select array_agg(category_key) as keys from interests),
        open as materialized (select array_agg(category_key) as keys from interests where category_key not in (select category_key from refused))
        select kind, id, detail
          from (
            select 'following' as kind, row_number() over (order by f.created_at desc) as place, f.id, u.display_name as detail
              from (select s.id, s.author, s.created_at from follows f join skills s on s.author = f.followed
                     where f.follower = $1 and s.created_at > now() - interval '60 days' and {Eligible}
                     order by s.created_at desc limit {limit}) f
              join users u on u.id = f.author
            union all
            select 'interest', row_number() over (), p.id, p.category
              from (select s.id, s.category
                      from (select * from ({InEach("liked", "skill_id as id, heat from skill_heat where", "heat desc, skill_id desc")}) merged order by heat desc, id desc offset 0) h
                      join skills s on s.id = h.id
                     where {Eligible}
                     order by h.heat desc, h.id desc limit {limit}) p
            union all
            select 'new', row_number() over (), p.id, p.category
              from ((select s.id, s.category
                       from (select * from ({InEach("open", "id, created_at from skills where created_at > now() - interval '30 days' and", "created_at desc, id desc")}) merged order by created_at desc, id desc offset 0) n
                       join skills s on s.id = n.id
                      where s.downloads < 20 and {Eligible}
                      order by n.created_at desc, n.id desc limit {limit})
                    union all
                    select c.* from (select where not exists (select from interests)) nothing
                     cross join lateral (
                       select s.id, s.category from skills s
                        where s.created_at > now() - interval '30 days' and s.downloads < 20 and s.category_key not in (select category_key from refused) and {Eligible}
                        order by s.created_at desc, s.id desc limit {limit}) c) p
            union all
            select 'trending', row_number() over (), t.id, ''
              from (select s.id from skill_heat h join skills s on s.id = h.skill_id
                     where h.category_key not in (select category_key from refused) and {Eligible}
                     order by h.heat desc, h.skill_id desc limit {limit}) t) found
         order by kind, place
        """;

    /// <summary>The rows of each of some categories, each category's in order, so that they are merged and not sorted.</summary>
    private static string InEach(string keys, string rows, string order) => string.Join(
        " union all ",
        Enumerable.Range(1, MostInterests).Select(n => $"(select {rows} category_key = (select keys[{n}] from {keys}) order by {order})"));
}
