using Hearth.Ledger;
using Npgsql;

namespace Hearth.Realtime;

/// <summary>All features' live events as one.</summary>
internal sealed class LiveFeatures(IEnumerable<ILiveEvents> features)
{
    private readonly ILiveEvents[] features = [.. features];

    /// <summary>Whether any feature makes events of such a row.</summary>
    public bool Knows(LedgerRow row) => features.Any(feature => Knows(feature, row));

    /// <summary>Begins to gather rows whose events are wanted.</summary>
    public Selection Select() => new(features);

    /// <summary>What an import brought is no news.</summary>
    private static bool Knows(ILiveEvents feature, LedgerRow row) =>
        feature.Verbs.Contains((row.Voided ?? row).Verb) && !(row.Voided ?? row).IsImported;

    /// <summary>Rows that may lead to an event for somebody who waits for it; of those that supersede each other only the last.</summary>
    internal sealed class Selection(ILiveEvents[] features)
    {
        private readonly SortedDictionary<long, LedgerRow>[] shares = [.. features.Select(_ => new SortedDictionary<long, LedgerRow>())];
        private readonly Dictionary<string, long> last = new(StringComparer.Ordinal);

        public int Count => shares.Sum(share => share.Count);

        /// <summary>Adds those of the rows that matter; they are after all rows added before.</summary>
        public void Add(IReadOnlyList<LedgerRow> rows, Func<string, bool> isWanted)
        {
            for (var i = 0; i < features.Length; i++)
            {
                foreach (var row in rows)
                {
                    if (Knows(features[i], row) && (features[i].Audience(row) is not { } groups || groups.Any(isWanted)))
                        Add(i, row);
                }
            }
        }

        /// <summary>The rows' events, in the ledger's order.</summary>
        public async Task<List<LiveEvent>> Compose(NpgsqlConnection db, CancellationToken ct)
        {
            var events = new List<LiveEvent>();
            for (var i = 0; i < features.Length; i++)
            {
                if (shares[i].Count > 0)
                    await features[i].Compose(db, [.. shares[i].Values], events, ct);
            }

            // Stable: what a feature put first stays first.
            return [.. events.OrderBy(live => live.Row.Id)];
        }

        private void Add(int feature, LedgerRow row)
        {
            if (features[feature].Supersedes(row) is { } key)
            {
                if (last.TryGetValue(key, out var before))
                    shares[feature].Remove(before);
                last[key] = row.Id;
            }

            shares[feature].Add(row.Id, row);
        }
    }
}
