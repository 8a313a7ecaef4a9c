namespace Hearth.SocketIO.Server;

/// <summary>The acknowledgements of one broadcast, each socket's once.</summary>
internal sealed class AckCollection : IDisposable
{
    private readonly Lock gate = new();
    private readonly IReadOnlyCollection<Socket> asked;
    private readonly long id;
    private readonly List<EventArguments> answers = [];
    private readonly TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int open;

    public AckCollection(IReadOnlyCollection<Socket> asked, long id, int mostPending)
    {
        this.asked = asked;
        this.id = id;
        open = asked.Count;
        foreach (var socket in asked)
        {
            if (!socket.Acks.TryAdd(id, Take, mostPending))
                Take(null);
        }
    }

    public async Task<BroadcastAnswers> Wait(TimeSpan timeout, TimeProvider time, CancellationToken cancellation)
    {
        try
        {
            await done.Task.WaitAsync(timeout, time, cancellation);
        }
        catch (TimeoutException)
        {
            // What has come by now is the answer.
        }

        lock (gate)
            return new BroadcastAnswers([.. answers], asked.Count);
    }

    public void Dispose()
    {
        foreach (var socket in asked)
            socket.Acks.Remove(id);
    }

    /// <param name="arguments">The answer; null when none will come.</param>
    private void Take(EventArguments? arguments)
    {
        lock (gate)
        {
            if (arguments is not null)
                answers.Add(arguments);
            if (--open == 0)
                done.TrySetResult();
        }
    }
}
