using Hearth.Ledger;

namespace Hearth.Features.Accounts;

/// <summary>What accounts hold on a person.</summary>
internal sealed class AccountPersonal : IPersonal
{
    public IReadOnlyList<PersonalFile> Files { get; } =
    [
        PersonalFile.Of(
            "account",
            ["users.id"],
            """
            select id as user_id, uuid as id, username, email, email_verified, display_name, profile_photo, bio, roles, tenant_id, is_active, show_email, is_private,
                   profile_visibility, activity_visibility, time_zone, imported_from, created_at
              from users where id = $1
            """),
        PersonalFile.Of(
            "sessions",
            ["refresh_families.user_id"],
            """
            select f.id, f.created_at, f.revoked_at, max(t.used_at) as last_used_at, max(t.expires_at) as expires_at
              from refresh_families f left join refresh_tokens t on t.family_id = f.id where f.user_id = $1 group by f.id order by f.created_at
            """),
        PersonalFile.Of("mail_links", ["account_tokens.user_id"], "select purpose, expires_at, used_at from account_tokens where user_id = $1 order by expires_at"),
        PersonalFile.Of(
            "administration",
            ["audit.actor", "service_tokens.created_by"],
            """
            select 'action' as kind, action as name, target, detail, created_at from audit where actor = $1
            union all
            select 'action_on_me', action, null, detail, created_at from audit where action = 'account.change' and target = $1::text
            union all
            select 'service_token', name, null, to_jsonb(scopes), created_at from service_tokens where created_by = $1
             order by created_at
            """),
    ];

    public IReadOnlyList<ErasureStep> Erasure { get; } =
    [
        ErasureStep.Of(
            "refresh_tokens", "deleted", [],
            "delete from refresh_tokens t using refresh_families f where f.id = t.family_id and f.user_id = $1"),
        ErasureStep.Of("refresh_families", "deleted", ["refresh_families.user_id"], "delete from refresh_families where user_id = $1"),
        ErasureStep.Of("account_tokens", "deleted", ["account_tokens.user_id"], "delete from account_tokens where user_id = $1"),
    ];

    public IReadOnlyList<PersonalColumn> Exceptions { get; } =
    [
        new("audit.actor", NotErased: "Who did what in office; ids alone, which lead to nobody any more."),
        new("service_tokens.created_by", NotErased: "The token belongs to the deployment; the number of its maker leads to nobody any more."),
        new("erasures.user_id", "There is none before the erasure itself.", "The certificate: a number and times."),
    ];
}
