using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Hearth.Platform;

/// <summary>Where the server listens: HTTP/1.1 on one address; TLS and HTTP/2 are the proxy's in front.</summary>
internal static class Listening
{
    public static void AddListening(this WebApplicationBuilder builder, HearthOptions options)
    {
        var addresses = Addresses(options);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            foreach (var address in addresses)
                kestrel.Listen(address, options.Port, listen => listen.Protocols = HttpProtocols.Http1);
        });
    }

    /// <summary>Fails in one sentence, before anything is started, where the port cannot be had.</summary>
    public static void RefuseTaken(HearthOptions options)
    {
        foreach (var address in Addresses(options))
        {
            try
            {
                using var probe = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
                probe.Bind(new IPEndPoint(address, options.Port));
            }
            catch (SocketException problem)
            {
                var port = options.Port.ToString(CultureInfo.InvariantCulture);
                throw new StartFailure(
                    problem.SocketErrorCode == SocketError.AddressAlreadyInUse
                        ? $"Port {port} on {options.Host} is taken by another program: stop that one, or set PORT to another."
                        : $"Hearth cannot listen on {options.Host}, port {port}: {problem.Message}.",
                    problem);
            }
        }
    }

    private static IReadOnlyList<IPAddress> Addresses(HearthOptions options)
    {
        IReadOnlyList<IPAddress> addresses = options.Host switch
        {
            "*" => [IPAddress.IPv6Any],
            "localhost" => [IPAddress.Loopback],
            var host when IPAddress.TryParse(host, out var address) => [address],
            var host => throw new StartFailure($"HOST must be an IP address, localhost or *, and is \"{host}\"."),
        };
        if (options.Demo && !addresses.All(IPAddress.IsLoopback))
            throw new StartFailure($"DEMO=on has well-known passwords, so it listens on this machine only: leave HOST out, or set DEMO=off; HOST is \"{options.Host}\".");
        return addresses;
    }
}
