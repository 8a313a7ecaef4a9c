using Hearth.Database;
using Hearth.Features.Messaging.Conversations;
using Hearth.Features.Messaging.Tenancy;

namespace Hearth.Features.Messaging.Channels;

/// <summary>How far an outgoing message is.</summary>
internal sealed record Progress(long Id, MessageStatus Status, DateTime? SentAt, DateTime? DeliveredAt, long? Mailing, string Channel)
{
    /// <summary>It is neither queued nor on its way.</summary>
    public bool IsSettled => Status is not (MessageStatus.Queued or MessageStatus.Sending);

    /// <summary>What a receipt makes of it: forward only, so that repeats and late ones change nothing.</summary>
    public Progress After(MessageStatus receipt, DateTime at)
    {
        var moves = receipt switch
        {
            MessageStatus.Sent => Status is MessageStatus.Sending or MessageStatus.Uncertain,
            MessageStatus.Delivered => Status is MessageStatus.Sending or MessageStatus.Sent or MessageStatus.Uncertain,
            MessageStatus.Read => Status is MessageStatus.Sending or MessageStatus.Sent or MessageStatus.Delivered or MessageStatus.Uncertain,
            MessageStatus.Failed => Status is MessageStatus.Sending or MessageStatus.Sent or MessageStatus.Uncertain,
            _ => false,
        };
        if (!moves)
            return this;
        var arrived = receipt is MessageStatus.Delivered or MessageStatus.Read;
        return this with
        {
            Status = receipt,
            SentAt = arrived || receipt == MessageStatus.Sent ? SentAt ?? at : SentAt,
            DeliveredAt = arrived ? DeliveredAt ?? at : DeliveredAt,
        };
    }
}

/// <summary>The statements on receipts.</summary>
internal static class ReceiptStore
{
    private const string LockSql =
        """
        -- receipts.lock
        select id, status, sent_at, delivered_at, mailing, channel from messages where tenant = $1 and uuid = $2 and not incoming for update
        """;

    private const string UpdateSql =
        """
        -- receipts.update
        update messages set status = $3, sent_at = $4, delivered_at = $5, reason = coalesce($6, reason) where tenant = $1 and id = $2
        """;

    public static Task<Progress?> Lock(TenantDb db, Guid message) => db.One(
        LockSql,
        row => new Progress(
            row.GetInt64(0),
            (MessageStatus)row.GetInt16(1),
            row.IsDBNull(2) ? null : row.GetDateTime(2),
            row.IsDBNull(3) ? null : row.GetDateTime(3),
            row.IsDBNull(4) ? null : row.GetInt64(4),
            row.GetString(5)),
        message);

    public static Task Update(TenantDb db, Progress after, string? reason) =>
        db.Execute(UpdateSql, after.Id, (short)after.Status, Sql.Time(after.SentAt), Sql.Time(after.DeliveredAt), Sql.Text(reason));
}
