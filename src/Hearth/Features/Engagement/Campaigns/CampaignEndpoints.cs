using System.Globalization;
using System.Security.Cryptography;
using Hearth.Ledger;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Engagement.Campaigns;

/// <summary>Campaigns of corporate users: their figures, tracked links and conversions.</summary>
internal static class CampaignEndpoints
{
    private const string Alphabet = "23456789abcdefghjkmnpqrstuvwxyz";

    public static void MapCampaigns(this IEndpointRouteBuilder engagement)
    {
        engagement.MapGet("/analytics/campaign_performance", Performance).RequireRole(Roles.Corporate).Limit(RateLimit.Reads).Produces<CampaignsView>();
        engagement.MapGet("/campaigns", List).RequireRole(Roles.Corporate).Limit(RateLimit.Reads).WithKeyset().Produces<KeysetPage<CampaignView>>();
        engagement.MapPost("/campaigns", Create).RequireRole(Roles.Corporate).Limit(RateLimit.Creates).Accepts<NewCampaign>("application/json")
            .Produces<CampaignView>(StatusCodes.Status201Created);
        engagement.MapGet("/campaigns/{id:int}", Get).RequireRole(Roles.Corporate).Limit(RateLimit.Reads).Produces<CampaignView>();
        engagement.MapPost("/campaigns/{id:int}/conversions", Convert).RequireSignedIn(orScope: Scopes.Conversions).Limit(RateLimit.Tracking)
            .Accepts<NewConversions>("application/json").Produces<ConversionsView>(StatusCodes.Status201Created);
    }

    public static void MapTrackedLinks(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/r/{code}", Follow).AllowAnyone().Limit(RateLimit.None)
            .WithTags("Engagement").Produces(StatusCodes.Status302Found);

    /// <summary>The caller's campaigns, the most engaging first.</summary>
    private static async Task<Answer> Performance(HttpContext http, CampaignFigures figures) =>
        Answer.Ok(new CampaignsView(await figures.Read(http.Caller().UserId, http.RequestAborted)));

    /// <summary>The caller's campaigns, the latest first.</summary>
    private static async Task<Answer> List(HttpContext http, NpgsqlDataSource source, HearthOptions options)
    {
        var query = http.KeysetQuery(1);
        var place = query.Cursor?.Long(0) ?? long.MaxValue;
        await using var db = await source.OpenConnectionAsync(http.RequestAborted);
        var rows = await CampaignStore.List(db, http.Caller().UserId, place, query.Backwards, query.Take, Links(options), http.RequestAborted);
        return Answer.Ok(Keyset.Page(http, query, rows, row => [row.Id.ToString(CultureInfo.InvariantCulture)], row => row));
    }

    /// <summary>A new campaign; with a <c>link</c> it has a tracked one.</summary>
    private static async Task<Answer> Create(HttpContext http, Writes writes, HearthOptions options)
    {
        var body = await Body.Read<NewCampaign>(http);
        var name = body.Name.Trim() is { Length: > 0 and <= 150 } given
            ? given
            : throw Failure.Invalid("name", "Enter a name of at most 150 characters.");
        var link = Link(body.Link);
        var caller = http.Caller();
        var code = RandomNumberGenerator.GetString(Alphabet, 10);
        await using var write = await writes.Begin(http);
        var (id, createdAt) = await CampaignStore.Insert(write.Db, caller.UserId, name, link, code, http.RequestAborted);
        write.Append(new Entry(Verb.FoundPromo, ObjectKind.Promo, id) { Actor = caller.UserId });
        return await write.Commit(Answer.Created(
            new CampaignView(id, name, link, link is null ? null : Links(options) + code, 0, 0, 0, createdAt)));
    }

    /// <summary>One of the caller's campaigns.</summary>
    private static async Task<Answer> Get(int id, HttpContext http, NpgsqlDataSource source, HearthOptions options)
    {
        await using var db = await source.OpenConnectionAsync(http.RequestAborted);
        return Answer.Ok(await CampaignStore.One(db, id, http.Caller().UserId, Links(options), http.RequestAborted) ?? throw Failure.NotFound());
    }

    /// <summary>Reports conversions of a campaign: its owner, or a service token with the scope <c>conversions</c>.</summary>
    private static async Task<Answer> Convert(int id, HttpContext http, Writes writes)
    {
        var body = await Body.ReadOptional<NewConversions>(http) ?? new NewConversions();
        if (body.Count is < 1 or > 1_000)
            throw Failure.Invalid("count", "Ensure this value is from 1 to 1000.");
        var caller = http.Caller();
        await using var write = await writes.Begin(http);
        var owner = await CampaignStore.Owner(write.Db, id, http.RequestAborted) ?? throw Failure.NotFound();
        if (caller.ServiceToken is null && owner != caller.UserId)
            throw Failure.Forbidden();
        write.Append(new Entry(Verb.Convert, ObjectKind.Promo, id)
        {
            Actor = caller.ServiceToken is null ? caller.UserId : null,
            Campaign = id,
            Value = body.Count,
        });
        return await write.Commit(Answer.Created(new ConversionsView(id, body.Count)));
    }

    /// <summary>A campaign's tracked link: counts a click and leads on. Not counted: HEAD, known robots, prefetching.</summary>
    private static async Task<IResult> Follow(string code, HttpContext http, NpgsqlDataSource source, Clicks clicks)
    {
        (int Id, string? Link)? campaign;
        await using (var db = await source.OpenConnectionAsync(http.RequestAborted))
            campaign = await CampaignStore.ByCode(db, code, http.RequestAborted);
        if (campaign is not { Link: { } link, Id: var id })
            throw Failure.NotFound();
        http.Response.Headers.CacheControl = "no-store";
        if (!http.IsHead() && Clicks.IsPerson(http.Request))
            http.Response.Headers[Position.Header] = Position.Format(await clicks.Count(id, http.CallerOrNone() is { ServiceToken: null } who ? who.UserId : null));
        return Results.Redirect(link);
    }

    private static string Links(HearthOptions options) => options.PublicUrl + "/r/";

    private static string? Link(string? link)
    {
        if (link is null)
            return null;
        return link.Length <= 2_000 && Uri.TryCreate(link, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Host.Length > 0
            ? uri.AbsoluteUri
            : throw Failure.Invalid("link", "Enter a valid URL.");
    }
}
