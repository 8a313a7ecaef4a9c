namespace Hearth.SocketIO;

/// <summary>Why a session or a namespace's socket has ended.</summary>
public enum DisconnectReason
{
    /// <summary>The connection broke, or the client did not read what it was sent.</summary>
    TransportError,

    /// <summary>The client closed its connection, or the network did.</summary>
    TransportClose,

    /// <summary>The server closed the session.</summary>
    ForcedClose,

    /// <summary>The client did not answer a ping in time.</summary>
    PingTimeout,

    /// <summary>The client sent what no client may send.</summary>
    ParseError,

    /// <summary>The server stops.</summary>
    ServerShuttingDown,

    /// <summary>The client joined no namespace in time, or used one that it has not joined.</summary>
    ForcedServerClose,

    /// <summary>The client left the namespace.</summary>
    ClientNamespaceDisconnect,

    /// <summary>The server made the socket leave the namespace.</summary>
    ServerNamespaceDisconnect,
}

/// <summary>What Socket.IO's other implementations call the reasons.</summary>
public static class DisconnectReasons
{
    /// <summary>The reason in the protocol's words, such as <c>transport close</c>.</summary>
    public static string ToText(this DisconnectReason reason) => reason switch
    {
        DisconnectReason.TransportError => "transport error",
        DisconnectReason.TransportClose => "transport close",
        DisconnectReason.ForcedClose => "forced close",
        DisconnectReason.PingTimeout => "ping timeout",
        DisconnectReason.ParseError => "parse error",
        DisconnectReason.ServerShuttingDown => "server shutting down",
        DisconnectReason.ForcedServerClose => "forced server close",
        DisconnectReason.ClientNamespaceDisconnect => "client namespace disconnect",
        _ => "server namespace disconnect",
    };
}
