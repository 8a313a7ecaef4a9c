using System.Text;
using Hearth.Features.Messaging.Contacts;
using Hearth.Features.Messaging.Tenancy;
using Hearth.Ledger;
using Hearth.Platform;

namespace Hearth.Features.Messaging.Channels;

/// <summary>The link at the foot of a campaign's mails, and the one-click form of it that mail programs use (RFC 8058).</summary>
internal static class OptOutEndpoints
{
    private const string Example = "Zm9v";

    public static void MapOptOut(this IEndpointRouteBuilder open)
    {
        open.MapGet("/opt-out", Page).AllowAnyone().Limit(RateLimit.Reads)
            .WithQuery("token", "The token of the mail's link.", Example).Produces<string>(contentType: "text/html");
        open.MapPost("/opt-out", OptOut).AllowAnyone().Limit(RateLimit.Reads)
            .WithQuery("token", "The token of the mail's link.", Example).Produces<string>(contentType: "text/html");
    }

    /// <summary>The page behind a mail's link</summary>
    /// <remarks>Opening it changes nothing, since mail programs open links by themselves: its button does.</remarks>
    private static IResult Page(HttpContext http, OptOutTokens tokens)
    {
        var token = http.QueryText("token", 200);
        tokens.Read(token);
        return Html($"<p>Shall we write to you no more?</p><form method=\"post\" action=\"?token={token}\"><button>No more mails like that one</button></form>");
    }

    /// <summary>Opt out of a tenant's campaigns</summary>
    private static async Task<IResult> OptOut(HttpContext http, OptOutTokens tokens, Tenants tenants, Writes writes, TimeProvider time)
    {
        var (tenantId, contactId) = tokens.Read(http.QueryText("token", 200));
        var tenant = await tenants.Find(tenantId, http.RequestAborted) ?? throw Failure.NotFound();
        await using var write = await writes.Begin(http);
        var db = new TenantDb(write.Db, tenant, http.RequestAborted);
        var contact = await ContactStore.One(db, contactId) ?? throw Failure.NotFound();
        if (await ContactStore.OptOut(db, contact.Root, time.GetUtcNow().UtcDateTime))
            write.Append(new Entry(Verb.OptOut, ObjectKind.Contact, contact.Root) { Tenant = tenant.Number });
        return await write.Commit(Html("<p>Done: you get no more mails like that one.</p>"));
    }

    private static Answer Html(string content) => new(
        StatusCodes.Status200OK,
        Encoding.UTF8.GetBytes($"<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>Mails</title><body>{content}</body></html>"))
    {
        ContentType = "text/html; charset=utf-8",
    };
}
