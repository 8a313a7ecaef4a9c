namespace Hearth.SocketIO;

/// <summary>One event that a client sent.</summary>
public sealed class SocketEvent
{
    private readonly long id;
    private int answered;

    internal SocketEvent(Socket socket, string name, EventArguments arguments, long id)
    {
        Socket = socket;
        Name = name;
        Arguments = arguments;
        this.id = id;
    }

    /// <summary>Who sent it.</summary>
    public Socket Socket { get; }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Its arguments.</summary>
    public EventArguments Arguments { get; }

    /// <summary>Whether the client waits for an acknowledgement.</summary>
    public bool WantsAck => id >= 0;

    /// <summary>Reads one argument; see <see cref="EventArguments.Get{T}"/>.</summary>
    public T? Get<T>(int index) => Arguments.Get<T>(index);

    /// <summary>Acknowledges the event. Only the first acknowledgement counts, and none where the client waits for none.</summary>
    public void Ack(params ReadOnlySpan<object?> arguments)
    {
        if (MayAnswer())
            Socket.Send(Socket.Namespace.Writer.Ack(Socket.Namespace.Name, id, arguments));
    }

    /// <summary>Acknowledges the event with what a client sent.</summary>
    public void Ack(EventArguments arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        if (MayAnswer())
            Socket.Send(Socket.Namespace.Writer.Ack(Socket.Namespace.Name, id, arguments));
    }

    private bool MayAnswer() => WantsAck && Interlocked.Exchange(ref answered, 1) == 0 && Socket.IsConnected;
}
