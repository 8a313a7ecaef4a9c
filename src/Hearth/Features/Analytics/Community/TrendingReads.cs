using Hearth.Database;
using Hearth.Features.Analytics.People;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Analytics.Community;

/// <summary>What most is done on, as a person may see it.</summary>
internal sealed class TrendingReads(NpgsqlDataSource source, ICommunityFigures figures)
{
    private static readonly string SkillsSql =
        $"""
        -- analytics.trending_skills
        with hot as (
          select s.id, s.uuid, s.title, u.username, h.heat / skill_heat_at(now()) as score
            from skill_heat h join skills s on s.id = h.skill_id join users u on u.id = s.author
           where h.heat > 0
             and (s.author = $1 or s.visibility <> 3 and ($2 or not s.is_hidden
                    and (s.visibility = 1 or exists (select from follows f where f.follower = $1 and f.followed = s.author))
                    and not {Blocks.Part("$1", "s.author")}))
           order by h.heat desc, h.skill_id desc limit $5)
        select h.uuid, h.title, h.username, coalesce(d.views, 0), coalesce(d.likes, 0), coalesce(d.downloads, 0), coalesce(d.ratings, 0), coalesce(d.comments, 0), h.score
          from hot h
          left join lateral (
            select sum(views) as views, sum(likes) - sum(unlikes) as likes, sum(downloads) as downloads, sum(ratings) as ratings, sum(comments) as comments
              from analytics_skill_days where skill_id = h.id and day between $3 and $4) d on true
         order by h.score desc, h.id desc
        """;

    public async Task<TrendingContent> Read(Caller caller, AnalyticsPeriod period, int limit, CancellationToken ct)
    {
        var posts = await figures.Trending(period.Days, limit, caller, ct);
        var skills = new List<TrendingSkillFigures>();
        await using var db = await source.OpenConnectionAsync(ct);
        await using var command = Sql.Command(
            db, SkillsSql, Sql.Value(caller.UserId), Sql.Value(caller.IsModerator), Sql.Value(period.From), Sql.Value(period.To), Sql.Value(limit));
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            skills.Add(new TrendingSkillFigures(
                row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5), row.GetInt64(6), row.GetInt64(7),
                Math.Round(row.GetDouble(8), 4)));
        }

        return new TrendingContent(
            period,
            [.. posts.Select(post => new TrendingPostFigures(post.Id, post.Title, post.Author, post.Engagements, post.Likes, post.Comments, post.Score, post.CreatedAt))],
            skills);
    }
}
