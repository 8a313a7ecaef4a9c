using Hearth.SocketIO.Engine;
using Hearth.SocketIO.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Hearth.SocketIO;

/// <summary>Adds a Socket.IO server to an application.</summary>
public static class SocketIOExtensions
{
    /// <summary>Registers the server, which <see cref="SocketIOServer"/> injects.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Sets it; null: the defaults.</param>
    public static IServiceCollection AddSocketIO(this IServiceCollection services, Action<SocketIOOptions>? configure = null)
    {
        services.AddOptions<SocketIOOptions>();
        if (configure is not null)
            services.Configure(configure);
        services.TryAddSingleton(provider => new SocketIOServer(
            provider.GetRequiredService<IOptions<SocketIOOptions>>(),
            provider.GetRequiredService<ILogger<SocketIOServer>>(),
            provider.GetService<TimeProvider>()));
        return services;
    }

    /// <summary>Serves Socket.IO at a path. Clients ask for <c>/socket.io/</c> unless they are told another; the trailing slash is theirs.</summary>
    /// <returns>The endpoint, for conventions such as host filters. Clients send no credentials with long-polling unless they are told to.</returns>
    public static IEndpointConventionBuilder MapSocketIO(this IEndpointRouteBuilder routes, string path = "/socket.io")
    {
        ArgumentNullException.ThrowIfNull(routes);
        var server = routes.ServiceProvider.GetRequiredService<SocketIOServer>();
        var engine = new EngineServer(server.Options, session => new Client(server, session), server.Time, server.Log);
        server.Add(engine);
        return routes.MapEngine(path, engine);
    }
}
