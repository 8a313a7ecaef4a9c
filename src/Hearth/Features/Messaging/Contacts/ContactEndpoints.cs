using System.Globalization;
using Hearth.Features.Messaging.Tenancy;
using Hearth.Platform;

namespace Hearth.Features.Messaging.Contacts;

internal static class ContactEndpoints
{
    public static void MapContacts(this IEndpointRouteBuilder messaging)
    {
        messaging.MapGet("/contacts", List).Limit(RateLimit.Reads).WithKeyset()
            .WithQuery("q", "The beginning of a name, a phone number or an address.", "ami")
            .WithQuery("tag", "Those with this tag.", "coffee").Produces<Envelope<KeysetPage<ContactView>>>();
        messaging.MapPost("/contacts", Add).Limit(RateLimit.Creates).Accepts<NewContact>("application/json").Produces<Envelope<ContactView>>(201);
        messaging.MapGet("/contacts/tags", Tags).Limit(RateLimit.Reads).Produces<Envelope<TagsView>>();
        messaging.MapGet("/contacts/{id:guid}", Get).Limit(RateLimit.Reads).Produces<Envelope<ContactView>>();
        messaging.MapPatch("/contacts/{id:guid}", Edit).Limit(RateLimit.Reads).Accepts<ContactEdit>("application/json").Produces<Envelope<ContactView>>();
        messaging.MapPost("/contacts/{id:guid}/merge", Merge).Limit(RateLimit.Creates).Accepts<MergeRequest>("application/json")
            .Produces<Envelope<MergeView>>(201).WithFailure(409, "One of the two is merged already.");
        messaging.MapGet("/contacts/{id:guid}/merges", Merges).Limit(RateLimit.Reads).Produces<Envelope<KeysetPage<MergeView>>>();
        messaging.MapPost("/contacts/merges/{id:guid}/undo", Undo).Limit(RateLimit.Creates)
            .Produces<Envelope<MergeView>>().WithFailure(409, "A later merge stands on this one.");
    }

    /// <summary>Contacts, the newest first</summary>
    /// <remarks>Those merged into another are not listed.</remarks>
    private static async Task<IResult> List(HttpContext http, Tenants tenants)
    {
        var page = http.KeysetQuery(1);
        var (tag, start) = (http.QueryText("tag", 50), http.QueryText("q", 100));
        await using var db = await tenants.Open(http);
        var rows = await ContactStore.List(db, tag, start, page);
        return Envelope.Ok(Keyset.Page(http, page, rows, row => [row.Id.ToString(CultureInfo.InvariantCulture)], row => row.View));
    }

    /// <summary>Add a contact</summary>
    /// <remarks>A phone number or an address that another contact has is 400 on its field.</remarks>
    private static async Task<IResult> Add(HttpContext http, ContactActions actions) => await actions.Add(http, await Body.Read<NewContact>(http));

    /// <summary>The tags in use, the most frequent first</summary>
    private static async Task<IResult> Tags(HttpContext http, Tenants tenants)
    {
        await using var db = await tenants.Open(http);
        return Envelope.Ok(new TagsView(await ContactStore.Tags(db)));
    }

    /// <summary>One contact</summary>
    private static async Task<IResult> Get(HttpContext http, Guid id, Tenants tenants)
    {
        await using var db = await tenants.Open(http);
        return Envelope.Ok((await ContactStore.One(db, id) ?? throw Failure.NotFound()).View);
    }

    /// <summary>Change a contact, or opt it out or in</summary>
    private static async Task<IResult> Edit(HttpContext http, Guid id, ContactActions actions) =>
        await actions.Edit(http, id, await Body.Read<ContactEdit>(http));

    /// <summary>Merge a duplicate into a contact</summary>
    /// <remarks>From then on the two count as one: conversations, campaigns and timeline. What the contact lacks (a phone number, an address) the duplicate lends. It can be undone.</remarks>
    private static async Task<IResult> Merge(HttpContext http, Guid id, ContactActions actions) =>
        await actions.Merge(http, id, await Body.Read<MergeRequest>(http));

    /// <summary>What was merged into a contact, the latest first</summary>
    private static async Task<IResult> Merges(HttpContext http, Guid id, Tenants tenants)
    {
        await using var db = await tenants.Open(http);
        if (await ContactStore.One(db, id) is null)
            throw Failure.NotFound();
        return Envelope.Ok(new KeysetPage<MergeView>(await MergeStore.OfContact(db, id), null, null));
    }

    /// <summary>Undo a merge</summary>
    /// <remarks>Everything is as if the two had never been merged. The latest merge goes first.</remarks>
    private static async Task<IResult> Undo(HttpContext http, Guid id, ContactActions actions) => await actions.Undo(http, id);
}
