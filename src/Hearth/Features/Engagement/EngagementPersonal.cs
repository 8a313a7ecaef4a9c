using System.Runtime.CompilerServices;
using System.Text.Json;
using Hearth.Features.Engagement.Reputation;
using Hearth.Ledger;
using Hearth.Platform;

namespace Hearth.Features.Engagement;

/// <summary>What engagement holds on a person.</summary>
internal sealed class EngagementPersonal(Statements statements) : IPersonal
{
    public IReadOnlyList<PersonalFile> Files { get; } =
    [
        PersonalFile.Of(
            "engagement",
            ["engagement_users.user_id"],
            "select * from engagement_users where user_id = $1"),
        new PersonalFile("reputation_statement", [], (_, user, ct) => Statement(statements, user, ct)),
        PersonalFile.Of(
            "badges",
            ["engagement_badges.user_id", "badge_announcements.user_id", "top_engagers.user_id"],
            """
            select b.name, b.title, e.awarded_at, t.since as top_engager_since
              from engagement_badges e join badges b on b.id = e.badge left join top_engagers t on t.user_id = e.user_id and b.name = 'top_engager'
             where e.user_id = $1 order by e.awarded_at
            """),
        PersonalFile.Of("campaigns", ["promos.owner"], "select id, name, link, code, created_at, updated_at from promos where owner = $1 order by id"),
        PersonalFile.Of(
            "rules_published",
            ["reputation_rules.published_by", "reputation_rules.reverted_by", "badges.created_by"],
            """
            select 'rules' as kind, version::text as name, published_at as at from reputation_rules where published_by = $1
            union all
            select 'rules reverted', version::text, reverted_at from reputation_rules where reverted_by = $1
            union all
            select 'badge', name, created_at from badges where created_by = $1
             order by at
            """),
    ];

    public IReadOnlyList<ErasureStep> Erasure { get; } =
    [
        ErasureStep.Of(
            "promos", "emptied", ["promos.owner"],
            "update promos set name = 'Deleted campaign', link = null, updated_at = now() where owner = $1 and (name <> 'Deleted campaign' or link is not null)") with
        {
            OnlyRemoving = true,
        },
    ];

    public IReadOnlyList<PersonalColumn> Exceptions { get; } =
    [
        new("promos.owner", NotErased: "Posts of others may belong to it; mode remove empties name and link."),
        new("badge_announcements.user_id", NotErased: "Which badges were told of, by a number that leads to nobody any more."),
        new("top_engagers.user_id", NotErased: "As announcements; judged anew each day."),
        new("reputation_rules.published_by", NotErased: "What was done in office; the number leads to nobody any more."),
        new("reputation_rules.reverted_by", NotErased: "As publishing."),
        new("badges.created_by", NotErased: "As publishing."),
        .. PersonalColumn.Derived(
            "engagement_actions.actor", "engagement_actions.subject", "engagement_actions.post_author", "engagement_badges.user_id", "engagement_changes.actor",
            "engagement_changes.subject", "engagement_objects.owner", "engagement_pairs.earner", "engagement_pairs.giver", "engagement_participants.user_id",
            "engagement_points.user_id", "engagement_taken_back.actor", "engagement_taken_back.subject", "engagement_users.user_id", "engagement_viewers.user_id"),
    ];

    private static async IAsyncEnumerable<string> Statement(Statements statements, long user, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var point in statements.Read(user, null, int.MaxValue, ct))
            yield return JsonSerializer.Serialize(point, Json.Of<StatementPoint>());
    }
}
