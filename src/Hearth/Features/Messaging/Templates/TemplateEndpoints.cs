using System.Globalization;
using Hearth.Features.Messaging.Tenancy;
using Hearth.Platform;

namespace Hearth.Features.Messaging.Templates;

internal static class TemplateEndpoints
{
    public static void MapTemplates(this IEndpointRouteBuilder messaging)
    {
        messaging.MapGet("/templates", List).Limit(RateLimit.Reads).WithKeyset()
            .WithQuery("status", "Only these.", "approved", "draft", "submitted", "approved", "rejected").Produces<Envelope<KeysetPage<TemplateView>>>();
        messaging.MapPost("/templates", Add).Limit(RateLimit.Creates).Accepts<NewTemplate>("application/json").Produces<Envelope<TemplateView>>(201);
        messaging.MapGet("/templates/{id:guid}", Get).Limit(RateLimit.Reads).Produces<Envelope<TemplateView>>();
        messaging.MapPatch("/templates/{id:guid}", Edit).Limit(RateLimit.Reads).Accepts<TemplateEdit>("application/json").Produces<Envelope<TemplateView>>();
        messaging.MapGet("/templates/{id:guid}/versions", Versions).Limit(RateLimit.Reads).Produces<Envelope<KeysetPage<TemplateVersionView>>>();
        messaging.MapPost("/templates/{id:guid}/submit", Submit).Limit(RateLimit.Creates)
            .Produces<Envelope<TemplateView>>().WithFailure(409, "It is no draft.");
        messaging.MapPost("/templates/{id:guid}/approve", Approve).RequireRole(Roles.Corporate | Roles.Admin).Limit(RateLimit.Creates)
            .Produces<Envelope<TemplateView>>().WithFailure(409, "It is not submitted.");
        messaging.MapPost("/templates/{id:guid}/reject", Reject).RequireRole(Roles.Corporate | Roles.Admin).Limit(RateLimit.Creates)
            .Accepts<Rejection>("application/json").Produces<Envelope<TemplateView>>().WithFailure(409, "It is not submitted.");
    }

    /// <summary>Templates, the newest first</summary>
    private static async Task<IResult> List(HttpContext http, Tenants tenants)
    {
        var page = http.KeysetQuery(1);
        var status = http.QueryChoice("status", "", "", "draft", "submitted", "approved", "rejected");
        await using var db = await tenants.Open(http);
        var rows = await TemplateStore.List(db, status.Length == 0 ? null : status, page);
        return Envelope.Ok(Keyset.Page(http, page, rows, row => [row.Id.ToString(CultureInfo.InvariantCulture)], row => row.View));
    }

    /// <summary>Write a template</summary>
    /// <remarks>It begins as a draft; campaigns send it once it is approved.</remarks>
    private static async Task<IResult> Add(HttpContext http, TemplateActions actions) => await actions.Add(http, await Body.Read<NewTemplate>(http));

    /// <summary>One template</summary>
    private static async Task<IResult> Get(HttpContext http, Guid id, Tenants tenants)
    {
        await using var db = await tenants.Open(http);
        return Envelope.Ok((await TemplateStore.One(db, id) ?? throw Failure.NotFound()).View);
    }

    /// <summary>Change a template</summary>
    /// <remarks>A new text of one that was decided on is a new version, a draft; the approved version is sent until the new one is approved.</remarks>
    private static async Task<IResult> Edit(HttpContext http, Guid id, TemplateActions actions) =>
        await actions.Edit(http, id, await Body.Read<TemplateEdit>(http));

    /// <summary>A template's versions, the latest first</summary>
    private static async Task<IResult> Versions(HttpContext http, Guid id, Tenants tenants)
    {
        await using var db = await tenants.Open(http);
        var template = await TemplateStore.One(db, id) ?? throw Failure.NotFound();
        return Envelope.Ok(new KeysetPage<TemplateVersionView>(await TemplateStore.Versions(db, template.Id), null, null));
    }

    /// <summary>Submit a draft for approval</summary>
    private static async Task<IResult> Submit(HttpContext http, Guid id, TemplateActions actions) => await actions.Submit(http, id);

    /// <summary>Approve a template</summary>
    private static async Task<IResult> Approve(HttpContext http, Guid id, TemplateActions actions) => await actions.Approve(http, id);

    /// <summary>Reject a template</summary>
    private static async Task<IResult> Reject(HttpContext http, Guid id, TemplateActions actions) =>
        await actions.Reject(http, id, (await Body.ReadOptional<Rejection>(http))?.Reason);
}
