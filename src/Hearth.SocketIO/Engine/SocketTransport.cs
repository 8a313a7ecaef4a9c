using Microsoft.AspNetCore.Http;
using Hearth.SocketIO.Transport;

namespace Hearth.SocketIO.Engine;

/// <summary>Sessions that begin by WebSocket, and those that go on by one.</summary>
internal sealed class SocketTransport(EngineServer server)
{
    public async Task Open(HttpContext http)
    {
        var handshake = new Handshake(http, server.Time.GetUtcNow());
        var id = SessionId.New();
        PollingTransport.SetCookie(http, server.Options, id);
        var wire = await Opening.Accept(http);
        var outlet = server.NewOutlet(wire, http);
        outlet.Reply(Frame.Text(OpenPacket.Text(server.Options, id, mayUpgrade: false)));
        var session = server.Open(handshake, outlet, id);
        using var link = new SocketLink(wire.Stream, outlet, server.Options.MaxHttpBufferSize, server.Time);
        var answered = false;
        await End(session, outlet, link, await link.Run((isText, message) =>
        {
            // Whoever speaks Engine.IO has waited for the open packet.
            if (!answered)
                outlet.Answered();
            answered = true;
            return Take(session, isText, message);
        }));
    }

    /// <summary>Puts a WebSocket on trial; when the client has proved that it works, it becomes the session's transport.</summary>
    public async Task Upgrade(HttpContext http, EngineSession session)
    {
        var wire = await Opening.Accept(http);
        var outlet = server.NewOutlet(wire, http);
        using var link = new SocketLink(wire.Stream, outlet, server.Options.MaxHttpBufferSize, server.Time);
        var trial = new Trial(session, outlet, link, server);
        if (!trial.Begin())
        {
            // The session has no use for it, and goes on as it is.
            outlet.Close(code: null);
            server.Closing(outlet);
        }

        var properly = await link.Run(trial.Take);
        trial.End();
        await End(trial.IsOver ? session : null, outlet, link, properly);
    }

    private async Task End(EngineSession? session, Outlet outlet, SocketLink link, bool properly)
    {
        session?.Close(properly ? DisconnectReason.TransportClose : DisconnectReason.TransportError);
        await link.Flushed();
        server.Ended(outlet);
        outlet.Die();
    }

    public static ValueTask Take(EngineSession session, bool isText, ReadOnlyMemory<byte> message)
    {
        if (session.IsClosed)
            return ValueTask.CompletedTask;
        return isText ? session.Receive(message) : session.ReceiveBinary(message);
    }
}
