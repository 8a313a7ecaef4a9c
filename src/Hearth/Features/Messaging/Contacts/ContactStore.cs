using Hearth.Database;
using Hearth.Features.Messaging.Tenancy;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Messaging.Contacts;

/// <summary>A contact as it is stored.</summary>
internal sealed record ContactRow(long Id, ContactView View, long? MergedInto, long? User)
{
    /// <summary>The contact that it counts as.</summary>
    public long Root => MergedInto ?? Id;
}

/// <summary>The statements on contacts.</summary>
internal static class ContactStore
{
    // What a contact lacks, those merged into it lend.
    private const string Columns =
        """
        c.id, c.uuid, c.name,
               coalesce(c.phone, (select m.phone from contacts m where m.tenant = c.tenant and m.merged_into = c.id and m.phone is not null order by m.id limit 1)),
               coalesce(c.email, (select m.email from contacts m where m.tenant = c.tenant and m.merged_into = c.id and m.email is not null order by m.id limit 1)),
               c.tags, c.opted_out_at is not null, c.user_id, c.merged_into, r.uuid, c.created_at
          from contacts c left join contacts r on r.tenant = c.tenant and r.id = c.merged_into
        """;

    private const string InsertSql =
        """
        -- contacts.insert
        insert into contacts (tenant, name, phone, email, tags, created_at) values ($1, $2, $3, $4, $5, $6)
        on conflict do nothing
        returning id
        """;

    private const string OneSql =
        $"""
        -- contacts.one
        select {Columns} where c.tenant = $1 and c.uuid = $2
        """;

    private const string ByIdSql =
        $"""
        -- contacts.by_id
        select {Columns} where c.tenant = $1 and c.id = $2
        """;

    private const string ByAddressSql =
        $"""
        -- contacts.by_address
        select {Columns} where c.tenant = $1 and (c.phone = $2 or lower(c.email) = lower($3)) order by c.id limit 1
        """;

    private const string LockSql =
        """
        -- contacts.lock
        select id from contacts where tenant = $1 and uuid = any($2) order by id for update
        """;

    private const string UpdateSql =
        """
        -- contacts.update
        update contacts set name = $3, tags = $4, phone = case when $5 then $6 else phone end, email = case when $7 then $8 else email end
         where tenant = $1 and id = $2
        """;

    private const string OptSql =
        """
        -- contacts.opt_out
        update contacts set opted_out_at = $3 where tenant = $1 and id = $2 and (opted_out_at is null) <> ($3::timestamptz is null)
        """;

    private const string TagsSql =
        """
        -- contacts.tags
        select tag, count(*) from contacts c, unnest(c.tags) tag where c.tenant = $1 and c.merged_into is null group by tag order by 2 desc, 1 limit 200
        """;

    private const string TakenSql =
        """
        -- contacts.taken
        select case when exists (select from contacts where tenant = $1 and phone = $2 and id <> $4) then 'phone'
                    when exists (select from contacts where tenant = $1 and lower(email) = lower($3) and id <> $4) then 'email' end
        """;

    /// <returns>The new contact's id; null where its phone or e-mail is another's.</returns>
    public static async Task<long?> Insert(TenantDb db, ContactValues contact, DateTime now) =>
        await db.Value<long>(InsertSql, contact.Name, Sql.Text(contact.Phone), Sql.Text(contact.Email), contact.Tags, now) is var id and > 0 ? id : null;

    public static Task<ContactRow?> One(TenantDb db, Guid id) => db.One(OneSql, Read, id);

    public static Task<ContactRow?> One(TenantDb db, long id) => db.One(ByIdSql, Read, id);

    public static Task<ContactRow?> ByAddress(TenantDb db, string? phone, string? email) => db.One(ByAddressSql, Read, Sql.Text(phone), Sql.Text(email));

    /// <summary>Locks contacts in the order of their ids.</summary>
    public static Task<List<long>> Lock(TenantDb db, params Guid[] ids) => db.Rows(LockSql, row => row.GetInt64(0), ids);

    /// <summary>Changes a contact; a phone number or an address that was lent to it is not made its own.</summary>
    public static Task<int> Update(TenantDb db, long id, ContactValues contact, bool phone, bool email) =>
        db.Execute(UpdateSql, id, contact.Name, contact.Tags, phone, Sql.Text(contact.Phone), email, Sql.Text(contact.Email));

    /// <param name="at">When; null opts in again.</param>
    /// <returns>Whether it changed.</returns>
    public static async Task<bool> OptOut(TenantDb db, long id, DateTime? at) => await db.Execute(OptSql, id, Sql.Time(at)) == 1;

    /// <returns>The field whose value another contact has; null where there is none.</returns>
    public static Task<string?> Taken(TenantDb db, string? phone, string? email, long but) => db.Value<string>(TakenSql, Sql.Text(phone), Sql.Text(email), but);

    public static Task<List<TagView>> Tags(TenantDb db) => db.Rows(TagsSql, row => new TagView(row.GetString(0), row.GetInt64(1)));

    /// <summary>Contacts, the newest first; of a tag, or whose name, phone or e-mail begins with a text.</summary>
    public static Task<List<ContactRow>> List(TenantDb db, string? tag, string? start, KeysetQuery page)
    {
        var (compare, order) = page.Backwards ? (">", "asc") : ("<", "desc");
        var values = new List<object?> { page.Cursor?.Long(0) ?? long.MaxValue, page.Take };
        var filters = "";
        if (start is not null)
        {
            values.Add(Start(start));
            filters += $" and (lower(c.name) like ${values.Count + 1} or c.phone like ${values.Count + 1} or lower(c.email) like ${values.Count + 1})";
        }

        if (tag is not null)
        {
            values.Add(new[] { tag });
            filters += $" and c.tags @> ${values.Count + 1}";
        }

        var sql =
            $"""
            -- contacts.list
            select {Columns} where c.tenant = $1 and c.merged_into is null and c.id {compare} $2{filters} order by c.id {order} limit $3
            """;
        return db.Rows(sql, Read, [.. values]);
    }

    private static string Start(string text) =>
        text.Trim().ToLowerInvariant().Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal) + "%";

    private static ContactRow Read(NpgsqlDataReader row) => new(
        row.GetInt64(0),
        new ContactView(
            row.GetGuid(1),
            row.GetString(2),
            row.TextOrNull(3),
            row.TextOrNull(4),
            row.GetFieldValue<string[]>(5),
            row.GetBoolean(6),
            !row.IsDBNull(7),
            row.IsDBNull(9) ? null : row.GetGuid(9),
            row.GetDateTime(10)),
        row.IsDBNull(8) ? null : row.GetInt64(8),
        row.IsDBNull(7) ? null : row.GetInt64(7));
}
