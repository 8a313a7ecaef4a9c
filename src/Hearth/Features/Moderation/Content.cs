using Hearth.Ledger;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Moderation;

/// <summary>What can be moderated, whichever feature it belongs to.</summary>
internal sealed class Content(IEnumerable<IModerated> features)
{
    private readonly Dictionary<ObjectKind, IModerated> byKind =
        features.SelectMany(feature => feature.Kinds.Select(kind => (kind, feature))).ToDictionary(entry => entry.kind, entry => entry.feature);

    public IModerated Of(ObjectKind kind) => byKind.TryGetValue(kind, out var feature) ? feature : throw Failure.NotFound();

    /// <returns>The object; fails with 404 where there is none.</returns>
    public async Task<ModeratedObject> Find(NpgsqlConnection db, ObjectKind kind, string id, CancellationToken ct) =>
        (await Of(kind).Find(db, kind, [id], ct)).FirstOrDefault() ?? throw Failure.NotFound();

    public async Task<Dictionary<string, ModeratedObject>> Find(NpgsqlConnection db, ObjectKind kind, IReadOnlyCollection<string> ids, CancellationToken ct) =>
        byKind.TryGetValue(kind, out var feature)
            ? (await feature.Find(db, kind, ids, ct)).ToDictionary(one => one.PublicId, StringComparer.Ordinal)
            : [];
}
