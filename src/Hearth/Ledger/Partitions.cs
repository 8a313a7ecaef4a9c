using System.Globalization;
using Npgsql;

namespace Hearth.Ledger;

/// <summary>
/// Makes the ledger's partitions ahead of time: id ranges of at most 8 Mi rows, two ahead of the sequence. At a month's start the
/// sequence jumps to the beginning of a new one, so that a month is an exact range of ids.
/// </summary>
internal sealed class Partitions(NpgsqlDataSource source, TimeProvider time)
{
    public const long Size = 8L << 20;
    private const int Ahead = 2;

    /// <summary>Brings the partitions up to date; safe on several nodes at once and at any moment.</summary>
    public async Task Maintain(CancellationToken ct = default)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        await using var transaction = await db.BeginTransactionAsync(ct);
        await Run(db, "select pg_advisory_xact_lock(13, 0)", ct);
        await BeginMonth(db, ct);
        var head = await LedgerStore.Head(db, ct);
        var end = await Scalar(db, "select coalesce(max(to_id), 0) from ledger_parts", ct);
        var needed = ((head / Size) + 1 + Ahead) * Size;
        while (end < needed)
        {
            await Make(db, end, ct);
            end += Size;
        }

        await transaction.CommitAsync(ct);
    }

    /// <summary>
    /// The first maintenance of a month moves the sequence up to an unused partition and gives that one to the month. Upward only:
    /// a writer that drew an id before the jump holds its fence, and the horizon waits for it.
    /// </summary>
    private async Task BeginMonth(NpgsqlConnection db, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var month = new DateOnly(now.Year, now.Month, 1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var latest = (string?)await Value(db, "select max(month)::text from ledger_parts", ct);
        if (latest is null)
        {
            await Make(db, 0, ct);
            await Run(db, $"update ledger_parts set month = '{month}' where from_id = 0", ct);
            return;
        }

        if (string.CompareOrdinal(latest, month) >= 0)
            return;
        var head = await LedgerStore.Head(db, ct);
        // An empty month has nothing to cut: the partition that the head is in simply belongs to the new month, too.
        var start = ((head / Size) + 1) * Size;
        var end = await Scalar(db, "select coalesce(max(to_id), 0) from ledger_parts", ct);
        for (; end <= start; end += Size)
            await Make(db, end, ct);
        await Run(db, $"update ledger_parts set month = '{month}' where from_id = {start}", ct);
        // Rows drawn between the look at the head and here only make the gap smaller.
        await Run(db, $"select setval('public.ledger_id_seq', greatest({start}, pg_sequence_last_value('public.ledger_id_seq')))", ct);
    }

    private static async Task Make(NpgsqlConnection db, long from, CancellationToken ct)
    {
        var name = "ledger_" + (from / Size).ToString("d5", CultureInfo.InvariantCulture);
        await Run(
            db,
            $"""
             create table {name} partition of ledger for values from ({Math.Max(from, 0)}) to ({from + Size}) with (fillfactor = 100);
             insert into ledger_parts (name, from_id, to_id) values ('{name}', {from}, {from + Size})
             """,
            ct);
    }

    private static async Task<long> Scalar(NpgsqlConnection db, string sql, CancellationToken ct) => (long)(await Value(db, sql, ct))!;

    private static async Task<object?> Value(NpgsqlConnection db, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, db);
        return await command.ExecuteScalarAsync(ct) is { } value and not DBNull ? value : null;
    }

    private static async Task Run(NpgsqlConnection db, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, db);
        await command.ExecuteNonQueryAsync(ct);
    }
}
