using Hearth.Ledger;

namespace Hearth.Features.Interactions;

/// <summary>What <c>hearth verify</c> compares: counters with the rows they count, rows with the ledger.</summary>
internal static class InteractionChecks
{
    public static IEnumerable<StateCheck> All =>
    [
        new(
            "interactions.people",
            "select count(*) from interaction_people",
            """
            -- interactions.check_people
            with real as (select user_id, count(*) as n from interactions where standing group by user_id)
            select 'person ' || coalesce(r.user_id, p.user_id), coalesce(r.n, 0)::text, p.n::text
              from real r full join interaction_people p using (user_id)
             where coalesce(r.n, 0) is distinct from p.n
            """),
        new(
            "interactions.days",
            "select count(*) from interaction_days",
            """
            -- interactions.check_days
            with real as (
              select user_id, type, (created_at at time zone 'UTC')::date as day, count(*) as n, coalesce(sum(seconds), 0)::bigint as seconds, count(seconds) as timed
                from interactions where standing group by 1, 2, 3)
            select coalesce(r.user_id, d.user_id) || ' ' || coalesce(r.type, d.type) || ' on ' || coalesce(r.day, d.day),
                   concat_ws('/', coalesce(r.n, 0), coalesce(r.seconds, 0), coalesce(r.timed, 0)), concat_ws('/', coalesce(d.n, 0), coalesce(d.seconds, 0), coalesce(d.timed, 0))
              from real r full join interaction_days d using (user_id, type, day)
             where (coalesce(r.n, 0), coalesce(r.seconds, 0), coalesce(r.timed, 0)) is distinct from (coalesce(d.n, 0), coalesce(d.seconds, 0), coalesce(d.timed, 0))
            """),
        // What is older than the deployment keeps is gone; what was written on top of such a row counts from then on.
        new(
            "interactions.ledger",
            "select count(*) from interactions",
            """
            -- interactions.check_ledger
            with cut as (select coalesce((select cut from interaction_retention), '-infinity') as at),
            decided as (
              select distinct on (l.actor, l.verb, l.object_id) l.actor as user_id, (l.verb - 159)::smallint as type, l.object_id as content_id, l.at, l.value,
                     (l.detail ->> 'seconds')::int as seconds
                from ledger l
               where l.verb between 160 and 168 and l.object_kind = 23 and l.actor is not null
                 and coalesce((select v.verb = 101 from ledger v where v.voids = l.id and v.id > l.id order by v.id desc limit 1), true)
               order by l.actor, l.verb, l.object_id, l.at desc, l.id desc),
            should as (select d.* from decided d cross join cut where d.at >= cut.at),
            present as (
              select user_id, type, content_id, updated_at as at, value, seconds from interactions cross join cut where standing and updated_at >= cut.at)
            select coalesce(s.user_id, p.user_id) || ' ' || coalesce(s.type, p.type) || ' of ' || coalesce(s.content_id, p.content_id),
                   concat_ws(' ', s.at, s.value, s.seconds), concat_ws(' ', p.at, p.value, p.seconds)
              from should s full join present p using (user_id, type, content_id)
             where (s.at, s.value, s.seconds) is distinct from (p.at, p.value, p.seconds)
            """),
    ];
}
