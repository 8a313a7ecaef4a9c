namespace Hearth.Realtime;

/// <summary>Who has a socket open on this node.</summary>
internal sealed class Presence
{
    private readonly Lock gate = new();
    private readonly Dictionary<long, int> sockets = [];
    private readonly HashSet<long> changed = [];
    private readonly SemaphoreSlim news = new(0, 1);

    public int Count
    {
        get
        {
            lock (gate)
                return sockets.Count;
        }
    }

    public bool IsOnline(long user) => SocketsOf(user) > 0;

    public int SocketsOf(long user)
    {
        lock (gate)
            return sockets.GetValueOrDefault(user);
    }

    public long[] Online()
    {
        lock (gate)
            return [.. sockets.Keys];
    }

    public void Came(long user)
    {
        lock (gate)
        {
            var count = sockets.GetValueOrDefault(user) + 1;
            sockets[user] = count;
            if (count == 1)
                Tell(user);
        }
    }

    public void Went(long user)
    {
        lock (gate)
        {
            var count = sockets.GetValueOrDefault(user) - 1;
            if (count > 0)
            {
                sockets[user] = count;
                return;
            }

            sockets.Remove(user);
            Tell(user);
        }
    }

    /// <summary>Those who came or went since the last call: with or without a socket by now.</summary>
    public long[] TakeChanged()
    {
        lock (gate)
        {
            long[] taken = [.. changed];
            changed.Clear();
            return taken;
        }
    }

    /// <summary>Ends when somebody has come or gone, or the time is over.</summary>
    public Task Changed(TimeSpan limit, CancellationToken ct) => news.WaitAsync(limit, ct);

    private void Tell(long user)
    {
        changed.Add(user);
        if (news.CurrentCount == 0)
            news.Release();
    }
}
