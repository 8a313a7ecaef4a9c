using Hearth.SocketIO.Transport;

namespace Hearth.Realtime;

/// <summary>
/// Looks after this node's sockets every second: pings, ends those whose token has ended, and cuts off those that do not read, answer
/// or close.
/// </summary>
internal sealed class Heartbeat(Hub hub, IHostApplicationLifetime lifetime, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan SilentFor = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan StuckFor = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ClosingFor = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ProbingFor = TimeSpan.FromSeconds(1);

    public void Sweep()
    {
        var now = time.GetTimestamp();
        var clock = time.GetUtcNow();
        foreach (var peer in hub.Everyone())
            Look(peer, now, clock);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The web server waits for open connections before services are stopped.
        using var stopping = lifetime.ApplicationStopping.Register(SayGoodbye);
        using var timer = new PeriodicTimer(Beat, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            Sweep();
    }

    /// <summary>Clients come back, to this node or another.</summary>
    private void SayGoodbye()
    {
        foreach (var peer in hub.Everyone())
            peer.Outlet.Close(CloseCode.GoingAway, "The server stops.");
    }

    private void Look(Peer peer, long now, DateTimeOffset clock)
    {
        var outlet = peer.Outlet;
        if (outlet.ClosingAt is var closing and not 0)
        {
            if (Past(closing, now, ClosingFor))
                outlet.Abort();
        }
        else if (peer.Caller.ExpiresAt <= clock)
        {
            outlet.Close(LiveClose.SignedOut, "The token has ended.");
        }
        else if (Past(outlet.StuckAt, now, StuckFor) || Past(peer.HeardAt, now, SilentFor))
        {
            outlet.Abort();
        }
        else if (Past(outlet.ProbedAt, now, ProbingFor))
        {
            outlet.EndProbe();
        }
        else if (Past(peer.PingedAt, now, PingEvery))
        {
            peer.Ping();
        }
    }

    private bool Past(long since, long now, TimeSpan limit) => since != 0 && time.GetElapsedTime(since, now) > limit;
}
