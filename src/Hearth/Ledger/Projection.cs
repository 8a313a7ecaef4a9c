using Npgsql;

namespace Hearth.Ledger;

/// <summary>
/// A derived set of tables that follows from the ledger's rows alone. Runs once per cluster; its writes and its
/// checkpoint commit together. It must be deterministic: replaying the same rows in other batches gives the same tables,
/// so it takes times from <see cref="LedgerRow.At"/>, never from a clock.
/// Its statements name its tables unqualified: a rebuild runs them in another schema.
/// </summary>
internal abstract class Projection
{
    /// <summary>Its name in commands, metrics and the table of checkpoints.</summary>
    public abstract string Name { get; }

    /// <summary>Raised when its meaning changes: the next start rebuilds it.</summary>
    public virtual int Version => 1;

    /// <summary>How many rows a rebuild hands over at once.</summary>
    public virtual int ReplayRows => 20_000;

    /// <summary>The tables it owns, without foreign keys or identity columns: a rebuild makes them anew beside the live ones and swaps.</summary>
    public abstract IReadOnlyList<string> Tables { get; }

    /// <summary>Indexes, beside those of keys, by which <see cref="Apply"/> reads for any row. A rebuild makes the others when it needs them, or last.</summary>
    public virtual IReadOnlyList<string> Lookups => [];

    /// <summary>Whether applying the row reads by other indexes than keys and <see cref="Lookups"/>.</summary>
    public virtual bool ReadsWidely(LedgerRow row) => true;

    /// <summary>
    /// This node runs it from here on: the first time, after another node did, or after a transaction failed. What it remembers of its
    /// tables may hold no more.
    /// </summary>
    public virtual void Begin()
    {
    }

    /// <summary>
    /// Applies rows, in order, in the connection's open transaction. A <see cref="Verb.Void"/> row's original is <see cref="LedgerRow.Voided"/>:
    /// end where the ledger without it would have ended.
    /// </summary>
    public abstract Task Apply(NpgsqlConnection db, IReadOnlyList<LedgerRow> rows, CancellationToken ct);

    /// <summary>A replay of the whole ledger into empty tables that nobody reads or writes meanwhile: it may remember, and write by two ways.</summary>
    public virtual Replay ReplayFromNothing() => (db, _, rows, ct) => Apply(db, rows, ct);

    /// <summary>
    /// What the runner calls: applies rows that are new. Whatever is to leave the tables (deliveries, announcements) goes along here, in the
    /// same transaction and so once; a rebuild and a comparison call <see cref="Apply"/> alone, and tell nobody anything again.
    /// </summary>
    /// <returns>What to do once it is committed; null for nothing.</returns>
    public virtual async Task<Action?> Live(NpgsqlConnection db, IReadOnlyList<LedgerRow> rows, CancellationToken ct)
    {
        await Apply(db, rows, ct);
        return null;
    }
}

/// <summary>One replay: applies slice after slice, as <see cref="Projection.Apply"/> does.</summary>
/// <param name="db">With an open transaction.</param>
/// <param name="aside">A second connection to the same tables for writing at once and for good; null where all is to be in the transaction.</param>
internal delegate Task Replay(NpgsqlConnection db, NpgsqlConnection? aside, IReadOnlyList<LedgerRow> rows, CancellationToken ct);

/// <summary>What this node does with each row once it is visible: invalidates caches, feeds sockets. In order, nothing twice.</summary>
internal interface ITailReader
{
    /// <summary>Applies the rows; afterwards everything up to <paramref name="upTo"/> has been seen, rows or gaps.</summary>
    ValueTask Apply(IReadOnlyList<LedgerRow> rows, long upTo, CancellationToken ct);
}
