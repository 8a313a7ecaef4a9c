using System.Text.Json;
using Hearth.Database;
using Hearth.Features.Messaging.Channels;
using Hearth.Features.Messaging.Conversations;
using Hearth.Features.Messaging.Tenancy;
using Hearth.Jobs;
using Hearth.Platform;
using Npgsql;
using NpgsqlTypes;

namespace Hearth.Features.Messaging.Campaigns;

/// <summary>A campaign as it is stored.</summary>
internal sealed record MailingRow(long Id, MailingView View, long Template, int Run);

/// <summary>The statements on campaigns.</summary>
internal static class MailingStore
{
    /// <summary>How many messages one delivery sends.</summary>
    public const int BatchSize = 200;

    private const string Columns =
        """
        g.id, g.uuid, g.name, t.uuid, t.name, g.version, g.channel, g.audience::text, g.status, g.total, g.pending, g.sent, g.delivered, g.read, g.failed,
               g.uncertain, g.skipped, g.created_at, g.started_at, g.ended_at, g.template, g.run
          from mailings g join templates t on t.tenant = g.tenant and t.id = g.template
        """;

    private const string InsertSql =
        """
        -- mailings.insert
        insert into mailings (tenant, name, template, channel, audience, actor, created_at) values ($1, $2, $3, $4, $5, $6, $7) returning id
        """;

    private const string OneSql =
        $"""
        -- mailings.one
        select {Columns} where g.tenant = $1 and g.uuid = $2
        """;

    private const string ByIdSql =
        $"""
        -- mailings.by_id
        select {Columns} where g.tenant = $1 and g.id = $2
        """;

    private const string LockSql =
        """
        -- mailings.lock
        select id from mailings where tenant = $1 and uuid = $2 for update
        """;

    private const string StartSql =
        """
        -- mailings.start
        update mailings set status = 'running', version = $3, run = run + 1, total = $4, pending = $4, started_at = $5 where tenant = $1 and id = $2
        """;

    private const string StatusSql =
        """
        -- mailings.status
        update mailings set status = $3, run = case when $3 = 'running' then run + 1 else run end,
               ended_at = case when $3 in ('cancelled', 'completed') then $4 else ended_at end
         where tenant = $1 and id = $2
        """;

    private const string BatchesSql =
        """
        -- mailings.batches
        select min(id), max(id)
          from (select id, (row_number() over (order by id) - 1) / $3 as batch from messages where tenant = $1 and mailing = $2 and status = 1) queued
         group by batch order by 1
        """;

    private const string AgainSql =
        """
        -- mailings.again
        update messages set status = 1, delivery = -1, reason = null
         where tenant = $1 and mailing = $2 and status = 7 and ($3::uuid[] is null or uuid = any($3))
        returning id
        """;

    public static Task<long> Insert(TenantDb db, string name, long template, string channel, Audience audience, long actor, DateTime now) =>
        db.Value<long>(InsertSql, name, template, channel, new NpgsqlParameter { Value = JsonSerializer.Serialize(audience, Json.Of<Audience>()), NpgsqlDbType = NpgsqlDbType.Jsonb }, actor, now);

    public static Task<MailingRow?> One(TenantDb db, Guid id) => db.One(OneSql, Read, id);

    public static Task<MailingRow?> One(TenantDb db, long id) => db.One(ByIdSql, Read, id);

    public static async Task<MailingRow?> Lock(TenantDb db, Guid id) => await db.Value<long>(LockSql, id) is var row and > 0 ? await One(db, row) : null;

    /// <summary>Puts a message into the queue for each of the audience.</summary>
    /// <returns>How many they are.</returns>
    public static Task<int> Queue(TenantDb db, long id, Audience audience, string channel, DateTime now)
    {
        var values = new List<object?> { id, channel, now };
        var sql =
            $"""
            -- mailings.queue
            insert into messages (tenant, contact, mailing, status, channel, created_at)
            select $1, c.id, $2, 1, $3, $4 from contacts c
             where {AudienceSql.Condition(audience, channel, now, values)}
             order by c.id
            on conflict (tenant, mailing, contact) where mailing is not null do nothing
            """;
        return db.Execute(sql, [.. values]);
    }

    public static Task Start(TenantDb db, long id, int version, int total, DateTime now) => db.Execute(StartSql, id, version, total, now);

    public static Task SetStatus(TenantDb db, long id, string status, DateTime now) => db.Execute(StatusSql, id, status, now);

