using Hearth.Features.Engagement.Boards;
using Hearth.Features.Engagement.Rollups;
using Hearth.Platform;

namespace Hearth.Features.Engagement.Metrics;

/// <summary>The contract's figures: of oneself, a post, a course, the community.</summary>
internal static class AnalyticsEndpoints
{
    public static void MapAnalytics(this IEndpointRouteBuilder analytics)
    {
        analytics.MapGet("/user_metrics", UserMetrics).RequireSignedIn().Limit(RateLimit.Reads).Produces<UserMetricsView>()
            .WithQuery("days", "How many days, up to today (UTC).", 30)
            .WithQuery("action_type", "One of the thirteen logged actions; left out: all.", "like_post", ActionTypes.All)
            .WithQuery("user", "Somebody else, by either id; for administrators.", 1).WithQuery("user_id", "The same as `user`.", 1);
        analytics.MapGet("/post_metrics", PostMetrics).RequireSignedIn().Limit(RateLimit.Reads).Produces<PostMetricsView>()
            .WithQuery("post_id", "The post; required.", 1);
        analytics.MapGet("/trending", Trending).RequireSignedIn().Limit(RateLimit.Reads).Produces<TrendingView>()
            .WithQuery("days", "The period; at most 365.", 7).WithQuery("limit", "How many, at most 100.", 10);
        analytics.MapGet("/active_users", ActiveUsers).RequireSignedIn().Limit(RateLimit.Reads).Produces<ActiveUsersView>()
            .WithQuery("days", "The period; at most 365.", 7).WithQuery("limit", "How many, at most 100.", 20);
        analytics.MapGet("/course_popularity", CoursePopularity).RequireRole(Roles.Facilitator).Limit(RateLimit.Reads).Produces<CoursesView>();
        analytics.MapGet("/community_stats", Stats).AllowAnyone().Limit(RateLimit.Reads).Produces<CommunityStats>();
        analytics.MapGet("/my_mentions", MyMentions).RequireSignedIn().Limit(RateLimit.Reads).Produces<MentionsView>()
            .WithQuery("limit", "How many, at most 100.", 20);
    }

    /// <summary>
    /// What the caller did in the last <c>days</c> (30; 1 to 3650), all of it or one <c>action_type</c>. Administrators may name a <c>user</c>.
    /// </summary>
    private static async Task<Answer> UserMetrics(HttpContext http, UserFigures figures, Whose whose) =>
        Answer.Ok(await figures.Read(
            await whose.Asked(http), Days.Asked(http, Days.Month, UserFigures.MostDays), ActionTypes.Asked(http), http.RequestAborted));

    /// <summary>The figures of the post <c>post_id</c>: for its author and administrators.</summary>
    private static async Task<Answer> PostMetrics(HttpContext http, PostFigures figures)
    {
        var post = http.QueryLong("post_id", long.MinValue) ?? throw Failure.Invalid("post_id", "This field is required.");
        return Answer.Ok(await figures.Read(post, http.Caller(), http.RequestAborted));
    }

    /// <summary>The posts that most was done on in the last <c>days</c> (7), <c>limit</c> of them (10, at most 100).</summary>
    private static async Task<Answer> Trending(HttpContext http, TrendingFigures figures) =>
        Answer.Ok(new TrendingView(await figures.Read(Days.Asked(http, 7), Limit(http, 10), publicly: false, http.Caller(), http.RequestAborted)));

    /// <summary>The people who did most in the last <c>days</c> (7), <c>limit</c> of them (20, at most 100). Who is private is not listed.</summary>
    private static async Task<Answer> ActiveUsers(HttpContext http, ActiveFigures figures) =>
        Answer.Ok(new ActiveUsersView(await figures.Read(Days.Asked(http, 7), Limit(http, 20), http.Caller(), http.RequestAborted)));

    /// <summary>The caller's courses, the most engaging first.</summary>
    private static async Task<Answer> CoursePopularity(HttpContext http, CourseFigures figures) =>
        Answer.Ok(new CoursesView(await figures.Read(http.Caller().UserId, http.RequestAborted)));

    /// <summary>The community's figures, for anyone.</summary>
    private static async Task<Answer> Stats(HttpContext http, CommunityFigures figures) =>
        Answer.Ok(await figures.Read(http.RequestAborted));

    /// <summary>Where the caller is named, the latest first, <c>limit</c> of them (20, at most 100).</summary>
    private static async Task<Answer> MyMentions(HttpContext http, MentionFigures figures) =>
        Answer.Ok(new MentionsView(await figures.Read(http.Caller().UserId, Limit(http, 20), http.RequestAborted)));

    private static int Limit(HttpContext http, int otherwise) => http.QueryInt("limit", otherwise, 1, 100);
}
