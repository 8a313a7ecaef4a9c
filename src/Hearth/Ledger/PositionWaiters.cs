namespace Hearth.Ledger;

/// <summary>How far something has followed the ledger, and who waits until it has come to a position.</summary>
internal sealed class PositionWaiters
{
    private readonly Lock gate = new();
    private readonly PriorityQueue<TaskCompletionSource, long> waiting = new();
    private long position = -1;

    /// <summary>Everything up to here has been followed; -1 before the start.</summary>
    public long Position => Volatile.Read(ref position);

    /// <summary>Ends when everything up to the position has been followed.</summary>
    public Task Passed(long target)
    {
        lock (gate)
        {
            if (position >= target)
                return Task.CompletedTask;
            var passed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting.Enqueue(passed, target);
            return passed.Task;
        }
    }

    /// <summary>Everything up to here has been followed now.</summary>
    public void Pass(long upTo)
    {
        List<TaskCompletionSource>? done = null;
        lock (gate)
        {
            position = upTo;
            while (waiting.TryPeek(out var passed, out var target) && target <= upTo)
            {
                waiting.Dequeue();
                (done ??= []).Add(passed);
            }
        }

        done?.ForEach(passed => passed.TrySetResult());
    }
}
