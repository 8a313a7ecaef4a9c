using Hearth.Ledger;
using Npgsql;

namespace Hearth.Features.Community;

/// <summary>A person saw these posts.</summary>
internal readonly record struct Sighting(long User, long[] Posts);

/// <summary>What a batch of sightings changed.</summary>
internal sealed record ViewsCounted(long Position, IReadOnlySet<long> Existing, IReadOnlyList<long> Changed);

/// <summary>The statements that count views. Each person counts once per post, whatever comes in.</summary>
internal static class ViewStore
{
    // The posts' rows are locked in the order of their ids before anything is counted: see also reactions.
    private const string LockSql =
        """
        -- views.lock
        select id from posts where id = any($1) order by id for no key update
        """;

    private const string CountSql =
        """
        -- views.count
        with moment as materialized (select clock_timestamp() as at),
        added as (
          insert into post_views (post_id, user_id, at)
          select p.id, s.user_id, m.at
            from unnest($1::bigint[], $2::bigint[]) as s (post_id, user_id) join posts p on p.id = s.post_id cross join moment m
          on conflict do nothing
          returning post_id, user_id, at),
        sums as (select post_id, count(*)::int as n from added group by post_id),
        counted as (update posts p set views = p.views + s.n from sums s where p.id = s.post_id),
        hours as (
          insert into post_view_hours as h (post_id, hour, views)
          select s.post_id, date_trunc('hour', m.at, 'UTC'), s.n from sums s cross join moment m order by s.post_id
          on conflict (post_id, hour) do update set views = h.views + excluded.views),
        logged as (
          insert into ledger (at, actor, object_id, subject, group_id, course_id, campaign_id, verb, object_kind)
          select a.at, a.user_id, a.post_id, p.author, p.group_id, p.course_id, p.campaign_id, 10, 2
            from added a join posts p on p.id = a.post_id order by a.post_id, a.user_id
          returning id)
        select coalesce((select max(id) from logged), 0), array(select post_id from sums)
        """;

    private const string RestateSql =
        """
        -- views.restate
        with input as (
          select i.* from unnest($1::bigint[], $2::bigint[], $3::timestamptz[]) as i (post_id, user_id, at) join posts p on p.id = i.post_id),
        added as (
          insert into post_views (post_id, user_id, at) select post_id, user_id, at from input where at is not null
          on conflict do nothing returning post_id, at),
        gone as (
          delete from post_views v using input i where i.at is null and v.post_id = i.post_id and v.user_id = i.user_id
          returning v.post_id, v.at),
        changed as (select post_id, at, 1 as n from added union all select post_id, at, -1 from gone),
        counted as (
          update posts p set views = p.views + s.n from (select post_id, sum(n)::int as n from changed group by post_id) s where p.id = s.post_id)
        insert into post_view_hours as h (post_id, hour, views)
        select post_id, date_trunc('hour', at, 'UTC'), sum(n)::int from changed group by 1, 2 order by 1, 2
        on conflict (post_id, hour) do update set views = h.views + excluded.views
        """;

    /// <summary>Makes state and counters what the ledger says already: when each person saw a post, or null for never.</summary>
    public static async Task Restate(NpgsqlConnection db, IReadOnlyList<(long Post, long User, DateTime? At)> views, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(RestateSql, db)
        {
            Parameters =
            {
                Array(views.Select(view => view.Post)),
                Array(views.Select(view => view.User)),
                new NpgsqlParameter<DateTime?[]> { TypedValue = [.. views.Select(view => view.At)] },
            },
        };
        await command.ExecuteNonQueryAsync(ct);
    }

    public static async Task<(IReadOnlyList<Outcome<ViewsCounted>> Outcomes, long Position)> Flush(
        NpgsqlConnection db, IReadOnlyList<Sighting> sightings, CancellationToken ct)
    {
        var result = await Count(db, sightings, ct);
        return ([.. sightings.Select(_ => new Outcome<ViewsCounted>(result))], result.Position);
    }

    public static async Task<ViewsCounted> Count(NpgsqlConnection db, IReadOnlyList<Sighting> sightings, CancellationToken ct)
    {
        var pairs = sightings.SelectMany(s => s.Posts.Select(post => (Post: post, s.User))).Distinct().ToList();
        await using var batch = new NpgsqlBatch(db)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand(LockSql) { Parameters = { Array(pairs.Select(pair => pair.Post).Distinct()) } },
                new NpgsqlBatchCommand(CountSql) { Parameters = { Array(pairs.Select(pair => pair.Post)), Array(pairs.Select(pair => pair.User)) } },
            },
        };
        await using var rows = await batch.ExecuteReaderAsync(ct);
        var existing = new HashSet<long>();
        while (await rows.ReadAsync(ct))
            existing.Add(rows.GetInt64(0));
        await rows.NextResultAsync(ct);
        await rows.ReadAsync(ct);
        return new ViewsCounted(rows.GetInt64(0), existing, rows.GetFieldValue<long[]>(1));
    }

    private static NpgsqlParameter<long[]> Array(IEnumerable<long> values) => new() { TypedValue = [.. values] };
}
