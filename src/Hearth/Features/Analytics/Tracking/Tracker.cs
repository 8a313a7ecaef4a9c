using Hearth.Database;
using Hearth.Ledger;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Analytics.Tracking;

/// <summary>Stores events of many requests together, each request's whole or not at all.</summary>
internal sealed class Tracker : IAsyncDisposable
{
    // What is done to a skill, post or person counts for it; anything else is an event of its own.
    private const string StoreSql =
        """
        -- analytics.track
        with given as materialized (
          select g.*, nextval(pg_get_serial_sequence('public.analytics_events', 'id')) as id,
                 case when g.target_id ~ '^[0-9]{1,18}$' then g.target_id::bigint end as number,
                 case when g.target_id ~* '^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$' then g.target_id::uuid end as uuid
            from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[]) with ordinality
                 as g (user_id, event_type, target_type, target_id, properties, n)),
        stored as (
          insert into analytics_events (id, user_id, event_type, target_type, target_id, properties)
          select id, user_id, event_type, target_type, target_id, properties from given order by n)
        select g.id, s.id, s.author, p.id, p.author, u.id
          from given g
          left join skills s on g.target_type = 'skill' and s.uuid = g.uuid
          left join posts p on g.target_type = 'post' and p.id = g.number
          left join users u on g.target_type = 'user' and (u.uuid = g.uuid or u.id = g.number)
         order by g.n
        """;

    private readonly Writes writes;
    private readonly BatchWriter<NewEvent[], int> writer;

    public Tracker(NpgsqlDataSource source, LedgerSignal signal, Writes writes)
    {
        this.writes = writes;
        writer = new BatchWriter<NewEvent[], int>("analytics", source, signal, 1, Flush, most: 64);
    }

    public async Task<Answer> Track(HttpContext http, NewEvent[] events) =>
        (await writes.Batched(http, writer, events, count => Answer.Created(new TrackedView(count)))).Answer;

    public ValueTask DisposeAsync() => writer.DisposeAsync();

    private static async Task<(IReadOnlyList<Outcome<int>> Outcomes, long Position)> Flush(
        NpgsqlConnection db, IReadOnlyList<NewEvent[]> items, CancellationToken ct)
    {
        NewEvent[] events = [.. items.SelectMany(item => item)];
        var entries = new List<Entry>(events.Length);
        await using (var command = Sql.Command(
            db,
            StoreSql,
            Sql.Array(events, one => one.User),
            Sql.Array(events, one => one.Type),
            Sql.Array(events, one => one.TargetType),
            Sql.Array(events, one => one.TargetId),
            Sql.Array(events, one => one.Properties)))
        await using (var row = await command.ExecuteReaderAsync(ct))
        {
            while (await row.ReadAsync(ct))
                entries.Add(Entry(row, events[entries.Count]));
        }

        var position = await LedgerStore.Append(db, entries, ct);
        return ([.. items.Select(item => new Outcome<int>(item.Length))], position);
    }

    private static Entry Entry(NpgsqlDataReader row, NewEvent given)
    {
        var (kind, id, owner) = (ObjectKind.TrackedEvent, row.GetInt64(0), (long?)null);
        if (!row.IsDBNull(1))
            (kind, id, owner) = (ObjectKind.Skill, row.GetInt64(1), row.GetInt64(2));
        else if (!row.IsDBNull(3))
            (kind, id, owner) = (ObjectKind.Post, row.GetInt64(3), row.GetInt64(4));
        else if (!row.IsDBNull(5))
            (kind, id, owner) = (ObjectKind.User, row.GetInt64(5), row.GetInt64(5));
        return new Entry(Verb.Track, kind, id) { Actor = given.User, Subject = owner, Value = given.Seconds };
    }
}
