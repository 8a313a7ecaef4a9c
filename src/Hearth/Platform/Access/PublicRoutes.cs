using Microsoft.AspNetCore.Routing.Template;

namespace Hearth.Platform;

/// <summary>The paths that anyone may call with some method.</summary>
internal sealed class PublicRoutes(EndpointDataSource endpoints)
{
    private readonly Lazy<IReadOnlyList<TemplateMatcher>> matchers = new(() => Matchers(endpoints));

    public bool Match(PathString path)
    {
        foreach (var matcher in matchers.Value)
        {
            if (matcher.TryMatch(path, []))
                return true;
        }

        return false;
    }

    private static List<TemplateMatcher> Matchers(EndpointDataSource endpoints) =>
    [
        .. endpoints.Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.Metadata.GetMetadata<Access>() is { Anyone: true })
            .Select(route => new TemplateMatcher(new RouteTemplate(route.RoutePattern), [])),
    ];
}
