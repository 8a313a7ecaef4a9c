using System.Text.Json.Serialization;
using Hearth.Database;
using Hearth.Features.Analytics.People;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Analytics.Skills;

/// <summary>How a skill does, for its author. Totals are the skill's own; days are those on which things happened (UTC).</summary>
/// <param name="Views">As the skill shows them: each reader once.</param>
/// <param name="UniqueViewers">How many people read it.</param>
/// <param name="PerDay">Days of the period on which anything was done to it, the first first.</param>
internal sealed record SkillAnalytics(
    Guid Id,
    string Title,
    AnalyticsPeriod Period,
    int Views,
    int UniqueViewers,
    int Likes,
    int Downloads,
    int Comments,
    SkillStars Rating,
    SkillConversion Conversion,
    SkillEvents Events,
    IReadOnlyList<SkillDay> PerDay);

/// <param name="Average">With two decimals; 0 where nobody rated.</param>
internal sealed record SkillStars(double Average, int Count);

/// <summary>Of those who read it, how many did more; in [0, 1].</summary>
internal sealed record SkillConversion(double Like, double Download, double Rating);

/// <summary>What applications reported in the period.</summary>
/// <param name="AverageSeconds">Of those that tell how long they took; null where none does.</param>
internal sealed record SkillEvents(long Count, double? AverageSeconds);

/// <param name="Views">People who read it for the first time.</param>
/// <param name="Likes">Given on that day; <c>Unlikes</c> were taken back on it.</param>
/// <param name="Ratings">Given or changed.</param>
internal sealed record SkillDay(DateOnly Day, int Views, int Likes, int Unlikes, int Downloads, int Ratings, int Comments, int Events);

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(SkillAnalytics))]
internal sealed partial class SkillFiguresJson : JsonSerializerContext;

internal sealed class SkillFigures(NpgsqlDataSource source)
{
    private const string OneSql =
        """
        -- analytics.skill
        select id, author, title, views, likes, downloads, comment_count, rating_sum, rating_count,
               visibility = 1 and not is_hidden from skills where uuid = $1
        """;

    private const string DaysSql =
        """
        -- analytics.skill_days
        select day, views, likes, unlikes, downloads, ratings, comments, events, timed, seconds
          from analytics_skill_days where skill_id = $1 and day between $2 and $3 order by day
        """;

    /// <summary>404 for a skill that others may not know of, 403 for one that is not the caller's.</summary>
    public async Task<SkillAnalytics> Read(Guid uuid, Caller caller, AnalyticsPeriod period, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        long id;
        SkillAnalytics skill;
        await using (var command = Sql.Command(db, OneSql, Sql.Value(uuid)))
        await using (var row = await command.ExecuteReaderAsync(ct))
        {
            if (!await row.ReadAsync(ct) || (row.GetInt64(1) != caller.UserId && !row.GetBoolean(9)))
                throw Failure.NotFound();
            if (row.GetInt64(1) != caller.UserId)
                throw Failure.Forbidden();
            id = row.GetInt64(0);
            skill = Totals(row, uuid, period);
        }

        var (days, events) = await Days(db, id, period, ct);
        return skill with { PerDay = days, Events = events };
    }

    private static SkillAnalytics Totals(NpgsqlDataReader row, Guid uuid, AnalyticsPeriod period)
    {
        var (views, likes, downloads, stars, ratings) = (row.GetInt32(3), row.GetInt32(4), row.GetInt32(5), row.GetInt32(7), row.GetInt32(8));
        return new SkillAnalytics(
            uuid,
            row.GetString(2),
            period,
            views,
            views,
            likes,
            downloads,
            row.GetInt32(6),
            new SkillStars(ratings == 0 ? 0 : Math.Round((double)stars / ratings, 2, MidpointRounding.AwayFromZero), ratings),
            new SkillConversion(Figures.Rate(likes, views), Figures.Rate(downloads, views), Figures.Rate(ratings, views)),
            new SkillEvents(0, null),
            []);
    }

    private static async Task<(List<SkillDay> Days, SkillEvents Events)> Days(NpgsqlConnection db, long id, AnalyticsPeriod period, CancellationToken ct)
    {
        var days = new List<SkillDay>();
        long events = 0, timed = 0, seconds = 0;
        await using var command = Sql.Command(db, DaysSql, Sql.Value(id), Sql.Value(period.From), Sql.Value(period.To));
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            days.Add(new SkillDay(
                row.GetFieldValue<DateOnly>(0), row.GetInt32(1), row.GetInt32(2), row.GetInt32(3), row.GetInt32(4), row.GetInt32(5), row.GetInt32(6), row.GetInt32(7)));
            events += row.GetInt32(7);
            timed += row.GetInt32(8);
            seconds += row.GetInt64(9);
        }

        return (days, new SkillEvents(events, timed == 0 ? null : Figures.Average(seconds, timed)));
    }
}
