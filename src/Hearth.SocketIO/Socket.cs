using System.Security.Claims;
using System.Text.Json;
using Hearth.SocketIO.Engine;
using Hearth.SocketIO.Server;

namespace Hearth.SocketIO;

/// <summary>A client in a namespace. Everything may be called by any thread at any time.</summary>
public sealed class Socket : SocketListener
{
    private static readonly byte[] NoAuth = "{}"u8.ToArray();

    private readonly Client client;
    private readonly byte[] auth;
    private readonly EventQueue events;
    private CancellationTokenSource? disconnected;
    private Dictionary<string, object?>? data;
    private List<Func<DisconnectReason, Task>>? leaving;
    private List<Func<DisconnectReason, Task>>? left;
    private IReadOnlyCollection<string>? lastRooms;
    private int state;

    internal Socket(SocketNamespace ns, Client client, byte[]? auth)
    {
        Namespace = ns;
        this.client = client;
        this.auth = auth ?? NoAuth;
        Id = SessionId.New();
        var options = ns.Server.Options;
        events = new EventQueue(Handle, options.MaxConcurrentEvents, options.MaxWaitingEvents, options.MaxHttpBufferSize);
        User = client.Session.Handshake.User;
    }

    /// <summary>Its id, which is a room, too: whoever sends to that room sends to this socket alone.</summary>
    public string Id { get; internal set; }

    /// <summary>The namespace.</summary>
    public SocketNamespace Namespace { get; }

    /// <summary>What the client's first request said.</summary>
    public Handshake Handshake => client.Session.Handshake;

    /// <summary>Who it is. The application's authentication sets it before, or a middleware does.</summary>
    public ClaimsPrincipal User { get; set; }

    /// <summary>Whatever the application wants to keep with it.</summary>
    public IDictionary<string, object?> Data => data ?? Interlocked.CompareExchange(ref data, new(StringComparer.Ordinal), null) ?? data;

    /// <summary>Whether it is in the namespace.</summary>
    public bool IsConnected => Volatile.Read(ref state) == 1;

    /// <summary>Whether it came back and goes on where it was: its id, its rooms and its data are those it had.</summary>
    public bool IsRecovered { get; internal set; }

    /// <summary>Whether its session goes by WebSocket now, not by polling.</summary>
    public bool IsWebSocket => Session.IsWebSocket;

    /// <summary>The rooms it is in, its own among them. While its leaving is told, those it was in.</summary>
    public IReadOnlyCollection<string> Rooms => lastRooms ?? Namespace.Adapter.RoomsOf(this);

    /// <summary>Cancelled when it leaves.</summary>
    public CancellationToken Disconnected
    {
        get
        {
            var source = disconnected ?? Interlocked.CompareExchange(ref disconnected, new(), null) ?? disconnected;
            if (Volatile.Read(ref state) == 2)
                source.Cancel();
            return source.Token;
        }
    }

    /// <summary>To everyone else in the namespace: <c>socket.Broadcast.Emit(...)</c>.</summary>
    public BroadcastOperator Broadcast => new(Namespace, new BroadcastTarget([], [Id]));

    internal EngineSession Session => client.Session;

    internal PendingAcks Acks { get; } = new();

    /// <summary>The rooms besides its own; the adapter's.</summary>
    internal string[] JoinedRooms { get; set; } = [];

    /// <summary>With which the client comes back; null without recovery.</summary>
    internal string? RecoveryId { get; set; }

    /// <summary>What the client sent to be let in; an empty object for nothing.</summary>
    public ReadOnlyMemory<byte> AuthJson => auth;

    /// <summary>Reads what the client sent to be let in.</summary>
    /// <exception cref="JsonException">It is of another type.</exception>
    public T? Auth<T>() => JsonSerializer.Deserialize<T>(auth, Namespace.Server.Json);

    /// <summary>Sends an event.</summary>
    public void Emit(string name, params ReadOnlySpan<object?> arguments) => Emit(name, arguments, isVolatile: false);

    /// <summary>Sends an event with what a client sent.</summary>
    public void Emit(string name, EventArguments arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        if (IsConnected || Namespace.Recovery is not null)
            Namespace.SendTo(this, offset => Namespace.Writer.Event(Namespace.Name, name, arguments, offset: offset));
    }

    /// <summary>Sends an event, unless the client is busy: it then goes without it.</summary>
    public void EmitVolatile(string name, params ReadOnlySpan<object?> arguments) => Emit(name, arguments, isVolatile: true);

