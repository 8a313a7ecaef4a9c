using Hearth.Database;
using Hearth.Ledger;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Interactions;

/// <summary>
/// The statements behind tracking, for one as for many: hold the people's rows by id, then state, counters and ledger in one statement.
/// The state keeps the newest event of each (person, type, content), the ledger keeps them all.
/// </summary>
internal static class TrackStore
{
    private const string PeopleSql =
        """
        -- interactions.people
        insert into interaction_people (user_id) select u from unnest($1::bigint[]) as i (u) order by u on conflict do nothing
        """;

    private const string LockSql =
        """
        -- interactions.lock_people
        select from interaction_people where user_id = any($1) order by user_id for no key update
        """;

    private const string Fields = "value, mood, intensity, seconds, context, notes, by_external_id";

    private const string TrackSql =
        $"""
        -- interactions.track
        with moment as materialized (select clock_timestamp() as at),
        input as materialized (
          select i.n, i.user_id, i.content_id, i.type, i.by_external_id, i.value, i.mood, i.intensity, i.seconds, i.context, i.notes, coalesce(i.at, m.at) as at
            from unnest($1::bigint[], $2::bigint[], $3::smallint[], $4::boolean[], $5::int[], $6::text[], $7::int[], $8::int[], $9::text[], $10::text[],
                        $11::timestamptz[]) with ordinality
                 as i (user_id, content_id, type, by_external_id, value, mood, intensity, seconds, context, notes, at, n)
           cross join moment m),
        latest as materialized (
          select distinct on (user_id, type, content_id) *, first_value(at) over (partition by user_id, type, content_id order by n) as first_at
            from input order by user_id, type, content_id, at desc, n desc),
        old as materialized (
          select r.* from latest l join interactions r on r.user_id = l.user_id and r.type = l.type and r.content_id = l.content_id),
        put as (
          insert into interactions as r (user_id, type, content_id, {Fields}, created_at, updated_at)
          select user_id, type, content_id, {Fields}, first_at, at from latest
          on conflict (user_id, type, content_id) do update
             set value = excluded.value, mood = excluded.mood, intensity = excluded.intensity, seconds = excluded.seconds, context = excluded.context,
                 notes = excluded.notes, by_external_id = excluded.by_external_id, standing = true, updated_at = excluded.updated_at,
                 created_at = case when r.standing then r.created_at else excluded.created_at end
           where not r.standing or excluded.updated_at >= r.updated_at
          returning *),
        change as materialized (
          select user_id, type, day, sum(n) as n, sum(seconds) as seconds, sum(timed) as timed
            from (select user_id, type, (created_at at time zone 'UTC')::date as day, 1 as n, coalesce(seconds, 0)::bigint as seconds, (seconds is not null)::int as timed from put
                  union all
                  select o.user_id, o.type, (o.created_at at time zone 'UTC')::date, -1, -coalesce(o.seconds, 0)::bigint, -(o.seconds is not null)::int
                    from old o join put p on p.user_id = o.user_id and p.type = o.type and p.content_id = o.content_id where o.standing) d
           group by user_id, type, day
          having sum(n) <> 0 or sum(seconds) <> 0 or sum(timed) <> 0),
        days as (
          insert into interaction_days as d (user_id, type, day, n, seconds, timed)
          select user_id, type, day, n, seconds, timed from change
          on conflict (user_id, type, day) do update set n = d.n + excluded.n, seconds = d.seconds + excluded.seconds, timed = d.timed + excluded.timed),
        counted as (
          update interaction_people p set n = p.n + c.n from (select user_id, sum(n) as n from change group by user_id) c where p.user_id = c.user_id and c.n <> 0),
        logged as (
          insert into ledger (at, actor, object_id, subject, value, verb, object_kind, detail)
          select at, user_id, content_id, user_id, value, 159 + type, 23,
                 case when seconds is not null then jsonb_build_object('seconds', seconds) end
            from input order by n
          returning id),
        now_is as (
          select * from put
          union all
          select o.* from old o where not exists (select from put p where p.user_id = o.user_id and p.type = o.type and p.content_id = o.content_id))
        select i.n, r.id, r.user_id, r.type, r.value, r.mood, r.intensity, r.seconds, r.context, r.notes, r.created_at, r.updated_at,
               not coalesce(o.standing, false) and i.n = min(i.n) over (partition by i.user_id, i.type, i.content_id),
               (select max(id) from logged)
          from input i
          join now_is r on r.user_id = i.user_id and r.type = i.type and r.content_id = i.content_id
          left join old o on o.user_id = i.user_id and o.type = i.type and o.content_id = i.content_id
        """;

