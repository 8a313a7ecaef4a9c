using Hearth.Ledger;
using Hearth.Platform;
using Hearth.SocketIO.Transport;

namespace Hearth.Realtime;

/// <summary>Who a token belongs to; null for one that does not hold.</summary>
internal delegate ValueTask<Caller?> Authenticate(string token);

/// <summary>Whether the person may see the post; false for one that isn't there.</summary>
internal delegate ValueTask<bool> MaySeePost(Caller caller, long post);

/// <summary>The WebSocket door at <c>/ws/</c>.</summary>
internal sealed class Door(
    Hub hub, Presence presence, Authenticate authenticate, MaySeePost maySeePost, Replay replay, AccountWatch accounts, Limiter limiter, HearthOptions options, TimeProvider time)
{
    private const int SocketsPerPerson = 100;
    private const string Bearer = "bearer";

    /// <summary>Live events, over a WebSocket.</summary>
    /// <remarks>
    /// The token comes as <c>?token=</c>, as <c>Authorization: Bearer</c>, or as the subprotocols <c>bearer, TOKEN</c>; without one that
    /// holds the answer is 401 and no upgrade. With <c>?since=</c> what was missed since that event comes again.
    /// </remarks>
    public async Task Open(HttpContext http)
    {
        var (token, protocol) = Token(http.Request);
        var caller = token is null ? http.CallerOrNone() : await authenticate(token);
        if (caller is null)
            throw Failure.Unauthenticated();
        if (caller.ServiceToken is not null)
            throw Failure.Forbidden("A live connection belongs to a person.");
        var since = Since(http.Request);
        if (!await Handshake.Accepts(http))
            return;
        if (options.RateLimitFactor > 0 && presence.SocketsOf(caller.UserId) >= SocketsPerPerson * options.RateLimitFactor)
            throw new Failure(FailureKind.Limited, "Too many open connections.") { RetryAfter = TimeSpan.FromSeconds(60) };
        limiter.Take(Spender.User(RateLimit.Reads, caller.UserId));
        var missed = since is { } position ? await replay.Begin(position, caller, http.RequestAborted) : null;
        await Run(http, caller, protocol, missed);
    }

    private async Task Run(HttpContext http, Caller caller, string? protocol, CatchUp? missed)
    {
        var wire = await Opening.Accept(http, protocol);
        var peer = new Peer(caller, new Outlet(wire, LiveSending.Policy, http.Abort, time), time);
        RealtimeMetrics.Connections.Add(1);
        try
        {
            var rooms = new Rooms(peer, hub, missed);
            using var session = new Session(peer, rooms, wire.Stream, authenticate, maySeePost, new Pace(options.RateLimitFactor, time), time);
            await session.Run(async () =>
            {
                await rooms.Enter();
                await accounts.CheckNew(HubDoor.Of(peer));
            });
        }
        finally
        {
            hub.Remove(peer);
            peer.Outlet.Die();
            RealtimeMetrics.Connections.Add(-1);
        }
    }

    /// <returns>The token outside the Authorization header, and the subprotocol to answer with: a browser that offered some insists on one.</returns>
    private static (string? Token, string? Protocol) Token(HttpRequest request)
    {
        var offered = request.Headers.SecWebSocketProtocol.ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var protocol = offered.FirstOrDefault(name => string.Equals(name, Bearer, StringComparison.OrdinalIgnoreCase));
        if (request.Query["token"] is [{ Length: > 0 } query])
            return (query, protocol);
        if (request.Headers.Authorization.Count > 0)
            return (null, protocol);
        return (protocol is null ? null : offered.FirstOrDefault(name => name != protocol), protocol);
    }

    private static long? Since(HttpRequest request)
    {
        if (request.Query["since"].ToString() is not { Length: > 0 } text)
            return null;
        return Position.TryParse(text, out var position) ? position : throw Failure.Invalid("since", "Not the id of an event.");
    }
}
