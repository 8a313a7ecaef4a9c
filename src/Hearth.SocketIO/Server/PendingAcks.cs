namespace Hearth.SocketIO.Server;

/// <summary>The acknowledgements that one socket owes: each is taken once, and those that never come are told so when it leaves.</summary>
internal sealed class PendingAcks
{
    private readonly Lock gate = new();
    private Dictionary<long, Action<EventArguments?>>? pending;
    private bool closed;

    /// <returns>False when too many are owed, or the socket has left.</returns>
    public bool TryAdd(long id, Action<EventArguments?> take, int most)
    {
        lock (gate)
        {
            if (closed || pending?.Count >= most)
                return false;
            (pending ??= []).Add(id, take);
            return true;
        }
    }

    public void Remove(long id) => Take(id);

    public void Answer(long id, EventArguments arguments) => Take(id)?.Invoke(arguments);

    public void Close()
    {
        Dictionary<long, Action<EventArguments?>>? owed;
        lock (gate)
        {
            closed = true;
            owed = pending;
            pending = null;
        }

        if (owed is null)
            return;
        foreach (var take in owed.Values)
            take(null);
    }

    private Action<EventArguments?>? Take(long id)
    {
        lock (gate)
        {
            if (pending is null || !pending.Remove(id, out var take))
                return null;
            if (pending.Count == 0)
                pending = null;
            return take;
        }
    }
}
