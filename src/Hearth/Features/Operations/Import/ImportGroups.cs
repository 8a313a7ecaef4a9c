using Npgsql;
using NpgsqlTypes;

namespace Hearth.Features.Operations.Import;

/// <summary>Groups and courses of an import.</summary>
internal static class ImportGroups
{
    public static async Task Store(NpgsqlConnection db, IReadOnlyCollection<(int Id, long Owner, ImportedGroup Group)> groups, CancellationToken ct)
    {
        foreach (var kind in groups.GroupBy(group => group.Group.IsCourse))
        {
            var table = kind.Key ? "courses" : "groups";
            var sql =
                $"""
                -- import.{table}
                insert into {table} (id, owner, name, description, imported_from, created_at, updated_at) overriding system value
                select id, owner, name, description, ref, at, at
                  from unnest($1::int[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::timestamptz[]) as g (id, owner, name, description, ref, at)
                """;
            await ImportStore.Execute(db, sql, ct,
                ImportStore.Array(NpgsqlDbType.Integer, kind.Select(g => g.Id)),
                ImportStore.Array(NpgsqlDbType.Bigint, kind.Select(g => g.Owner)),
                ImportStore.Text(kind.Select(g => g.Group.Name)),
                ImportStore.Text(kind.Select(g => g.Group.Description)),
                ImportStore.Text(kind.Select(g => g.Group.Ref)),
                ImportStore.Array(NpgsqlDbType.TimestampTz, kind.Select(g => g.Group.At)));
        }
    }
}
