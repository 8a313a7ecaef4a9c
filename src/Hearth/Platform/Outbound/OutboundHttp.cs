using System.Net;
using System.Net.Sockets;

namespace Hearth.Platform.Outbound;

/// <summary>What an address answered. The body is cut at <see cref="OutboundHttp.MostBody"/>.</summary>
internal sealed record OutboundAnswer(int Status, byte[] Body, TimeSpan? RetryAfter)
{
    public bool IsSuccess => Status is >= 200 and < 300;
}

/// <summary>An address that may not be called, or that cannot be reached.</summary>
internal sealed class OutboundRefused(string message) : Exception(message);

/// <summary>
/// HTTP to addresses that clients supply: https only, the name resolved once and the address that was checked dialled,
/// no redirects, nothing but the public Internet, bounded in time and size. <c>ALLOW_PRIVATE_TARGETS</c> lifts the
/// first and the last but one, for trying things out.
/// </summary>
internal sealed class OutboundHttp : IDisposable
{
    public const int MostBody = 64 * 1024;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    private readonly HttpClient client;
    private readonly bool allowPrivate;
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> resolve;

    public OutboundHttp(HearthOptions options)
        : this(options.AllowPrivateTargets, (host, ct) => Dns.GetHostAddressesAsync(host, ct))
    {
    }

    internal OutboundHttp(bool allowPrivate, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
    {
        this.allowPrivate = allowPrivate;
        this.resolve = resolve;
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            // A name that moves is looked up, and checked, again.
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            MaxResponseHeadersLength = 32,
            ConnectCallback = Connect,
        };
        client = new HttpClient(handler) { Timeout = Limit };
    }

    /// <summary>
    /// Reads an address as a client typed it. What it resolves to is checked when it is dialled; an address written as
    /// numbers is checked here already.
    /// </summary>
    /// <exception cref="Failure">It is not an https address of the public Internet.</exception>
    public Uri Target(string field, string? text)
    {
        if (text is not { Length: > 0 and <= 2_000 } || !Uri.TryCreate(text, UriKind.Absolute, out var target))
            throw Failure.Invalid(field, "Enter a valid URL.");
        try
        {
            Check(target);
            return target;
        }
        catch (OutboundRefused e)
        {
            throw Failure.Invalid(field, e.Message);
        }
    }

    /// <exception cref="OutboundRefused">The address may not be called.</exception>
    /// <exception cref="HttpRequestException">It cannot be reached.</exception>
    /// <exception cref="OperationCanceledException">It took too long.</exception>
    public async Task<OutboundAnswer> Send(HttpRequestMessage request, CancellationToken ct)
    {
        Check(request.RequestUri ?? throw new OutboundRefused("There is no address."));
        // Over the body too, which the client's own limit does not cover once headers have come.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Limit);
        using var response = await Begin(request, limit.Token);
        await using var stream = await response.Content.ReadAsStreamAsync(limit.Token);
        var body = new byte[MostBody];
        var read = await stream.ReadAtLeastAsync(body, MostBody, throwOnEndOfStream: false, limit.Token);
        return new OutboundAnswer((int)response.StatusCode, body[..read], response.Headers.RetryAfter?.Delta);
    }

    public void Dispose() => client.Dispose();

    private async Task<HttpResponseMessage> Begin(HttpRequestMessage request, CancellationToken ct)
    {
        try
        {
            return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        }
        catch (HttpRequestException e) when (e.InnerException is OutboundRefused refused)
        {
            throw new OutboundRefused(refused.Message);
        }
    }

    private void Check(Uri target)
    {
        if (target.Scheme != Uri.UriSchemeHttps && !(allowPrivate && target.Scheme == Uri.UriSchemeHttp))
            throw new OutboundRefused("The address must begin with https://.");
        if (target.UserInfo.Length > 0)
            throw new OutboundRefused("The address must not carry a user name.");
        if (!allowPrivate && IPAddress.TryParse(target.Host.Trim('[', ']'), out var address) && !PublicAddress.IsPublic(address))
            throw new OutboundRefused("The address is not one of the public Internet.");
    }

    private async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var host = context.DnsEndPoint.Host;
        var addresses = await resolve(host, ct);
        // One private address among public ones is a trick, not a choice.
        if (addresses.Length == 0 || (!allowPrivate && !Array.TrueForAll(addresses, PublicAddress.IsPublic)))
            throw new OutboundRefused($"{host} is not a host of the public Internet.");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
