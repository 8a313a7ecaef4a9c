using System.Globalization;
using System.Text.Json.Serialization;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Realtime.Nodes;

/// <summary>A node and its open sockets.</summary>
/// <param name="Sockets">All of them together.</param>
/// <param name="WebSockets">Those at <c>/ws/</c>.</param>
/// <param name="SocketIoSockets">Those at <c>/socket.io/</c>.</param>
/// <param name="People">Who have a socket here.</param>
/// <param name="Rooms">Rooms and groups with anybody in them.</param>
/// <param name="Events">Socket.IO events sent since the node started; one for a room counts once.</param>
internal sealed record NodeView(
    Guid Id, string Name, DateTime StartedAt, DateTime SeenAt, int Sockets, int WebSockets, int SocketIoSockets, int People, int Rooms, long Events);

/// <summary>The open sockets of all nodes.</summary>
/// <param name="Online">People with a socket on any node, each once.</param>
internal sealed record WebsocketStatus(int Sockets, int Online, int Rooms, long Events, IReadOnlyList<NodeView> Nodes);

/// <summary>Somebody who is online.</summary>
internal sealed record OnlinePerson(Guid Id, string Username, string DisplayName, string? ProfilePhoto, DateTime Since);

/// <param name="Count">How many the caller can see, on all pages.</param>
internal sealed record OnlineList(int Count, IReadOnlyList<OnlinePerson> Results, string? Next, string? Previous);

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(WebsocketStatus))]
[JsonSerializable(typeof(OnlineList))]
[JsonSerializable(typeof(UserPresence))]
internal sealed partial class NodesJson : JsonSerializerContext;

/// <summary><c>/api/v1/websocket</c>.</summary>
internal static class WebsocketEndpoints
{
    public static void MapWebsocket(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1/websocket").WithDialect(Dialect.Problem).WithTags("Live events");
        api.MapGet("/status", Status).RequireRole(Roles.Admin).Limit(RateLimit.Reads).Produces<WebsocketStatus>();
        api.MapGet("/online", Online).RequireSignedIn().Limit(RateLimit.Reads).WithKeyset().Produces<OnlineList>();
    }

    /// <summary>The open sockets, node by node</summary>
    /// <remarks>Nodes tell their figures every 5 seconds; the one that is asked tells its own as they are now.</remarks>
    private static async Task<IResult> Status(HttpContext http, NodeRegister register, NpgsqlDataSource source, NodeTimes times)
    {
        await register.Refresh(http.RequestAborted);
        await using var db = await source.OpenConnectionAsync(http.RequestAborted);
        var nodes = await OnlineReads.Nodes(db, times.Dead, http.RequestAborted);
        var online = await NodeStore.Online(db, times.Dead, null, http.RequestAborted);
        return Answer.Ok(new WebsocketStatus(
            nodes.Sum(node => node.Sockets), online.Count, nodes.Sum(node => node.Rooms), nodes.Sum(node => node.Events), nodes));
    }

    /// <summary>Who is online</summary>
    /// <remarks>
    /// On all nodes, as far as the caller may see what they do: whoever shows that to everybody, or to followers whom the caller is one of.
    /// Nobody who blocks the caller or is blocked.
    /// </remarks>
    private static async Task<IResult> Online(HttpContext http, NpgsqlDataSource source, NodeTimes times)
    {
        var page = http.KeysetQuery(1);
        await using var db = await source.OpenConnectionAsync(http.RequestAborted);
        var (count, rows) = await OnlineReads.Online(db, http.Caller().UserId, times.Dead, page, http.RequestAborted);
        var shown = Keyset.Page(http, page, rows, row => [row.Key.ToString(CultureInfo.InvariantCulture)], row => row.Person);
        return Answer.Ok(new OnlineList(count, shown.Results, shown.Next, shown.Previous));
    }
}
