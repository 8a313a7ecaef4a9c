using Hearth.Features.Engagement.Boards;
using Hearth.Features.Engagement.Kept;
using Hearth.Features.Engagement.Rollups;
using Npgsql;

namespace Hearth.Features.Engagement.Metrics;

/// <summary>The community as anyone may see it: no addresses, nothing hidden, nobody who is private by name.</summary>
/// <param name="TotalUsers">Accounts.</param>
/// <param name="ActiveUsers">People with an engagement in the last 30 days.</param>
/// <param name="TotalPosts">Posts that are there to see.</param>
/// <param name="TotalComments">Comments and replies of those posts.</param>
/// <param name="TotalEngagements">All actions that count but views.</param>
/// <param name="TotalMentions">Mentions among them.</param>
/// <param name="TotalGroups">Groups.</param>
/// <param name="TotalGroupMembers">Memberships of all groups.</param>
/// <param name="AvgEngagementPerPost"><c>total_engagements</c> by <c>total_posts</c>.</param>
/// <param name="AvgEngagementPerUser"><c>total_engagements</c> by <c>total_users</c>.</param>
/// <param name="CommunityHealthScore">
/// The mean of three: active by all users; of the posts of the last 30 days those that got an answer or reaction; of the people active
/// in the 30 days before, those still active in the last 30.
/// </param>
/// <param name="TopContributors">The five most active of the last 30 days.</param>
/// <param name="TrendingPosts">The five posts that most is done on in 7 days.</param>
internal sealed record CommunityStats(
    long TotalUsers,
    int ActiveUsers,
    int TotalPosts,
    long TotalComments,
    int TotalEngagements,
    int TotalMentions,
    long TotalGroups,
    long TotalGroupMembers,
    double AvgEngagementPerPost,
    double AvgEngagementPerUser,
    double CommunityHealthScore,
    IReadOnlyList<ActiveUser> TopContributors,
    IReadOnlyList<PublicTrendingPost> TrendingPosts);

/// <summary>Figures of the whole community.</summary>
internal sealed class CommunityFigures(
    BoardRoom boards, ActiveFigures active, TrendingFigures trending, KeptFigures kept, NpgsqlDataSource source, TimeProvider time)
{
    private const int Shown = 5;
    private const int TrendingDays = 7;

    private const string Sql =
        """
        -- engagement.community_totals
        select engagements, mentions from engagement_totals where scope = 6 and scope_id = 0
        """;

    private const string GroupsSql =
        """
        -- engagement.community_groups
        select count(*), coalesce(sum(member_count), 0) from groups
        """;

    private readonly UserCount users = new();
    private (long Now, long Before, int Both) returned = (-1, -1, 0);

    public async Task<CommunityStats> Read(CancellationToken ct)
    {
        var today = Days.Today(time);
        var month = Days.Last(Days.Month, today);
        var now = await boards.People(Ranking.Engagements, month, ct);
        var before = await boards.People(Ranking.Engagements, month.Before, ct);
        var posts = await boards.Posts(ct);
        var (engagements, mentions) = await Totals(ct);
        var total = (await kept.Read(new FigureKey("accounts", 0), db => Accounts(db, ct), ct)).Accounts;
        var groups = await kept.Read(new FigureKey("groups", 0), db => Groups(db, ct), ct);
        var recent = posts.Of(month);
        var health = (Share(now.Count, total) + Share(recent.Answered, recent.Posts) + Share(Returned(now, before), before.Count)) / 3;
        return new CommunityStats(
            total,
            now.Count,
            posts.Count,
            posts.Comments,
            engagements,
            mentions,
            groups.Groups,
            groups.Members,
            Rates.Average(engagements, posts.Count),
            Rates.Average(engagements, total),
            Math.Round(health, 2, MidpointRounding.AwayFromZero),
            await active.Read(Days.Month, Shown, null, ct),
            [.. (await trending.Read(TrendingDays, Shown, publicly: true, reader: null, ct)).Select(Public)]);
    }

    private static double Share(double part, double whole) => whole <= 0 ? 0 : Math.Clamp(part / whole, 0, 1);

    private static PublicTrendingPost Public(TrendingPost post) => new(
        post.PostId,
        post.PostTitle,
        new PublicAuthor(post.Author.Id, post.Author.Username),
        post.TotalEngagements,
        post.Likes,
        post.Comments,
        post.EngagementScore,
        post.CreatedAt,
        post.Period);

    /// <summary>How many of those active before are active now; counted again when either changed.</summary>
    private int Returned(PeopleBoard now, PeopleBoard before)
    {
        var (seenNow, seenBefore, both) = returned;
        if (seenNow == now.Revision && seenBefore == before.Revision)
            return both;
        var (revisionNow, revisionBefore) = (now.Revision, before.Revision);
        both = before.Over(earlier => now.Over(later => earlier.Keys.Count(later.ContainsKey)));
        returned = (revisionNow, revisionBefore, both);
        return both;
    }

    private async Task<(int Engagements, int Mentions)> Totals(CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        await using var command = new NpgsqlCommand(Sql, db);
        await using var row = await command.ExecuteReaderAsync(ct);
        return await row.ReadAsync(ct) ? (row.GetInt32(0), row.GetInt32(1)) : (0, 0);
    }

    private async Task<Figures<AccountCount>> Accounts(NpgsqlConnection db, CancellationToken ct) =>
        new(new AccountCount(await users.Read(db, time, ct)), 1, [Topic.Accounts]);

    private static async Task<Figures<GroupCount>> Groups(NpgsqlConnection db, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(GroupsSql, db);
        await using var row = await command.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        return new Figures<GroupCount>(new GroupCount(row.GetInt64(0), row.GetInt64(1)), 1, [Topic.Groups]);
    }

    private sealed record AccountCount(long Accounts);

    private sealed record GroupCount(long Groups, long Members);
}
