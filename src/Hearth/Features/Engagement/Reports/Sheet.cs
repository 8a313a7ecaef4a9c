using System.Globalization;

namespace Hearth.Features.Engagement.Reports;

/// <summary>What a printed report shows: figures, charts, tables, in this order.</summary>
internal sealed record Sheet(
    string Title,
    string Subject,
    string Period,
    DateTime GeneratedAt,
    IReadOnlyList<Tile> Tiles,
    IReadOnlyList<Chart> Charts,
    IReadOnlyList<Table> Tables);

/// <summary>One figure with its name.</summary>
internal sealed record Tile(string Name, string Value);

/// <summary>A bar per day, or per kind where the names are no days.</summary>
internal sealed record Chart(string Title, IReadOnlyList<(string Name, int Value)> Bars, bool IsHorizontal);

/// <summary>Columns of text; the first to the left, numbers to the right.</summary>
internal sealed record Table(string Title, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows);

/// <summary>Lays reports out as sheets.</summary>
internal static class Sheets
{
    private static readonly string[] DayColumns = ["Day", "Engagements", "Likes", "Comments", "Replies", "Mentions", "Joins", "Shares", "Bookmarks", "Views"];

    public static Sheet Of(PersonReport report)
    {
        var (metrics, reputation) = (report.Metrics, report.Reputation);
        return new Sheet(
            "Engagement report",
            report.Username,
            Span(report.From, report.To),
            report.GeneratedAt,
            [
                new("Engagements", Number(metrics.TotalEngagements)),
                new("A day on average", metrics.AveragePerDay.ToString("0.0", CultureInfo.InvariantCulture)),
                new("Reputation", Number(reputation.ReputationScore)),
                new("Activity", reputation.ActivityLevelDisplay),
                new("Posts liked", Number(metrics.Likes)),
                new("Comments and replies", Number(metrics.Comments + metrics.CommentReplies)),
                new("Reputation earned", Number(report.Days.Sum(day => day.Points))),
                new("Badges", Number(reputation.Badges.Count)),
            ],
            [PerDay("Engagements by day", report.Days, day => day.Engagements), Kinds(report.Days)],
            [.. Roles(report), Badges(report), DayTable(report.Days)]);
    }

    public static Sheet Of(CommunityReport report) => new(
        "Community report",
        "The whole community",
        Span(report.From, report.To),
        report.GeneratedAt,
        [
            new("People", Number(report.Stats.TotalUsers)),
            new("Active in 30 days", Number(report.Stats.ActiveUsers)),
            new("Posts", Number(report.Stats.TotalPosts)),
            new("Comments", Number(report.Stats.TotalComments)),
            new("Engagements ever", Number(report.Stats.TotalEngagements)),
            new("In this period", Number(report.Days.Sum(day => day.Engagements))),
            new("Groups", Number(report.Stats.TotalGroups)),
            new("Health", Rate(report.Stats.CommunityHealthScore)),
        ],
        [PerDay("Engagements by day", report.Days, day => day.Engagements), Kinds(report.Days)],
        [
            new Table(
                "Most active in 30 days",
                ["Name", "Engagements", "Reputation"],
                [.. report.Stats.TopContributors.Select(one => Cells(one.Username, one.TotalEngagements, one.ReputationScore))]),
            new Table(
                "Trending posts",
                ["Title", "Engagements", "Likes", "Comments"],
                [.. report.Stats.TrendingPosts.Select(one => Cells(one.PostTitle, one.TotalEngagements, one.Likes, one.Comments))]),
            DayTable(report.Days),
        ]);

    private static IEnumerable<Table> Roles(PersonReport report)
    {
        if (report.Courses.Count > 0)
        {
            yield return new Table(
                "Courses",
                ["Name", "Engagements", "Likes", "Comments", "Active", "Rate", "Trend"],
                [.. report.Courses.Select(one => (IReadOnlyList<string>)
                    [.. Cells(one.CourseName, one.TotalEngagements, one.Likes, one.Comments, one.ActiveParticipants), Rate(one.EngagementRate), one.Trend])]);
        }

        if (report.Campaigns.Count > 0)
        {
            yield return new Table(
                "Campaigns",
                ["Name", "Engagements", "Impressions", "Rate", "Clicks", "Conversions", "Trend"],
                [.. report.Campaigns.Select(one => (IReadOnlyList<string>)
                [
                    .. Cells(one.CampaignName, one.TotalEngagements, one.Impressions), Rate(one.EngagementRate), Rate(one.Ctr), Rate(one.ConversionRate), one.Trend,
                ])]);
        }
    }

    private static Table Badges(PersonReport report) => new(
        "Badges",
        ["Badge", "Awarded"],
        [
            .. report.Reputation.BadgesDisplay.Select(badge => (IReadOnlyList<string>)
                [Words(badge.Name), badge.AwardedAt.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)]),
        ]);

    /// <summary>Day by day up to two months, week by week beyond, from the first on that has anything.</summary>
    private static Table DayTable(IReadOnlyList<ReportDay> days)
    {
        var byWeek = days.Count > 62;
        var groups = days.Reverse().Chunk(byWeek ? 7 : 1).Reverse().SkipWhile(group => group.All(IsEmpty)).Reverse();
        return new Table(
            byWeek ? "Week by week, by its first day" : "Day by day",
            DayColumns,
            [
                .. groups.Select(group => Cells(
                    group[^1].Day.ToString("d MMM yyyy", CultureInfo.InvariantCulture),
                    group.Sum(day => day.Engagements),
                    group.Sum(day => day.Likes + day.CommentLikes),
                    group.Sum(day => day.Comments),
                    group.Sum(day => day.Replies),
                    group.Sum(day => day.Mentions),
                    group.Sum(day => day.GroupJoins),
                    group.Sum(day => day.Shares),
                    group.Sum(day => day.Bookmarks),
                    group.Sum(day => day.Views))),
            ]);
    }

    private static bool IsEmpty(ReportDay day) => day.Engagements == 0 && day.Views == 0;

    private static Chart PerDay(string title, IReadOnlyList<ReportDay> days, Func<ReportDay, int> value) =>
        new(title, [.. days.Select(day => (day.Day.ToString("d MMM", CultureInfo.InvariantCulture), value(day)))], IsHorizontal: false);

    private static Chart Kinds(IReadOnlyList<ReportDay> days) => new(
        "Engagements by kind",
        [
            ("Posts liked", days.Sum(day => day.Likes)),
            ("Comments liked", days.Sum(day => day.CommentLikes)),
            ("Comments", days.Sum(day => day.Comments)),
            ("Replies", days.Sum(day => day.Replies)),
            ("Mentions", days.Sum(day => day.Mentions)),
            ("Groups joined", days.Sum(day => day.GroupJoins)),
            ("Shares", days.Sum(day => day.Shares)),
            ("Bookmarks", days.Sum(day => day.Bookmarks)),
        ],
        IsHorizontal: true);

    private static IReadOnlyList<string> Cells(string name, params ReadOnlySpan<int> numbers)
    {
        var cells = new string[numbers.Length + 1];
        cells[0] = name;
        for (var i = 0; i < numbers.Length; i++)
            cells[i + 1] = Number(numbers[i]);
        return cells;
    }

    private static string Number(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Rate(double rate) => rate.ToString("0 %", CultureInfo.InvariantCulture);

    private static string Words(string name) => char.ToUpperInvariant(name[0]) + name[1..].Replace('_', ' ');

    private static string Span(DateOnly from, DateOnly to) => from == to ? Long(to) : $"{Long(from)} to {Long(to)}";

    private static string Long(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
}