    private const string FindPeopleSql =
        """
        -- interactions.find_people
        select id, uuid from users where id = any($1) or uuid = any($2)
        """;

    public static async Task<(IReadOnlyList<Outcome<TrackedRow>> Outcomes, long Position)> Flush(
        NpgsqlConnection db, IReadOnlyList<Tracked> items, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(db);
        long[] people = [.. items.Select(item => item.User).Distinct().Order()];
        batch.BatchCommands.Add(new NpgsqlBatchCommand(PeopleSql) { Parameters = { Sql.Array(people) } });
        batch.BatchCommands.Add(new NpgsqlBatchCommand(LockSql) { Parameters = { Sql.Array(people) } });
        var track = new NpgsqlBatchCommand(TrackSql);
        track.Parameters.Add(Sql.Array(items, item => item.User));
        track.Parameters.Add(Sql.Array(items, item => item.Content));
        track.Parameters.Add(Sql.Array(items, item => item.Type));
        track.Parameters.Add(Sql.Array(items, item => item.ByExternalId));
        track.Parameters.Add(Sql.Array(items, item => item.Value));
        track.Parameters.Add(Sql.Array(items, item => item.Mood));
        track.Parameters.Add(Sql.Array(items, item => item.Intensity));
        track.Parameters.Add(Sql.Array(items, item => item.Seconds));
        track.Parameters.Add(Sql.Array(items, item => item.Context));
        track.Parameters.Add(Sql.Array(items, item => item.Notes));
        track.Parameters.Add(Sql.Times(items, item => item.At));
        batch.BatchCommands.Add(track);

        var outcomes = new Outcome<TrackedRow>[items.Count];
        var position = 0L;
        await using var rows = await batch.ExecuteReaderAsync(ct);
        do
        {
            while (rows.FieldCount > 1 && await rows.ReadAsync(ct))
            {
                outcomes[rows.GetInt64(0) - 1] = new Outcome<TrackedRow>(Read(rows));
                position = rows.GetInt64(13);
            }
        }
        while (await rows.NextResultAsync(ct));
        return (outcomes, position);
    }

    public static async Task<Dictionary<PersonId, long>> People(NpgsqlConnection db, IReadOnlyCollection<PersonId> people, CancellationToken ct)
    {
        await using var command = Sql.Command(
            db, FindPeopleSql, Sql.Array(people.Where(one => one.Number is not null), one => one.Number!.Value), Sql.Array(people.Where(one => one.Uuid is not null), one => one.Uuid!.Value));
        var found = new Dictionary<PersonId, long>();
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            found[new PersonId(null, row.GetInt64(0))] = row.GetInt64(0);
            found[new PersonId(row.GetGuid(1), null)] = row.GetInt64(0);
        }

        return found;
    }

    private static TrackedRow Read(NpgsqlDataReader row) => new(
        row.GetInt64(1), row.GetInt64(2), row.GetInt16(3), Number(row, 4), row.TextOrNull(5), Number(row, 6), Number(row, 7), row.TextOrNull(8), row.TextOrNull(9),
        row.GetDateTime(10), row.GetDateTime(11), row.GetBoolean(12));

    private static int? Number(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt32(column);
}
