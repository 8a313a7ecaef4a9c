using System.Globalization;
using Hearth.Features.Messaging.Conversations;
using Hearth.Features.Messaging.Tenancy;
using Hearth.Platform;

namespace Hearth.Features.Messaging.Campaigns;

internal static class MailingEndpoints
{
    private const string NotNow = "The campaign is in a state that does not allow it, or its template is not approved.";

    /// <summary>Those that a receipt can show.</summary>
    private static readonly string[] ReceiptStates = [.. MessageStatuses.Names.Where(name => name != "received"), "cancelled"];

    public static void MapMailings(this IEndpointRouteBuilder messaging)
    {
        messaging.MapGet("/campaigns", List).Limit(RateLimit.Reads).WithKeyset()
            .WithQuery("status", "Only these.", "running", MailingStates.Names).Produces<Envelope<KeysetPage<MailingView>>>();
        messaging.MapPost("/campaigns", Add).Limit(RateLimit.Creates).Accepts<NewMailing>("application/json").Produces<Envelope<MailingView>>(201);
        messaging.MapGet("/campaigns/{id:guid}", Get).Limit(RateLimit.Reads).Produces<Envelope<MailingView>>();
        messaging.MapPost("/campaigns/{id:guid}/start", Start).Limit(RateLimit.Creates).Produces<Envelope<MailingView>>().WithFailure(409, NotNow);
        messaging.MapPost("/campaigns/{id:guid}/pause", Pause).Limit(RateLimit.Creates).Produces<Envelope<MailingView>>().WithFailure(409, NotNow);
        messaging.MapPost("/campaigns/{id:guid}/resume", Resume).Limit(RateLimit.Creates).Produces<Envelope<MailingView>>().WithFailure(409, NotNow);
        messaging.MapPost("/campaigns/{id:guid}/cancel", Cancel).Limit(RateLimit.Creates).Produces<Envelope<MailingView>>().WithFailure(409, NotNow);
        messaging.MapPost("/campaigns/{id:guid}/resend", Resend).Limit(RateLimit.Creates).Accepts<ResendRequest>("application/json").Produces<Envelope<ResentView>>();
        messaging.MapGet("/campaigns/{id:guid}/receipts", Receipts).Limit(RateLimit.Reads).WithKeyset()
            .WithQuery("status", "Only these.", "uncertain", ReceiptStates).Produces<Envelope<KeysetPage<MailingReceipt>>>();
    }

    /// <summary>Campaigns, the newest first</summary>
    private static async Task<IResult> List(HttpContext http, Tenants tenants)
    {
        var page = http.KeysetQuery(1);
        var status = http.QueryChoice("status", "", ["", .. MailingStates.Names]);
        await using var db = await tenants.Open(http);
        var rows = await MailingStore.List(db, status.Length == 0 ? null : status, page);
        return Envelope.Ok(Keyset.Page(http, page, rows, row => [row.Id.ToString(CultureInfo.InvariantCulture)], row => row.View));
    }

    /// <summary>Prepare a campaign</summary>
    /// <remarks>It is a draft until it is started.</remarks>
    private static async Task<IResult> Add(HttpContext http, MailingActions actions) => await actions.Add(http, await Body.Read<NewMailing>(http));

    /// <summary>One campaign, with its progress</summary>
    private static async Task<IResult> Get(HttpContext http, Guid id, Tenants tenants)
    {
        await using var db = await tenants.Open(http);
        return Envelope.Ok((await MailingStore.One(db, id) ?? throw Failure.NotFound()).View);
    }

    /// <summary>Start a campaign</summary>
    /// <remarks>Who belongs to the audience at this moment, has an address for the channel and did not opt out gets one message; nobody gets two, whatever happens.</remarks>
    private static async Task<IResult> Start(HttpContext http, Guid id, MailingActions actions) => await actions.Start(http, id);

    /// <summary>Pause a campaign</summary>
    /// <remarks>What is on its way at this moment still goes.</remarks>
    private static async Task<IResult> Pause(HttpContext http, Guid id, MailingActions actions) => await actions.Pause(http, id);

    /// <summary>Go on with a paused campaign</summary>
    private static async Task<IResult> Resume(HttpContext http, Guid id, MailingActions actions) => await actions.Resume(http, id);

    /// <summary>Cancel a campaign for good</summary>
    private static async Task<IResult> Cancel(HttpContext http, Guid id, MailingActions actions) => await actions.Cancel(http, id);

    /// <summary>Send again what is uncertain</summary>
    /// <remarks>A crash or a broken connection hid whether these were sent: a person decides. Those that did arrive arrive twice.</remarks>
    private static async Task<IResult> Resend(HttpContext http, Guid id, MailingActions actions) =>
        await actions.Resend(http, id, await Body.ReadOptional<ResendRequest>(http));

    /// <summary>What became of a campaign's message to each contact</summary>
    private static async Task<IResult> Receipts(HttpContext http, Guid id, Tenants tenants)
    {
        var page = http.KeysetQuery(1);
        var status = http.QueryChoice("status", "", ["", .. ReceiptStates]);
        await using var db = await tenants.Open(http);
        var mailing = await MailingStore.One(db, id) ?? throw Failure.NotFound();
        var rows = await MailingStore.Receipts(db, mailing, status, page);
        return Envelope.Ok(Keyset.Page(http, page, rows, row => [row.Id.ToString(CultureInfo.InvariantCulture)], row => row.View));
    }
}
