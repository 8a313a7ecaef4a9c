using Hearth.Features.Moderation.Rings;
using Hearth.Features.Moderation.Scoring;
using Hearth.Jobs;
using Hearth.Ledger;
using Hearth.Platform;
using Hearth.Realtime.Sockets;

namespace Hearth.Features.Moderation;

/// <summary>People report, rules look at every text, moderators decide, owners appeal; rows of the ledger are voided and restored.</summary>
internal static class ModerationFeature
{
    public static void AddModeration(this WebApplicationBuilder builder)
    {
        Json.Add(ModerationJson.Default);
        builder.AddScoring();
        var services = builder.Services;
        services.AddSingleton<Content>();
        services.AddSingleton<ReportActions>();
        services.AddSingleton<RingDecisions>();
        services.AddSingleton<ScheduledJob, RingWatch>();
        services.AddSingleton<SuspensionActions>();
        services.AddSingleton<RuleBook>();
        services.AddSingleton<ITailReader>(provider => provider.GetRequiredService<RuleBook>());
        services.AddSingleton<ICacheHolder>(provider => provider.GetRequiredService<RuleBook>());
        services.AddSingleton<RuleActions>();
        services.AddSingleton<IScreening, Screening>();
        services.AddSingleton<ISocketEvents, ModerationAlerts>();
        services.AddSingleton<IPersonal, ModerationPersonal>();
    }

    public static void MapModeration(this IEndpointRouteBuilder routes) => ModerationEndpoints.Map(routes);
}
