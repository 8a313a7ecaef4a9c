using Hearth.SocketIO.Server;

namespace Hearth.SocketIO;

/// <summary>The rooms of one namespace on this node.</summary>
/// <param name="ns">The namespace.</param>
public class MemoryAdapter(SocketNamespace ns) : ISocketIOAdapter
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Socket> sockets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Room> rooms = new(StringComparer.Ordinal);
    private Socket[]? everyone = [];

    /// <summary>The namespace.</summary>
    protected SocketNamespace Namespace => ns;

    /// <summary>How many rooms there are on this node, besides each socket's own.</summary>
    public int RoomCount
    {
        get
        {
            lock (gate)
                return rooms.Count;
        }
    }

    /// <inheritdoc/>
    public virtual void Add(Socket socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        lock (gate)
        {
            sockets[socket.Id] = socket;
            everyone = null;
        }
    }

    /// <inheritdoc/>
    public virtual void Remove(Socket socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        lock (gate)
        {
            if (!sockets.Remove(socket.Id))
                return;
            everyone = null;
            foreach (var room in socket.JoinedRooms)
                Drop(socket, room);
            socket.JoinedRooms = [];
        }
    }

    /// <inheritdoc/>
    public virtual void Join(Socket socket, string room)
    {
        ArgumentNullException.ThrowIfNull(socket);
        lock (gate)
        {
            if (room == socket.Id || !sockets.ContainsKey(socket.Id) || socket.JoinedRooms.Contains(room, StringComparer.Ordinal))
                return;
            if (socket.JoinedRooms.Length >= ns.Server.Options.MaxRooms)
                throw new SocketIOException("The socket is in too many rooms.");
            socket.JoinedRooms = [.. socket.JoinedRooms, room];
            if (!rooms.TryGetValue(room, out var members))
                rooms[room] = members = new Room();
            members.Add(socket);
        }
    }

    /// <inheritdoc/>
    public virtual void Leave(Socket socket, string room)
    {
        ArgumentNullException.ThrowIfNull(socket);
        lock (gate)
        {
            if (!socket.JoinedRooms.Contains(room, StringComparer.Ordinal))
                return;
            socket.JoinedRooms = [.. socket.JoinedRooms.Where(name => name != room)];
            Drop(socket, room);
        }
    }

    /// <inheritdoc/>
    public virtual IReadOnlyCollection<string> RoomsOf(Socket socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        lock (gate)
            return sockets.ContainsKey(socket.Id) ? [socket.Id, .. socket.JoinedRooms] : [];
    }

    /// <inheritdoc/>
    public virtual IReadOnlyCollection<Socket> Sockets(BroadcastTarget target)
    {
        ArgumentNullException.ThrowIfNull(target);
        return [.. Select(target).Sockets()];
    }

    /// <inheritdoc/>
    public virtual void Broadcast(Packet packet, BroadcastTarget target)
    {
        ArgumentNullException.ThrowIfNull(target);
        ns.Server.Broadcaster.Send(packet, Select(target), target.IsVolatile);
    }

    /// <inheritdoc/>
    public virtual async Task<BroadcastAnswers> BroadcastWithAck(
        Packet packet, long id, BroadcastTarget target, TimeSpan timeout, CancellationToken cancellation)
    {
        var asked = Sockets(target);
        if (asked.Count == 0)
            return new BroadcastAnswers([], 0);
        using var collected = new AckCollection(asked, id, ns.Server.Options.MaxPendingAcks);
        ns.Server.Broadcaster.Send(packet, new Audience([[.. asked]], null), isVolatile: false);
        return await collected.Wait(timeout, ns.Server.Time, cancellation);
    }

    private Audience Select(BroadcastTarget target)
    {
        lock (gate)
        {
            var except = target.Except.Count == 0 ? null : target.Except.SelectMany(Members).ToHashSet();
            if (target.Rooms.Count == 0)
                return new Audience([everyone ??= [.. sockets.Values]], except);
            if (target.Rooms.Count == 1 && !(rooms.ContainsKey(target.Rooms[0]) && sockets.ContainsKey(target.Rooms[0])))
                return new Audience([Members(target.Rooms[0])], except);
            // Each socket once, whatever its rooms.
            return new Audience([[.. target.Rooms.SelectMany(Members).Distinct()]], except);
        }
    }

    private Socket[] Members(string room)
    {
        var members = rooms.TryGetValue(room, out var named) ? named.Snapshot() : [];
        return sockets.TryGetValue(room, out var own) ? [.. members, own] : members;
    }

    private void Drop(Socket socket, string name)
    {
        if (!rooms.TryGetValue(name, out var room))
            return;
        room.Remove(socket);
        if (room.IsEmpty)
            rooms.Remove(name);
    }
}
