using Hearth.Database;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Analytics.People;

/// <summary>What one person did, from rollups by day.</summary>
internal sealed class PersonReads(NpgsqlDataSource source, IStandings standings)
{
    private const string DaysSql =
        """
        -- analytics.person_days
        select coalesce(d.day, a.day), coalesce(d.engagements, 0), coalesce(d.views, 0), coalesce(d.posts, 0), coalesce(d.likes, 0), coalesce(d.comment_likes, 0),
               coalesce(d.comments, 0), coalesce(d.replies, 0), coalesce(d.mentions, 0), coalesce(d.shares, 0), coalesce(d.bookmarks, 0), coalesce(d.joins, 0),
               coalesce(a.events, 0), coalesce(a.shared, 0), coalesce(a.likes, 0), coalesce(a.unlikes, 0), coalesce(a.downloads, 0), coalesce(a.ratings, 0),
               coalesce(a.comments, 0)
          from (select * from engagement_days where scope = 1 and scope_id = $1 and day between $2 and $3) d
          full join (select * from analytics_user_days where user_id = $1 and day between $2 and $3) a on a.day = d.day
         order by 1
        """;

    public async Task<PersonEngagement> Engagement(long user, AnalyticsPeriod period, CancellationToken ct)
    {
        var standing = await standings.Of(user, ct);
        var days = new List<int[]>();
        var dates = new List<DateOnly>();
        await using var db = await source.OpenConnectionAsync(ct);
        await using var command = Sql.Command(db, DaysSql, Sql.Value(user), Sql.Value(period.From), Sql.Value(period.To));
        await using (var row = await command.ExecuteReaderAsync(ct))
        {
            while (await row.ReadAsync(ct))
            {
                dates.Add(row.GetFieldValue<DateOnly>(0));
                days.Add([.. Enumerable.Range(1, 18).Select(row.GetInt32)]);
            }
        }

        int Sum(int column) => days.Sum(day => day[column]);
        return new PersonEngagement(
            period,
            Sum(0),
            Figures.Average(Sum(0), period.Days),
            standing.Reputation,
            standing.Level,
            new CommunityActions(Sum(2), Sum(1), Sum(3), Sum(4), Sum(5), Sum(6), Sum(7), Sum(8), Sum(9), Sum(10)),
            new SkillActivity(Sum(12), Sum(13), Sum(14), Sum(15), Sum(16), Sum(17)),
            Sum(11),
            [.. days.Select((day, i) => new PersonDay(dates[i], day[0], day[1], day[2], day[12] + day[13] + day[15] + day[16] + day[17], day[11]))]);
    }
}
