using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Hearth.SocketIO;

/// <summary>What a session's first request said.</summary>
public sealed class Handshake
{
    private readonly KeyValuePair<string, string>[] headers;
    private readonly string query;

    internal Handshake(HttpContext http, DateTimeOffset time)
    {
        var request = http.Request;
        // What every WebSocket's opening says tells nothing, and these are kept as long as the session.
        headers = [.. request.Headers.Where(header => !IsNoise(header.Key)).Select(header => KeyValuePair.Create(header.Key, header.Value.ToString()))];
        query = request.QueryString.Value ?? "";
        Path = request.PathBase.Add(request.Path).Value ?? "";
        Host = request.Host.Value ?? "";
        RemoteAddress = http.Connection.RemoteIpAddress;
        IsSecure = request.IsHttps;
        User = http.User;
        Time = time;
    }

    /// <summary>The request's headers, without those that only open a WebSocket.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers => headers;

    /// <summary>The query's parameters; where one is repeated, its last value counts.</summary>
    public IReadOnlyDictionary<string, string> Query =>
        QueryHelpers.ParseQuery(query).ToDictionary(pair => pair.Key, pair => pair.Value is [.., { } last] ? last : "", StringComparer.Ordinal);

    /// <summary>The path and the query, as they were asked for.</summary>
    public string Url => Path + query;

    /// <summary>The path alone.</summary>
    public string Path { get; }

    /// <summary>The host that was asked.</summary>
    public string Host { get; }

    /// <summary>The client's address, as far as the server knows it.</summary>
    public IPAddress? RemoteAddress { get; }

    /// <summary>Whether the request came by HTTPS.</summary>
    public bool IsSecure { get; }

    /// <summary>Who the application's own authentication found, if it has one before this endpoint.</summary>
    public System.Security.Claims.ClaimsPrincipal User { get; }

    /// <summary>When the request came.</summary>
    public DateTimeOffset Time { get; }

    /// <returns>A header's value; null when there is none.</returns>
    public string? Header(string name)
    {
        foreach (var (key, value) in headers)
        {
            if (string.Equals(key, name, StringComparison.OrdinalIgnoreCase))
                return value;
        }

        return null;
    }

    private static bool IsNoise(string name) =>
        name is "Upgrade" or "Connection" || name.StartsWith("Sec-WebSocket-", StringComparison.OrdinalIgnoreCase);
}
