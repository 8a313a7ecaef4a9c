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
/// Sends a batch of messages, a few at a time: takes them, hands them over, settles them. Any node may; what one took no other
/// takes, and what a crash left half done is uncertain and waits for a person.
/// </summary>
internal sealed class OutgoingChannel(Tenants tenants, Writes writes, IEnumerable<ICarrier> carriers, TimeProvider time) : IDeliveryChannel
{
    public const string ChannelName = "messaging";

    /// <summary>How many are on their way at once; as many may be uncertain after a crash, of each delivery that a node sends.</summary>
    private const int TakenAtOnce = 50;

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
        var (waiting, held) = (default(string), false);
        var load = await Take(tenant, batch, delivery.Id, ct);
        while (load is { Messages.Count: > 0 })
        {
            var outcomes = await HandOver(tenant, load, delivery.Attempt >= Backoff.Attempts, ct);
            waiting ??= Waiting(outcomes);
            held |= load.IsHeld;
            // What is to be tried again waits for its turn.
            var rest = load.IsAll || ct.IsCancellationRequested ? null : batch with { From = load.Messages[^1].Id + 1 };
            (var before, load) = (load, await Settle(tenant, batch, delivery.Id, outcomes, rest));
            if (rest is null)
                return waiting is not null ? Outcome.Retry(waiting) : before.IsAll && !held ? Outcome.Sent : Outcome.Later("More of it follows.", Soon);
        }

        return waiting is not null ? Outcome.Retry(waiting)
            : load is null ? Outcome.Later("The tenant's rate is spent.", Soon)
            : held || load.IsHeld ? Outcome.Later("Some of it is held by another request.", Soon)
            : Outcome.Sent;
    }

    /// <returns>Why a message is to be tried again; null where none is.</returns>
    private static string? Waiting(List<(long Id, Handover Outcome)> outcomes) =>
        outcomes.FirstOrDefault(one => one.Outcome.Status == MessageStatus.Queued) is { Id: > 0 } one ? one.Outcome.Reason ?? "Not sent." : null;

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

    /// <inheritdoc cref="Take(TenantDb, Batch, long)"/>
    private async Task<Load?> Take(Tenant tenant, Batch batch, long delivery, CancellationToken ct)
    {
        await using var write = await writes.Begin(ct);
        var load = await Take(new TenantDb(write.Db, tenant, ct), batch, delivery);
        if (load is { Messages.Count: > 0 })
            await write.Commit();
        return load;
    }

    /// <returns>Null where the tenant's rate does not let them go yet; empty where there is nothing to send.</returns>
    private static async Task<Load?> Take(TenantDb db, Batch batch, long delivery)
    {
        var (subject, text) = ("", (string?)null);
        if (batch.Mailing is { } id)
        {
            var mailing = await OutgoingStore.Mailing(db, id);
            if (mailing is null || (!batch.Again && (mailing.Status != "running" || mailing.Run != batch.Run)))
                return Load.Nothing;
            (subject, text) = (mailing.Name, await TemplateStore.Body(db, mailing.Template, mailing.Version));
        }

        var settings = await SettingsStore.Read(db);
        // At a small rate fewer: so many would be a minute's burst.
        var most = Math.Clamp(settings.RatePerMinute / 12, 1, TakenAtOnce);
        var waiting = await OutgoingStore.Waiting(db, batch, most + 1);
        if (waiting == 0)
            return Load.Nothing;
        if (!await SettingsStore.Spend(db, Math.Min(waiting, most)))
            return null;
        var messages = await OutgoingStore.Take(db, batch, delivery, most);
        return new Load(messages, waiting <= most, messages.Count < Math.Min(waiting, most), subject, text, settings.BridgeUrl);
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

    /// <summary>Settles what was handed over, and takes what follows in the same transaction.</summary>
    /// <param name="rest">What may follow; null where nothing shall.</param>
    private async Task<Load?> Settle(Tenant tenant, Batch batch, long delivery, List<(long Id, Handover Outcome)> outcomes, Batch? rest)
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
        var load = rest is null ? Load.Nothing : await Take(db, rest, delivery);
        await write.Commit();
        return load;

        int Count(MessageStatus status) => settled.Count(one => one == status);
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <param name="IsAll">Nothing waits behind these.</param>
    /// <param name="IsHeld">Somebody held a message that was to be among these.</param>
    private sealed record Load(List<Taken> Messages, bool IsAll, bool IsHeld, string Subject, string? Text, string? Bridge)
    {
        public static Load Nothing { get; } = new([], true, false, "", null, null);
    }
}
