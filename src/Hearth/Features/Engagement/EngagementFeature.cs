using Hearth.Features.Engagement.Actions;
using Hearth.Ledger;

namespace Hearth.Features.Engagement;

/// <summary>What follows from people's actions: figures, reputation, badges; see docs/engagement.md.</summary>
internal static class EngagementFeature
{
    public static void AddEngagement(this WebApplicationBuilder builder)
    {
        builder.Services.AddProjection<EngagementProjection>();
    }
}
