using Hearth.Ledger;

namespace Hearth.Features.Analytics;

/// <summary>What analytics hold on a person: what applications reported goes, counts by a number that leads to nobody stay.</summary>
internal sealed class AnalyticsPersonal : IPersonal
{
    public IReadOnlyList<PersonalFile> Files { get; } =
    [
        PersonalFile.Of(
            "tracked_events",
            ["analytics_events.user_id"],
            "select event_type, target_type, target_id, properties, at from analytics_events where user_id = $1 order by id"),
    ];

    public IReadOnlyList<ErasureStep> Erasure { get; } =
    [
        ErasureStep.Of(
            "analytics_events",
            "deleted",
            ["analytics_events.user_id"],
            "delete from analytics_events where id in (select id from analytics_events where user_id = $1 limit 2000)"),
    ];

    public IReadOnlyList<PersonalColumn> Exceptions { get; } =
        [.. PersonalColumn.Derived("analytics_presence.user_id", "analytics_user_days.user_id")];
}
