namespace Hearth.Platform;

/// <summary>The community's figures as the engagement contract shows them.</summary>
internal sealed record CommunityTotals(long Users, int ActiveUsers, int Posts, long Comments, long Engagements, long Groups, double HealthScore);

/// <summary>A post that most is done on.</summary>
internal sealed record TrendingFigure(long Id, string Title, string Author, int Engagements, int Likes, int Comments, double Score, DateTime CreatedAt);

/// <summary>Figures of the community, for features that show them: the engagement feature's own, so that a figure is the same wherever it is shown.</summary>
internal interface ICommunityFigures
{
    Task<CommunityTotals> Totals(CancellationToken ct);

    /// <returns>How many people engaged in the last days (UTC), today included.</returns>
    Task<int> Active(int days, CancellationToken ct);

    Task<IReadOnlyList<TrendingFigure>> Trending(int days, int limit, Caller reader, CancellationToken ct);
}
