using Hearth.Features.Engagement.Rollups;
using Hearth.Ledger;
using Npgsql;

namespace Hearth.Features.Engagement.Reputation;

/// <summary>
/// A person's figures as they stood at a time: those of the days before it as they are now, less what changed about those days since,
/// and the day itself action by action. Work grows with the number of days and of changes since, not with that of actions.
/// </summary>
internal sealed class Past(DateTime at, RuleTimeline rules)
{
    private const string PointsSql =
        """
        -- engagement.past.points
        select (select coalesce(sum(p.points), 0) from engagement_points p where p.user_id = $1 and p.day < $2)
             - (select coalesce(sum(c.own_points), 0) from engagement_changes c
                 where c.actor = $1 and c.at > $3 and c.action_at < $2::timestamp at time zone 'UTC')
             - (select coalesce(sum(c.received_points), 0) from engagement_changes c
                 where c.subject = $1 and c.at > $3 and c.action_at < $2::timestamp at time zone 'UTC')
        """;

    private const string EngagementsSql =
        """
        -- engagement.past.engagements
        select (select coalesce(sum(d.engagements), 0) from engagement_days d where d.scope = 1 and d.scope_id = $1 and d.day >= $4 and d.day < $2)
             - (select coalesce(sum(c.sign), 0) from engagement_changes c
                 where c.actor = $1 and c.at > $3 and c.verb = any($5)
                   and c.action_at >= $4::timestamp at time zone 'UTC' and c.action_at < $2::timestamp at time zone 'UTC')
        """;

    // What counts now of the day up to the time, with what changed since undone: one row per action that counted then.
    private const string DaySql =
        """
        -- engagement.past.day
        select id, min(at), min(actor), min(subject), min(verb)
          from (select a.id, a.at, a.actor, a.subject, a.verb, 1 as n from engagement_actions a
                 where a.at >= $2 and a.at <= $3 and a.actor = $1
                union all
                select a.id, a.at, a.actor, a.subject, a.verb, 1 from engagement_actions a
                 where a.at >= $2 and a.at <= $3 and a.subject = $1 and a.verb <> 10 and a.actor <> $1
                union all
                select c.action_id, c.action_at, c.actor, c.subject, c.verb, -c.sign from engagement_changes c
                 where c.actor = $1 and c.at > $3 and c.action_at >= $2 and c.action_at <= $3 and c.sign <> 0
                union all
                select c.action_id, c.action_at, c.actor, c.subject, c.verb, -c.sign from engagement_changes c
                 where c.subject = $1 and c.actor <> $1 and c.at > $3 and c.action_at >= $2 and c.action_at <= $3 and c.sign <> 0) n
         group by id having sum(n) > 0
        """;

    private readonly DateTime start = at.Date;

    public async Task<int> Score(NpgsqlConnection db, long user, CancellationToken ct)
    {
        var before = await Sum(db, PointsSql, user, null, ct);
        var day = await OfTheDay(db, user, ct);
        var own = day.Where(deed => deed.Actor == user).Sum(deed => PointKinds.Own(deed.Verb) is { } kind ? rules.At(deed.At).For(kind) : 0);
        var received = day.Where(deed => deed.Subject == user && deed.Actor != user && PointKinds.Received(deed.Verb) is not null)
            .GroupBy(deed => deed.Actor)
            .Sum(giver => Math.Min(
                rules.CapOn(DateOnly.FromDateTime(at)), giver.Sum(deed => rules.At(deed.At).For(PointKinds.Received(deed.Verb)!.Value))));
        return before + own + received;
    }

    public async Task<int> Engagements(NpgsqlConnection db, long user, DateOnly from, CancellationToken ct)
    {
        var before = await Sum(db, EngagementsSql, user, from, ct);
        var day = await OfTheDay(db, user, ct);
        return before + day.Count(deed => deed.Actor == user && Tallies.IsEngagement(deed.Verb));
    }

    private async Task<int> Sum(NpgsqlConnection db, string sql, long user, DateOnly? from, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, db)
        {
            Parameters =
            {
                new NpgsqlParameter<long> { TypedValue = user },
                new NpgsqlParameter<DateOnly> { TypedValue = DateOnly.FromDateTime(at) },
                new NpgsqlParameter<DateTime> { TypedValue = at },
            },
        };
        if (from is { } day)
        {
            command.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = day });
            command.Parameters.Add(new NpgsqlParameter<short[]> { TypedValue = Tallies.Engaging });
        }

        return Convert.ToInt32(await command.ExecuteScalarAsync(ct), System.Globalization.CultureInfo.InvariantCulture);
    }

    private async Task<List<(DateTime At, long Actor, long? Subject, Verb Verb)>> OfTheDay(NpgsqlConnection db, long user, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(DaySql, db)
        {
            Parameters =
            {
                new NpgsqlParameter<long> { TypedValue = user },
                new NpgsqlParameter<DateTime> { TypedValue = start },
                new NpgsqlParameter<DateTime> { TypedValue = at },
            },
        };
        var deeds = new List<(DateTime, long, long?, Verb)>();
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
            deeds.Add((row.GetDateTime(1), row.GetInt64(2), row.IsDBNull(3) ? null : row.GetInt64(3), (Verb)row.GetInt16(4)));
        return deeds;
    }
}
