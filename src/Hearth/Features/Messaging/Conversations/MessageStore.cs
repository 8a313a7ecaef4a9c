using Hearth.Database;
using Hearth.Features.Messaging.Tenancy;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Messaging.Conversations;

/// <summary>A message that is to be stored.</summary>
internal sealed record MessageDraft(long Contact, long Conversation, MessageStatus Status, bool Incoming, string Channel, string Body, DateTime At)
{
    public long? Author { get; init; }

    public string? ExternalId { get; init; }
}

/// <summary>The statements on the messages of conversations.</summary>
internal static class MessageStore
{
    private const string InsertSql =
        """
        -- messages.insert
        insert into messages (tenant, contact, conversation, status, incoming, channel, body, author, external_id, created_at, sent_at, delivered_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11)
        on conflict (tenant, channel, external_id) where external_id is not null do nothing
        returning id, uuid
        """;

    private const string Columns =
        """
        m.id, m.uuid, m.incoming, m.body, m.status, u.username, m.reason, m.created_at, m.sent_at, m.delivered_at
          from messages m left join users u on u.id = m.author
        """;

    private const string OneSql =
        $"""
        -- messages.one
        select {Columns} where m.tenant = $1 and m.id = $2
        """;

    private const string KnownSql =
        """
        -- messages.known
        select m.uuid, v.uuid from messages m join conversations v on v.tenant = m.tenant and v.id = m.conversation
         where m.tenant = $1 and m.channel = $2 and m.external_id = $3
        """;

    /// <returns>Null where a message with this external id is there already.</returns>
    public static async Task<(long Id, Guid Uuid)?> Insert(TenantDb db, MessageDraft draft)
    {
        var rows = await db.Rows(
            InsertSql,
            row => (row.GetInt64(0), row.GetGuid(1)),
            draft.Contact,
            draft.Conversation,
            (short)draft.Status,
            draft.Incoming,
            draft.Channel,
            draft.Body,
            Sql.Number(draft.Author),
            Sql.Text(draft.ExternalId),
            draft.At,
            Sql.Time(draft.Status == MessageStatus.Delivered ? draft.At : null));
        return rows.Count == 0 ? null : rows[0];
    }

    public static async Task<MessageView> One(TenantDb db, long id) => (await db.Rows(OneSql, Read, id))[0].View;

    /// <returns>The message with an external id, and its conversation.</returns>
    public static async Task<(Guid Message, Guid Conversation)?> Known(TenantDb db, string channel, string externalId)
    {
        var rows = await db.Rows(KnownSql, row => (row.GetGuid(0), row.GetGuid(1)), channel, externalId);
        return rows.Count == 0 ? null : rows[0];
    }

    /// <summary>The messages of a conversation, the latest first.</summary>
    public static Task<List<(long Id, MessageView View)>> List(TenantDb db, long conversation, KeysetQuery page)
    {
        var (compare, order) = page.Backwards ? (">", "asc") : ("<", "desc");
        var sql =
            $"""
            -- messages.list.{order}
            select {Columns} where m.tenant = $1 and m.conversation = $2 and m.id {compare} $3 order by m.id {order} limit $4
            """;
        return db.Rows(sql, Read, conversation, page.Cursor?.Long(0) ?? long.MaxValue, page.Take);
    }

    private static (long Id, MessageView View) Read(NpgsqlDataReader row) => (
        row.GetInt64(0),
        new MessageView(
            row.GetGuid(1),
            row.GetBoolean(2) ? "in" : "out",
            row.GetString(3),
            ((MessageStatus)row.GetInt16(4)).Name(),
            row.TextOrNull(5),
            row.TextOrNull(6),
            row.GetDateTime(7),
            row.IsDBNull(8) ? null : row.GetDateTime(8),
            row.IsDBNull(9) ? null : row.GetDateTime(9)));
}
