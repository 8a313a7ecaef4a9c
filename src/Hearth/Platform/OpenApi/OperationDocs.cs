using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Hearth.Platform;

/// <summary>Writes into each operation what the route's metadata and its handler's comment tell.</summary>
internal sealed class OperationDocs(EndpointDataSource endpoints) : IOpenApiOperationTransformer
{
    private static readonly XmlComments Comments = new();

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var method = context.Description.HttpMethod ?? "GET";
        if (Route(context) is not { } route)
            return Task.CompletedTask;
        var metadata = route.Metadata;
        Words(operation, metadata);
        Parameters(operation, metadata, method);
        Bodies(operation, context);
        var dialect = metadata.GetMetadata<DialectMetadata>()?.Dialect ?? Dialects.Of("/" + route.RoutePattern.RawText?.TrimStart('/'));
        operation.Responses ??= [];
        foreach (var (status, when) in ErrorDocs.Of(route, method))
            operation.Responses.TryAdd(status.ToString(CultureInfo.InvariantCulture), ErrorDocs.Of(dialect, status, when, context.Document));
        if (metadata.GetMetadata<Access>() is { Anyone: true })
            operation.Security = [];
        return Task.CompletedTask;
    }

    private RouteEndpoint? Route(OpenApiOperationTransformerContext context)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var handler = metadata.OfType<MethodInfo>().FirstOrDefault();
        return endpoints.Endpoints.OfType<RouteEndpoint>().FirstOrDefault(
            route => route.Metadata.GetMetadata<MethodInfo>() == handler
                && string.Equals(route.RoutePattern.RawText?.Trim('/'), Raw(context), StringComparison.Ordinal));
    }

    private static string? Raw(OpenApiOperationTransformerContext context) =>
        context.Description.ActionDescriptor.AttributeRouteInfo?.Template?.Trim('/') ?? context.Description.RelativePath?.Trim('/');

    private static void Words(OpenApiOperation operation, EndpointMetadataCollection metadata)
    {
        var handler = metadata.GetMetadata<MethodInfo>();
        var words = handler is null ? null : Comments.Remarks(handler);
        operation.Summary = handler is null ? null : Comments.Summary(handler);
        operation.Description = $"{(words is null ? "" : words + "\n\n")}{Who(metadata.GetMetadata<Access>())} {HowOften(metadata.GetMetadata<LimitMetadata>())}".Trim();
        if (handler is not null)
            operation.OperationId = Id(handler, metadata.GetMetadata<ITagsMetadata>()?.Tags.FirstOrDefault());
    }

    /// <summary>Its group and handler: a handler may serve two groups, and two of a group may be named alike.</summary>
    private static string Id(MethodInfo handler, string? tag) =>
        $"{(tag ?? "Other").Replace(" ", "", StringComparison.Ordinal)}_{handler.DeclaringType!.Name.Replace("Endpoints", "", StringComparison.Ordinal)}{handler.Name}";

    private static string Who(Access? access)
    {
        if (access is { Anyone: true })
            return "Anyone may call.";
        var people = access switch
        {
            null => "Nobody may call.",
            { People: false } => "",
            { Roles: Roles.None } => "For any signed-in person.",
            _ => $"For people with the role {string.Join(" or ", RoleNames.Of(access.Roles | (access.Roles.HasFlag(Roles.Moderator) ? Roles.Admin : Roles.None)).Select(role => $"`{role}`"))}.",
        };
        return access?.Scope is { } scope ? $"{people} For service tokens with the scope `{scope}`.".Trim() : people;
    }

    private static string HowOften(LimitMetadata? limit) =>
        limit is null or { Limit: RateLimit.None } ? "" : $"At most {RateLimits.PerMinute(limit.Limit).ToString(CultureInfo.InvariantCulture)} requests a minute.";

    private static void Parameters(OpenApiOperation operation, EndpointMetadataCollection metadata, string method)
    {
        operation.Parameters ??= [];
        foreach (var query in metadata.OfType<QueryDoc>())
        {
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = query.Name,
                In = ParameterLocation.Query,
                Description = query.Description,
                Schema = Schema(query),
                Example = Node(query.Example),
            });
        }

        if (method == "GET" || metadata.GetMetadata<ReadByPost>() is not null)
            operation.Parameters.Add(new OpenApiParameterReference(DocumentDocs.PositionParameter));
        else if (method == "POST" && metadata.GetMetadata<Access>() is { Anyone: false } && metadata.GetMetadata<SecretAnswer>() is null)
            operation.Parameters.Add(new OpenApiParameterReference(DocumentDocs.KeyParameter));
    }

    private static OpenApiSchema Schema(QueryDoc query)
    {
        var schema = new OpenApiSchema
        {
            Type = query.Example switch
            {
                bool => JsonSchemaType.Boolean,
                int or long => JsonSchemaType.Integer,
                double => JsonSchemaType.Number,
                _ => JsonSchemaType.String,
            },
        };
        if (query.Choices.Count > 0)
            schema.Enum = [.. query.Choices.Select(choice => (JsonNode)choice)];
        return schema;
    }

    private static JsonNode? Node(object value) => JsonSerializer.SerializeToNode(value, value.GetType(), Json.Options);

    private static void Bodies(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var accepted = context.Description.ParameterDescriptions.FirstOrDefault(parameter => parameter.Source.Id == "Body")?.Type;
        foreach (var media in operation.RequestBody?.Content?.Values ?? [])
            media.Example ??= Sample(accepted);
        var examples = context.Description.ActionDescriptor.EndpointMetadata.OfType<ExampleDoc>().ToList();
        foreach (var answer in context.Description.SupportedResponseTypes)
        {
            var status = answer.StatusCode.ToString(CultureInfo.InvariantCulture);
            if (operation.Responses?.GetValueOrDefault(status) is not OpenApiResponse response)
                continue;
            response.Description = answer.StatusCode switch { 201 => "Made.", 202 => "Taken on.", 204 => "Done.", _ => "The answer." };
            var example = examples.Find(one => one.Status == answer.StatusCode)?.Body is { } given ? Node(given) : Sample(answer.Type);
            foreach (var media in response.Content?.Values ?? [])
                media.Example ??= example?.DeepClone();
            if (context.Description.HttpMethod is not "GET")
                (response.Headers ??= new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal))["Ledger-Position"] = DocumentDocs.PositionHeader();
        }
    }

    private static JsonNode? Sample(Type? type) =>
        type is null || type == typeof(void) || !JsonBody.Knows(type) ? null : Samples.Of(JsonBody.Info(type));
}
