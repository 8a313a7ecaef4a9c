using System.Globalization;
using Hearth.SocketIO;

namespace SocketIoEcho;

/// <summary>The sample's settings, from the environment; see README.md.</summary>
internal sealed class Settings
{
    public int Port { get; } = Number("PORT", 3000);

    private static int MaxPayload { get; } = Number("MAX_PAYLOAD", 1_000_000);

    public static void Apply(EngineOptions options)
    {
        options.PingInterval = TimeSpan.FromMilliseconds(Number("PING_INTERVAL", 300));
        options.PingTimeout = TimeSpan.FromMilliseconds(Number("PING_TIMEOUT", 200));
        options.MaxHttpBufferSize = MaxPayload;
        options.Cors = new CorsOptions { Origins = { "*" } };
        if (options is not SocketIOOptions io)
            return;
        io.ConnectTimeout = TimeSpan.FromMilliseconds(Number("CONNECT_TIMEOUT", 1000));
        io.Recovery = Number("RECOVERY", 0) > 0 ? new RecoveryOptions { MaxDisconnection = TimeSpan.FromMilliseconds(Number("RECOVERY", 0)) } : null;
    }

    private static int Number(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
