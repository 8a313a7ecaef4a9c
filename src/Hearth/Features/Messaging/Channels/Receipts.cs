using Hearth.Features.Messaging.Activity;
using Hearth.Features.Messaging.Campaigns;
using Hearth.Features.Messaging.Conversations;
using Hearth.Features.Messaging.Tenancy;
using Hearth.Ledger;
using Hearth.Platform;

namespace Hearth.Features.Messaging.Channels;

/// <summary>Takes in what became of messages.</summary>
internal sealed class Receipts(Writes writes, TimeProvider time)
{
    public async Task<Answer> Take(HttpContext http, Tenant tenant, string channel, Receipt body)
    {
        var status = MessageStatuses.Parse(Texts.Choice("status", body.Status, "sent", "delivered", "read", "failed"))!.Value;
        var reason = Texts.Optional("reason", body.Reason, 500);
        var now = time.GetUtcNow().UtcDateTime;
        await using var write = await writes.Begin(http);
        var db = new TenantDb(write.Db, tenant, http.RequestAborted);
        var before = await ReceiptStore.Lock(db, body.MessageId);
        if (before is null || before.Channel != channel)
            throw Failure.NotFound();
        var after = before.After(status, body.At is { } at && at <= now && at >= (before.SentAt ?? now.AddDays(-1)) ? at : now);
        if (after.Status != before.Status)
            await Settle(write, db, before, after, reason, now);
        return await write.Commit(Envelope.Ok(new ReceiptAnswer(body.MessageId, after.Status.Name(), after.Status != before.Status)));
    }

    private static async Task Settle(Write write, TenantDb db, Progress before, Progress after, string? reason, DateTime now)
    {
        await ReceiptStore.Update(db, after, reason);
        var sent = before.SentAt is null && after.SentAt is not null ? 1 : 0;
        var delivered = before.DeliveredAt is null && after.DeliveredAt is not null ? 1 : 0;
        if (after.Mailing is { } mailing)
        {
            await MailingProgress.Apply(write, db, mailing, now, new MailingChange
            {
                Pending = after.IsSettled && !before.IsSettled ? -1 : 0,
                Sent = sent,
                Delivered = delivered,
                Read = after.Status == MessageStatus.Read ? 1 : 0,
                Failed = after.Status == MessageStatus.Failed ? 1 : 0,
                Uncertain = before.Status == MessageStatus.Uncertain ? -1 : 0,
            });
        }
        else
        {
            write.Append(new Entry(Verb.ReceiptMessage, ObjectKind.Message, after.Id) { Tenant = db.Tenant.Number, Value = (int)after.Status });
        }

        if (after.SentAt is { } at)
            await DayCounts.Add(db, new DayChange(db.Tenant.Day(at)) { Sent = sent, Delivered = delivered });
    }
}
