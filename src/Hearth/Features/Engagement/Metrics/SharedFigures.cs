using Hearth.Features.Engagement.Boards;
using Hearth.Platform;

namespace Hearth.Features.Engagement.Metrics;

/// <summary>The same figures for other contracts.</summary>
internal sealed class SharedFigures(CommunityFigures community, TrendingFigures trending, BoardRoom boards, TimeProvider time) : ICommunityFigures
{
    public async Task<CommunityTotals> Totals(CancellationToken ct)
    {
        var all = await community.Read(ct);
        return new CommunityTotals(
            all.TotalUsers, all.ActiveUsers, all.TotalPosts, all.TotalComments, all.TotalEngagements, all.TotalGroups, all.CommunityHealthScore);
    }

    public async Task<int> Active(int days, CancellationToken ct) =>
        (await boards.People(Ranking.Engagements, Days.Last(days, Days.Today(time)), ct)).Count;

    public async Task<IReadOnlyList<TrendingFigure>> Trending(int days, int limit, Caller reader, CancellationToken ct) =>
    [
        .. (await trending.Read(days, limit, publicly: false, reader, ct)).Select(post => new TrendingFigure(
            post.PostId, post.PostTitle, post.Author.Username, post.TotalEngagements, post.Likes, post.Comments, post.EngagementScore, post.CreatedAt)),
    ];
}