    /// <summary>Puts what is queued among the deliveries, some at a time.</summary>
    public static async Task Enqueue(TenantDb db, MailingRow mailing, int run)
    {
        var batches = await db.Rows(BatchesSql, row => (From: row.GetInt64(0), To: row.GetInt64(1)), mailing.Id, BatchSize);
        await Deliveries.Enqueue(
            db.Connection,
            [.. batches.Select(batch => new NewDelivery(
                $"mailing:{mailing.View.Id}:{run}:{batch.From}",
                OutgoingChannel.ChannelName,
                new Batch(db.Tenant.Number, batch.From, batch.To, mailing.Id, run).Text()))],
            db.Aborted);
    }

    /// <summary>Queues again what is uncertain.</summary>
    public static async Task<int> Again(TenantDb db, MailingRow mailing, Guid[]? messages)
    {
        var ids = await db.Rows(
            AgainSql, row => row.GetInt64(0), mailing.Id, new NpgsqlParameter { Value = (object?)messages ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });
        await Deliveries.Enqueue(
            db.Connection,
            [.. ids.Order().Chunk(BatchSize).Select(batch => new NewDelivery(
                $"mailing:{mailing.View.Id}:again:{Guid.NewGuid()}",
                OutgoingChannel.ChannelName,
                new Batch(db.Tenant.Number, batch[0], batch[^1], mailing.Id, Again: true).Text()))],
            db.Aborted);
        return ids.Count;
    }

    /// <summary>Campaigns, the newest first.</summary>
    public static Task<List<MailingRow>> List(TenantDb db, string? status, KeysetQuery page)
    {
        var (compare, order) = page.Backwards ? (">", "asc") : ("<", "desc");
        var sql =
            $"""
            -- mailings.list.{order}
            select {Columns} where g.tenant = $1 and g.id {compare} $2 and ($4::text is null or g.status = $4) order by g.id {order} limit $3
            """;
        return db.Rows(sql, Read, page.Cursor?.Long(0) ?? long.MaxValue, page.Take, Sql.Text(status));
    }

    /// <summary>A campaign's messages, in the order of sending. What a cancelled one leaves queued is cancelled.</summary>
    /// <param name="status">Only those; all, where it is empty.</param>
    public static async Task<List<(long Id, MailingReceipt View)>> Receipts(TenantDb db, MailingRow mailing, string status, KeysetQuery page)
    {
        var cancelled = mailing.View.Status == "cancelled";
        if (status == (cancelled ? "queued" : "cancelled"))
            return [];
        var wanted = status.Length == 0 ? null : status == "cancelled" ? MessageStatus.Queued : MessageStatuses.Parse(status);
        var (compare, order) = page.Backwards ? ("<", "desc") : (">", "asc");
        var sql =
            $"""
            -- mailings.receipts.{order}
            select m.id, m.uuid, c.uuid, c.name, m.status, m.reason, m.sent_at, m.delivered_at
              from messages m join contacts c on c.tenant = m.tenant and c.id = m.contact
             where m.tenant = $1 and m.mailing = $2 and m.id {compare} $3 and ($5::smallint is null or m.status = $5)
             order by m.id {order} limit $4
            """;
        return await db.Rows(
            sql,
            row => (row.GetInt64(0), new MailingReceipt(
                row.GetGuid(1),
                new ContactName(row.GetGuid(2), row.GetString(3)),
                cancelled && row.GetInt16(4) == (short)MessageStatus.Queued ? "cancelled" : ((MessageStatus)row.GetInt16(4)).Name(),
                row.TextOrNull(5),
                row.IsDBNull(6) ? null : row.GetDateTime(6),
                row.IsDBNull(7) ? null : row.GetDateTime(7))),
            mailing.Id,
            page.Cursor?.Long(0) ?? 0L,
            page.Take,
            new NpgsqlParameter<short?> { TypedValue = (short?)wanted, DataTypeName = "smallint" });
    }

    private static MailingRow Read(NpgsqlDataReader row)
    {
        var (sent, delivered) = (row.GetInt32(11), row.GetInt32(12));
        return new MailingRow(
            row.GetInt64(0),
            new MailingView(
                row.GetGuid(1),
                row.GetString(2),
                new MailingTemplate(row.GetGuid(3), row.GetString(4), row.IsDBNull(5) ? null : row.GetInt32(5)),
                row.GetString(6),
                JsonSerializer.Deserialize(row.GetString(7), Json.Of<Audience>())!,
                row.GetString(8),
                row.GetInt32(9),
                row.GetInt32(10),
                sent,
                delivered,
                row.GetInt32(13),
                row.GetInt32(14),
                row.GetInt32(15),
                row.GetInt32(16),
                Activity.Percent.Of(delivered, sent),
                row.GetDateTime(17),
                row.IsDBNull(18) ? null : row.GetDateTime(18),
                row.IsDBNull(19) ? null : row.GetDateTime(19)),
            row.GetInt64(20),
            row.GetInt32(21));
    }
}
