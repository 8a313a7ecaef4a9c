using Hearth.Features.Messaging.Linking;
using Hearth.Ledger;

namespace Hearth.Features.Messaging;

/// <summary>
/// What messaging holds on a person with an account. A tenant's contacts are the tenant's records, not the account's: with the account, the
/// link from a contact to it goes, and what somebody did at work for a tenant stays, by a number that leads to nobody.
/// </summary>
internal sealed class MessagingPersonal : IPersonal
{
    private const string AtWork = "What was done at work for a tenant is the tenant's record; the number leads to nobody any more.";

    private static readonly string[] Deeds =
    [
        "contact_merges.actor", "contact_imports.actor", "mailings.actor", "messaging_activities.actor", "template_versions.decided_by",
    ];

    public IReadOnlyList<PersonalFile> Files { get; } =
    [
        PersonalFile.Of(
            "contact_links",
            ["contacts.user_id"],
            "select t.name as organisation, c.name, c.phone, c.email, c.created_at from contacts c join tenants t on t.number = c.tenant where c.user_id = $1 order by t.number"),
        PersonalFile.Of(
            "messages_written",
            ["messages.author"],
            """
            select m.uuid as id, t.name as organisation, m.channel, m.body, m.created_at
              from users u join tenants t on t.id = u.tenant_id join messages m on m.tenant = t.number and m.author = u.id where u.id = $1 order by m.id
            """),
        PersonalFile.Of(
            "templates_written",
            ["template_versions.author"],
            """
            select p.uuid as id, t.name as organisation, p.name, v.version, v.body, v.status, v.created_at
              from users u join tenants t on t.id = u.tenant_id join template_versions v on v.tenant = t.number and v.author = u.id
              join templates p on p.tenant = v.tenant and p.id = v.template
             where u.id = $1 order by v.template, v.version
            """),
        PersonalFile.Of(
            "conversations_assigned",
            ["conversations.assignee"],
            """
            select c.uuid as id, t.name as organisation, c.subject, c.open, c.created_at
              from users u join tenants t on t.id = u.tenant_id join conversations c on c.tenant = t.number and c.assignee = u.id where u.id = $1 order by c.id
            """),
    ];

    public IReadOnlyList<ErasureStep> Erasure { get; } =
    [
        new("contacts", "unlinked", ["contacts.user_id"], Unlink),
        new("conversations", "without assignee", ["conversations.assignee"], Unassign),
    ];

    public IReadOnlyList<PersonalColumn> Exceptions { get; } =
    [
        .. Deeds.Select(column => new PersonalColumn(column, "Numbers of what was done at work; the rows are in ledger.json.", AtWork)),
        new("messages.author", NotErased: AtWork),
        new("template_versions.author", NotErased: AtWork),
    ];

    private static async Task<Erased> Unlink(Write write, long user, CancellationToken ct)
    {
        var gone = await LinkStore.UnlinkAll(write.Db, user, ct);
        foreach (var (tenant, contact) in gone)
            write.Append(new Entry(Verb.UnlinkContact, ObjectKind.Contact, contact) { Actor = user, Tenant = tenant, Detail = ErasureStep.Cause });
        return new Erased(gone.Count);
    }

    private static async Task<Erased> Unassign(Write write, long user, CancellationToken ct)
    {
        var left = await LinkStore.UnassignAll(write.Db, user, ct);
        foreach (var (tenant, conversation) in left)
            write.Append(new Entry(Verb.ChangeConversation, ObjectKind.Conversation, conversation) { Actor = user, Tenant = tenant, Detail = ErasureStep.Cause });
        return new Erased(left.Count);
    }
}
