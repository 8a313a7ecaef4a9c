using Hearth.Database;
using Hearth.Ledger;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Operations.Caches;

/// <summary>Empties this node's caches when an administrator says so, on whichever node.</summary>
internal sealed class CacheTail(NodeCaches caches) : ITailReader
{
    public ValueTask Apply(IReadOnlyList<LedgerRow> rows, long upTo, CancellationToken ct)
    {
        foreach (var row in rows)
        {
            if (row.Verb != Verb.ForgetCached)
                continue;
            if (row.ObjectId == 0)
                caches.Clear();
            else
                caches.Forget(row.ObjectId);
        }

        return ValueTask.CompletedTask;
    }
}

internal static class CacheStore
{
    public static async Task<Guid> Uuid(NpgsqlConnection db, long user, CancellationToken ct)
    {
        await using var command = Sql.Command(db, "-- caches.person\nselect uuid from users where id = $1", Sql.Value(user));
        return (Guid)(await command.ExecuteScalarAsync(ct))!;
    }
}
