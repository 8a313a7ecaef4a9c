namespace Hearth.Features.Messaging.Activity;

/// <summary>Answers as the OpenAPI document shows them.</summary>
internal static class Examples
{
    private static readonly Guid Id = new("6865c4f9-7cb4-49de-bfbe-bf0fe726d25b");

    public static Envelope<RecentActivity> Recent { get; } = new(true, new RecentActivity(
        [
            new ActivityView(
                $"msg_{Id}",
                "conversation_reply",
                "John Kamau replied to conversation Kenya Coffee Exports",
                "New message: Thank you for the quick response",
                new DateTime(2026, 5, 4, 10, 30, 0, DateTimeKind.Utc),
                "2 min ago",
                true,
                new ReplyMetadata(Id, "John Kamau", "Kenya Coffee Exports", Id)),
        ],
        true,
        25,
        1));

    public static Envelope<Performance> Overview { get; } = new(true, new Performance(
        new PerformanceMetrics(1250, 96.8, 45.2, 25, 94.2),
        new PerformanceCharts(new CountChart(["Apr", "May"], [180, 220]), new RateChart(["Apr", "May"], [96, 98])),
        false));
}
