using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;

namespace Hearth.Platform;

/// <summary>The failures of the OpenAPI document: which a route can answer, and how its dialect words them.</summary>
internal static class ErrorDocs
{
    private static readonly IReadOnlyDictionary<int, string> Meanings = new Dictionary<int, string>
    {
        [400] = "The request is wrong: the field is named.",
        [401] = "Nobody is signed in, or the token does not hold.",
        [403] = "The caller may not do this.",
        [404] = "There is no such thing, or not for this caller.",
        [405] = "The path is right, the method is not: `Allow` names those that are.",
        [409] = "It collides with what is there, or a request with the same `Idempotency-Key` is in progress.",
        [413] = "The body is too large.",
        [415] = "The body is of a type that this route does not read.",
        [422] = "The `Idempotency-Key` was used with a different request.",
        [429] = "Too many requests: `Retry-After` says when there is room again.",
        [503] = "Busy, or what follows from the write of `Ledger-Position` is not applied yet: `Retry-After`.",
    };

    /// <summary>Statuses that a route's metadata tells, and those it names itself.</summary>
    public static SortedDictionary<int, string> Of(RouteEndpoint route, string method)
    {
        var metadata = route.Metadata;
        var access = metadata.GetMetadata<Access>();
        var hasBody = metadata.GetMetadata<Microsoft.AspNetCore.Http.Metadata.IAcceptsMetadata>() is not null;
        var hasPlace = route.RoutePattern.Parameters.Count > 0;
        var errors = new SortedDictionary<int, string>();
        Add(400, true);
        Add(401, access is not { Anyone: true });
        Add(403, access is { Anyone: false } && (access.Roles != Roles.None || access.Scope is not null || (hasPlace && method is "PUT" or "PATCH" or "DELETE")));
        Add(404, hasPlace || metadata.OfType<QueryDoc>().Any(query => query.Name == "page"));
        Add(409, IsKept(access, metadata, method));
        Add(422, IsKept(access, metadata, method));
        Add(413, hasBody);
        Add(415, hasBody);
        Add(429, metadata.GetMetadata<LimitMetadata>()?.Limit != RateLimit.None);
        Add(503, true);
        foreach (var failure in metadata.OfType<FailureDoc>())
            errors[failure.Status] = failure.When;
        return errors;

        void Add(int status, bool applies)
        {
            if (applies)
                errors[status] = Meanings[status];
        }
    }

    /// <summary>The response of a failure: the dialect's shared one, or one with words of the route's own.</summary>
    public static IOpenApiResponse Of(Dialect dialect, int status, string when, OpenApiDocument? document) =>
        Meanings.GetValueOrDefault(status) == when
            ? new OpenApiResponseReference(ResponseName(dialect, status), document)
            : Response(dialect, status, when);

    public static void AddResponses(IDictionary<string, IOpenApiResponse> responses)
    {
        foreach (var dialect in Enum.GetValues<Dialect>())
        {
            foreach (var (status, when) in Meanings)
                responses[ResponseName(dialect, status)] = Response(dialect, status, when);
        }
    }

    private static string ResponseName(Dialect dialect, int status) => string.Create(CultureInfo.InvariantCulture, $"{dialect}{status}");

    /// <summary>A response with the dialect's shape and an example of it.</summary>
    private static OpenApiResponse Response(Dialect dialect, int status, string when) => new()
    {
        Description = when,
        Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
        {
            [dialect == Dialect.Problem ? "application/problem+json" : "application/json"] = new()
            {
                Schema = new OpenApiSchemaReference(SchemaName(dialect, status)),
                Example = Example(dialect, status),
            },
        },
        Headers = status is 429 or 503 ? RetryAfter() : null,
    };

    public static void AddSchemas(IDictionary<string, IOpenApiSchema> schemas)
    {
        schemas["Detail"] = Object("An error in one sentence.", ("detail", Text()));
        schemas["FieldErrors"] = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = "Messages by the field that is wrong; `detail` where it is none.",
            AdditionalProperties = new OpenApiSchema { AnyOf = [List(), Text()] },
        };
        schemas["MessagingError"] = Object(
            "What went wrong.", ("success", new OpenApiSchema { Type = JsonSchemaType.Boolean }), ("message", Text()));
        schemas["NestError"] = Object(
            "What went wrong, in one or more messages.",
            ("statusCode", new OpenApiSchema { Type = JsonSchemaType.Integer }), ("message", List()), ("error", Text()));
        schemas["Problem"] = Object(
            "A problem (RFC 9457); `errors` holds messages by field where fields are wrong.",
            ("type", Text()), ("title", Text()), ("status", new OpenApiSchema { Type = JsonSchemaType.Integer }), ("detail", Text()));
        ((OpenApiSchema)schemas["Problem"]).Properties!["errors"] =
            new OpenApiSchema { Type = JsonSchemaType.Object, AdditionalProperties = List() };
    }

    private static bool IsKept(Access? access, EndpointMetadataCollection metadata, string method) =>
        method == HttpMethod.Post.Method && access is { Anyone: false } && metadata.GetMetadata<SecretAnswer>() is null;

    private static string SchemaName(Dialect dialect, int status) => dialect switch
    {
        Dialect.Drf => status == 400 ? "FieldErrors" : "Detail",
        Dialect.Messaging => status == 401 ? "Detail" : "MessagingError",
        Dialect.Nest => "NestError",
        _ => "Problem",
    };

    private static JsonObject Example(Dialect dialect, int status)
    {
        var text = Sentence(status);
        var reason = ReasonPhrases.GetReasonPhrase(status);
        return dialect switch
        {
            Dialect.Drf when status == 400 => new() { ["field_name"] = new JsonArray(text) },
            Dialect.Drf => new() { ["detail"] = text },
            Dialect.Messaging when status == 401 => new() { ["detail"] = text },
            Dialect.Messaging => new() { ["success"] = false, ["message"] = text },
            Dialect.Nest => new() { ["statusCode"] = status, ["message"] = new JsonArray(text), ["error"] = reason },
            _ => new() { ["type"] = "about:blank", ["title"] = reason, ["status"] = status, ["detail"] = text },
        };
    }

    private static string Sentence(int status) => status switch
    {
        400 => "This field is required.",
        401 => "Authentication credentials were not provided.",
        403 => "You do not have permission to perform this action.",
        404 => "Not found.",
        429 => "Request was throttled. Expected available in 45 seconds.",
        _ => Meanings.GetValueOrDefault(status, string.Create(CultureInfo.InvariantCulture, $"Status {status}.")).Replace("`", "", StringComparison.Ordinal),
    };

    private static Dictionary<string, IOpenApiHeader> RetryAfter() => new(StringComparer.Ordinal)
    {
        ["Retry-After"] = new OpenApiHeader { Description = "Seconds to wait.", Schema = new OpenApiSchema { Type = JsonSchemaType.Integer } },
    };

    private static OpenApiSchema Text() => new() { Type = JsonSchemaType.String };

    private static OpenApiSchema List() => new() { Type = JsonSchemaType.Array, Items = Text() };

    private static OpenApiSchema Object(string description, params (string Name, OpenApiSchema Schema)[] properties) => new()
    {
        Type = JsonSchemaType.Object,
        Description = description,
        Properties = properties.ToDictionary(property => property.Name, IOpenApiSchema (property) => property.Schema, StringComparer.Ordinal),
        Required = properties.Select(property => property.Name).ToHashSet(StringComparer.Ordinal),
    };
}
