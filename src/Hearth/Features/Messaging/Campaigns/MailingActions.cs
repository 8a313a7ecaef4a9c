using Hearth.Features.Messaging.Activity;
using Hearth.Features.Messaging.Channels;
using Hearth.Features.Messaging.Templates;
using Hearth.Features.Messaging.Tenancy;
using Hearth.Jobs;
using Hearth.Ledger;
using Hearth.Platform;

namespace Hearth.Features.Messaging.Campaigns;

/// <summary>The writes on campaigns.</summary>
internal sealed class MailingActions(Writes writes, Tenants tenants, DeliverySignal signal, TimeProvider time)
{
    public async Task<Answer> Add(HttpContext http, NewMailing body)
    {
        var tenant = await tenants.Of(http);
        var name = Texts.Required("name", body.Name, 150);
        var channel = Texts.Choice("channel", body.Channel, ChannelNames.All);
        AudienceSql.Check(body.Audience);
        await using var write = await writes.Begin(http);
        var db = new TenantDb(write.Db, tenant, http.RequestAborted);
        var template = await TemplateStore.One(db, body.Template) ?? throw Failure.Invalid("template", "There is no such template.");
        var id = await MailingStore.Insert(db, name, template.Id, channel, body.Audience, http.Caller().UserId, Now);
        write.Append(Entry(tenant, http, Verb.FoundMailing, id));
        return await write.Commit(Envelope.Created((await MailingStore.One(db, id))!.View));
    }

    /// <summary>Queues a message for each of the audience, once and for all, and lets them go.</summary>
    public async Task<Answer> Start(HttpContext http, Guid id)
    {
        var tenant = await tenants.Of(http);
        await using var write = await writes.Begin(http);
        var db = new TenantDb(write.Db, tenant, http.RequestAborted);
        var mailing = await Locked(db, id, "draft");
        var template = (await TemplateStore.One(db, mailing.Template))!;
        var version = template.View.ApprovedVersion ?? throw Failure.Conflict("The campaign's template is not approved.");
        if (mailing.View.Channel == ChannelNames.Webhook && (await SettingsStore.Read(db)).BridgeUrl is null)
            throw Failure.Conflict("The tenant has no bridge: set bridge_url first.");
        var total = await MailingStore.Queue(db, mailing.Id, mailing.View.Audience, mailing.View.Channel, Now);
        if (total == 0)
            throw Failure.Invalid("audience", "It reaches nobody: no such contacts, none with an address for the channel, or all opted out.");
        await MailingStore.Start(db, mailing.Id, version, total, Now);
        await MailingStore.Enqueue(db, mailing, mailing.Run + 1);
        await DayCounts.Add(db, new DayChange(tenant.Day(Now)) { Campaigns = 1 });
        await ActivityStore.Add(db, ActivityType.CampaignStarted, id, mailing.Id, http.Caller().UserId, Now);
        return await Changed(http, write, db, mailing, "running");
    }

    public async Task<Answer> Pause(HttpContext http, Guid id)
    {
        var tenant = await tenants.Of(http);
        await using var write = await writes.Begin(http);
        var db = new TenantDb(write.Db, tenant, http.RequestAborted);
        var mailing = await Locked(db, id, "running");
        await MailingStore.SetStatus(db, mailing.Id, "paused", Now);
        return await Changed(http, write, db, mailing, "paused");
    }

    public async Task<Answer> Resume(HttpContext http, Guid id)
    {
        var tenant = await tenants.Of(http);
        await using var write = await writes.Begin(http);
        var db = new TenantDb(write.Db, tenant, http.RequestAborted);
        var mailing = await Locked(db, id, "paused");
        await MailingStore.SetStatus(db, mailing.Id, "running", Now);
        await MailingStore.Enqueue(db, mailing, mailing.Run + 1);
        if (mailing.View.Pending > 0)
            return await Changed(http, write, db, mailing, "running");
        // The last messages were on their way when it was paused.
        await MailingStore.SetStatus(db, mailing.Id, "completed", Now);
        await ActivityStore.Add(db, ActivityType.CampaignCompleted, id, mailing.Id, null, Now);
        return await Changed(http, write, db, mailing, "completed");
    }

    public async Task<Answer> Cancel(HttpContext http, Guid id)
    {
        var tenant = await tenants.Of(http);
        await using var write = await writes.Begin(http);
        var db = new TenantDb(write.Db, tenant, http.RequestAborted);
        var mailing = await Locked(db, id, "draft", "running", "paused");
        await MailingStore.SetStatus(db, mailing.Id, "cancelled", Now);
        return await Changed(http, write, db, mailing, "cancelled");
    }

    /// <summary>Sends again what a person says should be, of what is uncertain.</summary>
    public async Task<Answer> Resend(HttpContext http, Guid id, ResendRequest? body)
    {
        var tenant = await tenants.Of(http);
        if (body?.Messages is { Count: > 10_000 })
            throw Failure.Invalid("messages", "At most 10000 messages at once.");
        await using var write = await writes.Begin(http);
        var db = new TenantDb(write.Db, tenant, http.RequestAborted);
        var mailing = await MailingStore.One(db, id) ?? throw Failure.NotFound();
        // Messages first and the campaign's counters after, as everywhere.
        var count = await MailingStore.Again(db, mailing, body?.Messages?.ToArray());
        await MailingProgress.Apply(write, db, mailing.Id, Now, new MailingChange { Pending = count, Uncertain = -count });
        var answer = await write.Commit(Envelope.Ok(new ResentView(count)));
        signal.Raise();
        return answer;
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private static async Task<MailingRow> Locked(TenantDb db, Guid id, params string[] states)
    {
        var mailing = await MailingStore.Lock(db, id) ?? throw Failure.NotFound();
        return states.Contains(mailing.View.Status, StringComparer.Ordinal)
            ? mailing
            : throw Failure.Conflict($"The campaign is {mailing.View.Status}.");
    }

    private async Task<Answer> Changed(HttpContext http, Write write, TenantDb db, MailingRow mailing, string status)
    {
        write.Append(Entry(db.Tenant, http, Verb.ChangeMailing, mailing.Id) with { Value = MailingStates.Number(status) });
        var answer = await write.Commit(Envelope.Ok((await MailingStore.One(db, mailing.Id))!.View));
        signal.Raise();
        return answer;
    }

    private static Entry Entry(Tenant tenant, HttpContext http, Verb verb, long mailing) =>
        new(verb, ObjectKind.Mailing, mailing) { Actor = http.Caller().UserId, Tenant = tenant.Number };
}