    /// <summary>Sends an event and waits for the client's acknowledgement.</summary>
    /// <param name="name">The event's name.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="timeout">How long to wait; null: as long as the options say.</param>
    /// <param name="cancellation">Ends the waiting early.</param>
    /// <returns>What the client answered.</returns>
    /// <exception cref="TimeoutException">It did not in time; what it answers later is ignored.</exception>
    /// <exception cref="SocketIOException">It has left, or owes too many acknowledgements.</exception>
    public async Task<EventArguments> EmitWithAck(string name, object?[] arguments, TimeSpan? timeout = null, CancellationToken cancellation = default)
    {
        var id = Namespace.NextAck();
        var answer = new TaskCompletionSource<EventArguments?>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!Acks.TryAdd(id, arrived => answer.TrySetResult(arrived), Namespace.Server.Options.MaxPendingAcks))
            throw new SocketIOException(IsConnected ? "Too many acknowledgements are owed." : "The socket has left.");
        try
        {
            Send(Namespace.Writer.Event(Namespace.Name, name, arguments, id));
            return await answer.Task.WaitAsync(timeout ?? Namespace.Server.Options.AckTimeout, Namespace.Server.Time, cancellation)
                ?? throw new SocketIOException("The socket has left.");
        }
        finally
        {
            Acks.Remove(id);
        }
    }

    /// <summary>Sends an event and waits for the first argument of the client's acknowledgement.</summary>
    /// <exception cref="TimeoutException">It did not answer in time.</exception>
    /// <exception cref="SocketIOException">It has left, or owes too many acknowledgements.</exception>
    /// <exception cref="JsonException">It answered something of another type.</exception>
    public async Task<T?> EmitWithAck<T>(string name, object?[] arguments, TimeSpan? timeout = null, CancellationToken cancellation = default) =>
        (await EmitWithAck(name, arguments, timeout, cancellation)).Get<T>(0);

    /// <summary>Puts it into a room.</summary>
    /// <exception cref="SocketIOException">It is in as many as may be.</exception>
    public void Join(string room) => Namespace.Adapter.Join(this, room);

    /// <summary>Takes it out of a room.</summary>
    public void Leave(string room) => Namespace.Adapter.Leave(this, room);

    /// <summary>To the members of a room, without this socket.</summary>
    public BroadcastOperator To(string room) => Broadcast.To(room);

    /// <summary>To everyone in the namespace but this socket and the members of a room.</summary>
    public BroadcastOperator Except(string room) => Broadcast.Except(room);

    /// <summary>Makes it leave the namespace; the client is told and does not come back by itself.</summary>
    /// <param name="close">Whether the client leaves all its namespaces, and its session ends.</param>
    public void Disconnect(bool close = false) => Namespace.Server.Broadcaster.Then(() => client.Expel(this, close));

    /// <summary>Does something when it has left, but its rooms can still be read.</summary>
    public void OnDisconnecting(Func<DisconnectReason, Task> handle) => (leaving ??= []).Add(handle);

    /// <summary>Does something when it has left, after all its events have been handled.</summary>
    public void OnDisconnect(Func<DisconnectReason, Task> handle) => (left ??= []).Add(handle);

    /// <summary>Does something when it has left, after all its events have been handled.</summary>
    public void OnDisconnect(Action<DisconnectReason> handle) => OnDisconnect(reason =>
    {
        handle(reason);
        return Task.CompletedTask;
    });

    internal void Send(Packet packet) => Namespace.Server.Broadcaster.Send(Session, packet, isVolatile: false);

    internal void Joined() => Interlocked.CompareExchange(ref state, 1, 0);

    internal ValueTask Receive(SocketEvent e) => events.Add(e);

    /// <summary>Its connection's handlers have ended: events may be handled.</summary>
    internal void Open() => events.Open();

    /// <summary>It is in the namespace no more; who wants to know is told behind the caller's back.</summary>
    internal void Depart(DisconnectReason reason)
    {
        var before = Interlocked.Exchange(ref state, 2);
        if (before == 2)
            return;
        if (before == 1)
        {
            lastRooms = Namespace.Adapter.RoomsOf(this);
            Namespace.Remove(this, reason);
        }

        Acks.Close();
        // What is cancelled must not go on here, where locks may be held.
        _ = disconnected?.CancelAsync();
        if (before == 1)
            events.AddLast(new Departure(reason));
    }

    private void Emit(string name, ReadOnlySpan<object?> arguments, bool isVolatile)
    {
        if (Namespace.Recovery is null || isVolatile)
        {
            if (IsConnected)
                Namespace.Server.Broadcaster.Send(Session, Namespace.Writer.Event(Namespace.Name, name, arguments), isVolatile);
            return;
        }

        var copy = arguments.ToArray();
        Namespace.SendTo(this, offset => Namespace.Writer.Event(Namespace.Name, name, copy, offset: offset));
    }

    private async Task Handle(object item)
    {
        if (item is SocketEvent e)
        {
            await Namespace.Run(this, e);
            return;
        }

        var reason = ((Departure)item).Reason;
        await Namespace.Tell(leaving, reason);
        lastRooms = [];
        await Namespace.Tell(left, reason);
    }

    private sealed record Departure(DisconnectReason Reason);
}
