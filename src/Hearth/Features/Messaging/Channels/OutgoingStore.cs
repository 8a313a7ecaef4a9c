using Hearth.Database;
using Hearth.Features.Messaging.Conversations;
using Hearth.Features.Messaging.Tenancy;
using Npgsql;
using NpgsqlTypes;

namespace Hearth.Features.Messaging.Channels;

/// <summary>A message that this delivery has taken, with what it needs to leave.</summary>
internal sealed record Taken(
    long Id, Guid Message, Guid Contact, string Name, string? Phone, string? Email, string Subject, string? Text, string Channel, bool OptedOut, bool IsDouble);

/// <summary>
/// The statements of sending. Each message goes queued, sending, settled: "sending" is committed before anything leaves, so
/// that what a crash leaves in it may have left, and is not sent again by itself.
/// </summary>
internal static class OutgoingStore
{
    /// <summary>Stands as the delivery of messages that a person ordered to be sent again: no ordinary batch takes them.</summary>
    public const long Again = -1;

    private const string MailingSql =
        """
        -- outgoing.mailing
        select status, run, template, coalesce(version, 1), name from mailings where tenant = $1 and id = $2 for share
        """;

    private const string WaitingSql =
        """
        -- outgoing.waiting
        select count(*) from (
          select from messages where tenant = $1 and id between $2 and $3 and status = 1 and mailing is not distinct from $4 and coalesce(delivery, 0) = $6
           limit $5) w
        """;

    private const string TakeSql =
        """
        -- outgoing.take
        with due as (
          select id from messages
           where tenant = $1 and id between $2 and $3 and status = 1 and mailing is not distinct from $4 and coalesce(delivery, 0) = $7
           order by id limit $6
             for update skip locked),
        m as (update messages m set status = 2, delivery = $5 from due where m.tenant = $1 and m.id = due.id returning m.*)
        select m.id, m.uuid, c.uuid, c.name,
               coalesce(c.phone, (select l.phone from contacts l where l.tenant = $1 and l.merged_into = c.id and l.phone is not null order by l.id limit 1)),
               coalesce(c.email, (select l.email from contacts l where l.tenant = $1 and l.merged_into = c.id and l.email is not null order by l.id limit 1)),
               coalesce(v.subject, ''), m.body, m.channel,
               exists (select from contacts o where o.tenant = $1 and (o.id = c.id or o.merged_into = c.id or o.id = c.merged_into) and o.opted_out_at is not null),
               c.merged_into is not null and exists (
                 select from messages r where r.tenant = $1 and r.mailing = m.mailing and r.contact = c.merged_into)
          from m
          join contacts c on c.tenant = m.tenant and c.id = m.contact
          left join conversations v on v.tenant = m.tenant and v.id = m.conversation
         order by m.id
        """;

    private const string LostSql =
        """
        -- outgoing.lost
        update messages set status = 7, reason = 'A crash hid whether it was sent.'
         where tenant = $1 and id between $2 and $3 and status = 2 and delivery = $4
        """;

    // A receipt may have been faster than this: it knows more.
    private const string SettleSql =
        """
        -- outgoing.settle
        update messages m
           set status = r.status, reason = r.reason, delivery = case when r.status = 1 then $7 else m.delivery end,
               sent_at = case when r.status in (3, 4) then $5 end, delivered_at = case when r.status = 4 then $5 end
          from unnest($2, $3, $4) r (id, status, reason)
         where m.tenant = $1 and m.id = r.id and m.status = 2 and m.delivery = $6
        returning m.status
        """;

    public static Task<MailingState?> Mailing(TenantDb db, long mailing) => db.One(
        MailingSql, row => new MailingState(row.GetString(0), row.GetInt32(1), row.GetInt64(2), row.GetInt32(3), row.GetString(4)), mailing);

    /// <returns>How many wait, up to a limit.</returns>
    public static async Task<int> Waiting(TenantDb db, Batch batch, int limit) =>
        (int)await db.Value<long>(WaitingSql, batch.From, batch.To, Sql.Number(batch.Mailing), limit, Mark(batch));

    /// <summary>Takes up to so many for a delivery, in their order.</summary>
    public static Task<List<Taken>> Take(TenantDb db, Batch batch, long delivery, int limit) => db.Rows(
        TakeSql,
        row => new Taken(
            row.GetInt64(0),
            row.GetGuid(1),
            row.GetGuid(2),
            row.GetString(3),
            row.TextOrNull(4),
            row.TextOrNull(5),
            row.GetString(6),
            row.TextOrNull(7),
            row.GetString(8),
            row.GetBoolean(9),
            row.GetBoolean(10)),
        batch.From,
        batch.To,
        Sql.Number(batch.Mailing),
        delivery,
        limit,
        Mark(batch));

    /// <summary>What an earlier attempt of this delivery took and never settled is uncertain.</summary>
    public static Task<int> Lost(TenantDb db, Batch batch, long delivery) => db.Execute(LostSql, batch.From, batch.To, delivery);

    /// <returns>The statuses of those that were still this delivery's to settle.</returns>
    public static Task<List<MessageStatus>> Settle(TenantDb db, Batch batch, long delivery, IReadOnlyList<(long Id, Handover Outcome)> outcomes, DateTime now) => db.Rows(
        SettleSql,
        row => (MessageStatus)row.GetInt16(0),
        outcomes.Select(one => one.Id).ToArray(),
        outcomes.Select(one => (short)one.Outcome.Status).ToArray(),
        new NpgsqlParameter<string?[]> { TypedValue = [.. outcomes.Select(one => one.Outcome.Reason)], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
        now,
        delivery,
        Sql.Number(batch.Again ? Again : null));

    private static long Mark(Batch batch) => batch.Again ? Again : 0;
}

/// <summary>A campaign as its deliveries see it.</summary>
internal sealed record MailingState(string Status, int Run, long Template, int Version, string Name);
