using Hearth.Platform;
using Npgsql;

namespace Hearth.Ledger;

/// <summary>Something of this node that must have followed the ledger before a read with a position is answered.</summary>
internal interface IPositionFollower
{
    /// <summary>Ends when everything up to the position has been followed.</summary>
    Task Passed(long position, CancellationToken ct);
}

/// <summary>
/// Holds a read that carries a <c>Ledger-Position</c> until what follows from that row has been applied: this node's caches, every
/// projection on whichever node runs it, and what else follows.
/// </summary>
internal sealed class PositionGate(
    LedgerTail tail, Projections projections, IEnumerable<IPositionFollower> followers, NpgsqlDataSource source)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly IPositionFollower[] followers = [.. followers];

    /// <exception cref="Failure">400 when the position was never given out, 503 after two seconds.</exception>
    public async Task Wait(long position, CancellationToken ct)
    {
        if (position > tail.Current && position > await Head(ct))
            throw Failure.Invalid(Position.Header, "This position was never given out.");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        try
        {
            await Passed(position, limit.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw Failure.Unavailable("What follows from that write is not applied yet.", TimeSpan.FromSeconds(1));
        }
    }

    /// <summary>Without a limit of its own.</summary>
    public async Task Passed(long position, CancellationToken ct)
    {
        await tail.Passed(position).WaitAsync(ct);
        foreach (var runner in projections.Runners)
            await runner.Passed(position, ct);
        foreach (var follower in followers)
            await follower.Passed(position, ct);
    }

    private async Task<long> Head(CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        return await LedgerStore.Head(db, ct);
    }
}
