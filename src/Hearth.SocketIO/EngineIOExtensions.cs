using Hearth.SocketIO.Engine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Hearth.SocketIO;

/// <summary>Serves Engine.IO by itself, without Socket.IO on top.</summary>
public static class EngineIOExtensions
{
    /// <summary>Serves Engine.IO sessions at a path, such as <c>/engine.io</c>; a trailing slash in requests is fine.</summary>
    /// <param name="routes">The application.</param>
    /// <param name="path">The path.</param>
    /// <param name="open">Makes the handler of each new session.</param>
    /// <param name="options">The settings; null: the defaults.</param>
    /// <returns>The endpoint, for conventions such as host filters.</returns>
    public static IEndpointConventionBuilder MapEngineIO(
        this IEndpointRouteBuilder routes, string path, Func<EngineSession, EngineHandler> open, EngineOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(routes);
        var services = routes.ServiceProvider;
        var server = new EngineServer(
            options ?? new EngineOptions(),
            open,
            services.GetService<TimeProvider>() ?? TimeProvider.System,
            services.GetRequiredService<ILoggerFactory>().CreateLogger("Hearth.SocketIO.Engine"));
        return routes.MapEngine(path, server);
    }

    internal static IEndpointConventionBuilder MapEngine(this IEndpointRouteBuilder routes, string path, EngineServer server)
    {
        var lifetime = routes.ServiceProvider.GetService<IHostApplicationLifetime>();
        // The web server waits for open requests before services are disposed of.
        lifetime?.ApplicationStopping.Register(server.Stop);
        lifetime?.ApplicationStopped.Register(server.Dispose);
        return routes.Map(path, (RequestDelegate)new EngineEndpoint(server).Handle);
    }
}
