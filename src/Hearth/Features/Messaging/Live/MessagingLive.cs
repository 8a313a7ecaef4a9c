using Hearth.Database;
using Hearth.Features.Messaging.Campaigns;
using Hearth.Features.Messaging.Contacts.Import;
using Hearth.Features.Messaging.Conversations;
using Hearth.Features.Messaging.Tenancy;
using Hearth.Ledger;
using Hearth.Platform;
using Hearth.Realtime;
using Npgsql;

namespace Hearth.Features.Messaging.Live;

/// <summary>A message that came in, went out, or was told of.</summary>
internal sealed record MessageEvent(Guid ConversationId, MessageView Message);

/// <summary>What a tenant's members see as it happens: messages, and how far campaigns and imports are.</summary>
internal sealed class MessagingLive(Tenants tenants) : ILiveEvents
{
    private const string MembersSql =
        """
        -- messaging_live.members
        select u.id from tenants t join users u on u.tenant_id = t.id where t.number = $1 and u.is_active
        """;

    private const string MessageSql =
        """
        -- messaging_live.conversation
        select v.uuid from messages m join conversations v on v.tenant = m.tenant and v.id = m.conversation where m.tenant = $1 and m.id = $2
        """;

    private const string ImportSql =
        """
        -- messaging_live.import
        select uuid from contact_imports where tenant = $1 and id = $2
        """;

    public IReadOnlySet<Verb> Verbs { get; } = new HashSet<Verb>
    {
        Verb.SendMessage, Verb.ReceiveMessage, Verb.ReceiptMessage, Verb.ChangeConversation, Verb.StartConversation, Verb.ChangeMailing, Verb.ProgressMailing, Verb.ProgressImport,
    };

    /// <summary>Of a campaign's or an import's progress the last says it all.</summary>
    public string? Supersedes(LedgerRow row) => row.Verb switch
    {
        Verb.ProgressMailing => $"mailing:{row.ObjectId}",
        Verb.ProgressImport => $"import:{row.ObjectId}",
        _ => null,
    };

    public async Task Compose(NpgsqlConnection db, IReadOnlyList<LedgerRow> rows, ICollection<LiveEvent> events, CancellationToken ct)
    {
        foreach (var group in rows.Where(row => row.Tenant is not null).GroupBy(row => row.Tenant!.Value))
        {
            var tenant = new TenantDb(db, await tenants.Find(group.Key, ct), ct);
            var members = await Members(db, group.Key, ct);
            if (members.Count == 0)
                continue;
            foreach (var row in group)
            {
                if (await Data(tenant, row) is { } data)
                    events.Add(new LiveEvent(row, data.Type, data.Json, members));
            }
        }
    }

    private static async Task<(string Type, byte[] Json)?> Data(TenantDb db, LedgerRow row)
    {
        switch (row.Kind)
        {
            case ObjectKind.Mailing:
                return ("messaging_campaign_progress", Json.Bytes((await MailingStore.One(db, row.ObjectId))!.View));
            case ObjectKind.ContactImport:
                var import = await ImportStore.One(db, await db.Value<Guid>(ImportSql, row.ObjectId), errors: 0);
                return import is null ? null : ("messaging_import_progress", Json.Bytes(import));
            case ObjectKind.Conversation:
                return ("messaging_conversation", Json.Bytes((await ConversationStore.One(db, row.ObjectId))!.View));
            default:
                var conversation = await db.Value<Guid>(MessageSql, row.ObjectId);
                return conversation == Guid.Empty
                    ? null
                    : ("messaging_message", Json.Bytes(new MessageEvent(conversation, await MessageStore.One(db, row.ObjectId))));
        }
    }

    private static async Task<List<string>> Members(NpgsqlConnection db, int tenant, CancellationToken ct)
    {
        await using var command = Sql.Command(db, MembersSql, Sql.Value(tenant));
        var members = new List<string>();
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
            members.Add(Groups.User(row.GetInt64(0)));
        return members;
    }
}
