namespace Hearth.Features.Messaging.Activity;

/// <summary>The feed of the dashboard.</summary>
/// <param name="HasMore">There are more than are shown.</param>
/// <param name="TotalCount">All that match.</param>
/// <param name="LiveCount">Those shown that are live.</param>
internal sealed record RecentActivity(IReadOnlyList<ActivityView> Activities, bool HasMore, long TotalCount, int LiveCount);

/// <summary>One line of it.</summary>
/// <param name="Id">A prefix by its type, and a UUID.</param>
/// <param name="TimeAgo">just now, 2 min ago, 1 hour ago, 3 days ago.</param>
/// <param name="IsLive">A reply or a campaign's start of the last five minutes.</param>
/// <param name="Metadata">Depends on the type; the contract's reference lists its fields.</param>
internal sealed record ActivityView(string Id, string Type, string Title, string Description, DateTime Timestamp, string TimeAgo, bool IsLive, object Metadata);

internal sealed record ReplyMetadata(Guid ConversationId, string ContactName, string ConversationSubject, Guid MessageId);

internal sealed record CompletedMetadata(Guid CampaignId, string CampaignName, double DeliveryRate, int SentCount, int DeliveredCount);

internal sealed record StartedMetadata(Guid CampaignId, string CampaignName, int RecipientCount);

internal sealed record ContactMetadata(Guid ContactId, string ContactName, string? Phone);

internal sealed record ContactsMetadata(int Count, IReadOnlyList<Guid> Contacts);

internal sealed record TemplateMetadata(Guid TemplateId, string TemplateName, string Category, string Language, string Channel);

/// <summary>The figures of the dashboard.</summary>
/// <param name="ComingSoon">Always false: the charts are real.</param>
internal sealed record Performance(PerformanceMetrics Metrics, PerformanceCharts Charts, bool ComingSoon);

/// <param name="TotalMessages">Sent and received, of all time.</param>
/// <param name="DeliveryRate">Delivered of sent, in per cent with one decimal.</param>
/// <param name="ResponseRate">Conversations that the contact wrote in, of all.</param>
/// <param name="ActiveConversations">Open ones.</param>
/// <param name="CampaignSuccessRate">Delivered of sent, over completed campaigns.</param>
internal sealed record PerformanceMetrics(long TotalMessages, double DeliveryRate, double ResponseRate, long ActiveConversations, double CampaignSuccessRate);

internal sealed record PerformanceCharts(CountChart MessageVolume, RateChart DeliveryRates);

/// <param name="Labels">The last twelve months, this one last.</param>
internal sealed record CountChart(IReadOnlyList<string> Labels, IReadOnlyList<long> Data);

/// <param name="Labels">The last twelve months, this one last.</param>
internal sealed record RateChart(IReadOnlyList<string> Labels, IReadOnlyList<double> Data);

/// <summary>One month of the export.</summary>
/// <param name="Month">As 2026-05.</param>
internal sealed record MonthView(string Month, long Sent, long Received, long Messages, long Delivered, double DeliveryRate);

internal sealed record MonthsView(IReadOnlyList<MonthView> Months);

/// <summary>What happened in three spans of the tenant's time.</summary>
internal sealed record ActivityStatistics(PeriodStatistics Today, PeriodStatistics ThisWeek, PeriodStatistics ThisMonth);

internal sealed record PeriodStatistics(long MessagesSent, long MessagesReceived, long ConversationsStarted, long CampaignsLaunched);
