using Hearth.SocketIO.Parser;
using Hearth.SocketIO.Server;
using Microsoft.Extensions.Logging;

namespace Hearth.SocketIO;

/// <summary>A namespace: its middlewares, its handlers, its sockets and rooms. What listens here listens to every socket in it.</summary>
public sealed partial class SocketNamespace : SocketListener
{
    private readonly List<Func<Socket, Task>> middlewares = [];
    private readonly List<Func<Socket, Task>> connected = [];
    private long lastAck = -1;

    internal SocketNamespace(SocketIOServer server, string name)
    {
        Server = server;
        Name = name;
        Utf8Name = System.Text.Encoding.UTF8.GetBytes(name);
        Writer = server.Writer;
        Adapter = server.Options.Adapter?.Invoke(this) ?? new MemoryAdapter(this);
        Recovery = server.Options.Recovery is { } recovery ? new RecoveryStore(recovery, server.Time) : null;
    }

    /// <summary>Its name, which begins with a slash.</summary>
    public string Name { get; }

    internal byte[] Utf8Name { get; }

    /// <summary>The server.</summary>
    public SocketIOServer Server { get; }

    /// <summary>Who is in which room.</summary>
    public ISocketIOAdapter Adapter { get; }

    /// <summary>This node's sockets.</summary>
    public IReadOnlyCollection<Socket> Sockets => Adapter.Sockets(BroadcastTarget.All);

    internal PacketWriter Writer { get; }

    internal RecoveryStore? Recovery { get; }

    private BroadcastOperator All => new(this, BroadcastTarget.All);

    /// <summary>Runs before a client gets in, in the order in which they were added. One that throws keeps it out.</summary>
    /// <remarks>A <see cref="ConnectRefusedException"/> says what the client is told. Add them before the server starts.</remarks>
    public void Use(Func<Socket, Task> middleware) => middlewares.Add(middleware);

    /// <summary>
    /// Runs when a client has got in. Its events are handled when it has ended: what takes long, such as a loop that sends, belongs into a task
    /// of its own.
    /// </summary>
    public void OnConnection(Func<Socket, Task> handle) => connected.Add(handle);

    /// <summary>Runs when a client has got in.</summary>
    public void OnConnection(Action<Socket> handle) => OnConnection(socket =>
    {
        handle(socket);
        return Task.CompletedTask;
    });

    /// <summary>To the members of a room.</summary>
    public BroadcastOperator To(string room) => All.To(room);

    /// <summary>To the members of any of some rooms; to everyone, where none is named.</summary>
    public BroadcastOperator To(IEnumerable<string> rooms) => All.To(rooms);

    /// <summary>To everyone but the members of a room.</summary>
    public BroadcastOperator Except(string room) => All.Except(room);

    /// <summary>Sends an event to everyone in the namespace.</summary>
    public void Emit(string name, params ReadOnlySpan<object?> arguments) => All.Emit(name, arguments);

    /// <summary>Sends an event to everyone who is not busy.</summary>
    public void EmitVolatile(string name, params ReadOnlySpan<object?> arguments) => All.Volatile.Emit(name, arguments);

    /// <summary>Sends an event to everyone and waits for the acknowledgements.</summary>
    public Task<BroadcastAnswers> EmitWithAck(string name, object?[] arguments, TimeSpan? timeout = null, CancellationToken cancellation = default) =>
        All.EmitWithAck(name, arguments, timeout, cancellation);

    internal long NextAck() => Interlocked.Increment(ref lastAck);

    /// <summary>Asks the middlewares.</summary>
    /// <returns>What the client is told that may not enter; null for one that may.</returns>
    internal async Task<ConnectRefusedException?> Ask(Socket socket)
    {
        try
        {
            foreach (var middleware in middlewares)
                await middleware(socket);
            return null;
        }
        catch (ConnectRefusedException e)
        {
            return e;
        }
        catch (Exception e)
        {
            MiddlewareFailed(Server.Log, e, Name);
            return new ConnectRefusedException("Internal error");
        }
    }

    internal async Task Greet(Socket socket)
    {
        foreach (var handle in connected)
        {
            try
            {
                await handle(socket);
            }
            catch (Exception e)
            {
                HandlerFailed(Server.Log, e, "connection", Name);
            }
        }
    }

    internal async Task Run(Socket socket, SocketEvent e)
    {
        SocketIOMetrics.Received.Add(1);
        try
        {
            if (Listening is { } all)
                await all.Run(e);
            if (socket.Listening is { } own)
                await own.Run(e);
        }
        catch (System.Text.Json.JsonException wrong)
        {
            WrongArguments(Server.Log, e.Name, wrong.Message);
        }
        catch (Exception failure)
        {
            HandlerFailed(Server.Log, failure, e.Name, Name);
        }
    }

    internal async Task Tell(List<Func<DisconnectReason, Task>>? handlers, DisconnectReason reason)
    {
        foreach (var handle in handlers ?? [])
        {
            try
            {
                await handle(reason);
            }
            catch (Exception e)
            {
                HandlerFailed(Server.Log, e, "disconnect", Name);
            }
        }
    }

    internal void Remove(Socket socket, DisconnectReason reason)
    {
        Recovery?.Keep(socket, reason);
        Adapter.Remove(socket);
        SocketIOMetrics.Sockets.Add(-1);
    }

    /// <summary>Sends an event that a client may get later, when it comes back.</summary>
    internal void Broadcast(BroadcastTarget target, Func<string?, Packet> make)
    {
        if (Recovery is null || target.IsVolatile)
            Adapter.Broadcast(make(null), target);
        else
            Server.Broadcaster.Hold(() => Recovery.Store(target, make, packet => Adapter.Broadcast(packet, target)));
    }

    internal void SendTo(Socket socket, Func<string?, Packet> make)
    {
        if (Recovery is null)
            socket.Send(make(null));
        else
            Server.Broadcaster.Hold(() => Recovery.Store(new BroadcastTarget([socket.Id], []), make, packet =>
            {
                if (socket.IsConnected)
                    socket.Send(packet);
            }));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A handler of {Event} in {Namespace} failed.")]
    private static partial void HandlerFailed(ILogger log, Exception e, string @event, string @namespace);

    [LoggerMessage(Level = LogLevel.Error, Message = "A middleware of {Namespace} failed.")]
    private static partial void MiddlewareFailed(ILogger log, Exception e, string @namespace);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The arguments of {Event} are of another type: {Reason}")]
    private static partial void WrongArguments(ILogger log, string @event, string reason);
}
