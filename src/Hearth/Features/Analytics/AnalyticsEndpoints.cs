using Hearth.Features.Analytics.Community;
using Hearth.Features.Analytics.People;
using Hearth.Features.Analytics.Skills;
using Hearth.Features.Analytics.Tracking;
using Hearth.Ledger;
using Hearth.Platform;

namespace Hearth.Features.Analytics;

/// <summary><c>/api/v1/analytics</c>: what people do, to themselves, to authors, and to administrators.</summary>
internal static class AnalyticsEndpoints
{
    private const int MostBytes = 4 * 1024 * 1024;

    public static void MapAnalyticsRoutes(this IEndpointRouteBuilder routes)
    {
        var analytics = routes.MapGroup("/api/v1/analytics").WithDialect(Dialect.Problem).WithTags("Analytics").RequireSignedIn();
        analytics.MapPost("/track", Track).Limit(RateLimit.Tracking).Accepts<TrackRequest>("application/json").Produces<TrackedView>(StatusCodes.Status201Created);
        analytics.MapGet("/user/engagement", Engagement).Limit(RateLimit.Reads).Produces<PersonEngagement>().WithQuery("days", "How many days, up to today; at most 365.", 30);
        analytics.MapGet("/user/behavior", Behaviour).Limit(RateLimit.Reads).Produces<PersonBehavior>().WithQuery("days", "How many days, up to today; at most 365.", 30);
        analytics.MapGet("/skills/{id}", Skill).Limit(RateLimit.Reads).Produces<SkillAnalytics>().WithQuery("days", "How many days, up to today; at most 365.", 30);
        analytics.MapGet("/trending", Trending).Limit(RateLimit.Reads).Produces<TrendingContent>()
            .WithQuery("days", "How many days, up to today; at most 365.", 7).WithQuery("limit", "How many of each, at most 100.", 10);
        routes.MapGroup("/api/v1/analytics").WithDialect(Dialect.Problem).WithTags("Analytics").RequireRole(Roles.Admin)
            .MapGet("/dashboard", Board).Limit(RateLimit.Reads).Produces<Dashboard>();
    }

    /// <summary>Report what I did in an application</summary>
    /// <remarks>
    /// One event, or up to 500 in `events`, which are stored all or none. What they say is kept for my export; what they count for is that I was there,
    /// and the skill that they name as `target_type` and `target_id`.
    /// </remarks>
    private static async Task<Answer> Track(HttpContext http, Tracker tracker) =>
        await tracker.Track(http, TrackIntake.Of(await Body.Read<TrackRequest>(http, MostBytes), http.Caller().UserId));

    /// <summary>What I did</summary>
    /// <remarks>Days are UTC, as in engagement's `user_metrics`, whose figures these are.</remarks>
    private static async Task<Answer> Engagement(HttpContext http, PersonReads reads, TimeProvider time) =>
        Answer.Ok(await reads.Engagement(http.Caller().UserId, Period(http, time), http.RequestAborted));

    /// <summary>When I am there</summary>
    /// <remarks>Visits, hours and days of my time zone, and how often I come back.</remarks>
    private static async Task<Answer> Behaviour(HttpContext http, BehaviorReads reads, TimeProvider time) =>
        Answer.Ok(await reads.Read(http.Caller().UserId, Period(http, time), time.GetUtcNow().UtcDateTime, http.RequestAborted));

    /// <summary>How a skill of mine does</summary>
    /// <remarks>For its author only.</remarks>
    private static async Task<Answer> Skill(HttpContext http, SkillFigures figures, TimeProvider time, string id) =>
        Guid.TryParse(id, out var uuid)
            ? Answer.Ok(await figures.Read(uuid, http.Caller(), Period(http, time), http.RequestAborted))
            : throw Failure.NotFound();

    /// <summary>What most is done on</summary>
    /// <remarks>Posts by engagement's score of the period, skills by discovery's; those that I may see.</remarks>
    private static async Task<Answer> Trending(HttpContext http, TrendingReads reads, TimeProvider time) =>
        Answer.Ok(await reads.Read(http.Caller(), Period(http, time, 7), http.QueryInt("limit", 10, 1, 100), http.RequestAborted));

    /// <summary>The whole platform</summary>
    /// <remarks>
    /// People active by day, week and month, who comes back, how far newcomers go, and what there is. Active is who engaged, as everywhere: `mau` is
    /// engagement's `active_users`.
    /// </remarks>
    private static async Task<Answer> Board(HttpContext http, Dashboards dashboards) =>
        Answer.Ok(await dashboards.Read(Position.TryParse(http.Request.Headers[Position.Header], out var position) ? position : 0, http.RequestAborted));

    private static AnalyticsPeriod Period(HttpContext http, TimeProvider time, int otherwise = 30)
    {
        var (days, from, to) = Figures.Asked(http, time, otherwise);
        return new AnalyticsPeriod(days, from, to);
    }
}
