namespace Hearth.Realtime;

/// <summary>A finished frame on its way to sockets.</summary>
/// <param name="Position">Where in the ledger it belongs.</param>
/// <param name="Mark">Greater for each event; neighbours of which a socket is to get only the first share it.</param>
/// <param name="Live">The event that it tells of; null for one that is for all members of its groups.</param>
internal readonly record struct Outgoing(long Position, long Mark, byte[] Bytes, IReadOnlyList<string> Groups, LiveEvent? Live = null);

/// <summary>
/// This node's sockets and the groups they are in. A socket that joins a group learns a position: it gets the group's events
/// after it and none before, so that a replay up to there leaves no gap and tells nothing twice.
/// </summary>
internal sealed class Hub(Presence presence)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Group> groups = new(StringComparer.Ordinal);
    private readonly HashSet<Peer> peers = [];
    private Peer[]? everyone = [];
    private long begun = -1;
    private long given = -1;

    public bool IsEmpty => Volatile.Read(ref everyone) is { Length: 0 };

    /// <summary>Whoever joins a group now gets its events after this position; -1 until the ledger's tail has begun.</summary>
    public long Position => Volatile.Read(ref begun);

    /// <summary>Everyone who is connected.</summary>
    public Peer[] Everyone()
    {
        lock (gate)
            return everyone ??= [.. peers];
    }

    public int GroupCount
    {
        get
        {
            lock (gate)
                return groups.Count;
        }
    }

    public bool Has(string group)
    {
        lock (gate)
            return groups.ContainsKey(group);
    }

    public IReadOnlyList<Peer> Members(string group)
    {
        lock (gate)
            return groups.TryGetValue(group, out var members) ? [.. members.Snapshot().Select(member => member.Peer)] : [];
    }

    /// <summary>Takes in a new socket, which joins its person's group.</summary>
    /// <returns>The position of <see cref="Join"/>.</returns>
    public long Add(Peer peer)
    {
        lock (gate)
        {
            peers.Add(peer);
            everyone = null;
            presence.Came(peer.Caller.UserId);
            return Join(peer, Groups.User(peer.Caller.UserId));
        }
    }

    public void Remove(Peer peer)
    {
        lock (gate)
        {
            if (!peers.Remove(peer))
                return;
            everyone = null;
            presence.Went(peer.Caller.UserId);
            foreach (var name in peer.Groups)
                Drop(peer, name);
            peer.Groups.Clear();
        }
    }

    /// <returns>The socket gets the group's events after this position, and none up to it.</returns>
    public long Join(Peer peer, string name)
    {
        lock (gate)
        {
            if (peers.Contains(peer) && !peer.IsIn(name))
            {
                peer.Groups.Add(name);
                if (!groups.TryGetValue(name, out var group))
                    groups[name] = group = new Group();
                group.Add(peer, begun);
            }

            return begun;
        }
    }

    /// <returns>The socket got the group's events up to this position, and gets none after it.</returns>
    public long Leave(Peer peer, string name)
    {
        lock (gate)
        {
            if (peer.Groups.Remove(name))
                Drop(peer, name);
            return given;
        }
    }

    /// <summary>Events up to the position are being made, for those who are in their groups by now.</summary>
    public void Begin(long upTo)
    {
        lock (gate)
            Volatile.Write(ref begun, upTo);
    }

    /// <summary>
    /// Gives events to their groups' members, each socket all of its events in one piece; one thread does. Afterwards everything
    /// up to <paramref name="upTo"/> has been given.
    /// </summary>
    public void Send(IReadOnlyList<Outgoing> events, long upTo)
    {
        var turn = new Turn();
        lock (gate)
        {
            foreach (var item in events)
                turn.Plan(item, [.. item.Groups.Select(name => groups.TryGetValue(name, out var group) ? group.Snapshot() : [])]);
            given = upTo;
        }

        turn.Send();
    }

    /// <summary>Tells everyone that they miss events up to the position.</summary>
    public void Resync(long upTo)
    {
        lock (gate)
            given = upTo;
        foreach (var peer in Everyone())
            peer.Outlet.Resync();
    }

    private void Drop(Peer peer, string name)
    {
        var group = groups[name];
        group.Remove(peer);
        if (group.IsEmpty)
            groups.Remove(name);
    }
}
