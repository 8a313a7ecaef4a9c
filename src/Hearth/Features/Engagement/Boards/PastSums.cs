using Hearth.Features.Engagement.Chronicle;
using Hearth.Features.Engagement.Rollups;
using Npgsql;

namespace Hearth.Features.Engagement.Boards;

/// <summary>
/// Everyone's sums of the days before one, as they were known at a time: as they are now, less what changed about those days since. Of all
/// time, the days before or the totals less the days after, whichever are fewer. Of the helpful, the time's own day is within.
/// </summary>
internal static class PastSums
{
    private const string LaterSql =
        """
        -- engagement.past_board.later
        select $1 - min(day) > max(day) - $1 from engagement_days where scope = 6 and scope_id = 0
        """;

    private const string PointsBefore = "select p.user_id as id, p.points as n from engagement_points p where p.day >= $1 and p.day < $2";

    private const string PointsLessAfter =
        """
        select u.user_id as id, u.score as n from engagement_users u where u.score <> 0
        union all
        select p.user_id, -p.points from engagement_points p where p.day >= $2
        """;

    private const string EngagementsBefore = "select d.scope_id as id, d.engagements as n from engagement_days d where d.scope = 1 and d.day >= $1 and d.day < $2";

    private const string EngagementsLessAfter =
        """
        select u.user_id as id, u.likes + u.comment_likes + u.comments + u.replies + u.mentions + u.joins + u.shares + u.bookmarks as n from engagement_users u
        union all
        select d.scope_id, -d.engagements from engagement_days d where d.scope = 1 and d.day >= $2
        """;

    private static string ReputationSql(string sums) =>
        $"""
        -- engagement.past_board.reputation
        select id, sum(n)::int
          from ({sums}
                union all
                select c.actor, -c.own_points from engagement_changes c
                 where c.at > $3 and c.action_at >= $1::timestamp at time zone 'UTC' and c.action_at < $2::timestamp at time zone 'UTC'
                union all
                select c.subject, -c.received_points from engagement_changes c
                 where c.subject is not null and c.at > $3
                   and c.action_at >= $1::timestamp at time zone 'UTC' and c.action_at < $2::timestamp at time zone 'UTC') n
         group by id having sum(n) <> 0
        """;

    private static string EngagementsSql(string sums) =>
        $"""
        -- engagement.past_board.engagements
        select id, sum(n)::int
          from ({sums}
                union all
                select c.actor, -c.sign from engagement_changes c
                 where c.at > $3 and c.verb = any($4)
                   and c.action_at >= $1::timestamp at time zone 'UTC' and c.action_at < $2::timestamp at time zone 'UTC') n
         group by id having sum(n) <> 0
        """;

    private const string Afterwards = "$3 + interval '1 microsecond'";

    private const string HelpfulSql =
        """
        -- engagement.past_board.helpful
        with since as materialized (
          select c.action_id, c.subject, c.object_id, sum(c.sign) as n from engagement_changes c
           where c.verb = 3 and c.subject <> c.actor and c.at > $3
             and c.action_at >= $1::timestamp at time zone 'UTC' and c.action_at <= $3
           group by c.action_id, c.subject, c.object_id)
        select subject, count(*)::int
          from (select a.subject, a.object_id from engagement_actions a
                 where a.verb = 3 and a.subject <> a.actor and a.at >= $1::timestamp at time zone 'UTC' and a.at <= $3
                   and a.id not in (select action_id from since where n > 0)
                union
                select subject, object_id from since where n < 0) liked
         where $2::date is not null
         group by subject
        """;

    private static readonly string HelpfulLessAfterSql =
        $"""
        -- engagement.past_board.helpful_since
        with liked as materialized (
          select subject, object_id from engagement_actions where verb = 3 and subject <> actor and at > $3
          union
          select subject, object_id from engagement_changes where verb = 3 and subject <> actor and at > $3)
        select id, sum(n)::int
          from (select user_id as id, helpful as n from engagement_users where helpful <> 0
                union all
                select k.subject,
                       case when exists (select from {PastHelpful.Likes("'-infinity'", Afterwards, Afterwards)} l where l.n > 0) then 1 else 0 end
                       - case when exists (select from engagement_actions a
                                            where a.verb = 3 and a.subject <> a.actor and a.subject = k.subject and a.object_id = k.object_id) then 1 else 0 end
                  from liked k) n
         where ($1::date, $2::date) is not null
         group by id having sum(n) <> 0
        """;

    /// <param name="db">Any connection.</param>
    /// <param name="ranking">What is summed up.</param>
    /// <param name="from">The first day; null: all.</param>
    /// <param name="day">The day after the last.</param>
    /// <param name="known">When it was known.</param>
    /// <param name="ct">Stops it.</param>
    public static async Task<Dictionary<long, int>> Read(
        NpgsqlConnection db, Ranking ranking, DateOnly? from, DateOnly day, DateTime known, CancellationToken ct)
    {
        var isLate = from is null && await IsLate(db, day, ct);
        await using var command = new NpgsqlCommand(Sql(ranking, isLate), db)
        {
            Parameters =
            {
                new NpgsqlParameter<DateOnly> { TypedValue = from ?? DateOnly.MinValue },
                new NpgsqlParameter<DateOnly> { TypedValue = day },
                new NpgsqlParameter<DateTime> { TypedValue = known },
            },
        };
        if (ranking == Ranking.Engagements)
            command.Parameters.Add(new NpgsqlParameter<short[]> { TypedValue = Tallies.Engaging });
        var values = new Dictionary<long, int>();
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
            values.Add(row.GetInt64(0), row.GetInt32(1));
        return values;
    }

    /// <returns>Whether there are fewer days after this one than before it.</returns>
    private static async Task<bool> IsLate(NpgsqlConnection db, DateOnly day, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(LaterSql, db)
        {
            Parameters = { new NpgsqlParameter<DateOnly> { TypedValue = day } },
        };
        return await command.ExecuteScalarAsync(ct) is true;
    }

    private static string Sql(Ranking ranking, bool isLate) => ranking switch
    {
        Ranking.Engagements => EngagementsSql(isLate ? EngagementsLessAfter : EngagementsBefore),
        Ranking.Helpful => isLate ? HelpfulLessAfterSql : HelpfulSql,
        _ => ReputationSql(isLate ? PointsLessAfter : PointsBefore),
    };
}
