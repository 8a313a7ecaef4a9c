using System.Text.Json.Serialization;

namespace Hearth.Features.Analytics.People;

/// <param name="Days">How many days, today (UTC) included.</param>
internal sealed record AnalyticsPeriod(int Days, DateOnly From, DateOnly To);

/// <summary>What the caller did; the figures of engagement are those of `/api/engagement/analytics/user_metrics`.</summary>
/// <param name="TotalEngagements">Every logged action but views.</param>
/// <param name="EventsTracked">Events that applications reported of the caller.</param>
internal sealed record PersonEngagement(
    AnalyticsPeriod Period,
    int TotalEngagements,
    double AveragePerDay,
    int Reputation,
    string Level,
    CommunityActions Community,
    SkillActivity Skills,
    int EventsTracked,
    IReadOnlyList<PersonDay> PerDay);

internal sealed record CommunityActions(
    int Posts, int Views, int Likes, int CommentLikes, int Comments, int Replies, int Mentions, int Shares, int Bookmarks, int GroupJoins);

/// <param name="Likes">Given on these days; <c>Unlikes</c> were taken back on them.</param>
internal sealed record SkillActivity(int Shared, int Likes, int Unlikes, int Downloads, int Ratings, int Comments);

/// <param name="Skills">Skills shared, liked, downloaded, rated, commented on.</param>
internal sealed record PersonDay(DateOnly Day, int Engagements, int Views, int Posts, int Skills, int Events);

/// <summary>When the caller is there: visits, hours, and how often they come back. Five minutes in which anything was done are the smallest part.</summary>
/// <param name="TimeZone">The caller's, <c>UTC</c> where they set none; hours and days are of it.</param>
/// <param name="ActiveHours">24 numbers: in how many five-minute parts of each hour of the day something was done.</param>
/// <param name="PeakHour">The busiest; null where nothing was done.</param>
internal sealed record PersonBehavior(
    AnalyticsPeriod Period, string TimeZone, Visits Sessions, IReadOnlyList<int> ActiveHours, int? PeakHour, IReadOnlyList<WeekdayParts> ActiveWeekdays, ComingBack Retention);

/// <summary>A session is a time of deeds with no pause of half an hour in it.</summary>
/// <param name="AverageMinutes">With one decimal.</param>
internal sealed record Visits(int Count, double AverageMinutes, int MedianMinutes, int LongestMinutes, double PerActiveDay, IReadOnlyList<Visit> Latest);

/// <param name="Minutes">In steps of five.</param>
internal sealed record Visit(DateTime StartedAt, int Minutes);

/// <param name="Weekday">Such as <c>monday</c>.</param>
internal sealed record WeekdayParts(string Weekday, int Parts);

/// <param name="ActiveDays">Days of the period on which something was done.</param>
/// <param name="Rate"><c>active_days</c> by the days of the period since the caller came.</param>
/// <param name="CurrentStreak">Days in a row up to today or yesterday.</param>
/// <param name="ReturnedWeekly">Of the weeks (from Monday) with anything done in them, but the first, the share that follows on such a week.</param>
internal sealed record ComingBack(int ActiveDays, double Rate, int CurrentStreak, int LongestStreak, double ReturnedWeekly);

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(PersonEngagement))]
[JsonSerializable(typeof(PersonBehavior))]
internal sealed partial class PersonJson : JsonSerializerContext;
