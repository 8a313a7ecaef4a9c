namespace Hearth.Ledger;

/// <summary>Wakes this node's tail after a commit of its own; a hint, never a promise.</summary>
internal sealed class LedgerSignal
{
    private readonly SemaphoreSlim wake = new(0, 1);
    private long raised;

    /// <summary>The greatest position that a commit of this node reached.</summary>
    public long Raised => Volatile.Read(ref raised);

    public void Raise(long position)
    {
        long seen;
        while (position > (seen = Volatile.Read(ref raised)))
        {
            if (Interlocked.CompareExchange(ref raised, position, seen) == seen)
                break;
        }

        Wake();
    }

    public void Wake()
    {
        if (wake.CurrentCount > 0)
            return;
        try
        {
            wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // Another thread woke it between the look and the release.
            return;
        }
    }

    /// <returns>Whether it was woken before the time was over.</returns>
    public Task<bool> Wait(TimeSpan timeout, CancellationToken ct) => wake.WaitAsync(timeout, ct);
}
