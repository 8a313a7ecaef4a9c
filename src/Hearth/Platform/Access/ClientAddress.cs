using System.Net;

namespace Hearth.Platform;

/// <summary>Where a request comes from: the connection's other end, or what proxies that we trust say about it.</summary>
internal sealed class ClientAddress
{
    private readonly IReadOnlyList<IPNetwork> trusted;

    public ClientAddress(HearthOptions options) => trusted = [.. options.TrustedProxies.Select(Network)];

    public IPAddress? Of(HttpContext http)
    {
        var address = http.Connection.RemoteIpAddress;
        if (trusted.Count == 0 || address is null || !IsTrusted(address))
            return address;
        // Each proxy appends whom it heard from; the last one that is not ours is the client, and what stands before it is hearsay.
        var hops = string.Join(',', http.Request.Headers["X-Forwarded-For"].ToArray()).Split(',', StringSplitOptions.TrimEntries);
        for (var i = hops.Length - 1; i >= 0; i--)
        {
            if (!IPAddress.TryParse(hops[i], out var hop))
                return address;
            address = hop;
            if (!IsTrusted(hop))
                return hop;
        }

        return address;
    }

    private bool IsTrusted(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        foreach (var network in trusted)
        {
            if (network.Contains(plain))
                return true;
        }

        return false;
    }

    private static IPNetwork Network(string text)
    {
        if (IPAddress.TryParse(text, out var address))
            return new IPNetwork(address, address.GetAddressBytes().Length * 8);
        return IPNetwork.TryParse(text, out var network)
            ? network
            : throw new StartFailure($"TRUSTED_PROXIES must list addresses or networks such as 10.0.0.0/8, and has \"{text}\".");
    }
}
