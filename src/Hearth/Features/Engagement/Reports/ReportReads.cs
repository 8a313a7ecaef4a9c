using Hearth.Features.Engagement.Boards;
using Hearth.Features.Engagement.Campaigns;
using Hearth.Features.Engagement.Kept;
using Hearth.Features.Engagement.Metrics;
using Hearth.Features.Engagement.Reputation;
using Hearth.Features.Engagement.Rollups;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Engagement.Reports;

/// <summary>Gathers a report from the same figures that the endpoints show.</summary>
internal sealed class ReportReads(
    UserFigures users,
    ReputationReads reputations,
    CourseFigures courses,
    CampaignFigures campaigns,
    CommunityFigures community,
    KeptFigures kept,
    NpgsqlDataSource source,
    TimeProvider time)
{
    public const int MostDays = 366;

    private const string DaysSql =
        """
        -- engagement.report.days
        select s.day::date, coalesce(d.engagements, 0), coalesce(d.likes, 0), coalesce(d.comment_likes, 0), coalesce(d.comments, 0),
               coalesce(d.replies, 0), coalesce(d.mentions, 0), coalesce(d.joins, 0), coalesce(d.shares, 0), coalesce(d.bookmarks, 0),
               coalesce(d.views, 0), coalesce(d.posts, 0), coalesce(p.points, 0)
          from generate_series($3::date, $4::date, interval '1 day') as s (day)
          left join engagement_days d on d.scope = $1 and d.scope_id = $2 and d.day = s.day::date
          left join (
            select e.day, e.points from engagement_points e where $1 = 1 and e.user_id = $2 and e.day >= $3 and e.day <= $4
            union all
            select e.day, sum(e.points)::int from engagement_points e where $1 = 6 and e.day >= $3 and e.day <= $4 group by 1) p on p.day = s.day::date
         order by s.day
        """;

    public async Task<PersonReport> OfPerson(long user, int days, Roles roles, CancellationToken ct)
    {
        var span = Days.Last(days, Days.Today(time));
        var metrics = await users.Read(user, days, null, ct);
        return new PersonReport(
            user,
            metrics.Username,
            Days.Period(days),
            span.From,
            span.To,
            Now,
            metrics.Metrics,
            await reputations.Own(user, null, ct),
            await OwnDays(user, span, ct),
            (roles & Roles.Facilitator) != Roles.None ? await courses.Read(user, ct) : [],
            (roles & Roles.Corporate) != Roles.None ? await campaigns.Read(user, ct) : []);
    }

    public async Task<CommunityReport> OfCommunity(int days, CancellationToken ct)
    {
        var span = Days.Last(days, Days.Today(time));
        return new CommunityReport(
            Days.Period(days), span.From, span.To, Now, await community.Read(ct), await AllDays(span, ct));
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private async Task<IReadOnlyList<ReportDay>> OwnDays(long user, Days span, CancellationToken ct) =>
        await kept.Read(
            new FigureKey("days", user, span),
            async db => new Figures<List<ReportDay>>(await DayByDay(db, Scope.Person, user, span, ct), span.Length, [Topic.Person(user), Topic.Rules]),
            ct);

    private async Task<List<ReportDay>> AllDays(Days span, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        return await DayByDay(db, Scope.Community, 0, span, ct);
    }

    private static async Task<List<ReportDay>> DayByDay(NpgsqlConnection db, Scope scope, long id, Days span, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(DaysSql, db)
        {
            Parameters =
            {
                new NpgsqlParameter<short> { TypedValue = (short)scope },
                new NpgsqlParameter<long> { TypedValue = id },
                new NpgsqlParameter<DateOnly> { TypedValue = span.From },
                new NpgsqlParameter<DateOnly> { TypedValue = span.To },
            },
        };
        var days = new List<ReportDay>(span.Length);
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            int N(int column) => row.GetInt32(column);
            days.Add(new ReportDay(row.GetFieldValue<DateOnly>(0), N(1), N(2), N(3), N(4), N(5), N(6), N(7), N(8), N(9), N(10), N(11), N(12)));
        }

        return days;
    }
}
