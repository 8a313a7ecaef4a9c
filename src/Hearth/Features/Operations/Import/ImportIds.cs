using Npgsql;

namespace Hearth.Features.Operations.Import;

/// <summary>Ids for new rows, drawn many at a time; what a run does not use stays a gap. A dry run draws none.</summary>
internal sealed class ImportIds(NpgsqlConnection db, bool dryRun)
{
    private const int PerDraw = 500;

    private readonly Dictionary<string, Queue<long>> drawn = new(StringComparer.Ordinal);
    private long unreal;

    public async Task<long> Next(string table, CancellationToken ct)
    {
        if (dryRun)
            return --unreal;
        if (!drawn.TryGetValue(table, out var ids) || ids.Count == 0)
            drawn[table] = ids = await ImportStore.DrawIds(db, table, table is "groups" or "courses" ? 1 : PerDraw, ct);
        return ids.Dequeue();
    }
}
