using Hearth.Features.Messaging.Activity;
using Hearth.Features.Messaging.Contacts;
using Hearth.Features.Messaging.Conversations;
using Hearth.Features.Messaging.Tenancy;
using Hearth.Ledger;
using Hearth.Platform;

namespace Hearth.Features.Messaging.Channels;

/// <summary>Takes in what contacts write.</summary>
internal sealed class Incoming(Writes writes, Tenants tenants, TimeProvider time)
{
    private static readonly string[] Stop = ["STOP", "STOPALL", "UNSUBSCRIBE", "END", "QUIT"];
    private static readonly string[] Resume = ["START", "UNSTOP"];
    private static readonly TimeSpan Oldest = TimeSpan.FromDays(30);

    public async Task<Answer> Take(HttpContext http, Tenant tenant, string channel, IncomingMessage body)
    {
        var text = Texts.Required("body", body.Body, 10_000);
        var externalId = Texts.Required("external_id", body.ExternalId, 200);
        var subject = Texts.Optional("subject", body.Subject, 200);
        var (phone, email) = From(body.From);
        var at = At(body.At);
        await using (var write = await writes.Begin(http))
        {
            var db = new TenantDb(write.Db, tenant, http.RequestAborted);
            if (await MessageStore.Known(db, channel, externalId) is null && await Store(write, db, channel, (phone, email), text, subject, externalId, at) is { } taken)
                return await write.Commit(Envelope.Ok(taken));
        }

        await using var read = await tenants.Open(tenant, http.RequestAborted);
        var known = await MessageStore.Known(read, channel, externalId) ?? throw Failure.Conflict("The same message is coming in at this moment.");
        return Envelope.Ok(new IncomingView(known.Conversation, known.Message, true));
    }

    /// <returns>Null where another request is ahead with the same message.</returns>
    private async Task<IncomingView?> Store(
        Write write, TenantDb db, string channel, (string? Phone, string? Email) from, string text, string? subject, string externalId, DateTime at)
    {
        var contact = await Contact(write, db, from);
        await ContactStore.Lock(db, contact.View.Id);
        var (conversation, isNew) = await Conversation(write, db, contact.Root, channel, subject ?? Begin(text), at);
        if (await MessageStore.Insert(db, new MessageDraft(contact.Id, conversation.Id, MessageStatus.Received, true, channel, text, at) { ExternalId = externalId }) is not { } message)
            return null;
        await ConversationStore.Touch(db, conversation.Id, at, incoming: true);
        var day = db.Tenant.Day(at);
        var began = db.Tenant.Day(conversation.View.CreatedAt);
        var received = new DayChange(day) { Received = 1, Conversations = isNew ? 1 : 0, Open = isNew ? 1 : 0 };
        var replied = conversation.View.Replied ? 0 : 1;
        if (began == day)
            await DayCounts.Add(db, received with { Replied = replied });
        else
            await DayCounts.Add(db, received, new DayChange(began) { Replied = replied });
        await ActivityStore.Add(db, ActivityType.ConversationReply, message.Uuid, message.Id, null, at);
        if (OptsOut(text) is { } optsOut && await ContactStore.OptOut(db, contact.Root, optsOut ? Now : null))
            write.Append(Entry(db, optsOut ? Verb.OptOut : Verb.OptIn, ObjectKind.Contact, contact.Root));
        write.Append(Entry(db, Verb.ReceiveMessage, ObjectKind.Message, message.Id));
        return new IncomingView(conversation.View.Id, message.Uuid, false);
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>Who writes for the first time becomes a contact.</summary>
    private async Task<ContactRow> Contact(Write write, TenantDb db, (string? Phone, string? Email) from)
    {
        if (await ContactStore.ByAddress(db, from.Phone, from.Email) is { } known)
            return known;
        if (await ContactStore.Insert(db, new ContactValues(from.Phone ?? from.Email!, from.Phone, from.Email, []), Now) is not { } id)
            return await ContactStore.ByAddress(db, from.Phone, from.Email) ?? throw Failure.Conflict("The contact is being made at this moment.");
        var contact = (await ContactStore.One(db, id))!;
        await ActivityStore.ContactsAdded(db, Now, [contact.View.Id], 1);
        write.Append(Entry(db, Verb.AddContacts, ObjectKind.Contact, id) with { Value = 1 });
        return contact;
    }

    private static async Task<(ConversationRow Row, bool IsNew)> Conversation(Write write, TenantDb db, long contact, string channel, string subject, DateTime at)
    {
        if (await ConversationStore.OpenOf(db, contact, channel) is { } open)
            return (open, false);
        var id = await ConversationStore.Insert(db, contact, subject, channel, at);
        write.Append(Entry(db, Verb.StartConversation, ObjectKind.Conversation, id));
        return ((await ConversationStore.One(db, id))!, true);
    }

    private static (string? Phone, string? Email) From(string from) =>
        Address.Email(from) is { } email ? (null, email)
        : Address.Phone(from) is { } phone ? (phone, null)
        : throw Failure.Invalid("from", "Enter a phone number or an email address.");

    /// <summary>A time of the past month is believed.</summary>
    private DateTime At(DateTime? given) => given is { } at && at <= Now && at > Now - Oldest ? at : Now;

    private static string Begin(string text) => text.Length <= 60 ? text.ReplaceLineEndings(" ") : text[..60].ReplaceLineEndings(" ").TrimEnd() + "…";

    private static bool? OptsOut(string text)
    {
        var word = text.Trim().TrimEnd('.', '!').ToUpperInvariant();
        return Stop.Contains(word, StringComparer.Ordinal) ? true : Resume.Contains(word, StringComparer.Ordinal) ? false : null;
    }

    private static Entry Entry(TenantDb db, Verb verb, ObjectKind kind, long id) => new(verb, kind, id) { Tenant = db.Tenant.Number };
}
