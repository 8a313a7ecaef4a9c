using Hearth.Database;
using Npgsql;

namespace Hearth.Features.Analytics.Community;

/// <summary>The statements behind the dashboard: rollups, and people who came lately.</summary>
internal static class DashboardStore
{
    private const string ContentSql =
        """
        -- analytics.content
        select (select count(*) from courses), (select count(*) from skills where not is_hidden), (select count(*) from skill_tasks where not is_hidden),
               (select count(*)::int from users where imported_from is null and created_at >= $1::date - interval '6 days'),
               (select count(*)::int from users where imported_from is null and created_at >= $1::date - interval '29 days')
        """;

    private const string DaysSql =
        """
        -- analytics.days
        with came as (
          select (created_at at time zone 'UTC')::date as day, count(*)::int as n from users
           where imported_from is null and created_at >= ($1::date - 29)::timestamp at time zone 'UTC' group by 1)
        select d.day::date, coalesce(c.n, 0), coalesce(e.engagements, 0), coalesce(e.views, 0), coalesce(e.posts, 0)
          from generate_series($1::date - 29, $1::date, interval '1 day') d (day)
          left join engagement_days e on e.scope = 6 and e.scope_id = 0 and e.day = d.day::date
          left join came c on c.day = d.day::date
         order by 1
        """;

    private const string CohortsSql =
        """
        -- analytics.cohorts
        with people as materialized (
          select id, date_trunc('week', created_at at time zone 'UTC')::date as week from users
           where imported_from is null and created_at >= (date_trunc('week', $1::date::timestamp) - interval '7 weeks') at time zone 'UTC'),
        active as (
          select distinct p.week, p.id, (e.day - p.week) / 7 as later
            from people p join engagement_days e on e.scope = 1 and e.scope_id = p.id and e.engagements > 0 and e.day >= p.week and e.day <= $1)
        select c.week, c.people, w.later, (select count(*)::int from active a where a.week = c.week and a.later = w.later)
          from (select week, count(*)::int as people from people group by 1) c
         cross join lateral generate_series(0, ($1::date - c.week) / 7) w (later)
         order by 1, 3
        """;

    private const string FunnelSql =
        """
        -- analytics.funnel
        with people as materialized (
          select u.id,
                 coalesce(e.views, 0) > 0 or exists (select from skill_views v where v.user_id = u.id) as viewed,
                 (select count(*) from engagement_days d where d.scope = 1 and d.scope_id = u.id and d.engagements > 0) as days,
                 coalesce(e.posts, 0) > 0 or exists (select from skills s where s.author = u.id) as created
            from users u left join engagement_users e on e.user_id = u.id
           where u.imported_from is null and u.created_at >= ($1::date - 29)::timestamp at time zone 'UTC')
        select count(*)::int, count(*) filter (where viewed)::int, count(*) filter (where viewed and days > 0)::int,
               count(*) filter (where viewed and days > 0 and created)::int, count(*) filter (where viewed and days > 1 and created)::int
          from people
        """;

    private static readonly string[] Steps = ["joined", "viewed", "engaged", "created", "returned"];

    public static async Task<(long Courses, long Skills, long Tasks, int New7, int New30)> Content(NpgsqlConnection db, DateOnly today, CancellationToken ct)
    {
        await using var command = Sql.Command(db, ContentSql, Sql.Value(today));
        await using var row = await command.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        return (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt32(3), row.GetInt32(4));
    }

    public static async Task<List<DashboardDay>> Days(NpgsqlConnection db, DateOnly today, CancellationToken ct)
    {
        var days = new List<DashboardDay>();
        await using var command = Sql.Command(db, DaysSql, Sql.Value(today));
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
            days.Add(new DashboardDay(row.GetFieldValue<DateOnly>(0), row.GetInt32(1), row.GetInt32(2), row.GetInt32(3), row.GetInt32(4)));
        return days;
    }

    public static async Task<List<Cohort>> Cohorts(NpgsqlConnection db, DateOnly today, CancellationToken ct)
    {
        var cohorts = new List<Cohort>();
        var active = new List<double>();
        await using var command = Sql.Command(db, CohortsSql, Sql.Value(today));
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            var (week, people) = (row.GetFieldValue<DateOnly>(0), row.GetInt32(1));
            if (row.GetInt32(2) == 0)
                cohorts.Add(new Cohort(week, people, active = []));
            active.Add(Figures.Rate(row.GetInt32(3), people));
        }

        return cohorts;
    }

    public static async Task<List<FunnelStep>> Funnel(NpgsqlConnection db, DateOnly today, CancellationToken ct)
    {
        await using var command = Sql.Command(db, FunnelSql, Sql.Value(today));
        await using var row = await command.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        return [.. Steps.Select((step, i) => new FunnelStep(step, row.GetInt32(i), Figures.Rate(row.GetInt32(i), row.GetInt32(0))))];
    }
}
