using System.Security.Cryptography;
using System.Text;
using Hearth.Features.Messaging.Contacts;
using Hearth.Features.Messaging.Tenancy;
using Hearth.Ledger;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Messaging.Linking;

/// <summary>
/// A contact and an account are linked by the person alone: the tenant makes a code and hands it over, and whoever signs in with it
/// consents. They see their consents, and take them back.
/// </summary>
internal static class LinkEndpoints
{
    private const string Alphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
    private static readonly TimeSpan Valid = TimeSpan.FromDays(7);

    public static void MapLinking(this IEndpointRouteBuilder messaging)
    {
        messaging.MapPost("/contacts/{id:guid}/invitation", Invite).Limit(RateLimit.Creates).CarriesSecret().Produces<Envelope<InvitationView>>(201);
        messaging.MapGet("/contacts/{id:guid}/timeline", Timeline).Limit(RateLimit.Reads).WithKeyset().Produces<Envelope<KeysetPage<PersonEvent>>>();
    }

    /// <summary>For people themselves, of a tenant or of none.</summary>
    public static void MapConsents(this IEndpointRouteBuilder people)
    {
        people.MapGet("/consents", Mine).RequireSignedIn().Limit(RateLimit.Reads).Produces<Envelope<KeysetPage<ConsentView>>>();
        people.MapPost("/consents", Consent).RequireSignedIn().Limit(RateLimit.Creates).Accepts<ConsentRequest>("application/json")
            .Produces<Envelope<ConsentView>>(201).WithFailure(409, "You are linked to another contact of this tenant.");
        people.MapDelete("/consents/{tenant:guid}", Withdraw).RequireSignedIn().Limit(RateLimit.Reads).Produces(204);
    }

    /// <summary>Invite a contact to link their account</summary>
    /// <remarks>The code works once, within a week. Nothing is linked until the person uses it.</remarks>
    private static async Task<IResult> Invite(HttpContext http, Guid id, Tenants tenants, Writes writes, TimeProvider time)
    {
        var tenant = await tenants.Of(http);
        var code = RandomNumberGenerator.GetString(Alphabet, 16);
        var until = time.GetUtcNow().UtcDateTime + Valid;
        await using var write = await writes.Begin(http);
        var db = new TenantDb(write.Db, tenant, http.RequestAborted);
        var contact = await ContactStore.One(db, id) ?? throw Failure.NotFound();
        await LinkStore.Invite(db, Hash(code), contact.Id, until);
        return await write.Commit(Envelope.Created(new InvitationView(code, until)));
    }

    /// <summary>Everything between the tenant and a person, the latest first</summary>
    /// <remarks>Conversations and campaigns of the contact and of those merged into it; and, where the person consented to be linked, what they did in the community.</remarks>
    private static async Task<IResult> Timeline(HttpContext http, Guid id, Tenants tenants)
    {
        var page = http.KeysetQuery(3);
        await using var db = await tenants.Open(http);
        var contact = await ContactStore.One(db, id) ?? throw Failure.NotFound();
        var rows = await LinkStore.Events(db, contact.Root, page);
        return Envelope.Ok(Keyset.Page(http, page, rows, row => row.Key, row => row.View));
    }

    /// <summary>Whom I let know which account is mine</summary>
    private static async Task<IResult> Mine(HttpContext http, NpgsqlDataSource source)
    {
        await using var db = await source.OpenConnectionAsync(http.RequestAborted);
        return Envelope.Ok(new KeysetPage<ConsentView>(await LinkStore.Mine(db, http.Caller().UserId, http.RequestAborted), null, null));
    }

    /// <summary>Consent to be linked</summary>
    /// <remarks>With a code that an organisation gave me. It then sees what I do in the community, until I take the consent back.</remarks>
    private static async Task<IResult> Consent(HttpContext http, Tenants tenants, Writes writes, TimeProvider time)
    {
        var code = Texts.Required("code", (await Body.Read<ConsentRequest>(http)).Code, 100);
        var user = http.Caller().UserId;
        await using var write = await writes.Begin(http);
        var (number, contact) = await LinkStore.Redeem(write.Db, Hash(code), time.GetUtcNow().UtcDateTime, http.RequestAborted)
            ?? throw Failure.Invalid("code", "The code does not hold, or was used.");
        var tenant = await tenants.Find(number, http.RequestAborted);
        var db = new TenantDb(write.Db, tenant, http.RequestAborted);
        if (!await LinkStore.Link(db, contact, user))
            throw Failure.Conflict("You are linked to another contact of this tenant: take that consent back first.");
        var name = (await ContactStore.One(db, contact))!.View.Name;
        write.Append(new Entry(Verb.LinkContact, ObjectKind.Contact, contact) { Actor = user, Tenant = number });
        return await write.Commit(Envelope.Created(new ConsentView(tenant.Id, tenant.Name, name)));
    }

    /// <summary>Take a consent back</summary>
    private static async Task<IResult> Withdraw(HttpContext http, Guid tenant, Tenants tenants, Writes writes)
    {
        var whose = await tenants.Find(tenant, http.RequestAborted) ?? throw Failure.NotFound();
        var user = http.Caller().UserId;
        await using var write = await writes.Begin(http);
        var contact = await LinkStore.Unlink(new TenantDb(write.Db, whose, http.RequestAborted), user) ?? throw Failure.NotFound();
        write.Append(new Entry(Verb.UnlinkContact, ObjectKind.Contact, contact) { Actor = user, Tenant = whose.Number });
        return await write.Commit(Answer.NoContent);
    }

    private static byte[] Hash(string code) => SHA256.HashData(Encoding.UTF8.GetBytes(code.Trim().ToUpperInvariant()));
}
