using System.Collections.Concurrent;
using Hearth.Ledger;
using Npgsql;

namespace Hearth.Features.Interactions;

/// <summary>
/// Which content a text names, remembered on this node: contents neither go nor change their names. A new one may take a name that
/// meant another's id, so each forgets them all.
/// </summary>
internal sealed class Catalogue(NpgsqlDataSource source) : ITailReader
{
    private const int Most = 100_000;

    private ConcurrentDictionary<string, KnownContent> known = new(StringComparer.Ordinal);

    /// <returns>The content; null where there is none.</returns>
    public async ValueTask<KnownContent?> Find(string text, CancellationToken ct) =>
        known.TryGetValue(text, out var content) ? content : (await Find([text], ct)).TryGetValue(text, out content) ? content : null;

    /// <returns>Those of the texts that name a content.</returns>
    public async ValueTask<IReadOnlyDictionary<string, KnownContent>> Find(IReadOnlyCollection<string> texts, CancellationToken ct)
    {
        var remembered = known;
        var found = new Dictionary<string, KnownContent>(texts.Count, StringComparer.Ordinal);
        var asked = new List<string>();
        foreach (var text in texts)
        {
            if (remembered.TryGetValue(text, out var content))
                found[text] = content;
            else
                asked.Add(text);
        }

        if (asked.Count == 0)
            return found;
        await using var db = await source.OpenConnectionAsync(ct);
        foreach (var (text, content) in await ContentStore.Find(db, [.. asked], ct))
        {
            found[text] = content;
            if (remembered.Count < Most)
                remembered[text] = content;
        }

        return found;
    }

    public ValueTask Apply(IReadOnlyList<LedgerRow> rows, long upTo, CancellationToken ct)
    {
        foreach (var row in rows)
        {
            // Whoever still reads fills the old one, which is let go.
            if (row.Verb == Verb.AddContent)
                known = new ConcurrentDictionary<string, KnownContent>(StringComparer.Ordinal);
        }

        return ValueTask.CompletedTask;
    }
}
