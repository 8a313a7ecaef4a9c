using Hearth.Ledger;

namespace Hearth.Features.Notifications;

/// <summary>What notifications hold on a person.</summary>
internal sealed class NotificationPersonal : IPersonal
{
    private static readonly string[] States = ["notification_marks", "notification_readers", "notification_sends", "notification_preferences", "push_subscriptions"];

    public IReadOnlyList<PersonalFile> Files { get; } =
    [
        PersonalFile.Of(
            "notifications",
            ["notifications.user_id", "notifications.actor", "notifications.last_actor", "notification_readers.user_id", "notification_marks.user_id", "notification_sends.user_id"],
            """
            select n.id, n.type, n.object_kind, n.object_id, n.actor, n.at, n.people, n.listed, n.muted,
                   coalesce(n.id <= r.read_to, false) or exists (
                     select from notification_marks m where m.user_id = n.user_id and m.object_kind = n.object_kind and m.object_id = n.object_id and m.class = n.class
                        and m.read_to >= n.id) as read,
                   s.email_sent, s.push_sent
              from notifications n left join notification_readers r on r.user_id = n.user_id
              left join notification_sends s on s.user_id = n.user_id and s.id = n.id
             where n.user_id = $1 order by n.id
            """),
        PersonalFile.Of(
            "notification_preferences",
            ["notification_preferences.user_id"],
            "select in_app_off, email_off, push_off, digest, digest_until, quiet_from, quiet_to, time_zone, skill_summary, unconfirmed_mails from notification_preferences where user_id = $1"),
        PersonalFile.Of(
            "push_subscriptions",
            ["push_subscriptions.user_id"],
            "select id, split_part(endpoint, '/', 3) as service, created_at from push_subscriptions where user_id = $1 order by id"),
    ];

    public IReadOnlyList<ErasureStep> Erasure { get; } =
    [
        .. States.Select(table => ErasureStep.Of(table, "deleted", [$"{table}.user_id"], $"delete from {table} where user_id = $1")),
    ];

    public IReadOnlyList<PersonalColumn> Exceptions { get; } =
    [
        new("notifications.user_id", NotErased: "Deleted when the table's reader comes to the erasure's row of the ledger, at once."),
        new("notifications.actor", NotErased: "News of others, which name the anonymous account from then on."),
        new("notifications.last_actor", NotErased: "As actor."),
        .. PersonalColumn.Derived("notification_ties.owner", "notification_ties.other"),
    ];
}
