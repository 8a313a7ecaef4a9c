using System.Collections.Concurrent;
using Hearth.Features.Messaging.Activity;
using Hearth.Features.Messaging.Campaigns;
using Hearth.Features.Messaging.Conversations;
using Hearth.Features.Messaging.Templates;
using Hearth.Features.Messaging.Tenancy;
using Hearth.Jobs;
using Hearth.Ledger;

namespace Hearth.Features.Messaging.Channels;

/// <summary>
/// Sends a batch of messages: takes them, hands them over, settles them. Any node may; what one took no other takes, and what
/// a crash left half done is uncertain and waits for a person.
/// </summary>
internal sealed class OutgoingChannel(Tenants tenants, Writes writes, IEnumerable<ICarrier> carriers, TimeProvider time) : IDeliveryChannel
{
    public const string ChannelName = "messaging";

    private const int Together = 16;
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, ICarrier> carriers = carriers.ToDictionary(carrier => carrier.Channel, StringComparer.Ordinal);

    public string Name => ChannelName;

    public int AtOnce => 4;

    public async Task<Outcome> Send(Delivery delivery, CancellationToken ct)
    {
        var batch = Batch.Read(delivery.Payload);
        var tenant = await tenants.Find(batch.Tenant, ct);
        await Lose(tenant, batch, delivery.Id);
        if (await Take(tenant, batch, delivery.Id, ct) is not { } load)
            return Outcome.Later("The tenant's rate is spent.", Soon);
        if (load.Messages.Count == 0)
            return Outcome.Sent;
        var outcomes = await HandOver(tenant, load, delivery.Attempt >= Backoff.Attempts, ct);
        await Settle(tenant, batch, delivery.Id, outcomes);
        if (outcomes.FirstOrDefault(one => one.Outcome.Status == MessageStatus.Queued) is { Id: > 0 } waiting)
            return Outcome.Retry(waiting.Outcome.Reason ?? "Not sent.");
        return load.IsAll ? Outcome.Sent : Outcome.Later("More of it follows.", TimeSpan.Zero);
    }

    /// <summary>An earlier attempt that ended between taking and settling: nobody knows whether these left.</summary>
    private async Task Lose(Tenant tenant, Batch batch, long delivery)
    {
        await using var write = await writes.Begin();
        var db = new TenantDb(write.Db, tenant, CancellationToken.None);
        var lost = await OutgoingStore.Lost(db, batch, delivery);
        if (lost > 0 && batch.Mailing is { } mailing)
            await MailingProgress.Apply(write, db, mailing, Now, new MailingChange { Pending = -lost, Uncertain = lost });
        await write.Commit();
    }

    /// <returns>Null where the tenant's rate does not let them go yet; empty where there is nothing to send.</returns>
    private async Task<Load?> Take(Tenant tenant, Batch batch, long delivery, CancellationToken ct)
    {
        await using var write = await writes.Begin(ct);
        var db = new TenantDb(write.Db, tenant, ct);
        var (subject, text) = ("", (string?)null);
        if (batch.Mailing is { } id)
        {
            var mailing = await OutgoingStore.Mailing(db, id);
            if (mailing is null || (!batch.Again && (mailing.Status != "running" || mailing.Run != batch.Run)))
                return Load.Nothing;
            (subject, text) = (mailing.Name, await TemplateStore.Body(db, mailing.Template, mailing.Version));
        }

        var settings = await SettingsStore.Read(db);
        // At a small rate a few at a time: a whole batch would be a minute's burst.
        var most = Math.Clamp(settings.RatePerMinute / 12, 1, MailingStore.BatchSize);
        var waiting = await OutgoingStore.Waiting(db, batch, most + 1);
        if (waiting == 0)
            return Load.Nothing;
        if (!await SettingsStore.Spend(db, Math.Min(waiting, most)))
            return null;
        await OutgoingStore.Take(db, batch, delivery, most);
        var messages = await OutgoingStore.Taken(db, batch, delivery);
        await write.Commit();
        return new Load(messages, waiting <= most, subject, text, settings.BridgeUrl);
    }

    private async Task<List<(long Id, Handover Outcome)>> HandOver(Tenant tenant, Load load, bool isLast, CancellationToken ct)
    {
        var outcomes = new ConcurrentBag<(long, Handover)>();
        var limit = new ParallelOptions { MaxDegreeOfParallelism = Together };
        await Parallel.ForEachAsync(load.Messages, limit, async (message, _) =>
        {
            var outcome = await HandOver(tenant, load, message, ct);
            if (isLast && outcome.Status == MessageStatus.Queued)
                outcome = outcome with { Status = MessageStatus.Failed };
            outcomes.Add((message.Id, outcome));
        });
        return [.. outcomes];
    }

    private async Task<Handover> HandOver(Tenant tenant, Load load, Taken message, CancellationToken ct)
    {
        var isCampaign = message.Text is null;
        if (isCampaign && (message.OptedOut || message.IsDouble))
            return new Handover(MessageStatus.Skipped, message.OptedOut ? "Opted out." : "Merged into another recipient.");
        if (!ChannelNames.Reaches(message.Channel, message.Phone, message.Email))
            return new Handover(isCampaign ? MessageStatus.Skipped : MessageStatus.Failed, "There is no address for the channel.");
        if (ct.IsCancellationRequested)
            return new Handover(MessageStatus.Queued, "Its turn did not come in time.");
        var text = message.Text ?? TemplateText.Fill(load.Text ?? "", message.Name, message.Phone, message.Email);
        try
        {
            return await carriers[message.Channel].Carry(
                new Parcel(tenant, message.Message, message.Contact, message.Name, message.Phone, message.Email, isCampaign ? load.Subject : message.Subject, text, isCampaign, load.Bridge),
                ct);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The carrier says what it knows; a failure that it does not know hides the outcome.
            return new Handover(MessageStatus.Uncertain, e.Message);
        }
    }

    private async Task Settle(Tenant tenant, Batch batch, long delivery, List<(long Id, Handover Outcome)> outcomes)
    {
        var now = Now;
        // No token: what has left has left.
        await using var write = await writes.Begin();
        var db = new TenantDb(write.Db, tenant, CancellationToken.None);
        var settled = await OutgoingStore.Settle(db, batch, delivery, outcomes, now);
        var (sent, delivered) = (Count(MessageStatus.Sent) + Count(MessageStatus.Delivered), Count(MessageStatus.Delivered));
        if (batch.Mailing is { } mailing)
        {
            await MailingProgress.Apply(write, db, mailing, now, new MailingChange
            {
                Pending = Count(MessageStatus.Queued) - settled.Count,
                Sent = sent,
                Delivered = delivered,
                Failed = Count(MessageStatus.Failed),
                Uncertain = Count(MessageStatus.Uncertain),
                Skipped = Count(MessageStatus.Skipped),
            });
        }
        else
        {
            foreach (var (id, outcome) in outcomes)
                write.Append(new Entry(Verb.ReceiptMessage, ObjectKind.Message, id) { Tenant = tenant.Number, Value = (int)outcome.Status });
        }

        await DayCounts.Add(db, new DayChange(tenant.Day(now)) { Sent = sent, Delivered = delivered });
        await write.Commit();

        int Count(MessageStatus status) => settled.Count(one => one == status);
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private sealed record Load(List<Taken> Messages, bool IsAll, string Subject, string? Text, string? Bridge)
    {
        public static Load Nothing { get; } = new([], true, "", null, null);
    }
}
