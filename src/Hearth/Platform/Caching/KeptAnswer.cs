namespace Hearth.Platform;

/// <summary>
/// One answer that is the same for everybody, kept on this node for a hundred times as long as it took to make, and made anew for a request that
/// knows of something later. It does not know the ledger's tail, which knows all caches: whoever asks says where the tail is.
/// </summary>
/// <param name="name">Its name in status pages.</param>
/// <param name="longest">How long it is kept at most.</param>
/// <param name="bytes">How much one takes, about.</param>
/// <param name="time">The clock.</param>
internal sealed class KeptAnswer<T>(string name, TimeSpan longest, Func<T, long> bytes, TimeProvider time) : ICacheHolder, IDisposable
    where T : class
{
    private readonly HitCount looks = new();
    private readonly SemaphoreSlim turn = new(1);
    private volatile Kept? kept;

    public IReadOnlyList<NodeCache> Caches => [new(name, longest, Figures, Forget)];

    /// <param name="knows">The position that the request carries; 0 for none.</param>
    /// <param name="position">Where the ledger's tail is.</param>
    /// <param name="make">Makes one.</param>
    /// <param name="ct">Ends it.</param>
    public async Task<T> Read(long knows, Func<long> position, Func<CancellationToken, Task<T>> make, CancellationToken ct)
    {
        var fresh = Fresh(knows);
        looks.Count(fresh is not null);
        if (fresh is not null)
            return fresh;
        await turn.WaitAsync(ct);
        try
        {
            return Fresh(knows) ?? await Make(position(), make, ct);
        }
        finally
        {
            turn.Release();
        }
    }

    public void Forget() => kept = null;

    public void Dispose() => turn.Dispose();

    private T? Fresh(long knows) => kept is { } one && one.UpTo >= knows && time.GetTimestamp() < one.Until ? one.Answer : null;

    private async Task<T> Make(long upTo, Func<CancellationToken, Task<T>> make, CancellationToken ct)
    {
        var began = time.GetTimestamp();
        var answer = await make(ct);
        var lifetime = Math.Min(100 * time.GetElapsedTime(began).TotalSeconds, longest.TotalSeconds);
        kept = new Kept(answer, upTo, time.GetTimestamp() + (long)(lifetime * time.TimestampFrequency));
        return answer;
    }

    private CacheFigures Figures() =>
        kept is { } one ? new CacheFigures(1, bytes(one.Answer), looks.Hits, looks.Misses) : new CacheFigures(0, 0, looks.Hits, looks.Misses);

    private sealed record Kept(T Answer, long UpTo, long Until);
}
