using Hearth.Features.Engagement.Rollups;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Engagement.Metrics;

/// <param name="PostId">The post.</param>
/// <param name="PostTitle">Its title; the beginning of its text where it has none.</param>
/// <param name="Metrics">The figures.</param>
internal sealed record PostMetricsView(long PostId, string PostTitle, PostMetrics Metrics);

/// <summary>What a post has now; its author or an administrator sees it.</summary>
/// <param name="TotalLikes">Reactions of all four types.</param>
/// <param name="TotalComments">Comments and replies that are there to see.</param>
/// <param name="TotalShares">People who shared it.</param>
/// <param name="EngagementRate">Likes, comments and shares by reach, at most 1.</param>
/// <param name="Reach">People who saw it.</param>
internal sealed record PostMetrics(int TotalLikes, int TotalComments, int TotalShares, double EngagementRate, int Reach);

/// <summary>One post's figures: its own counters.</summary>
internal sealed class PostFigures(NpgsqlDataSource source)
{
    private const string Sql =
        """
        -- engagement.post_metrics
        select author, coalesce(title, left(content, 80)), like_count + love_count + haha_count + sad_count, comment_count, shares, views - views_base from posts where id = $1
        """;

    public async Task<PostMetricsView> Read(long post, Caller caller, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        await using var command = new NpgsqlCommand(Sql, db) { Parameters = { new NpgsqlParameter<long> { TypedValue = post } } };
        await using var row = await command.ExecuteReaderAsync(ct);
        if (!await row.ReadAsync(ct))
            throw Failure.NotFound();
        if (row.GetInt64(0) != caller.UserId && !caller.IsAdmin)
            throw Failure.Forbidden();
        var (likes, comments, shares, reach) = (row.GetInt32(2), row.GetInt32(3), row.GetInt32(4), row.GetInt32(5));
        var rate = Rates.Of(likes + comments + shares, reach);
        return new PostMetricsView(post, row.GetString(1), new PostMetrics(likes, comments, shares, rate, reach));
    }
}
