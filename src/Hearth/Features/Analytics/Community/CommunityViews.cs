using System.Text.Json.Serialization;
using Hearth.Features.Analytics.People;

namespace Hearth.Features.Analytics.Community;

/// <summary>The whole platform; figures that engagement shows, too, are engagement's own.</summary>
/// <param name="AsOf">When they were made: at most some seconds ago, where they took long to make.</param>
/// <param name="HealthScore">As `community_stats` of engagement tells it.</param>
/// <param name="PerDay">The last 30 days (UTC), the first first.</param>
/// <param name="Retention">People by the week (from Monday, UTC) in which they came, the last 8 weeks.</param>
/// <param name="Funnel">Of those who came in the last 30 days, how many went how far.</param>
internal sealed record Dashboard(
    DateTime AsOf,
    DashboardUsers Users,
    DashboardContent Content,
    long TotalEngagements,
    double HealthScore,
    IReadOnlyList<DashboardDay> PerDay,
    IReadOnlyList<Cohort> Retention,
    IReadOnlyList<FunnelStep> Funnel);

/// <param name="Dau">People with an engagement today (UTC); <c>Wau</c> in 7 days, <c>Mau</c> in 30.</param>
/// <param name="Stickiness"><c>dau</c> by <c>mau</c>.</param>
internal sealed record DashboardUsers(long Total, int Dau, int Wau, int Mau, double Stickiness, int New7Days, int New30Days);

/// <summary>What is there to see; skills and tasks of any visibility but hidden ones.</summary>
internal sealed record DashboardContent(int Posts, long Comments, long Groups, long Courses, long Skills, long Tasks);

internal sealed record DashboardDay(DateOnly Day, int NewUsers, int Engagements, int Views, int Posts);

/// <param name="People">How many came in that week.</param>
/// <param name="Active">The share of them with an engagement in that week, in the one after it, and so on.</param>
internal sealed record Cohort(DateOnly Week, int People, IReadOnlyList<double> Active);

/// <param name="Step"><c>joined</c>, <c>viewed</c>, <c>engaged</c>, <c>created</c> or <c>returned</c> (engaged on two days). Each counts those of the step before.</param>
/// <param name="Rate">Of those who joined.</param>
internal sealed record FunnelStep(string Step, int People, double Rate);

/// <summary>What most is done on: posts as engagement ranks them, skills as discovery does.</summary>
internal sealed record TrendingContent(AnalyticsPeriod Period, IReadOnlyList<TrendingPostFigures> Posts, IReadOnlyList<TrendingSkillFigures> Skills);

internal sealed record TrendingPostFigures(long Id, string Title, string Author, int TotalEngagements, int Likes, int Comments, double EngagementScore, DateTime CreatedAt);

/// <param name="Views">Of the period, like the others.</param>
/// <param name="Score">As discovery tells it.</param>
internal sealed record TrendingSkillFigures(Guid Id, string Title, string Author, long Views, long Likes, long Downloads, long Ratings, long Comments, double Score);

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(Dashboard))]
[JsonSerializable(typeof(TrendingContent))]
internal sealed partial class PlatformFiguresJson : JsonSerializerContext;
