using Hearth.Features.Engagement.Boards;
using Hearth.Features.Engagement.Kept;
using Hearth.Features.Engagement.Rollups;
using Npgsql;

namespace Hearth.Features.Engagement.Metrics;

internal sealed record CoursesView(IReadOnlyList<CoursePopularity> Courses);

/// <summary>What happens in a course; its facilitator sees it.</summary>
/// <param name="CourseId">The course.</param>
/// <param name="CourseName">Its name.</param>
/// <param name="TotalEngagements">All actions in it but views.</param>
/// <param name="Likes">Reactions to its posts.</param>
/// <param name="Comments">Comments and replies.</param>
/// <param name="ActiveParticipants">People with an engagement in it in the last 30 days.</param>
/// <param name="EngagementRate">Likes, comments and shares by the number of people who saw its posts, at most 1.</param>
/// <param name="Trend">The last 7 days against the 7 before: <c>up</c>, <c>down</c>, <c>flat</c> (within 5 %).</param>
internal sealed record CoursePopularity(
    int CourseId, string CourseName, int TotalEngagements, int Likes, int Comments, int ActiveParticipants, double EngagementRate, string Trend);

/// <summary>A facilitator's courses.</summary>
internal sealed class CourseFigures(KeptFigures kept, TimeProvider time)
{
    private const int Most = 100;

    private static readonly string Sql =
        $"""
        -- engagement.course_popularity
        select c.id, c.name, coalesce(t.engagements, 0), coalesce(t.likes, 0), coalesce(t.comments + t.replies, 0), coalesce(t.shares, 0),
               coalesce(t.reach, 0),
               (select count(distinct p.user_id)::int from engagement_participants p where p.course_id = c.id and p.day >= $2 and p.day <= $3),
               coalesce(w.now, 0)::int, coalesce(w.before, 0)::int
          from courses c
          left join engagement_totals t on t.scope = 4 and t.scope_id = c.id
          left join lateral (
            select sum(d.engagements) filter (where d.day > $3 - 7) as now, sum(d.engagements) filter (where d.day <= $3 - 7) as before
              from engagement_days d where d.scope = 4 and d.scope_id = c.id and d.day > $3 - 14 and d.day <= $3) w on true
         where c.owner = $1
         order by 3 desc, c.id
         limit {Most}
        """;

    public async Task<IReadOnlyList<CoursePopularity>> Read(long owner, CancellationToken ct)
    {
        var key = new FigureKey("course_popularity", owner, Days.Last(Days.Month, Days.Today(time)));
        return await kept.Read(key, db => Read(db, key, ct), ct);
    }

    private static async Task<Figures<IReadOnlyList<CoursePopularity>>> Read(NpgsqlConnection db, FigureKey key, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Sql, db)
        {
            Parameters =
            {
                new NpgsqlParameter<long> { TypedValue = key.Id },
                new NpgsqlParameter<DateOnly> { TypedValue = key.Days.From },
                new NpgsqlParameter<DateOnly> { TypedValue = key.Days.To },
            },
        };
        var courses = new List<CoursePopularity>();
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            var (likes, comments, shares) = (row.GetInt32(3), row.GetInt32(4), row.GetInt32(5));
            courses.Add(new CoursePopularity(
                row.GetInt32(0),
                row.GetString(1),
                row.GetInt32(2),
                likes,
                comments,
                row.GetInt32(7),
                Rates.Of(likes + comments + shares, row.GetInt32(6)),
                Rates.Trend(row.GetInt32(8), row.GetInt32(9))));
        }

        // Where there are more, one that is not among them may rise.
        return new Figures<IReadOnlyList<CoursePopularity>>(
            courses, courses.Count, courses.Count == Most ? null : [Topic.Person(key.Id), .. courses.Select(course => Topic.Course(course.CourseId))]);
    }
}
