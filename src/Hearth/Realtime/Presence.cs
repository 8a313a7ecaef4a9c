namespace Hearth.Realtime;

/// <summary>Who has a socket open on this node.</summary>
internal sealed class Presence
{
    private readonly Lock gate = new();
    private readonly Dictionary<long, int> sockets = [];

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
            sockets[user] = sockets.GetValueOrDefault(user) + 1;
        }
    }

    public void Went(long user)
    {
        lock (gate)
        {
            var count = sockets.GetValueOrDefault(user) - 1;
            if (count > 0)
                sockets[user] = count;
            else
                sockets.Remove(user);
        }
    }
}
