using System.Collections.Concurrent;
using System.Globalization;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Community;

/// <summary>Turns either id of a person into the integer; an id never changes its person.</summary>
internal sealed class AuthorIds(NpgsqlDataSource source) : ICacheHolder
{
    private const int Most = 100_000;

    private readonly ConcurrentDictionary<Guid, long> known = new();
    private readonly HitCount looks = new();

    public IReadOnlyList<NodeCache> Caches =>
        [new("author_ids", null, () => new CacheFigures(known.Count, 56L * known.Count, looks.Hits, looks.Misses), known.Clear)];

    /// <returns>The integer id; 0, which nobody has, for a UUID that is nobody's.</returns>
    public async ValueTask<long> Find(string text, CancellationToken ct)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            return id;
        if (!Guid.TryParse(text, out var uuid))
            throw Failure.Invalid("author", "A valid user id is required.");
        var isKnown = known.TryGetValue(uuid, out id);
        looks.Count(isKnown);
        if (isKnown)
            return id;
        await using var db = await source.OpenConnectionAsync(ct);
        await using var command = new NpgsqlCommand("-- authors.find\nselect id from users where uuid = $1", db)
        {
            Parameters = { new NpgsqlParameter<Guid> { TypedValue = uuid } },
        };
        if (await command.ExecuteScalarAsync(ct) is not long found)
            return 0;
        if (known.Count >= Most)
            known.Clear();
        known[uuid] = found;
        return found;
    }
}
