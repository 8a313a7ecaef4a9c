using Microsoft.Extensions.Logging;

namespace Hearth.SocketIO.Server;

/// <summary>
/// Gives packets to sessions. A thread of its own takes what has piled up, up to a bound, in one turn: with no backlog a packet goes out at
/// once, in a burst each session gets many by one send. What one caller sends arrives in that order: while broadcasts wait, packets for a
/// single session wait behind them, and so does the end of a session.
/// </summary>
internal sealed partial class Broadcaster(ILogger log) : IDisposable
{
    private const int BytesPerTurn = 32 * 1024;
    private const int MostItems = 4096;
    private const long MostBytes = 16 << 20;

    /// <summary>So few are served by the caller itself.</summary>
    private const int Few = 4;

    private readonly object gate = new();
    private readonly Lock turns = new();
    private readonly Queue<Item> items = new();
    private readonly Turn turn = new();
    [ThreadStatic]
    private static bool holding;

    private long bytes;
    private int unsent;
    private Thread? thread;
    private bool stopped;

    /// <summary>Sends a packet to everyone in the audience.</summary>
    public void Send(Packet packet, in Audience audience, bool isVolatile)
    {
        if (Volatile.Read(ref unsent) == 0 && audience.Size <= Few)
        {
            foreach (var socket in audience.Sockets())
                SendNow(socket.Session, packet, isVolatile);
            return;
        }

        Add(new Item(packet, audience, null, null, isVolatile), always: true);
    }

    public void Send(EngineSession session, Packet packet, bool isVolatile)
    {
        if (Volatile.Read(ref unsent) == 0 || !Add(new Item(packet, default, session, null, isVolatile), always: false))
            SendNow(session, packet, isVolatile);
    }

    /// <summary>Does something after all that was sent before.</summary>
    public void Then(Action action)
    {
        if (Volatile.Read(ref unsent) == 0 || !Add(new Item(null, default, null, action, IsVolatile: false), always: false))
            action();
    }

    public void Dispose()
    {
        lock (gate)
        {
            stopped = true;
            Monitor.PulseAll(gate);
        }
    }

    private static void SendNow(EngineSession session, Packet packet, bool isVolatile)
    {
        if (isVolatile && !session.IsWritable)
        {
            SocketIOMetrics.Volatile.Add(1);
            return;
        }

        SocketIOMetrics.Sent.Add(1);
        session.Send(packet);
    }

    /// <returns>False when nothing waits any more, and it need not.</returns>
    private bool Add(in Item item, bool always)
    {
        bool isFull;
        lock (gate)
        {
            if (!always && unsent == 0)
                return false;
            items.Enqueue(item);
            unsent++;
            bytes += item.Packet?.Bytes.Length ?? 0;
            isFull = items.Count > MostItems || bytes > MostBytes;
            Start();
            if (items.Count == 1)
                Monitor.Pulse(gate);
        }

        // Whoever sends faster than sockets can be served serves them.
        if (isFull && !holding)
            Serve();
        return true;
    }

    /// <summary>Sends while the caller holds a lock that a turn may need: it serves nobody before it has let go.</summary>
    public void Hold(Action send)
    {
        holding = true;
        try
        {
            send();
        }
        finally
        {
            holding = false;
        }

        bool isFull;
        lock (gate)
            isFull = items.Count > MostItems || bytes > MostBytes;
        if (isFull)
            Serve();
    }

    private void Start()
    {
        if (thread is not null || stopped)
            return;
        thread = new Thread(Run) { IsBackground = true, Name = "socket.io sender" };
        thread.Start();
    }

    private void Run()
    {
        while (true)
        {
            lock (gate)
            {
                while (items.Count == 0 && !stopped)
                    Monitor.Wait(gate);
                if (items.Count == 0)
                    return;
            }

            Serve();
        }
    }

    /// <summary>One turn.</summary>
    private void Serve()
    {
        lock (turns)
        {
            var taken = Take(out var action);
            try
            {
                turn.Send();
                action?.Invoke();
            }
            catch (Exception e)
            {
                Failed(log, e);
            }
            finally
            {
                lock (gate)
                    unsent -= taken;
            }
        }
    }

    /// <returns>How many items were taken; an action is the last of them.</returns>
    private int Take(out Action? action)
    {
        var taken = 0;
        var size = 0;
        action = null;
        lock (gate)
        {
            while (size < BytesPerTurn && action is null && items.TryDequeue(out var item))
            {
                taken++;
                action = item.Action;
                if (item.Packet is not { } packet)
                    continue;
                size += packet.Bytes.Length;
                bytes -= packet.Bytes.Length;
                turn.Plan(item);
            }
        }

        return taken;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Packets could not be given to sessions.")]
    private static partial void Failed(ILogger log, Exception e);
}

/// <summary>Something on its way: a packet to an audience or to one session, or what is to be done then.</summary>
internal readonly record struct Item(Packet? Packet, Audience Audience, EngineSession? Session, Action? Action, bool IsVolatile);
