using Hearth.Ledger;
using Hearth.Platform;
using Hearth.Realtime.Nodes;
using Hearth.SocketIO;

namespace Hearth.Realtime.Sockets;

/// <summary>Live events over Socket.IO, and who is online on all nodes together.</summary>
internal static class SocketsFeature
{
    public static void AddSockets(this WebApplicationBuilder builder)
    {
        Json.Add(SocketsJson.Default);
        Json.Add(NodesJson.Default);
        var services = builder.Services;
        services.AddSocketIO(options =>
        {
            options.Json = Json.Options;
            options.MaxRooms = SocketDoor.MostRooms;
            options.MaxWaitingEvents = 64;
            options.MaxHttpBufferSize = 100_000;
            options.MaxAttachments = 0;
        });
        services.AddSingleton<SocketPeople>();
        services.AddSingleton<ILiveDoor>(provider => provider.GetRequiredService<SocketPeople>());
        services.AddSingleton<SocketDoor>();
        services.AddSingleton(new NodeTimes());
        services.AddHosted<SocketFanOut>();
        services.AddHosted<SocketWatch>();
        services.AddHosted<PresenceNews>();
        services.AddHosted<NodeRegister>();
        services.AddSingleton<ITailReader>(provider => provider.GetRequiredService<SocketFanOut>());
        services.AddSingleton<IPositionFollower>(provider => provider.GetRequiredService<SocketFanOut>());
        services.AddSingleton<ISocketEvents>(provider => provider.GetRequiredService<PresenceNews>());
    }

    public static void MapSockets(this IEndpointRouteBuilder routes)
    {
        routes.ServiceProvider.GetRequiredService<SocketDoor>().Open();
        // The token comes with the connection to the namespace, which the door reads itself.
        routes.MapSocketIO().AllowAnyone().Limit(RateLimit.None).ExcludeFromDescription();
        routes.MapWebsocket();
    }
}
