using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Hearth.SocketIO.Transport;

namespace Hearth.SocketIO.Engine;

/// <summary>Checks each request in the protocol's order, and hands it to its transport.</summary>
internal sealed class EngineEndpoint(EngineServer server)
{
    private const string Protocol = "4";
    private const string Polling = "polling";
    private const string WebSocket = "websocket";

    private readonly PollingTransport polling = new(server);
    private readonly SocketTransport sockets = new(server);

    public async Task Handle(HttpContext http)
    {
        if (server.Cors?.Apply(http) == true)
            return;
        var query = http.Request.Query;
        var transport = Last(query["transport"]);
        var upgrade = transport == WebSocket && Opening.IsAsked(http);
        if (Check(http, transport) is { } refusal)
            await Refuse(http, refusal, upgrade);
        else if (Last(query["sid"]) is { Length: > 0 } sid)
            await Continue(http, sid, upgrade, transport, Last(query["EIO"]));
        else
            await Open(http, upgrade, transport, Last(query["EIO"]));
    }

    private static Task Refuse(HttpContext http, Refusal refusal, bool upgrade)
    {
        SocketIOMetrics.Refused.Add(1, new KeyValuePair<string, object?>("code", refusal.Code));
        return refusal.Write(http, upgrade);
    }

    private static string Last(StringValues values) => values is [.., { } last] ? last : "";

    private Refusal? Check(HttpContext http, string transport)
    {
        var enabled = server.Options.Transports;
        if (!(transport == Polling && enabled.HasFlag(Transports.Polling)) && !(transport == WebSocket && enabled.HasFlag(Transports.WebSocket)))
            return Refusal.TransportUnknown;
        foreach (var c in http.Request.Headers.Origin.ToString())
        {
            if (c is not '\t' and (< ' ' or '\x7f' or > '\xff'))
                return Refusal.BadRequest;
        }

        return null;
    }

    private Task Continue(HttpContext http, string sid, bool upgrade, string transport, string protocol)
    {
        var session = server.Find(sid);
        if (session is null || session.IsOverdue())
        {
            if (session is null && transport == Polling && HttpMethods.IsGet(http.Request.Method) && server.TakeFarewell(sid))
                return PollingTransport.Write(http, PollAnswer.Farewell, server.Options);
            return Refuse(http, Refusal.SessionUnknown, upgrade);
        }

        if (protocol != Protocol)
            return Refuse(http, Refusal.BadRequest, upgrade);
        if (upgrade)
            return Opening.IsVersionKnown(http) && Opening.IsKeyValid(http) ? sockets.Upgrade(http, session) : RefuseOpening(http);
        if (transport == WebSocket || session.IsWebSocket)
            return Refuse(http, Refusal.BadRequest, upgrade: false);
        if (HttpMethods.IsGet(http.Request.Method))
            return polling.Poll(http, session);
        if (HttpMethods.IsPost(http.Request.Method))
            return polling.Post(http, session);
        http.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
        http.Response.Headers.Allow = "GET, POST";
        return Task.CompletedTask;
    }

    private async Task Open(HttpContext http, bool upgrade, string transport, string protocol)
    {
        if (!HttpMethods.IsGet(http.Request.Method))
            await Refuse(http, Refusal.BadMethod, upgrade);
        else if (transport == WebSocket && !upgrade)
            await Refuse(http, Refusal.BadRequest, upgrade: false);
        else if (server.Cors?.Admits(http.Request) == false)
            await Refuse(http, Refusal.Forbidden(), upgrade);
        else if (server.Options.AllowRequest is { } allow && await allow(http) is { } message)
            await Refuse(http, Refusal.Forbidden(message), upgrade);
        else if (protocol != Protocol)
            await Refuse(http, Refusal.BadVersion, upgrade);
        else if (server.IsFull)
            await Refuse(http, Refusal.Full, upgrade);
        else if (!upgrade)
            await polling.Open(http);
        else if (Opening.IsVersionKnown(http) && Opening.IsKeyValid(http))
            await sockets.Open(http);
        else
            await RefuseOpening(http);
    }

    private static Task RefuseOpening(HttpContext http)
    {
        http.Response.Headers.SecWebSocketVersion = Opening.Version;
        return Refuse(http, Refusal.BadRequest, upgrade: true);
    }
}
