using Hearth.SocketIO.Parser;
using Hearth.SocketIO.Server;

namespace Hearth.SocketIO;

/// <summary>
/// What listens to events: of one socket, or of every socket in a namespace, which takes no memory per socket. Arguments are read from JSON;
/// where a client sends fewer the rest are defaults, where it sends another type the event is not handled. A handler that throws is logged.
/// </summary>
public abstract class SocketListener
{
    private Handlers? handlers;

    private protected SocketListener()
    {
    }

    internal Handlers? Listening => handlers;

    /// <summary>Handles an event as it came.</summary>
    public void On(string name, Func<SocketEvent, Task> handle) => Add(name, e => handle(e));

    /// <summary>Handles an event as it came.</summary>
    public void On(string name, Action<SocketEvent> handle) => Add(name, e => Done(() => handle(e)));

    /// <summary>Handles every event, whatever its name.</summary>
    public void OnAny(Func<SocketEvent, Task> handle) => Listen(null, e => handle(e));

    /// <summary>Handles an event by its first argument.</summary>
    public void On<T>(string name, Action<Socket, T?> handle) => Add(name, e => Done(() => handle(e.Socket, e.Get<T>(0))));

    /// <summary>Handles an event by its first argument.</summary>
    public void On<T>(string name, Func<Socket, T?, Task> handle) => Add(name, e => handle(e.Socket, e.Get<T>(0)));

    /// <summary>Handles an event by its first two arguments.</summary>
    public void On<T1, T2>(string name, Action<Socket, T1?, T2?> handle) =>
        Add(name, e => Done(() => handle(e.Socket, e.Get<T1>(0), e.Get<T2>(1))));

    /// <summary>Handles an event by its first two arguments.</summary>
    public void On<T1, T2>(string name, Func<Socket, T1?, T2?, Task> handle) => Add(name, e => handle(e.Socket, e.Get<T1>(0), e.Get<T2>(1)));

    /// <summary>Handles an event by its first three arguments.</summary>
    public void On<T1, T2, T3>(string name, Func<Socket, T1?, T2?, T3?, Task> handle) =>
        Add(name, e => handle(e.Socket, e.Get<T1>(0), e.Get<T2>(1), e.Get<T3>(2)));

    /// <summary>Handles an event by its first argument, and acknowledges it with what the handler returns.</summary>
    public void Answer<T, TResult>(string name, Func<Socket, T?, Task<TResult>> handle) =>
        Add(name, async e => e.Ack(await handle(e.Socket, e.Get<T>(0))));

    /// <summary>Handles an event by its first two arguments, and acknowledges it with what the handler returns.</summary>
    public void Answer<T1, T2, TResult>(string name, Func<Socket, T1?, T2?, Task<TResult>> handle) =>
        Add(name, async e => e.Ack(await handle(e.Socket, e.Get<T1>(0), e.Get<T2>(1))));

    /// <summary>Takes away what listens to an event.</summary>
    public void Off(string name) => handlers?.Remove(name);

    private static Task Done(Action action)
    {
        action();
        return Task.CompletedTask;
    }

    private void Add(string name, Handle handle)
    {
        if (EventName.IsReserved(name))
            throw new ArgumentException("No client can send an event of this name.", nameof(name));
        Listen(name, handle);
    }

    private void Listen(string? name, Handle handle)
    {
        var own = handlers ?? Interlocked.CompareExchange(ref handlers, new Handlers(), null) ?? handlers;
        own.Add(name, handle);
    }
}
