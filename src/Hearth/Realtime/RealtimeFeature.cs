using Hearth.Ledger;
using Hearth.Platform;
using Hearth.Realtime.Nodes;
using Npgsql;

namespace Hearth.Realtime;

/// <summary>Live events: this node's sockets, what they get, and the WebSocket door.</summary>
internal static class RealtimeFeature
{
    public static void AddRealtime(this WebApplicationBuilder builder)
    {
        Json.Add(RealtimeJson.Default);
        var services = builder.Services;
        services.AddSingleton<Presence>();
        services.AddSingleton<IPersonal, PresencePersonal>();
        services.AddSingleton<Hub>();
        services.AddSingleton<Sender>();
        services.AddSingleton<LiveFeatures>();
        services.AddSingleton<ILiveDoor, HubDoor>();
        services.AddSingleton<AccountWatch>();
        services.AddSingleton<RecentNews>();
        services.AddSingleton<Replay>();
        services.AddSingleton<Door>();
        services.AddHosted<FanOut>();
        services.AddHosted<Heartbeat>();
        services.AddSingleton<ITailReader>(provider => provider.GetRequiredService<FanOut>());
        services.AddSingleton<IPositionFollower>(provider => provider.GetRequiredService<FanOut>());
        services.AddSingleton<Authenticate>(provider => provider.GetRequiredService<Authenticator>().Authenticate);
        services.AddSingleton<MaySeePost>(provider => Look(provider.GetRequiredService<NpgsqlDataSource>()));
    }

    public static void MapRealtime(this IEndpointRouteBuilder routes)
    {
        // The token may come by the query or as a subprotocol, which the door reads itself, and counts then.
        routes.MapGet("/ws", (Delegate)routes.ServiceProvider.GetRequiredService<Door>().Open)
            .AllowAnyone()
            .Limit(RateLimit.None)
            .WithDialect(Dialect.Drf)
            .WithTags("Live events")
            .WithQuery("token", "An access token.", "eyJhbGciOiJIUzI1NiJ9.e30.c2ln")
            .WithQuery("since", "The id of the last event that came.", Position.Format(4711))
            .Produces(StatusCodes.Status101SwitchingProtocols)
            .Produces(StatusCodes.Status401Unauthorized)
            .Produces(StatusCodes.Status426UpgradeRequired);
    }

    private static MaySeePost Look(NpgsqlDataSource source) => async (caller, post) =>
    {
        await using var db = await source.OpenConnectionAsync();
        return await RealtimeStore.MaySeePost(db, caller, post);
    };
}
