using System.Collections.Concurrent;
using Hearth.Platform;
using Hearth.SocketIO;

namespace Hearth.Realtime.Sockets;

/// <summary>A Socket.IO socket and whose it is.</summary>
internal sealed class SocketPerson(Socket socket, Caller caller)
{
    public Socket Socket => socket;

    public Caller Caller => caller;

    /// <summary>The skills whose rooms it joined, with their public ids: what is told of one that is gone names it, too.</summary>
    public ConcurrentDictionary<long, Guid> Skills { get; } = new();

    /// <summary>Ends the session: the client is told, and does not come back by itself.</summary>
    public void Close() => Socket.Disconnect(close: true);
}

/// <summary>Who is connected to this node by Socket.IO, and who listens to what.</summary>
internal sealed class SocketPeople(SocketIOServer io, Presence presence) : ILiveDoor
{
    private const string Key = "person";

    private readonly Lock gate = new();
    private readonly Dictionary<long, List<SocketPerson>> people = [];

    public int SocketCount
    {
        get
        {
            lock (gate)
                return people.Values.Sum(sockets => sockets.Count);
        }
    }

    /// <summary>The integer ids of those who are here.</summary>
    public long[] Ids
    {
        get
        {
            lock (gate)
                return [.. people.Keys];
        }
    }

    public IReadOnlyList<SocketPerson> All
    {
        get
        {
            lock (gate)
                return [.. people.Values.SelectMany(sockets => sockets)];
        }
    }

    /// <summary>Whose socket it is; the door has said so before anything else could ask.</summary>
    public static SocketPerson Of(Socket socket) => (SocketPerson)socket.Data[Key]!;

    public static SocketPerson Name(Socket socket, Caller caller)
    {
        var person = new SocketPerson(socket, caller);
        socket.Data[Key] = person;
        return person;
    }

    public bool Has(long user)
    {
        lock (gate)
            return people.ContainsKey(user);
    }

    public int Count(long user)
    {
        lock (gate)
            return people.TryGetValue(user, out var sockets) ? sockets.Count : 0;
    }

    public void Add(SocketPerson person)
    {
        lock (gate)
        {
            if (!people.TryGetValue(person.Caller.UserId, out var sockets))
                people[person.Caller.UserId] = sockets = [];
            sockets.Add(person);
        }

        presence.Came(person.Caller.UserId);
    }

    public void Remove(SocketPerson person)
    {
        lock (gate)
        {
            if (!people.TryGetValue(person.Caller.UserId, out var sockets) || !sockets.Remove(person))
                return;
            if (sockets.Count == 0)
                people.Remove(person.Caller.UserId);
        }

        presence.Went(person.Caller.UserId);
    }

    /// <summary>This node's sockets in a room.</summary>
    public IReadOnlyList<SocketPerson> In(string room) => [.. io.To(room).Sockets().Select(Of)];

    public IEnumerable<OpenDoor> Open(long user)
    {
        lock (gate)
            return people.TryGetValue(user, out var sockets) ? [.. sockets.Select(one => new OpenDoor(one.Caller, one.Close))] : [];
    }

    public IEnumerable<OpenDoor> Open() => All.Select(one => new OpenDoor(one.Caller, one.Close));
}
