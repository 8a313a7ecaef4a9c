using System.Net;
using Hearth.Platform;
using Microsoft.AspNetCore.Http;

namespace Hearth.Tests.Platform;

public sealed class ClientAddressTests
{
    [Theory]
    [InlineData("", "192.0.2.9", "198.51.100.1", "192.0.2.9")]
    [InlineData("10.0.0.0/8", "192.0.2.9", "198.51.100.1", "192.0.2.9")]
    [InlineData("10.0.0.0/8", "10.1.2.3", "198.51.100.1", "198.51.100.1")]
    [InlineData("10.0.0.0/8", "::ffff:10.1.2.3", "198.51.100.1", "198.51.100.1")]
    [InlineData("10.0.0.0/8", "10.1.2.3", "6.6.6.6, 198.51.100.1, 10.9.9.9", "198.51.100.1")]
    [InlineData("10.1.2.3", "10.1.2.3", "10.9.9.9", "10.9.9.9")]
    [InlineData("10.0.0.0/8", "10.1.2.3", "nonsense", "10.1.2.3")]
    [InlineData("10.0.0.0/8", "10.1.2.3", "198.51.100.1, nonsense", "10.1.2.3")]
    [InlineData("10.0.0.0/8", "10.1.2.3", "", "10.1.2.3")]
    public void The_client_is_whom_the_last_trusted_proxy_heard_from(string trusted, string connection, string forwarded, string expected)
    {
        var http = new DefaultHttpContext();
        http.Connection.RemoteIpAddress = IPAddress.Parse(connection);
        if (forwarded.Length > 0)
            http.Request.Headers["X-Forwarded-For"] = forwarded;
        var options = new HearthOptions { TrustedProxies = trusted.Split(',', StringSplitOptions.RemoveEmptyEntries) };
        Assert.Equal(IPAddress.Parse(expected), new ClientAddress(options).Of(http));
    }

    [Fact]
    public void What_is_no_network_stops_the_start() =>
        Assert.Throws<StartFailure>(() => new ClientAddress(new HearthOptions { TrustedProxies = ["the proxy"] }));
}
