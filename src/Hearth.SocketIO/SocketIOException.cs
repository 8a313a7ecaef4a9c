namespace Hearth.SocketIO;

/// <summary>What went wrong between the server and one client: an acknowledgement that cannot come any more, say.</summary>
public class SocketIOException : Exception
{
    /// <summary>Makes one.</summary>
    public SocketIOException(string message)
        : base(message)
    {
    }

    /// <summary>Makes one with its cause.</summary>
    public SocketIOException(string message, Exception inner)
        : base(message, inner)
    {
    }
}

/// <summary>Thrown by a middleware: the client does not get into the namespace, and is told why.</summary>
public sealed class ConnectRefusedException : Exception
{
    /// <summary>Refuses the client.</summary>
    /// <param name="message">What its <c>connect_error</c> handler finds in <c>err.message</c>.</param>
    /// <param name="details">What it finds in <c>err.data</c>; null: nothing.</param>
    public ConnectRefusedException(string message, object? details = null)
        : base(message) => Details = details;

    /// <summary>What the client gets besides the message.</summary>
    public object? Details { get; }
}

/// <summary>A client sent what is no packet. The library closes its session.</summary>
internal sealed class PacketFormatException(string message) : FormatException(message);
