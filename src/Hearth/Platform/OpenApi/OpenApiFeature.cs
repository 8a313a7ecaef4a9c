using System.Text;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;

namespace Hearth.Platform;

/// <summary><c>/openapi/v1.json</c> and the page that shows it.</summary>
internal static class OpenApiFeature
{
    private const string Name = "v1";

    public static void AddOpenApiDocument(this WebApplicationBuilder builder)
    {
        builder.Services.AddOpenApi(Name, options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.AddOperationTransformer<OperationDocs>();
            options.AddSchemaTransformer<SchemaDocs>();
            options.AddDocumentTransformer<DocumentDocs>();
        });
        builder.Services.AddSingleton<IConfigureOptions<JsonOptions>>(_ => new ConfigureOptions<JsonOptions>(JsonBody.Configure));
        builder.Services.AddSingleton<OpenApiText>();
    }

    public static void MapOpenApiDocument(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/openapi/v1.json", Document).AllowAnyone().Limit(RateLimit.None).ExcludeFromDescription();
        DocsPage.Map(routes);
    }

    /// <summary>The OpenAPI document</summary>
    private static async Task<IResult> Document(OpenApiText text) =>
        new Answer(StatusCodes.Status200OK, await text.Get());
}

/// <summary>The document as text; written once, for routes do not change while the server runs.</summary>
internal sealed class OpenApiText([FromKeyedServices("v1")] IOpenApiDocumentProvider provider)
{
    private readonly Lazy<Task<byte[]>> text = new(() => Write(provider));

    public Task<byte[]> Get() => text.Value;

    private static async Task<byte[]> Write(IOpenApiDocumentProvider provider)
    {
        var document = await provider.GetOpenApiDocumentAsync();
        return Encoding.UTF8.GetBytes(await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1));
    }
}
