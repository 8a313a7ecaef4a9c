using Hearth.Features.Engagement.Actions;
using Npgsql;

namespace Hearth.Features.Engagement.Reputation;

/// <summary>
/// What rules make of all that counts from a day on, as common table expressions: <c>received</c> by pair and day before the cap,
/// <c>scored</c> by person and day after it. The same for a rescore and for a preview.
/// </summary>
internal static class Valuation
{
    public const string ReceivedSql =
        """
        values_at as (
          select * from unnest($1::smallint[], $2::boolean[], $3::timestamptz[], $4::timestamptz[], $5::int[]) as v (verb, own, since, until, points)),
        caps as (
          select * from unnest($6::date[], $7::date[], $8::int[]) as c (since, until, cap)),
        received as (
          select a.subject as earner, a.actor as giver, (a.at at time zone 'UTC')::date as day, sum(v.points)::int as points
            from engagement_actions a
            join values_at v on v.verb = a.verb and not v.own and a.at >= v.since and a.at < v.until
           where a.at >= $9 and a.subject is not null and a.subject <> a.actor and a.verb <> 10
           group by 1, 2, 3)
        """;

    public const string ScoredSql =
        """
        scored as (
          select user_id, day, sum(points)::int as points
            from (select r.earner as user_id, r.day, least(r.points, c.cap) as points
                    from received r join caps c on r.day >= c.since and r.day < c.until
                  union all
                  select a.actor, (a.at at time zone 'UTC')::date, v.points
                    from engagement_actions a
                    join values_at v on v.verb = a.verb and v.own and a.at >= v.since and a.at < v.until
                   where a.at >= $9) earned
           group by 1, 2)
        """;

    /// <summary>Parameters 1 to 9.</summary>
    public static NpgsqlBatchCommand Bind(NpgsqlBatchCommand command, RuleTimeline rules, DateOnly from) =>
        BindRules(command, rules).Value(from.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc));

    /// <summary>Parameters 1 to 8.</summary>
    public static NpgsqlBatchCommand BindRules(NpgsqlBatchCommand command, RuleTimeline rules)
    {
        var values = rules.Spans
            .SelectMany(span => PointKinds.ByVerb.Select(one => (one.Verb, one.Own, span.From, span.To, Points: span.Rules.For(one.Kind))))
            .ToList();
        var caps = Caps(rules);
        return command
            .Column(values, value => (short)value.Verb)
            .Column(values, value => value.Own)
            .Column(values, value => value.From)
            .Column(values, value => value.To)
            .Column(values, value => value.Points)
            .Column(caps, cap => cap.Since)
            .Column(caps, cap => cap.Until)
            .Column(caps, cap => cap.Cap);
    }

    /// <summary>The cap of a day is that of the rules at its end.</summary>
    private static List<(DateOnly Since, DateOnly Until, int Cap)> Caps(RuleTimeline rules)
    {
        var caps = new List<(DateOnly Since, DateOnly Until, int Cap)>();
        foreach (var span in rules.Spans)
        {
            // A later span that begins on the same day decides about that day.
            var since = DateOnly.FromDateTime(span.From);
            var until = DateOnly.FromDateTime(span.To);
            if (until > since)
                caps.Add((since, until, span.Rules.DailyCap));
        }

        return caps;
    }
}
