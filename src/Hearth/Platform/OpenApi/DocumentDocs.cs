using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Hearth.Platform;

/// <summary>The document's frame: what it is, how to sign in, the parts that operations share, and paths as the contracts write them.</summary>
internal sealed class DocumentDocs(HearthOptions options) : IOpenApiDocumentTransformer
{
    public const string PositionParameter = "LedgerPosition";
    public const string KeyParameter = "IdempotencyKey";

    private const string About =
        """
        People post, comment, react, follow, learn, rate and message; each interaction is recorded once, in an append-only ledger, and every
        counter, notification, badge, chart and live event follows from that record.

        A trailing slash is optional on every path. Times are ISO 8601 in UTC. Unknown fields of a body are ignored. Every answer to a write
        carries `Ledger-Position`; a read that sends it back sees everything that follows from that write.
        """;

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo { Title = "Hearth", Version = Version, Description = About };
        document.Servers = [new OpenApiServer { Url = options.PublicUrl }];
        var components = document.Components ??= new OpenApiComponents();
        ErrorDocs.AddSchemas(components.Schemas ??= new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal));
        ErrorDocs.AddResponses(components.Responses ??= new Dictionary<string, IOpenApiResponse>(StringComparer.Ordinal));
        components.Parameters = new Dictionary<string, IOpenApiParameter>(StringComparer.Ordinal)
        {
            [PositionParameter] = Header("Ledger-Position", "The position of an earlier answer: this read then sees what follows from that write.", "000000000000002a"),
            [KeyParameter] = Header("Idempotency-Key", "A repeat with the same key and body, within 24 hours, gets the first answer and does nothing.", "6f1c0d9e"),
        };
        components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
        {
            ["bearer"] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                BearerFormat = "JWT",
                Description = "An access token of `/api/auth/login`, or a service token.",
            },
        };
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("bearer", document)] = [] }];
        document.Paths = Paths(document.Paths);
        return Task.CompletedTask;
    }

    public static IOpenApiHeader PositionHeader() => new OpenApiHeader
    {
        Description = "Where the ledger stands after this write.",
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        Example = "000000000000002a",
    };

    private static string Version => typeof(DocumentDocs).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "1";

    /// <summary>Two of the contracts end their paths with a slash.</summary>
    private static OpenApiPaths Paths(OpenApiPaths paths)
    {
        var ordered = new OpenApiPaths();
        foreach (var (path, item) in paths.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            ordered[Dialects.Of(path) is Dialect.Drf or Dialect.Messaging && !path.EndsWith('/') ? path + "/" : path] = item;
        return ordered;
    }

    private static OpenApiParameter Header(string name, string description, string example) => new()
    {
        Name = name,
        In = ParameterLocation.Header,
        Description = description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        Example = JsonValue.Create(example),
    };
}
