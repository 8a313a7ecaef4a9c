using Hearth.Database;
using Hearth.Features.Messaging.Conversations;
using Hearth.Features.Messaging.Tenancy;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Messaging.Linking;

/// <summary>The statements on links between contacts and accounts, and on what such a link shows.</summary>
internal static class LinkStore
{
    private const string InviteSql =
        """
        -- invitations.insert
        insert into contact_invitations (tenant, code_hash, contact, expires_at) values ($1, $2, $3, $4)
        """;

    // By the code alone: whoever redeems it belongs to no tenant.
    private const string RedeemSql =
        """
        -- links.redeem
        delete from contact_invitations where code_hash = $1 and expires_at > $2 returning tenant, contact
        """;

    private const string LinkSql =
        """
        -- contacts.link
        update contacts set user_id = $3 where tenant = $1 and id = $2
           and not exists (select from contacts o where o.tenant = $1 and o.user_id = $3)
        """;

    private const string UnlinkSql =
        """
        -- contacts.unlink
        update contacts set user_id = null where tenant = $1 and user_id = $2 returning id
        """;

    // By the person alone, who leaves all of them.
    private const string UnlinkAllSql =
        """
        -- links.unlink_all
        update contacts set user_id = null where user_id = $1 returning tenant, id
        """;

    private const string UnassignAllSql =
        """
        -- links.unassign_all
        update conversations set assignee = null
         where assignee = $1 and (tenant, id) in (select tenant, id from conversations where assignee = $1 limit 500)
        returning tenant, id
        """;

    // Those of the person who asks, whichever tenants they are.
    private const string MineSql =
        """
        -- links.mine
        select t.id, t.name, c.name from contacts c join tenants t on t.number = c.tenant where c.user_id = $1 order by t.name, t.id
        """;

    private const string Timeline =
        """
        with people as (select id, user_id from contacts where tenant = $1 and (id = $2 or merged_into = $2)),
        told as (
          select m.created_at as at, 2 as kind, m.id, case when m.incoming then 'message_in' when m.mailing is null then 'message_out' else 'campaign' end as type,
                 coalesce(m.body, g.name) as text, m.status, v.uuid as conversation, g.uuid as campaign
            from messages m
            left join conversations v on v.tenant = m.tenant and v.id = m.conversation
            left join mailings g on g.tenant = m.tenant and g.id = m.mailing
           where m.tenant = $1 and m.contact in (select id from people)),
        done as (
          select l.at, 1, l.id, 'community', l.verb::text, null::smallint, null::uuid, null::uuid
            from ledger l
           where l.actor in (select user_id from people where user_id is not null) and l.verb between 1 and 13
             and coalesce((select v.verb = 101 from ledger v where v.voids = l.id and v.id > l.id order by v.id desc limit 1), true))
        """;

    private static readonly string[] Actions =
    [
        "like_post", "unlike_post", "like_comment", "unlike_comment", "comment_post", "reply_comment", "mention_user", "join_group", "leave_group", "view_post",
        "share_post", "bookmark_post", "unbookmark_post",
    ];

    public static Task Invite(TenantDb db, byte[] code, long contact, DateTime until) => db.Execute(InviteSql, code, contact, until);

    /// <returns>The tenant's number and the contact; null where the code does not hold.</returns>
    public static async Task<(int Tenant, long Contact)?> Redeem(NpgsqlConnection db, byte[] code, DateTime now, CancellationToken ct)
    {
        await using var command = Sql.Command(db, RedeemSql, Sql.Value(code), Sql.Time(now));
        await using var row = await command.ExecuteReaderAsync(ct);
        return await row.ReadAsync(ct) ? (row.GetInt32(0), row.GetInt64(1)) : null;
    }

    /// <returns>False where the person is another contact of the tenant already.</returns>
    public static async Task<bool> Link(TenantDb db, long contact, long user) => await db.Execute(LinkSql, contact, user) == 1;

    /// <returns>The contact; null where there was no link.</returns>
    public static async Task<long?> Unlink(TenantDb db, long user) => await db.Value<long>(UnlinkSql, user) is var id and > 0 ? id : null;

    /// <summary>Takes back every link to a person who leaves.</summary>
    /// <returns>The tenants' numbers and contacts.</returns>
    public static Task<List<(int Tenant, long Contact)>> UnlinkAll(NpgsqlConnection db, long user, CancellationToken ct) => Pairs(db, UnlinkAllSql, user, ct);

    /// <summary>Leaves the conversations of a person who leaves to their colleagues, some at a time.</summary>
    /// <returns>The tenants' numbers and conversations.</returns>
    public static Task<List<(int Tenant, long Conversation)>> UnassignAll(NpgsqlConnection db, long user, CancellationToken ct) => Pairs(db, UnassignAllSql, user, ct);

    public static async Task<List<ConsentView>> Mine(NpgsqlConnection db, long user, CancellationToken ct)
    {
        await using var command = Sql.Command(db, MineSql, Sql.Value(user));
        var mine = new List<ConsentView>();
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
            mine.Add(new ConsentView(row.GetGuid(0), row.GetString(1), row.GetString(2)));
        return mine;
    }

    /// <summary>Everything between the tenant and a contact, the latest first; what the person did in the community where they consented.</summary>
    public static Task<List<(string[] Key, PersonEvent View)>> Events(TenantDb db, long contact, KeysetQuery page)
    {
        var (compare, order) = page.Backwards ? (">", "asc") : ("<", "desc");
        var values = new List<object?> { contact, page.Take };
        var from = "";
        if (page.Cursor is { } cursor)
        {
            from = $"where (at, kind, id) {compare} ($4, $5, $6)";
            values.AddRange([cursor.Time(0), (int)Math.Clamp(cursor.Long(1), 0, 9), cursor.Long(2)]);
        }

        var sql =
            $"""
            -- contacts.timeline
            {Timeline}
            select at, kind, id, type, text, status, conversation, campaign from (select * from told union all select * from done) all_of_it
            {from} order by at {order}, kind {order}, id {order} limit $3
            """;
        return db.Rows(sql, Read, [.. values]);
    }

    private static async Task<List<(int Tenant, long Id)>> Pairs(NpgsqlConnection db, string sql, long user, CancellationToken ct)
    {
        await using var command = Sql.Command(db, sql, Sql.Value(user));
        var pairs = new List<(int, long)>();
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
            pairs.Add((row.GetInt32(0), row.GetInt64(1)));
        return pairs;
    }

    private static (string[] Key, PersonEvent View) Read(NpgsqlDataReader row)
    {
        var at = row.GetDateTime(0);
        var isDeed = row.GetInt32(1) == 1;
        return (
            [Text(at.Ticks), Text(row.GetInt32(1)), Text(row.GetInt64(2))],
            new PersonEvent(
                row.GetString(3),
                isDeed ? Actions[int.Parse(row.GetString(4), System.Globalization.CultureInfo.InvariantCulture) - 1] : row.GetString(4),
                row.IsDBNull(5) ? null : ((MessageStatus)row.GetInt16(5)).Name(),
                row.IsDBNull(6) ? null : row.GetGuid(6),
                row.IsDBNull(7) ? null : row.GetGuid(7),
                at));

        static string Text(long number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }
}
