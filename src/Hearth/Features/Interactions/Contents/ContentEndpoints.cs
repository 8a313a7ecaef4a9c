using System.Globalization;
using System.Text.Json.Serialization;
using Hearth.Ledger;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Interactions;

/// <summary>A content that is new to the catalogue.</summary>
/// <param name="Title">1 to 500 characters.</param>
/// <param name="Type">What kind of thing it is, such as <c>movies</c>; 1 to 50 characters.</param>
/// <param name="ExternalId">What its owner calls it; at most 200 characters, and nobody else's.</param>
/// <param name="Url">An http or https address.</param>
internal sealed record ContentRequest(
    [property: JsonPropertyName("title")] string Title,
    [property: JsonPropertyName("type")] string Type,
    [property: JsonPropertyName("externalId")] string? ExternalId = null,
    [property: JsonPropertyName("url")] string? Url = null);

/// <summary>A content of the catalogue.</summary>
internal sealed record ContentView(
    [property: JsonPropertyName("id")] long Id,
    [property: JsonPropertyName("title")] string Title,
    [property: JsonPropertyName("type")] string Type,
    [property: JsonPropertyName("externalId")] string? ExternalId,
    [property: JsonPropertyName("url")] string? Url,
    [property: JsonPropertyName("createdAt")] DateTime CreatedAt);

/// <summary>The catalogue of what people interact with.</summary>
internal static class ContentEndpoints
{
    public static void MapContents(this IEndpointRouteBuilder routes)
    {
        var contents = routes.MapGroup("/contents").WithDialect(Dialect.Nest).WithTags("Interactions");
        contents.MapGet("", List).RequireSignedIn(orScope: Scopes.Contents).Limit(RateLimit.Reads).Produces<KeysetPage<ContentView>>().WithKeyset()
            .WithQuery("type", "Only contents of this type.", "movies")
            .WithQuery("externalId", "Only the content with this one.", "movie-123");
        contents.MapPost("", Add).RequireRole(Roles.Admin, orScope: Scopes.Contents).Limit(RateLimit.Tracking)
            .Accepts<ContentRequest>("application/json").Produces<ContentView>(StatusCodes.Status201Created)
            .WithFailure(StatusCodes.Status409Conflict, "Another content has this externalId.");
    }

    /// <summary>The catalogue, the newest first.</summary>
    private static async Task<KeysetPage<ContentView>> List(HttpContext http, NpgsqlDataSource source)
    {
        var page = http.KeysetQuery(1);
        await using var db = await source.OpenConnectionAsync(http.RequestAborted);
        var rows = await ContentStore.List(db, http.QueryText("type"), http.QueryText("externalId"), page, http.RequestAborted);
        return Keyset.Page(http, page, rows, row => [row.Id.ToString(CultureInfo.InvariantCulture)], row => row);
    }

    /// <summary>Adds a content to the catalogue. Interactions name it by its id or by its <c>externalId</c>.</summary>
    private static async Task<Answer> Add(HttpContext http, Writes writes)
    {
        var request = ContentRules.Checked(await Body.Read<ContentRequest>(http));
        await using var write = await writes.Begin(http);
        var content = await ContentStore.Add(write.Db, request, http.RequestAborted)
            ?? throw Failure.Conflict("Another content has this externalId.");
        var caller = http.Caller();
        write.Append(new Entry(Verb.AddContent, ObjectKind.Content, content.Id) { Actor = caller.ServiceToken is null ? caller.UserId : null });
        return await write.Commit(Answer.Created(content));
    }
}

internal static class ContentRules
{
    public const int LongestId = 200;

    public static ContentRequest Checked(ContentRequest request)
    {
        var title = request.Title.Trim();
        var type = request.Type.Trim();
        if (title.Length is 0 or > 500)
            throw Failure.Invalid("title", "title must have 1 to 500 characters.");
        if (type.Length is 0 or > 50)
            throw Failure.Invalid("type", "type must have 1 to 50 characters.");
        if (request.ExternalId is { Length: 0 or > LongestId })
            throw Failure.Invalid("externalId", "externalId must have 1 to 200 characters.");
        if (request.Url is { } url && (url.Length > 2000 || !Uri.TryCreate(url, UriKind.Absolute, out var parsed) || parsed.Scheme is not ("http" or "https")))
            throw Failure.Invalid("url", "url must be an http or https address.");
        return request with { Title = title, Type = type };
    }
}
