using Hearth.Platform;
using Hearth.Tests.Harness;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Rules;

public sealed class RouteTests(HearthApp app) : IClassFixture<HearthApp>
{
    [Fact]
    public void Every_route_states_who_may_call_it() =>
        Rule.Holds(Routes().Where(route => route.Metadata.GetMetadata<Access>() is null).Select(route => route.DisplayName ?? "a route"));

    private List<RouteEndpoint> Routes()
    {
        var routes = app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().ToList();
        Assert.NotEmpty(routes);
        return routes;
    }
}
