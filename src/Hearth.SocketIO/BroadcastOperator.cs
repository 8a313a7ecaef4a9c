namespace Hearth.SocketIO;

/// <summary>Sends to many sockets at once: <c>io.To("news").Except("muted").Emit("headline", text)</c>. It never changes: each call makes another.</summary>
public sealed class BroadcastOperator
{
    private readonly SocketNamespace ns;
    private readonly BroadcastTarget target;

    internal BroadcastOperator(SocketNamespace ns, BroadcastTarget target)
    {
        this.ns = ns;
        this.target = target;
    }

    /// <summary>Only those that are busy with nothing get it.</summary>
    public BroadcastOperator Volatile => new(ns, target with { IsVolatile = true });

    /// <summary>Only this node's sockets get it.</summary>
    public BroadcastOperator Local => new(ns, target with { IsLocal = true });

    /// <summary>The members of this room, too.</summary>
    public BroadcastOperator To(string room) => new(ns, target with { Rooms = [.. target.Rooms, room] });

    /// <summary>The members of these rooms, too.</summary>
    public BroadcastOperator To(IEnumerable<string> rooms) => new(ns, target with { Rooms = [.. target.Rooms, .. rooms] });

    /// <summary>Not the members of this room. A socket's id is a room.</summary>
    public BroadcastOperator Except(string room) => new(ns, target with { Except = [.. target.Except, room] });

    /// <summary>Not the members of these rooms.</summary>
    public BroadcastOperator Except(IEnumerable<string> rooms) => new(ns, target with { Except = [.. target.Except, .. rooms] });

    /// <summary>Sends an event.</summary>
    public void Emit(string name, params ReadOnlySpan<object?> arguments)
    {
        if (ns.Recovery is null || target.IsVolatile)
        {
            ns.Adapter.Broadcast(ns.Writer.Event(ns.Name, name, arguments), target);
            return;
        }

        var copy = arguments.ToArray();
        ns.Broadcast(target, offset => ns.Writer.Event(ns.Name, name, copy, offset: offset));
    }

    /// <summary>Sends an event with what a client sent.</summary>
    public void Emit(string name, EventArguments arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ns.Broadcast(target, offset => ns.Writer.Event(ns.Name, name, arguments, offset: offset));
    }

    /// <summary>Sends an event and waits for the acknowledgements of all, each socket's once.</summary>
    /// <param name="name">The event's name.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="timeout">How long to wait; null: as long as the options say.</param>
    /// <param name="cancellation">Ends the waiting early.</param>
    /// <returns>What came in time.</returns>
    public Task<BroadcastAnswers> EmitWithAck(string name, object?[] arguments, TimeSpan? timeout = null, CancellationToken cancellation = default)
    {
        var id = ns.NextAck();
        var packet = ns.Writer.Event(ns.Name, name, arguments, id);
        return ns.Adapter.BroadcastWithAck(packet, id, target, timeout ?? ns.Server.Options.AckTimeout, cancellation);
    }

    /// <summary>This node's sockets among them.</summary>
    public IReadOnlyCollection<Socket> Sockets() => ns.Adapter.Sockets(target);

    /// <summary>Puts this node's sockets among them into a room.</summary>
    public void Join(string room)
    {
        foreach (var socket in Sockets())
            socket.Join(room);
    }

    /// <summary>Takes this node's sockets among them out of a room.</summary>
    public void Leave(string room)
    {
        foreach (var socket in Sockets())
            socket.Leave(room);
    }

    /// <summary>Makes this node's sockets among them leave the namespace.</summary>
    /// <param name="close">Whether their sessions end.</param>
    public void Disconnect(bool close = false)
    {
        foreach (var socket in Sockets())
            socket.Disconnect(close);
    }
}
