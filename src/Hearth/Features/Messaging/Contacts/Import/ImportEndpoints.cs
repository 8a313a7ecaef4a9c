using System.Globalization;
using System.Text;
using Hearth.Features.Messaging.Tenancy;
using Hearth.Platform;

namespace Hearth.Features.Messaging.Contacts.Import;

internal static class ImportEndpoints
{
    private const int MostBytes = 32 * 1024 * 1024;

    public static void MapImports(this IEndpointRouteBuilder messaging)
    {
        messaging.MapPost("/contacts/import", Import).Limit(RateLimit.Creates).Accepts<List<NewContact>>("application/json", "multipart/form-data", "text/csv")
            .Produces<Envelope<ImportView>>(201).Produces<Envelope<ImportView>>(202).WithFailure(413, "More than 100,000 rows, or 32 MB.");
        messaging.MapGet("/contacts/imports", List).Limit(RateLimit.Reads).WithKeyset().Produces<Envelope<KeysetPage<ImportView>>>();
        messaging.MapGet("/contacts/imports/{id:guid}", Get).Limit(RateLimit.Reads).Produces<Envelope<ImportView>>();
        messaging.MapGet("/contacts/imports/{id:guid}/errors", Errors).Limit(RateLimit.Reads).Produces<string>(contentType: "text/csv");
    }

    /// <summary>Import contacts</summary>
    /// <remarks>A JSON array, or CSV: as the file of a form (any field name) or as the body (`text/csv`). Its first line names the columns `name`, `phone`, `email`, `tags`; several tags are apart by `;` or `|`. At most 100,000 rows. Each bad row is reported, and the others are taken. Up to 1,000 rows are in when the answer comes (201); more go on behind it (202), with their progress at `…/contacts/imports/{id}/` and on the tenant's sockets.</remarks>
    private static async Task<IResult> Import(HttpContext http, Imports imports) => await imports.Take(http, await Rows(http));

    /// <summary>Imports, the newest first</summary>
    private static async Task<IResult> List(HttpContext http, Tenants tenants)
    {
        var page = http.KeysetQuery(1);
        await using var db = await tenants.Open(http);
        var rows = await ImportStore.List(db, page);
        return Envelope.Ok(Keyset.Page(http, page, rows, row => [row.Id.ToString(CultureInfo.InvariantCulture)], row => row.View));
    }

    /// <summary>How far an import is, and its bad rows</summary>
    private static async Task<IResult> Get(HttpContext http, Guid id, Tenants tenants)
    {
        await using var db = await tenants.Open(http);
        return Envelope.Ok(await ImportStore.One(db, id) ?? throw Failure.NotFound());
    }

    /// <summary>The report of an import's bad rows, all of them</summary>
    private static async Task<IResult> Errors(HttpContext http, Guid id, Tenants tenants)
    {
        await using var db = await tenants.Open(http);
        var import = await ImportStore.One(db, id, ImportRows.Most) ?? throw Failure.NotFound();
        var text = new StringBuilder("row,message\r\n");
        foreach (var bad in import.Errors)
            text.Append(CultureInfo.InvariantCulture, $"{bad.Row},\"{bad.Message.Replace("\"", "\"\"", StringComparison.Ordinal)}\"\r\n");
        return new Answer(StatusCodes.Status200OK, Encoding.UTF8.GetBytes(text.ToString())) { ContentType = "text/csv; charset=utf-8" };
    }

    private static async Task<ParsedImport> Rows(HttpContext http)
    {
        var request = http.Request;
        if (http.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = MostBytes;
        if (request.HasJsonContentType())
            return ImportRows.FromJson(await Body.Bytes(http, MostBytes));
        if (request.HasFormContentType)
            return ImportRows.FromCsv(await FormFile(http));
        if (request.ContentType?.StartsWith("text/csv", StringComparison.OrdinalIgnoreCase) == true)
            return ImportRows.FromCsv(await Body.Bytes(http, MostBytes));
        throw new Failure(FailureKind.UnsupportedMedia, "Send a JSON array, a form with a CSV file, or CSV.");
    }

    private static async Task<byte[]> FormFile(HttpContext http)
    {
        try
        {
            var form = await http.Request.ReadFormAsync(http.RequestAborted);
            if (form.Files.Count == 0)
                throw Failure.Invalid("file", "No file was submitted.");
            using var bytes = new MemoryStream();
            await form.Files[0].CopyToAsync(bytes, http.RequestAborted);
            return bytes.ToArray();
        }
        catch (InvalidDataException)
        {
            throw Failure.Malformed("The form is malformed.");
        }
    }
}
