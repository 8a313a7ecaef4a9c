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
