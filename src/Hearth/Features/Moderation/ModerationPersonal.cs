using Hearth.Ledger;

namespace Hearth.Features.Moderation;

/// <summary>What moderation holds on a person.</summary>
internal sealed class ModerationPersonal : IPersonal
{
    public IReadOnlyList<PersonalFile> Files { get; } =
    [
        PersonalFile.Of(
            "reports_made",
            ["reports.reporter", "reporters.user_id"],
            """
            select uuid as id, object_kind, content_id, reason, details, status, action, created_at, decided_at,
                   (select jsonb_build_object('upheld', upheld, 'dismissed', dismissed) from reporters where user_id = $1) as my_reports
              from reports where reporter = $1 order by id
            """),
        PersonalFile.Of(
            "decisions_on_me",
            ["reports.owner"],
            """
            select uuid as id, object_kind, content_id, reason, action, note, status, decided_at, appeal, appealed_at
              from reports where owner = $1 and action is not null order by id
            """),
        PersonalFile.Of(
            "rings",
            ["ring_members.user_id"],
            """
            select r.uuid as id, r.since, r.until, m.inside_given, m.inside_received, m.given, m.received, m.suspended, r.voided
              from ring_members m join rings r on r.id = m.ring_id
             where m.user_id = $1 and exists (select from reports p where p.object_kind = 21 and p.object_id = r.id and p.action is not null) order by r.id
            """),
        PersonalFile.Of(
            "moderation_done",
            ["moderation_actions.actor", "moderation_rules.made_by", "reports.decided_by", "reports.claimed_by"],
            """
            select a.action, a.note, a.at, r.uuid as report from moderation_actions a join reports r on r.id = a.report_id where a.actor = $1
            union all
            select 'rule', name, created_at, null from moderation_rules where made_by = $1
            union all
            select 'holds', null, claimed_at, uuid from reports where claimed_by = $1
            union all
            select 'decided: ' || action, note, decided_at, uuid from reports where decided_by = $1
             order by at
            """),
    ];

    public IReadOnlyList<ErasureStep> Erasure { get; } =
    [
        ErasureStep.Of(
            "reports", "details emptied", ["reports.reporter"], "update reports set details = null where reporter = $1 and details is not null"),
        ErasureStep.Of(
            "reports", "appeals emptied", ["reports.owner"], "update reports set appeal = '' where owner = $1 and appeal <> ''"),
        ErasureStep.Of(
            "reports", "claims given back", ["reports.claimed_by"], "update reports set claimed_by = null, claimed_at = null where claimed_by = $1"),
        ErasureStep.Of(
            "moderation_actions", "appeals emptied", ["moderation_actions.actor"],
            "update moderation_actions set note = null where actor = $1 and action = 'appeal' and note is not null"),
        ErasureStep.Of("ring_members", "deleted", ["ring_members.user_id"], "delete from ring_members where user_id = $1"),
        ErasureStep.Of("reporters", "deleted", ["reporters.user_id"], "delete from reporters where user_id = $1"),
    ];

    public IReadOnlyList<PersonalColumn> Exceptions { get; } =
    [
        new("reports.decided_by", NotErased: "What was decided in office; the number leads to nobody any more."),
        new("moderation_rules.made_by", NotErased: "As decisions."),
    ];
}
