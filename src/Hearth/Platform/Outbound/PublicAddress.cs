using System.Net;
using System.Net.Sockets;

namespace Hearth.Platform.Outbound;

/// <summary>
/// Whether an address belongs to the public Internet. A client that supplies an address must not reach through
/// Hearth what only Hearth's own network can reach. See the IANA special-purpose address registries.
/// </summary>
internal static class PublicAddress
{
    private static readonly IPNetwork[] Special =
    [
        // IPv4
        Net("0.0.0.0/8"), Net("10.0.0.0/8"), Net("100.64.0.0/10"), Net("127.0.0.0/8"), Net("169.254.0.0/16"), Net("172.16.0.0/12"),
        Net("192.0.0.0/24"), Net("192.0.2.0/24"), Net("192.88.99.0/24"), Net("192.168.0.0/16"), Net("198.18.0.0/15"), Net("198.51.100.0/24"),
        Net("203.0.113.0/24"), Net("224.0.0.0/4"), Net("240.0.0.0/4"),
        // IPv6: within the global unicast range, what is set apart or leads to an IPv4 address by a translator.
        Net("2001::/23"), Net("2001:db8::/32"), Net("2002::/16"), Net("3fff::/20"),
    ];

    private static readonly IPNetwork GlobalUnicast = Net("2000::/3");

    public static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        if (address.AddressFamily == AddressFamily.InterNetworkV6 && (address.ScopeId != 0 || !GlobalUnicast.Contains(address)))
            return false;
        return address.AddressFamily is AddressFamily.InterNetwork or AddressFamily.InterNetworkV6
            && !Array.Exists(Special, network => network.Contains(address));
    }

    private static IPNetwork Net(string cidr) => IPNetwork.Parse(cidr);
}
