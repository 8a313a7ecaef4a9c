using Hearth.Platform;
using Hearth.SocketIO.Transport;

namespace Hearth.Realtime;

/// <summary>What a request for a WebSocket must say.</summary>
internal static class Handshake
{
    /// <summary>Whether the request asks for what can be given; else it is answered.</summary>
    public static async ValueTask<bool> Accepts(HttpContext http)
    {
        if (!Opening.IsAsked(http))
        {
            http.Response.Headers.Upgrade = "websocket";
            await FailureWriter.Write(http, StatusCodes.Status426UpgradeRequired);
            return false;
        }

        if (!Opening.IsVersionKnown(http))
        {
            http.Response.Headers.SecWebSocketVersion = Opening.Version;
            await FailureWriter.Write(http, StatusCodes.Status426UpgradeRequired);
            return false;
        }

        return Opening.IsKeyValid(http) ? true : throw Failure.Malformed("Sec-WebSocket-Key is not 16 bytes in base64.");
    }
}
