using System.Net;
using System.Net.Sockets;
using System.Text;
using Hearth.Platform;
using Hearth.Platform.Outbound;

namespace Hearth.Tests.Platform.Outbound;

public sealed class OutboundHttpTests
{
    [Theory]
    [InlineData("93.184.215.14", true)]
    [InlineData("2606:2800:21f:cb07:6820:80da:af6b:8b2c", true)]
    [InlineData("0.0.0.0", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("127.0.0.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("192.168.1.1", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::", false)]
    [InlineData("::1", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("::ffff:93.184.215.14", true)]
    [InlineData("64:ff9b::7f00:1", false)]
    [InlineData("2002:7f00:1::", false)]
    [InlineData("fc00::1", false)]
    [InlineData("fd12:3456::1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fe80::1%2", false)]
    [InlineData("ff02::1", false)]
    public void Only_addresses_of_the_public_Internet_are_public(string address, bool expected) =>
        Assert.Equal(expected, PublicAddress.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("http://example.org/hook")]
    [InlineData("ftp://example.org/hook")]
    [InlineData("https://amina:secret@example.org/hook")]
    [InlineData("https://127.0.0.1/hook")]
    [InlineData("https://0x7f.1/hook")]
    [InlineData("https://2130706433/hook")]
    [InlineData("https://[::1]/hook")]
    [InlineData("https://[::ffff:192.168.0.1]/hook")]
    [InlineData("hook")]
    [InlineData("")]
    [InlineData(null)]
    public void A_target_that_may_not_be_called_is_refused_on_its_field(string? text)
    {
        using var http = new OutboundHttp(false, Resolve("93.184.215.14"));
        var failure = Assert.Throws<Failure>(() => http.Target("url", text));
        Assert.Equal(FailureKind.Invalid, failure.Kind);
        Assert.True(failure.Fields!.ContainsKey("url"));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("93.184.215.14", "10.0.0.1")]
    [InlineData]
    public async Task A_name_that_leads_to_a_private_address_is_not_dialled(params string[] addresses)
    {
        using var http = new OutboundHttp(false, Resolve(addresses));
        using var request = new HttpRequestMessage(HttpMethod.Post, http.Target("url", "https://hooks.example.org/in"));
        await Assert.ThrowsAsync<OutboundRefused>(() => http.Send(request, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_redirect_is_answered_not_followed()
    {
        await using var server = new RawServer("HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/\r\nContent-Length: 2\r\n\r\nno");
        var answer = await Send(server);
        Assert.Equal(302, answer.Status);
        Assert.Equal("no", Encoding.ASCII.GetString(answer.Body));
        Assert.False(answer.IsSuccess);
    }

    [Fact]
    public async Task A_body_without_end_is_cut()
    {
        await using var server = new RawServer("HTTP/1.1 200 OK\r\n\r\n" + new string('x', 300_000));
        var answer = await Send(server);
        Assert.True(answer.IsSuccess);
        Assert.Equal(OutboundHttp.MostBody, answer.Body.Length);
    }

    [Fact]
    public async Task A_wish_to_be_asked_later_is_told()
    {
        await using var server = new RawServer("HTTP/1.1 429 Too Many Requests\r\nRetry-After: 7\r\nContent-Length: 0\r\n\r\n");
        Assert.Equal(TimeSpan.FromSeconds(7), (await Send(server)).RetryAfter);
    }

    [Fact]
    public async Task The_address_that_was_checked_is_the_one_that_is_dialled()
    {
        await using var server = new RawServer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        var asked = 0;
        using var http = new OutboundHttp(true, (_, _) => Task.FromResult(asked++ == 0 ? new[] { IPAddress.Loopback } : []));
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"http://moves.example.org:{server.Port}/"));
        Assert.Equal(200, (await http.Send(request, TestContext.Current.CancellationToken)).Status);
        Assert.Equal(1, asked);
    }

    private static Func<string, CancellationToken, Task<IPAddress[]>> Resolve(params string[] addresses) =>
        (_, _) => Task.FromResult(Array.ConvertAll(addresses, IPAddress.Parse));

    private static async Task<OutboundAnswer> Send(RawServer server)
    {
        using var http = new OutboundHttp(true, Resolve("127.0.0.1"));
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"http://bridge.example.org:{server.Port}/"));
        return await http.Send(request, TestContext.Current.CancellationToken);
    }

    /// <summary>Answers each connection with the same bytes, then closes it.</summary>
    private sealed class RawServer : IAsyncDisposable
    {
        private readonly TcpListener listener = new(IPAddress.Loopback, 0);
        private readonly CancellationTokenSource stop = new();
        private readonly Task serving;

        public RawServer(string answer)
        {
            listener.Start();
            serving = Serve(Encoding.ASCII.GetBytes(answer));
        }

        public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

        public async ValueTask DisposeAsync()
        {
            await stop.CancelAsync();
            await serving;
            listener.Stop();
            stop.Dispose();
        }

        private async Task Serve(byte[] answer)
        {
            try
            {
                while (true)
                    await Answer(await listener.AcceptTcpClientAsync(stop.Token), answer);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }

        private static async Task Answer(TcpClient client, byte[] answer)
        {
            using (client)
            {
                try
                {
                    var stream = client.GetStream();
                    var request = new StringBuilder();
                    var buffer = new byte[4096];
                    int read;
                    while (!request.ToString().Contains("\r\n\r\n", StringComparison.Ordinal) && (read = await stream.ReadAsync(buffer)) > 0)
                        request.Append(Encoding.ASCII.GetString(buffer, 0, read));
                    await stream.WriteAsync(answer);
                    client.Client.Shutdown(SocketShutdown.Send);
                    // Until the other side closes: an answer that is not read in full must not become a reset.
                    while (await stream.ReadAsync(buffer) > 0)
                        request.Clear();
                }
                catch (IOException)
                {
                    // The client had enough of the body.
                    return;
                }
            }
        }
    }
}
