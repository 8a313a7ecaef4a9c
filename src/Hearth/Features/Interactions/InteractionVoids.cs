using Hearth.Database;
using Hearth.Ledger;
using Npgsql;

namespace Hearth.Features.Interactions;

/// <summary>
/// Interactions after rows are voided or restored: what the events that still count say. A row of which none does counts for nobody, and
/// stays for when one is restored: what its person felt and wrote is nowhere else.
/// </summary>
internal sealed class InteractionVoids : IVoidable
{
    private const string LockSql = "-- interactions.lock_voided\nselect from interaction_people where user_id = any($1) order by user_id for no key update";

    // The compensating rows are appended after this: $4 is what they name, $5 whether they void it.
    private const string RestateSql =
        """
        -- interactions.restate
        with asked as materialized (
          select distinct * from unnest($1::bigint[], $2::smallint[], $3::bigint[]) as a (user_id, type, content_id)),
        events as materialized (
          select a.*, l.id, l.at, l.value, (l.detail ->> 'seconds')::int as seconds
            from asked a
            join ledger l on l.object_kind = 23 and l.object_id = a.content_id and l.actor = a.user_id and l.verb = 159 + a.type
           where case when l.id = any ($4) then not $5
                      else coalesce((select v.verb = 101 from ledger v where v.voids = l.id and v.id > l.id order by v.id desc limit 1), true) end),
        first as (select distinct on (user_id, type, content_id) * from events order by user_id, type, content_id, id),
        last as (select distinct on (user_id, type, content_id) * from events order by user_id, type, content_id, at desc, id desc),
        old as materialized (select r.* from interactions r join asked a using (user_id, type, content_id)),
        put as (
          update interactions r
             set standing = l.at is not null, created_at = coalesce(f.at, r.created_at), updated_at = coalesce(l.at, r.updated_at),
                 value = case when l.at is null then r.value else l.value end, seconds = case when l.at is null then r.seconds else l.seconds end
            from asked a
            left join first f using (user_id, type, content_id)
            left join last l using (user_id, type, content_id)
           where r.user_id = a.user_id and r.type = a.type and r.content_id = a.content_id
          returning r.*),
        change as materialized (
          select user_id, type, (created_at at time zone 'UTC')::date as day, sum(n) as n, sum(n * coalesce(seconds, 0)) as seconds, sum(n * (seconds is not null)::int) as timed
            from (select user_id, type, created_at, seconds, 1 as n from put where standing
                  union all
                  select user_id, type, created_at, seconds, -1 from old where standing) d
           group by 1, 2, 3),
        days as (
          insert into interaction_days as d (user_id, type, day, n, seconds, timed)
          select user_id, type, day, n, seconds, timed from change
          on conflict (user_id, type, day) do update set n = d.n + excluded.n, seconds = d.seconds + excluded.seconds, timed = d.timed + excluded.timed)
        update interaction_people p set n = p.n + c.n from (select user_id, sum(n) as n from change group by user_id) c where p.user_id = c.user_id
        """;

    public async Task Follow(NpgsqlConnection db, IReadOnlyList<LedgerRow> rows, bool voided, CancellationToken ct)
    {
        var mine = rows.Where(row => InteractionTypes.Of(row.Verb) > 0 && row.Actor is not null).ToList();
        if (mine.Count == 0)
            return;
        await Sql.Execute(db, LockSql, ct, Sql.Value(mine.Select(row => row.Actor!.Value).Distinct().ToArray()));
        await Sql.Execute(
            db,
            RestateSql,
            ct,
            Sql.Array(mine, row => row.Actor!.Value),
            Sql.Array(mine, row => InteractionTypes.Of(row.Verb)),
            Sql.Array(mine, row => row.ObjectId),
            Sql.Array(mine, row => row.Id),
            Sql.Value(voided));
    }
}
