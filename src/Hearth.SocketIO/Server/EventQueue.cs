namespace Hearth.SocketIO.Server;

/// <summary>
/// One socket's events, begun one after the other. Nothing begins before the connection's own handler has ended. Where too many wait, the
/// client is not read until there is room again.
/// </summary>
internal sealed class EventQueue(Func<object, Task> handle, int most, int mostWaiting, long mostBytes)
{
    private readonly Lock gate = new();
    private Queue<object>? waiting;
    private TaskCompletionSource? room;
    private long bytes;
    private int running;
    private bool open;

    private bool IsFull => waiting?.Count >= mostWaiting || bytes > mostBytes;

    /// <returns>Ends when the next may be added.</returns>
    public ValueTask Add(SocketEvent e)
    {
        lock (gate)
        {
            if (!open || running >= most)
            {
                (waiting ??= new Queue<object>()).Enqueue(e);
                bytes += e.Arguments.Bytes;
                if (!IsFull)
                    return ValueTask.CompletedTask;
                room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                return new ValueTask(room.Task);
            }

            running++;
        }

        _ = Pump(e);
        return ValueTask.CompletedTask;
    }

    /// <summary>Adds what comes last, and never runs it on the caller's thread.</summary>
    public void AddLast(object last)
    {
        lock (gate)
        {
            (waiting ??= new Queue<object>()).Enqueue(last);
            // Nobody reads a client that has left.
            room?.TrySetResult();
        }

        Start();
    }

    /// <summary>Events may begin.</summary>
    public void Open()
    {
        lock (gate)
            open = true;
        Start();
    }

    private void Start()
    {
        object? first;
        lock (gate)
        {
            if (!open || running >= most || waiting is null || !waiting.TryDequeue(out first))
                return;
            Took(first);
            running++;
        }

        ThreadPool.UnsafeQueueUserWorkItem(pair => _ = pair.Queue.Pump(pair.First), (Queue: this, First: first), preferLocal: false);
    }

    private async Task Pump(object item)
    {
        while (true)
        {
            await handle(item);
            lock (gate)
            {
                if (waiting is null || !waiting.TryDequeue(out item!))
                {
                    waiting = null;
                    running--;
                    return;
                }

                Took(item);
            }
        }
    }

    private void Took(object item)
    {
        if (item is SocketEvent e)
            bytes -= e.Arguments.Bytes;
        if (room is null || IsFull)
            return;
        room.TrySetResult();
        room = null;
    }
}
