using Hearth.Features.Messaging.Activity;
using Hearth.Features.Messaging.Tenancy;
using Hearth.Ledger;
using Hearth.Platform;

namespace Hearth.Features.Messaging.Contacts;

/// <summary>The writes on contacts.</summary>
internal sealed class ContactActions(Writes writes, Tenants tenants, TimeProvider time)
{
    public async Task<Answer> Add(HttpContext http, NewContact body)
    {
        var tenant = await tenants.Of(http);
        var contact = ContactRules.Check(body);
        await using var write = await writes.Begin(http);
        var db = new TenantDb(write.Db, tenant, http.RequestAborted);
        var id = await ContactStore.Insert(db, contact, Now) ?? throw await Taken(db, contact, 0);
        var row = (await ContactStore.One(db, id))!;
        await ActivityStore.ContactsAdded(db, Now, [row.View.Id], 1);
        write.Append(Entry(tenant, http, Verb.AddContacts, id) with { Value = 1 });
        return await write.Commit(Envelope.Created(row.View));
    }

    public async Task<Answer> Edit(HttpContext http, Guid id, ContactEdit edit)
    {
        var tenant = await tenants.Of(http);
        await using var write = await writes.Begin(http);
        var db = new TenantDb(write.Db, tenant, http.RequestAborted);
        await ContactStore.Lock(db, id);
        var row = await ContactStore.One(db, id) ?? throw Failure.NotFound();
        var before = new ContactValues(row.View.Name, row.View.Phone, row.View.Email, [.. row.View.Tags]);
        var after = new ContactValues(
            edit.Name.IsSet ? ContactRules.Name(edit.Name.Value) : before.Name,
            edit.Phone.IsSet ? ContactRules.Phone(edit.Phone.Value) : before.Phone,
            edit.Email.IsSet ? ContactRules.Email(edit.Email.Value) : before.Email,
            edit.Tags.IsSet ? ContactRules.Tags(edit.Tags.Value) : before.Tags);
        var (phone, email) = (after.Phone != before.Phone, after.Email != before.Email);
        if (phone || email || after.Name != before.Name || !after.Tags.SequenceEqual(before.Tags, StringComparer.Ordinal))
        {
            if (await ContactStore.Taken(db, phone ? after.Phone : null, email ? after.Email : null, row.Id) is not null)
                throw await Taken(db, after, row.Id);
            await ContactStore.Update(db, row.Id, after, phone, email);
            write.Append(Entry(tenant, http, Verb.EditContact, row.Id));
        }

        if (edit.OptedOut.IsSet && await ContactStore.OptOut(db, row.Id, edit.OptedOut.Value ? Now : null))
            write.Append(Entry(tenant, http, edit.OptedOut.Value ? Verb.OptOut : Verb.OptIn, row.Id));
        return await write.Commit(Envelope.Ok((await ContactStore.One(db, row.Id))!.View));
    }

    public async Task<Answer> Merge(HttpContext http, Guid id, MergeRequest body)
    {
        var tenant = await tenants.Of(http);
        if (body.Duplicate == id)
            throw Failure.Invalid("duplicate", "A contact cannot be merged into itself.");
        await using var write = await writes.Begin(http);
        var db = new TenantDb(write.Db, tenant, http.RequestAborted);
        await ContactStore.Lock(db, id, body.Duplicate);
        var kept = await ContactStore.One(db, id) ?? throw Failure.NotFound();
        var merged = await ContactStore.One(db, body.Duplicate) ?? throw Failure.Invalid("duplicate", "There is no such contact.");
        if (kept.MergedInto is not null || merged.MergedInto is not null)
            throw Failure.Conflict("One of the two is merged already: merge the contact that it counts as.");
        var members = await MergeStore.Point(db, merged.Id, kept.Id);
        var merge = await MergeStore.Insert(db, kept.Id, merged.Id, [.. members], http.Caller().UserId, Now);
        // Who wants nothing from one of them wants nothing from both.
        if (merged.View.OptedOut && await ContactStore.OptOut(db, kept.Id, Now))
            write.Append(Entry(tenant, http, Verb.OptOut, kept.Id));
        write.Append(Entry(tenant, http, Verb.MergeContacts, kept.Id));
        return await write.Commit(Envelope.Created(await MergeStore.One(db, merge)));
    }

    public async Task<Answer> Undo(HttpContext http, Guid id)
    {
        var tenant = await tenants.Of(http);
        await using var write = await writes.Begin(http);
        var db = new TenantDb(write.Db, tenant, http.RequestAborted);
        var merge = await MergeStore.Lock(db, id) ?? throw Failure.NotFound();
        if (merge.UndoneAt is null)
        {
            if (!await MergeStore.Stands(db, merge))
                throw Failure.Conflict("A later merge stands on this one: undo that first.");
            await MergeStore.Undo(db, merge, Now);
            write.Append(Entry(tenant, http, Verb.UnmergeContacts, merge.Kept));
        }

        return await write.Commit(Envelope.Ok(await MergeStore.One(db, id)));
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private static Entry Entry(Tenant tenant, HttpContext http, Verb verb, long contact) =>
        new(verb, ObjectKind.Contact, contact) { Actor = http.Caller().UserId, Tenant = tenant.Number };

    private static async Task<Failure> Taken(TenantDb db, ContactValues contact, long but) =>
        Failure.Invalid(await ContactStore.Taken(db, contact.Phone, contact.Email, but) ?? "phone", "Another contact has it already.");
}
