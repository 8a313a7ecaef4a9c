using Hearth.Database;
using Npgsql;

namespace Hearth.Features.Skills;

/// <summary>What a person thinks of a skill, 1 to 5; 0 for nothing that counts. <c>At</c> is since when, null for now.</summary>
internal readonly record struct Opinion(long Skill, long User, int Rating, DateTime? At = null);

/// <summary>The statements behind ratings; the skills are locked before.</summary>
internal static class RatingStore
{
    private const string SetSql =
        """
        -- skills.set_ratings
        with moment as materialized (select clock_timestamp() as at),
        input as materialized (
          select i.id, i.user_id, i.rating, coalesce(i.at, m.at) as at, coalesce(r.rating, 0) as old, r.at as old_at
            from unnest($1::bigint[], $2::bigint[], $3::smallint[], $4::timestamptz[]) as i (id, user_id, rating, at)
            cross join moment m
            join skills s on s.id = i.id
            left join skill_ratings r on r.skill_id = i.id and r.user_id = i.user_id
           where coalesce(r.rating, 0) <> i.rating or i.at <> r.at),
        put as (
          insert into skill_ratings (skill_id, user_id, rating, at) select id, user_id, rating, at from input
          on conflict (skill_id, user_id) do update set rating = excluded.rating, at = excluded.at),
        delta as (
          select id, sum(rating - old)::int as stars, sum((rating > 0)::int - (old > 0)::int)::int as n,
                 sum(case when rating > 0 then (rating - 3) / 2.0 * skill_heat_at(at) else 0 end
                   - case when old > 0 then (old - 3) / 2.0 * skill_heat_at(old_at) else 0 end) as heat
            from input group by id),
        warmed as (update skill_heat h set ratings = h.ratings + d.heat from delta d where h.skill_id = d.id),
        counted as (
          update skills s set rating_sum = s.rating_sum + d.stars, rating_count = s.rating_count + d.n from delta d where s.id = d.id)
        select at from input
        """;

    private const string ReviewSql =
        """
        -- skills.review
        update skill_ratings set review = $3 where skill_id = $1 and user_id = $2 and review is distinct from $3
        """;

    /// <returns>When, for each rating that was another before.</returns>
    public static async Task<List<DateTime>> Set(NpgsqlConnection db, IReadOnlyList<Opinion> opinions, CancellationToken ct)
    {
        var changed = new List<DateTime>();
        if (opinions.Count == 0)
            return changed;
        await using var command = Sql.Command(
            db,
            SetSql,
            Sql.Array(opinions, one => one.Skill),
            Sql.Array(opinions, one => one.User),
            Sql.Array(opinions, one => (short)one.Rating),
            Sql.Times(opinions, one => one.At));
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            changed.Add(reader.GetDateTime(0));
        return changed;
    }

    /// <returns>Whether it was another before.</returns>
    public static async Task<bool> Review(NpgsqlConnection db, long skill, long user, string? review, CancellationToken ct) =>
        await Sql.Execute(db, ReviewSql, ct, Sql.Value(skill), Sql.Value(user), Sql.Text(review)) == 1;
}
