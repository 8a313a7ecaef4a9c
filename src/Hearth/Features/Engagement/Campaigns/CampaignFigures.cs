using Hearth.Features.Engagement.Boards;
using Hearth.Features.Engagement.Kept;
using Hearth.Features.Engagement.Rollups;
using Npgsql;

namespace Hearth.Features.Engagement.Campaigns;

/// <summary>How a corporate user's campaigns do.</summary>
internal sealed class CampaignFigures(KeptFigures kept, TimeProvider time)
{
    private const int Most = 100;
    private const int Trend = 7;

    private static readonly string Sql =
        $"""
        -- engagement.campaign_performance
        select p.id, p.name, coalesce(t.engagements, 0), coalesce(t.likes, 0), coalesce(t.comments + t.replies, 0), coalesce(t.mentions, 0),
               coalesce(t.shares, 0), coalesce(t.reach, 0), coalesce(t.clicks, 0), coalesce(t.conversions, 0),
               coalesce(w.now, 0)::int, coalesce(w.before, 0)::int
          from promos p
          left join engagement_totals t on t.scope = 5 and t.scope_id = p.id
          left join lateral (
            select sum(d.engagements) filter (where d.day > $2 - 7) as now, sum(d.engagements) filter (where d.day <= $2 - 7) as before
              from engagement_days d where d.scope = 5 and d.scope_id = p.id and d.day > $2 - 14 and d.day <= $2) w on true
         where p.owner = $1
         order by 3 desc, p.id
         limit {Most}
        """;

    /// <returns>The campaigns of an owner, the most engaging first.</returns>
    public async Task<IReadOnlyList<CampaignPerformance>> Read(long owner, CancellationToken ct)
    {
        var key = new FigureKey("campaign_performance", owner, Days.Last(Trend, Days.Today(time)));
        return await kept.Read(key, db => Read(db, key, ct), ct);
    }

    private static async Task<Figures<IReadOnlyList<CampaignPerformance>>> Read(NpgsqlConnection db, FigureKey key, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Sql, db)
        {
            Parameters = { new NpgsqlParameter<long> { TypedValue = key.Id }, new NpgsqlParameter<DateOnly> { TypedValue = key.Days.To } },
        };
        var campaigns = new List<CampaignPerformance>();
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            var (likes, comments, shares) = (row.GetInt32(3), row.GetInt32(4), row.GetInt32(6));
            var (impressions, clicks) = (row.GetInt32(7), row.GetInt32(8));
            campaigns.Add(new CampaignPerformance(
                row.GetInt32(0),
                row.GetString(1),
                row.GetInt32(2),
                likes,
                comments,
                row.GetInt32(5),
                Rates.Of(likes + comments + shares, impressions),
                impressions,
                Rates.Of(clicks, impressions),
                Rates.Of(row.GetInt32(9), clicks),
                Rates.Trend(row.GetInt32(10), row.GetInt32(11))));
        }

        // Where there are more, one that is not among them may rise.
        return new Figures<IReadOnlyList<CampaignPerformance>>(
            campaigns,
            campaigns.Count,
            campaigns.Count == Most ? null : [Topic.Person(key.Id), .. campaigns.Select(campaign => Topic.Campaign(campaign.CampaignId))]);
    }
}
