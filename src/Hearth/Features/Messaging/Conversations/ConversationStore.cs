using Hearth.Database;
using Hearth.Features.Messaging.Tenancy;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Messaging.Conversations;

/// <summary>A conversation as it is stored.</summary>
internal sealed record ConversationRow(long Id, ConversationView View, long Contact, long? Assignee)
{
    public bool IsOpen => View.Status == "open";
}

/// <summary>The statements on conversations.</summary>
internal static class ConversationStore
{
    // Of a merged contact it is the one that it counts as that is shown.
    private const string Columns =
        """
        v.id, v.uuid, k.uuid, k.name, v.subject, v.channel, v.open, u.uuid, u.username, u.display_name, v.replied, v.waiting, v.last_at, v.created_at,
               k.id, v.assignee
          from conversations v
          join contacts c on c.tenant = v.tenant and c.id = v.contact
          join contacts k on k.tenant = v.tenant and k.id = coalesce(c.merged_into, c.id)
          left join users u on u.id = v.assignee
        """;

    private const string InsertSql =
        """
        -- conversations.insert
        insert into conversations (tenant, contact, subject, channel, last_at, created_at) values ($1, $2, $3, $4, $5, $5) returning id
        """;

    private const string OneSql =
        $"""
        -- conversations.one
        select {Columns} where v.tenant = $1 and v.uuid = $2
        """;

    private const string ByIdSql =
        $"""
        -- conversations.by_id
        select {Columns} where v.tenant = $1 and v.id = $2
        """;

    private const string LockSql =
        """
        -- conversations.lock
        select id from conversations where tenant = $1 and uuid = $2 for update
        """;

    private const string OpenOfSql =
        """
        -- conversations.open_of
        select v.id from conversations v join contacts c on c.tenant = v.tenant and c.id = v.contact
         where v.tenant = $1 and coalesce(c.merged_into, c.id) = $2 and (c.id = $2 or c.merged_into = $2) and v.channel = $3 and v.open
         order by v.last_at desc, v.id desc limit 1
           for update of v
        """;

    private const string UpdateSql =
        """
        -- conversations.update
        update conversations set open = $3, assignee = $4, subject = $5 where tenant = $1 and id = $2
        """;

    private const string TouchSql =
        """
        -- conversations.touch
        update conversations set last_at = greatest(last_at, $3), waiting = $4, replied = replied or $4 where tenant = $1 and id = $2
        """;

    private const string MemberSql =
        """
        -- conversations.member
        select exists (select from tenants t join users u on u.tenant_id = t.id where t.number = $1 and u.id = $2 and u.is_active)
        """;

    public static Task<long> Insert(TenantDb db, long contact, string subject, string channel, DateTime now) =>
        db.Value<long>(InsertSql, contact, subject, channel, now);

    public static Task<ConversationRow?> One(TenantDb db, Guid id) => db.One(OneSql, Read, id);

    public static Task<ConversationRow?> One(TenantDb db, long id) => db.One(ByIdSql, Read, id);

    /// <returns>The conversation, locked; null where there is none.</returns>
    public static async Task<ConversationRow?> Lock(TenantDb db, Guid id) =>
        await db.Value<long>(LockSql, id) is var row and > 0 ? await One(db, row) : null;

    /// <returns>The open conversation that the contact wrote or was written to last, locked; null where there is none.</returns>
    public static async Task<ConversationRow?> OpenOf(TenantDb db, long contact, string channel) =>
        await db.Value<long>(OpenOfSql, contact, channel) is var row and > 0 ? await One(db, row) : null;

    public static Task Update(TenantDb db, long id, bool open, long? assignee, string subject) =>
        db.Execute(UpdateSql, id, open, Sql.Number(assignee), subject);

    /// <summary>A message came in or went out.</summary>
    public static Task Touch(TenantDb db, long id, DateTime at, bool incoming) => db.Execute(TouchSql, id, at, incoming);

    public static async Task<bool> IsMember(TenantDb db, long user)
    {
        await using var command = Sql.Command(db.Connection, MemberSql, Sql.Value(db.Tenant.Number), Sql.Value(user));
        return await command.ExecuteScalarAsync(db.Aborted) is true;
    }

    /// <summary>Conversations, the latest message first.</summary>
    public static Task<List<ConversationRow>> List(TenantDb db, bool? open, long? assignee, long? contact, KeysetQuery page)
    {
        var (compare, order) = page.Backwards ? (">", "asc") : ("<", "desc");
        var values = new List<object?> { page.Take };
        var filters = "";
        Filter(open, $"v.open = ${values.Count + 2}");
        Filter(assignee, assignee == 0 ? $"v.assignee is null and ${values.Count + 2} = 0" : $"v.assignee = ${values.Count + 2}");
        Filter(contact, $"(c.id = ${values.Count + 2} or c.merged_into = ${values.Count + 2})");
        if (page.Cursor is { } cursor)
        {
            filters += $" and (v.last_at, v.id) {compare} (${values.Count + 2}, ${values.Count + 3})";
            values.Add(cursor.Time(0));
            values.Add(cursor.Long(1));
        }

        var sql =
            $"""
            -- conversations.list
            select {Columns} where v.tenant = $1{filters} order by v.last_at {order}, v.id {order} limit $2
            """;
        return db.Rows(sql, Read, [.. values]);

        void Filter(object? value, string condition)
        {
            if (value is null)
                return;
            filters += $" and {condition}";
            values.Add(value);
        }
    }

    private static ConversationRow Read(NpgsqlDataReader row) => new(
        row.GetInt64(0),
        new ConversationView(
            row.GetGuid(1),
            new ContactName(row.GetGuid(2), row.GetString(3)),
            row.GetString(4),
            row.GetString(5),
            row.GetBoolean(6) ? "open" : "closed",
            row.IsDBNull(7) ? null : new AssigneeView(row.GetGuid(7), row.GetString(8), row.GetString(9)),
            row.GetBoolean(10),
            row.GetBoolean(11),
            row.GetDateTime(12),
            row.GetDateTime(13)),
        row.GetInt64(14),
        row.IsDBNull(15) ? null : row.GetInt64(15));
}
