using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Community;

/// <summary>Counts of views from the hours' rows: a week of them, however old the post is.</summary>
internal sealed class ViewStatistics(NpgsqlDataSource source)
{
    private const int Days = 7;

    private const string Sql =
        """
        -- views.statistics
        select p.views, p.views - p.views_base,
               (select coalesce(sum(h.views), 0) from post_view_hours h where h.post_id = p.id and h.hour > now() - interval '24 hours'),
               (now() at time zone 'UTC')::date,
               array(select coalesce(sum(h.views), 0)::int
                       from generate_series(0, $2 - 1) as ago
                       left join post_view_hours h on h.post_id = p.id
                        and h.hour >= ((now() at time zone 'UTC')::date - ago)::timestamp at time zone 'UTC'
                        and h.hour < ((now() at time zone 'UTC')::date - ago + 1)::timestamp at time zone 'UTC'
                      group by ago order by ago)
          from posts p where p.id = $1
        """;

    public async Task<ViewStats> Of(long post, bool viewed, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        await using var command = new NpgsqlCommand(Sql, db)
        {
            Parameters = { new NpgsqlParameter<long> { TypedValue = post }, new NpgsqlParameter<int> { TypedValue = Days } },
        };
        await using var row = await command.ExecuteReaderAsync(ct);
        if (!await row.ReadAsync(ct))
            throw Failure.NotFound();
        var today = row.GetFieldValue<DateOnly>(3);
        var views = row.GetFieldValue<int[]>(4);
        return new ViewStats(
            post, row.GetInt32(0), row.GetInt32(1), row.GetInt64(2), [.. views.Select((n, ago) => new DayViews(today.AddDays(-ago), n))], viewed);
    }
}
