using Hearth.Ledger;
using Npgsql;

namespace Hearth.Features.Feeds;

/// <summary>
/// The entries of all feeds: each deed once, from when it began to count until it is taken back, voided, or its object is deleted.
/// A deed that a void or a restoration concerns is told anew from the ledger.
/// </summary>
internal sealed class FeedProjection : Projection
{
    public override string Name => "feeds";

    public override IReadOnlyList<string> Tables { get; } = ["feed_entries"];

    public override async Task Apply(NpgsqlConnection db, IReadOnlyList<LedgerRow> rows, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(db);
        FeedStore.Probe(batch, on: true);
        var empty = batch.BatchCommands.Count;
        var from = 0;
        for (var i = 0; i < rows.Count; i++)
        {
            // A deletion stands between slices: it ends what began before it, and nothing else.
            if (FeedDeeds.Deletion(rows[i]) is null)
                continue;
            Slice(batch, rows, from, i);
            FeedStore.Delete(batch, rows[i]);
            from = i + 1;
        }

        Slice(batch, rows, from, rows.Count);
        if (batch.BatchCommands.Count == empty)
            return;
        FeedStore.Probe(batch, on: false);
        await batch.ExecuteNonQueryAsync(ct);
    }

    private static void Slice(NpgsqlBatch batch, IReadOnlyList<LedgerRow> rows, int from, int to)
    {
        var changes = new Dictionary<FeedKey, (bool Ended, FeedEntry? Entry)>();
        var doubted = new HashSet<FeedKey>();
        for (var i = from; i < to; i++)
        {
            var row = rows[i];
            if (row.Voided is { } voided)
            {
                if (FeedDeeds.KeyOf(voided) is { } about)
                    doubted.Add(about);
            }
            else if (FeedDeeds.KeyOf(row) is { } key)
            {
                var (ended, entry) = changes.GetValueOrDefault(key);
                changes[key] = FeedDeeds.Names.ContainsKey(row.Verb) ? (ended, entry ?? FeedDeeds.Entry(key, row)) : (true, null);
            }
        }

        foreach (var key in doubted)
            changes.Remove(key);
        FeedStore.End(batch, [.. changes.Where(one => one.Value.Ended).Select(one => one.Key)]);
        FeedStore.Begin(batch, [.. changes.Values.Where(one => one.Entry is not null).Select(one => one.Entry!)]);
        if (doubted.Count > 0)
            FeedStore.Tell(batch, [.. doubted], rows[to - 1].Id);
    }
}
