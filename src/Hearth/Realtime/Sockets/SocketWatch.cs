namespace Hearth.Realtime.Sockets;

/// <summary>Closes the Socket.IO sockets of those whose token has ended, every second.</summary>
internal sealed class SocketWatch(SocketPeople people, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    public void Sweep()
    {
        var now = time.GetUtcNow();
        foreach (var person in people.All)
        {
            if (person.Caller.ExpiresAt <= now)
                person.Close();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Beat, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            Sweep();
    }
}
