using System.Text.Json;
using System.Text.RegularExpressions;
using Hearth.Tests.Harness;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Rules;

/// <summary>The OpenAPI document tells of every operation what it does, for whom, with an example, and how it fails.</summary>
public sealed partial class OpenApiTests(HearthApp app) : IClassFixture<HearthApp>
{
    private static readonly string[] Verbs = ["get", "post", "put", "patch", "delete"];

    [Fact]
    public async Task Every_operation_is_told_in_words() =>
        Rule.Holds(
            from operation in await Operations()
            where Text(operation.Body, "summary") is null || Text(operation.Body, "description") is null || Text(operation.Body, "operationId") is null
            select $"{operation.Name} has no summary, description or id");

    [Fact]
    public async Task Every_operation_has_an_id_of_its_own() =>
        Rule.Holds(
            from operation in await Operations()
            group operation.Name by Text(operation.Body, "operationId") into same
            where same.Count() > 1
            select $"{same.Key}: {string.Join(", ", same)}");

    [Fact]
    public async Task Every_answer_and_every_body_has_an_example() =>
        Rule.Holds(
            from operation in await Operations()
            from content in Contents(operation.Body)
            from media in content.Media.EnumerateObject()
            where !media.Value.TryGetProperty("example", out var example) || example.ValueKind is JsonValueKind.Null
            select $"{operation.Name}: {content.Where} {media.Name}");

    [Fact]
    public async Task Every_operation_says_how_it_succeeds_and_how_it_fails() =>
        Rule.Holds(
            from operation in await Operations()
            let statuses = operation.Body.GetProperty("responses").EnumerateObject().Select(response => response.Name).ToList()
            let isOpen = operation.Body.TryGetProperty("security", out var security) && security.GetArrayLength() == 0
            where !statuses.Any(status => status[0] is '2' or '3' || status == "101") || !statuses.Contains("400") || (!isOpen && !statuses.Contains("401"))
            select $"{operation.Name}: {string.Join(" ", statuses)}");

    [Fact]
    public async Task Every_reference_leads_somewhere()
    {
        var document = await Document();
        Rule.Holds(
            from reference in References().Matches(document.GetRawText()).Select(match => match.Groups["path"].Value).Distinct()
            where !Leads(document, reference)
            select reference);
    }

    [Fact]
    public async Task Every_route_is_in_it_or_says_that_it_is_not()
    {
        var paths = (await Operations()).Select(operation => operation.Name).ToHashSet();
        Rule.Holds(
            from route in app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            where route.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>() is null
            from method in route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []
            let name = $"{method} /{Constraints().Replace(route.RoutePattern.RawText!.Trim('/'), "")}"
            where !paths.Contains(name)
            select name);
    }

    /// <summary>A handler that reads a parameter says so beside its route, in the same folder.</summary>
    [Fact]
    public void Every_query_parameter_that_a_feature_reads_is_told() =>
        Rule.Holds(
            from source in Sources.Server
            where source.Part.StartsWith("Features/", StringComparison.Ordinal)
            from name in Reads().Matches(source.Text).Select(match => match.Groups["name"].Value).Distinct()
            where !Sources.Server.Any(other => other.Part == source.Part && other.Text.Contains($"WithQuery(\"{name}\"", StringComparison.Ordinal))
            select $"{source.Path} reads \"{name}\"");

    private async Task<JsonElement> Document() => (await app.Anyone.Get("/openapi/v1.json")).Is(200).Json;

    /// <summary>By method and path, without the trailing slash that some contracts write.</summary>
    private async Task<List<(string Name, JsonElement Body)>> Operations() =>
    [
        .. from path in (await Document()).GetProperty("paths").EnumerateObject()
           from operation in path.Value.EnumerateObject()
           where Verbs.Contains(operation.Name)
           select ($"{operation.Name.ToUpperInvariant()} {path.Name.TrimEnd('/')}", operation.Value),
    ];

    private static IEnumerable<(string Where, JsonElement Media)> Contents(JsonElement operation)
    {
        if (operation.TryGetProperty("requestBody", out var body))
            yield return ("body", body.GetProperty("content"));
        foreach (var response in operation.GetProperty("responses").EnumerateObject())
        {
            if (response.Value.TryGetProperty("content", out var content))
                yield return (response.Name, content);
        }
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.GetString() is { Length: > 0 } text ? text : null;

    private static bool Leads(JsonElement document, string reference)
    {
        var at = document;
        foreach (var step in reference.Split('/'))
        {
            if (!at.TryGetProperty(step, out at))
                return false;
        }

        return true;
    }

    [GeneratedRegex("\"\\$ref\":\\s*\"#/(?<path>[^\"]+)\"", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex References();

    [GeneratedRegex(@"(?<=\{[^}]+):[^}]+(?=\})|(?<=\{)\*+", RegexOptions.None, 5000)]
    private static partial Regex Constraints();

    [GeneratedRegex(@"\.Query(Text|Int|Long|Number|Bool|Choice|Time|Guid)\(\s*""(?<name>[a-zA-Z_]+)""", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Reads();
}
