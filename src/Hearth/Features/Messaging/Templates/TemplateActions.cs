using Hearth.Features.Messaging.Activity;
using Hearth.Features.Messaging.Tenancy;
using Hearth.Ledger;
using Hearth.Platform;

namespace Hearth.Features.Messaging.Templates;

/// <summary>The writes on templates.</summary>
internal sealed class TemplateActions(Writes writes, Tenants tenants, TimeProvider time)
{
    private static readonly string[] Channels = ["email", "webhook", "sandbox", "sms", "whatsapp"];

    public async Task<Answer> Add(HttpContext http, NewTemplate body)
    {
        var tenant = await tenants.Of(http);
        var template = new NewTemplate(
            Texts.Required("name", body.Name, 150),
            Texts.Required("category", body.Category, 50),
            Language(body.Language),
            Texts.Choice("channel", body.Channel, Channels),
            Texts.Required("body", body.Body, 10_000));
        await using var write = await writes.Begin(http);
        var db = new TenantDb(write.Db, tenant, http.RequestAborted);
        var id = await TemplateStore.Insert(db, template, http.Caller().UserId, Now);
        write.Append(Entry(tenant, http, Verb.WriteTemplate, id, 1));
        return await write.Commit(Envelope.Created((await TemplateStore.One(db, id))!.View));
    }

    public async Task<Answer> Edit(HttpContext http, Guid id, TemplateEdit edit)
    {
        var tenant = await tenants.Of(http);
        await using var write = await writes.Begin(http);
        var db = new TenantDb(write.Db, tenant, http.RequestAborted);
        var template = await TemplateStore.Lock(db, id) ?? throw Failure.NotFound();
        var name = edit.Name.IsSet ? Texts.Required("name", edit.Name.Value, 150) : template.View.Name;
        var category = edit.Category.IsSet ? Texts.Required("category", edit.Category.Value, 50) : template.View.Category;
        var text = edit.Body.IsSet ? Texts.Required("body", edit.Body.Value, 10_000) : template.View.Body;
        var version = template.View.Version;
        if (text != template.View.Body)
        {
            // What was decided stays as it was decided.
            if (template.View.Status is "approved" or "rejected")
                await TemplateStore.AddVersion(db, template.Id, ++version, text, http.Caller().UserId, Now);
            else
                await TemplateStore.Redraft(db, template.Id, version, text);
        }

        if (text != template.View.Body || name != template.View.Name || category != template.View.Category)
        {
            await TemplateStore.Update(db, template.Id, name, category, version);
            write.Append(Entry(tenant, http, Verb.WriteTemplate, template.Id, version));
        }

        return await write.Commit(Envelope.Ok((await TemplateStore.One(db, id))!.View));
    }

    public Task<Answer> Submit(HttpContext http, Guid id) => Decide(http, id, ["draft"], "submitted", null);

    public Task<Answer> Approve(HttpContext http, Guid id) => Decide(http, id, ["submitted"], "approved", null);

    public Task<Answer> Reject(HttpContext http, Guid id, string? reason) => Decide(http, id, ["submitted"], "rejected", Texts.Optional("reason", reason, 500));

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private async Task<Answer> Decide(HttpContext http, Guid id, string[] from, string to, string? reason)
    {
        var tenant = await tenants.Of(http);
        await using var write = await writes.Begin(http);
        var db = new TenantDb(write.Db, tenant, http.RequestAborted);
        var template = await TemplateStore.Lock(db, id) ?? throw Failure.NotFound();
        if (template.View.Status == to)
            return await write.Commit(Envelope.Ok(template.View));
        if (!from.Contains(template.View.Status, StringComparer.Ordinal))
            throw Failure.Conflict($"The template is {template.View.Status}, not {from[0]}.");
        var caller = http.Caller().UserId;
        await TemplateStore.Decide(db, template, to, reason, to == "submitted" ? null : caller, Now);
        if (to == "approved")
        {
            await TemplateStore.Approve(db, template.Id);
            // Its first approval goes by the template's id; a line of a later version has one of its own.
            await ActivityStore.Add(db, ActivityType.TemplateApproved, template.View.Version == 1 ? id : Guid.NewGuid(), template.Id, caller, Now);
        }

        write.Append(Entry(tenant, http, Verb.DecideTemplate, template.Id, to switch { "submitted" => 1, "approved" => 2, _ => 3 }));
        return await write.Commit(Envelope.Ok((await TemplateStore.One(db, id))!.View));
    }

    private static string Language(string? text)
    {
        var code = Texts.Required("language", text, 10);
        return code.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') && code.Length >= 2 ? code : throw Failure.Invalid("language", "Enter a language code, such as sw.");
    }

    private static Entry Entry(Tenant tenant, HttpContext http, Verb verb, long template, int value) =>
        new(verb, ObjectKind.Template, template) { Actor = http.Caller().UserId, Tenant = tenant.Number, Value = value };
}
