using System.Text;
using Microsoft.AspNetCore.Http;

namespace Hearth.SocketIO.Engine;

/// <summary>Why a request is refused, in the protocol's numbers and words.</summary>
internal sealed record Refusal(int Code, string Message, int Status = StatusCodes.Status400BadRequest)
{
    public static readonly Refusal TransportUnknown = new(0, "Transport unknown");
    public static readonly Refusal SessionUnknown = new(1, "Session ID unknown");
    public static readonly Refusal BadMethod = new(2, "Bad handshake method");
    public static readonly Refusal BadRequest = new(3, "Bad request");
    public static readonly Refusal BadVersion = new(5, "Unsupported protocol version");
    public static readonly Refusal Full = new(4, "Too many sessions", StatusCodes.Status503ServiceUnavailable);

    public static Refusal Forbidden(string? message = null) =>
        new(4, string.IsNullOrEmpty(message) ? "Forbidden" : message, StatusCodes.Status403Forbidden);

    /// <param name="http">The request.</param>
    /// <param name="upgrade">Whether it asks for a WebSocket: the connection is closed then.</param>
    public async Task Write(HttpContext http, bool upgrade)
    {
        var response = http.Response;
        response.StatusCode = upgrade ? StatusCodes.Status400BadRequest : Status;
        response.ContentType = upgrade ? "text/html" : "application/json";
        if (upgrade)
            response.Headers.Connection = "close";
        var body = upgrade
            ? Encoding.UTF8.GetBytes(Message)
            : System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>(StringComparer.Ordinal) { ["code"] = Code, ["message"] = Message });
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body);
    }
}
