using System.Globalization;
using Hearth.Features.Messaging.Activity;
using Hearth.Features.Messaging.Channels;
using Hearth.Features.Messaging.Contacts;
using Hearth.Features.Messaging.Tenancy;
using Hearth.Jobs;
using Hearth.Ledger;
using Hearth.Platform;

namespace Hearth.Features.Messaging.Conversations;

/// <summary>The writes of a tenant's members on conversations.</summary>
internal sealed class ConversationActions(Writes writes, Tenants tenants, DeliverySignal signal, TimeProvider time)
{
    public async Task<Answer> Start(HttpContext http, NewConversation body)
    {
        var tenant = await tenants.Of(http);
        var subject = Texts.Required("subject", body.Subject, 200);
        var channel = Texts.Choice("channel", body.Channel, ChannelNames.All);
        await using var write = await writes.Begin(http);
        var db = new TenantDb(write.Db, tenant, http.RequestAborted);
        await ContactStore.Lock(db, body.Contact);
        var contact = await ContactStore.One(db, body.Contact) ?? throw Failure.Invalid("contact", "There is no such contact.");
        if (contact.MergedInto is { } root)
            contact = (await ContactStore.One(db, root))!;
        MustReach(contact.View, channel);
        var id = await ConversationStore.Insert(db, contact.Id, subject, channel, Now);
        await DayCounts.Add(db, new DayChange(tenant.Day(Now)) { Conversations = 1, Open = 1 });
        write.Append(Entry(tenant, http, Verb.StartConversation, ObjectKind.Conversation, id));
        return await write.Commit(Envelope.Created((await ConversationStore.One(db, id))!.View));
    }

    public async Task<Answer> Send(HttpContext http, Guid id, NewMessage body)
    {
        var tenant = await tenants.Of(http);
        var text = Texts.Required("body", body.Body, 10_000);
        await using var write = await writes.Begin(http);
        var db = new TenantDb(write.Db, tenant, http.RequestAborted);
        var conversation = await ConversationStore.Lock(db, id) ?? throw Failure.NotFound();
        if (!conversation.IsOpen)
            throw Failure.Conflict("The conversation is closed: open it first.");
        MustReach((await ContactStore.One(db, conversation.Contact))!.View, conversation.View.Channel);
        var now = Now;
        // The sandbox takes and delivers at once; whatever else goes out goes through the deliveries.
        var atOnce = conversation.View.Channel == ChannelNames.Sandbox;
        var message = await MessageStore.Insert(
            db,
            new MessageDraft(conversation.Contact, conversation.Id, atOnce ? MessageStatus.Delivered : MessageStatus.Queued, false, conversation.View.Channel, text, now)
            {
                Author = http.Caller().UserId,
            }) ?? throw new InvalidOperationException("A message without an external id is always new.");
        await ConversationStore.Touch(db, conversation.Id, now, incoming: false);
        if (atOnce)
            await DayCounts.Add(db, new DayChange(tenant.Day(now)) { Sent = 1, Delivered = 1 });
        else
            await Deliveries.Enqueue(write.Db, $"message:{message.Uuid}", OutgoingChannel.ChannelName, Batch.OfMessage(tenant, message.Id).Text(), ct: http.RequestAborted);
        write.Append(Entry(tenant, http, Verb.SendMessage, ObjectKind.Message, message.Id));
        var answer = await write.Commit(Envelope.Created(await MessageStore.One(db, message.Id)));
        signal.Raise();
        return answer;
    }

    public async Task<Answer> Edit(HttpContext http, Guid id, ConversationEdit edit)
    {
        var tenant = await tenants.Of(http);
        await using var write = await writes.Begin(http);
        var db = new TenantDb(write.Db, tenant, http.RequestAborted);
        var conversation = await ConversationStore.Lock(db, id) ?? throw Failure.NotFound();
        var open = edit.Status.IsSet ? Texts.Choice("status", edit.Status.Value, "open", "closed") == "open" : conversation.IsOpen;
        var subject = edit.Subject.IsSet ? Texts.Required("subject", edit.Subject.Value, 200) : conversation.View.Subject;
        var assignee = edit.Assignee.IsSet ? await Assignee(db, edit.Assignee.Value) : conversation.Assignee;
        return await Change(http, write, db, conversation, open, assignee, subject);
    }

    public async Task<Answer> Close(HttpContext http, Guid id)
    {
        var tenant = await tenants.Of(http);
        await using var write = await writes.Begin(http);
        var db = new TenantDb(write.Db, tenant, http.RequestAborted);
        var conversation = await ConversationStore.Lock(db, id) ?? throw Failure.NotFound();
        return await Change(http, write, db, conversation, false, conversation.Assignee, conversation.View.Subject);
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private async Task<Answer> Change(HttpContext http, Write write, TenantDb db, ConversationRow conversation, bool open, long? assignee, string subject)
    {
        if (open != conversation.IsOpen || assignee != conversation.Assignee || subject != conversation.View.Subject)
        {
            await ConversationStore.Update(db, conversation.Id, open, assignee, subject);
            if (open != conversation.IsOpen)
                await DayCounts.Add(db, new DayChange(db.Tenant.Day(Now)) { Open = open ? 1 : -1 });
            write.Append(Entry(db.Tenant, http, Verb.ChangeConversation, ObjectKind.Conversation, conversation.Id));
        }

        return await write.Commit(Envelope.Ok((await ConversationStore.One(db, conversation.Id))!.View));
    }

    private static async Task<long?> Assignee(TenantDb db, PersonId? person)
    {
        if (person is not { } named)
            return null;
        try
        {
            var user = await named.Find(db.Connection, db.Aborted);
            if (await ConversationStore.IsMember(db, user))
                return user;
        }
        catch (Failure none) when (none.Kind == FailureKind.NotFound)
        {
            // Told as for a person of another tenant.
        }

        throw Failure.Invalid("assignee", "There is no such member.");
    }

    private static void MustReach(ContactView contact, string channel)
    {
        if (!ChannelNames.Reaches(channel, contact.Phone, contact.Email))
            throw Failure.Invalid("channel", string.Create(CultureInfo.InvariantCulture, $"The contact has no address for the channel {channel}."));
    }

    private static Entry Entry(Tenant tenant, HttpContext http, Verb verb, ObjectKind kind, long id) =>
        new(verb, kind, id) { Actor = http.Caller().UserId, Tenant = tenant.Number };
}
