namespace Hearth.Features.Engagement.Campaigns;

/// <summary>A campaign of a corporate user; posts carry its id.</summary>
/// <param name="Id">What posts name as <c>campaign</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="Link">Where its tracked link leads; null where it has none.</param>
/// <param name="TrackedLink">The address that counts clicks.</param>
/// <param name="Impressions">People who saw its posts.</param>
/// <param name="Clicks">Clicks on the tracked link.</param>
/// <param name="Conversions">Conversions reported.</param>
/// <param name="CreatedAt">When it was made.</param>
internal sealed record CampaignView(
    int Id, string Name, string? Link, string? TrackedLink, int Impressions, int Clicks, int Conversions, DateTime CreatedAt);

/// <param name="Name">At most 150 characters.</param>
/// <param name="Link">An http or https address.</param>
internal sealed record NewCampaign(string Name, string? Link = null);

/// <param name="Count">How many; 1 to 1000.</param>
internal sealed record NewConversions(int Count = 1);

/// <param name="CampaignId">The campaign.</param>
/// <param name="Recorded">How many were recorded by this request.</param>
internal sealed record ConversionsView(int CampaignId, int Recorded);

internal sealed record CampaignsView(IReadOnlyList<CampaignPerformance> Campaigns);

/// <summary>How a campaign does; its owner sees it.</summary>
/// <param name="CampaignId">The campaign.</param>
/// <param name="CampaignName">Its name.</param>
/// <param name="TotalEngagements">All actions on its posts but views.</param>
/// <param name="Likes">Reactions to its posts.</param>
/// <param name="Comments">Comments and replies.</param>
/// <param name="Mentions">People mentioned in them.</param>
/// <param name="EngagementRate">Likes, comments and shares by impressions, at most 1.</param>
/// <param name="Impressions">People who saw its posts.</param>
/// <param name="Ctr">Clicks by impressions, at most 1.</param>
/// <param name="ConversionRate">Conversions by clicks, at most 1.</param>
/// <param name="Trend">The last 7 days against the 7 before: <c>up</c>, <c>down</c>, <c>flat</c> (within 5 %).</param>
internal sealed record CampaignPerformance(
    int CampaignId,
    string CampaignName,
    int TotalEngagements,
    int Likes,
    int Comments,
    int Mentions,
    double EngagementRate,
    int Impressions,
    double Ctr,
    double ConversionRate,
    string Trend);
