using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Hearth.SocketIO.Transport;

/// <summary>The opening of a WebSocket (RFC 6455, 4.2): HTTP/1.1 alone, no extensions.</summary>
internal static class Opening
{
    public const string Version = "13";
    private const string Magic = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    /// <summary>Whether the request asks for a WebSocket, by a protocol that can give one.</summary>
    public static bool IsAsked(HttpContext http) => Upgrade(http) is not null && Lists(http.Request.Headers.Upgrade, "websocket");

    public static bool IsVersionKnown(HttpContext http) => http.Request.Headers.SecWebSocketVersion == Version;

    /// <summary>Whether the key is 16 bytes in base64.</summary>
    public static bool IsKeyValid(HttpContext http) =>
        http.Request.Headers.SecWebSocketKey is [{ Length: 24 } key] && Convert.TryFromBase64String(key, stackalloc byte[18], out var length) && length == 16;

    /// <summary>Answers 101 and takes the connection over.</summary>
    /// <param name="http">A request that asks for a WebSocket, with a valid key.</param>
    /// <param name="protocol">The subprotocol that was chosen among those offered; null for none.</param>
    public static async Task<Wire> Accept(HttpContext http, string? protocol = null)
    {
        var headers = http.Response.Headers;
        headers.Upgrade = "websocket";
        headers.SecWebSocketAccept = Proof(http.Request.Headers.SecWebSocketKey.ToString());
        if (protocol is not null)
            headers.SecWebSocketProtocol = protocol;
        var stream = await Upgrade(http)!.UpgradeAsync();
        Forget(http);
        return new Wire(stream, PlainSocket(http));
    }

    /// <summary>The request lives as long as the socket: what it said, and its secrets above all, need not stay in memory.</summary>
    private static void Forget(HttpContext http)
    {
        http.Request.Headers.Clear();
        http.Features.Set<IQueryFeature>(null);
        var request = http.Features.GetRequiredFeature<IHttpRequestFeature>();
        request.QueryString = "";
        request.RawTarget = request.Path;
    }

    private static IHttpUpgradeFeature? Upgrade(HttpContext http) =>
        HttpProtocol.IsHttp11(http.Request.Protocol) && http.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true } feature
            ? feature
            : null;

    /// <returns>The socket beneath, where bytes may go to it as they are.</returns>
    private static System.Net.Sockets.Socket? PlainSocket(HttpContext http) =>
        http.Features.Get<ITlsHandshakeFeature>() is null ? http.Features.Get<IConnectionSocketFeature>()?.Socket : null;

    private static bool Lists(string? header, string word) =>
        (header ?? "").Split(',', StringSplitOptions.TrimEntries).Contains(word, StringComparer.OrdinalIgnoreCase);

    private static string Proof(string key)
    {
#pragma warning disable CA5350 // The protocol asks for SHA-1; nothing secret hangs on it.
        return Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + Magic)));
#pragma warning restore CA5350
    }
}
