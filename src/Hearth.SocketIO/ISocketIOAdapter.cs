namespace Hearth.SocketIO;

/// <summary>Whom a broadcast goes to: the members of any of the rooms, or everybody, without the members of the excepted ones.</summary>
/// <param name="Rooms">The rooms; none: the whole namespace. A socket's id is a room, too.</param>
/// <param name="Except">The excepted rooms.</param>
/// <param name="IsVolatile">Whether those that are busy go without it.</param>
/// <param name="IsLocal">Whether only this node's sockets get it.</param>
public sealed record BroadcastTarget(IReadOnlyList<string> Rooms, IReadOnlyList<string> Except, bool IsVolatile = false, bool IsLocal = false)
{
    /// <summary>Everybody in the namespace.</summary>
    public static BroadcastTarget All { get; } = new([], []);
}

/// <summary>
/// Who is in which room of one namespace, and how packets get to them. <see cref="MemoryAdapter"/> knows this node; one for several nodes
/// derives from it, hands packets to the others, and gives what it gets from them to the base class. Every method may be called by any
/// thread at any time, and none may wait.
/// </summary>
public interface ISocketIOAdapter
{
    /// <summary>Takes in a socket that has joined the namespace; its id is its own room from now on.</summary>
    void Add(Socket socket);

    /// <summary>Forgets a socket and its rooms.</summary>
    void Remove(Socket socket);

    /// <summary>Puts a socket into a room; does nothing for one that is in it or has left the namespace.</summary>
    void Join(Socket socket, string room);

    /// <summary>Takes a socket out of a room, if it is in it.</summary>
    void Leave(Socket socket, string room);

    /// <summary>The rooms a socket is in, its own among them.</summary>
    IReadOnlyCollection<string> RoomsOf(Socket socket);

    /// <summary>This node's sockets that the target names.</summary>
    IReadOnlyCollection<Socket> Sockets(BroadcastTarget target);

    /// <summary>Sends a packet to the target. Two broadcasts by one caller arrive in that order.</summary>
    void Broadcast(Packet packet, BroadcastTarget target);

    /// <summary>Sends a packet that asks for acknowledgements.</summary>
    /// <param name="packet">The packet, which carries the number.</param>
    /// <param name="id">The number.</param>
    /// <param name="target">Whom it goes to.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="cancellation">Ends the waiting early.</param>
    /// <returns>What was answered in time, one item for each socket, and how many were asked.</returns>
    Task<BroadcastAnswers> BroadcastWithAck(Packet packet, long id, BroadcastTarget target, TimeSpan timeout, CancellationToken cancellation);
}

/// <summary>The acknowledgements of a broadcast.</summary>
/// <param name="Answers">What came in time.</param>
/// <param name="Asked">How many sockets were asked.</param>
public sealed record BroadcastAnswers(IReadOnlyList<EventArguments> Answers, int Asked)
{
    /// <summary>Whether every socket answered.</summary>
    public bool IsComplete => Answers.Count == Asked;
}
