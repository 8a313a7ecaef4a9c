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

    // What is there already is looked up once, row by row ("offset 0": also while the database takes the table for empty). The lock on the people
    // keeps it as it was found, so that what is new is simply inserted.
    private const string Written =
        $"""
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
        known as materialized (
          select l.*, o.standing as was_standing, o.created_at as was_created, o.seconds as was_seconds, o.at is not null as is_old,
                 o.at is null or not o.standing or l.at >= o.at as changes
            from latest l
            left join lateral (
              select r.standing, r.created_at, r.seconds, r.updated_at as at from interactions r
               where r.user_id = l.user_id and r.type = l.type and r.content_id = l.content_id offset 0) o on true),
        fresh as (
          insert into interactions (user_id, type, content_id, {Fields}, created_at, updated_at)
          select user_id, type, content_id, {Fields}, first_at, at from known where not is_old
          returning *),
        renewed as (
          insert into interactions as r (user_id, type, content_id, {Fields}, created_at, updated_at)
          select user_id, type, content_id, {Fields}, first_at, at from known where is_old and changes
          on conflict (user_id, type, content_id) do update
             set value = excluded.value, mood = excluded.mood, intensity = excluded.intensity, seconds = excluded.seconds, context = excluded.context,
                 notes = excluded.notes, by_external_id = excluded.by_external_id, standing = true, updated_at = excluded.updated_at,
                 created_at = case when r.standing then r.created_at else excluded.created_at end
          returning *),
        change as materialized (
          select user_id, type, (at at time zone 'UTC')::date as day, sum(n) as n, sum(n * coalesce(seconds, 0)::bigint) as seconds, sum(n) filter (where seconds is not null) as timed
            from (select user_id, type, case when was_standing then was_created else first_at end as at, 1 as n, seconds from known where changes
                  union all
                  select user_id, type, was_created, -1, was_seconds from known where changes and was_standing) d
           group by 1, 2, 3),
        days as (
          insert into interaction_days as d (user_id, day, type, n, seconds, timed)
          select user_id, day, type, n, seconds, coalesce(timed, 0) from change where n <> 0 or seconds <> 0 or timed <> 0
          on conflict (user_id, type, day) do update set n = d.n + excluded.n, seconds = d.seconds + excluded.seconds, timed = d.timed + excluded.timed),
        counted as (
          update interaction_people p set n = p.n + c.n from (select user_id, sum(n) as n from change group by user_id) c where p.user_id = c.user_id and c.n <> 0),
        logged as (
          insert into ledger (at, actor, object_id, subject, value, verb, object_kind, detail)
          select at, user_id, content_id, user_id, value, 159 + type, 23,
                 case when seconds is not null then jsonb_build_object('seconds', seconds) end
            from input order by n
          returning id)
        """;

    private const string TrackSql =
        $"""
        -- interactions.track
        {Written},
        now_is as (
          select * from fresh
          union all
          select * from renewed
          union all
          select r.*
            from known k
           cross join lateral (select * from interactions where user_id = k.user_id and type = k.type and content_id = k.content_id offset 0) r
           where not k.changes)
        select i.n, r.id, r.user_id, r.type, r.value, r.mood, r.intensity, r.seconds, r.context, r.notes, r.created_at, r.updated_at,
               not coalesce(k.was_standing, false) and i.n = min(i.n) over (partition by i.user_id, i.type, i.content_id),
               (select max(id) from logged)
          from input i
          join known k on k.user_id = i.user_id and k.type = i.type and k.content_id = i.content_id
          join now_is r on r.user_id = i.user_id and r.type = i.type and r.content_id = i.content_id
        """;

    private const string TrackManySql =
        $"""
        -- interactions.track_many
        {Written}
        select max(id) from logged
        """;

    private const string FindPeopleSql =
        """
        -- interactions.find_people
        select id, uuid from users where id = any($1) or uuid = any($2)
        """;

    /// <summary>Writes what came at one moment from many requests, each of which is told its row.</summary>
    public static async Task<(IReadOnlyList<Outcome<TrackedRow>> Outcomes, long Position)> Flush(
        NpgsqlConnection db, IReadOnlyList<Tracked> items, CancellationToken ct)
    {
        await using var batch = Batch(db, TrackSql, items);
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

    /// <summary>Writes the items of one request, which asks for no rows.</summary>
    /// <returns>The last one's position in the ledger.</returns>
    public static async Task<long> Write(NpgsqlConnection db, IReadOnlyList<Tracked> items, CancellationToken ct)
    {
        await using var batch = Batch(db, TrackManySql, items);
        await using var rows = await batch.ExecuteReaderAsync(ct);
        do
        {
            if (rows.FieldCount == 1 && await rows.ReadAsync(ct))
                return rows.GetInt64(0);
        }
        while (await rows.NextResultAsync(ct));
        throw new InvalidOperationException("What is tracked has a position in the ledger.");
    }

    private static NpgsqlBatch Batch(NpgsqlConnection db, string sql, IReadOnlyList<Tracked> items)
    {
        long[] people = [.. items.Select(item => item.User).Distinct().Order()];
        var track = new NpgsqlBatchCommand(sql);
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
        return new NpgsqlBatch(db)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand(PeopleSql) { Parameters = { Sql.Array(people) } },
                new NpgsqlBatchCommand(LockSql) { Parameters = { Sql.Array(people) } },
                track,
            },
        };
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
