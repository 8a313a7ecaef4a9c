using System.Text;

namespace Hearth.SocketIO.Engine;

/// <summary>The first packet of a session: what the client needs to know.</summary>
internal static class OpenPacket
{
    public static byte[] Text(EngineOptions options, string sid, bool mayUpgrade) =>
        Encoding.ASCII.GetBytes(string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $$"""0{"sid":"{{sid}}","upgrades":[{{(mayUpgrade ? "\"websocket\"" : "")}}],"pingInterval":{{(long)options.PingInterval.TotalMilliseconds}},"pingTimeout":{{(long)options.PingTimeout.TotalMilliseconds}},"maxPayload":{{options.MaxHttpBufferSize}}}"""));
}
