using System.Text.Json;
using Hearth.Ledger;
using Npgsql;
using NpgsqlTypes;

namespace Hearth.Features.Operations.Import;

/// <summary>Totals that an import brought, after their rows are voided or restored: the bases and the counters that contain them.</summary>
internal sealed class ImportVoids : IVoidable
{
    private const string PostsSql =
        """
        -- import.void_posts
        update posts p
           set like_base = p.like_base + d.likes, like_count = p.like_count + d.likes, love_base = p.love_base + d.loves, love_count = p.love_count + d.loves,
               views_base = p.views_base + d.views, views = p.views + d.views
          from unnest($1::bigint[], $2::int[], $3::int[], $4::int[]) as d (id, likes, loves, views)
         where p.id = d.id
        """;

    private const string CommentsSql =
        """
        -- import.void_comments
        update comments c
           set like_base = c.like_base + d.likes, like_count = c.like_count + d.likes, love_base = c.love_base + d.loves, love_count = c.love_count + d.loves
          from unnest($1::bigint[], $2::int[], $3::int[], $4::int[]) as d (id, likes, loves, views)
         where c.id = d.id
        """;

    public async Task Follow(NpgsqlConnection db, IReadOnlyList<LedgerRow> rows, bool voided, CancellationToken ct)
    {
        var totals = rows.Where(row => row.Verb is Verb.ImportReactions or Verb.ImportViews).ToList();
        if (totals.Count == 0)
            return;
        // Posts before comments, each by id: as every write that touches both.
        await Apply(db, PostsSql, [.. totals.Where(row => row.Kind == ObjectKind.Post)], voided, ct);
        await Apply(db, CommentsSql, [.. totals.Where(row => row.Kind == ObjectKind.Comment)], voided, ct);
    }

    private static async Task Apply(NpgsqlConnection db, string sql, IReadOnlyList<LedgerRow> rows, bool voided, CancellationToken ct)
    {
        if (rows.Count == 0)
            return;
        var objects = rows.GroupBy(row => row.ObjectId).OrderBy(group => group.Key).ToList();
        if (rows[0].Kind == ObjectKind.Post)
            await ImportStore.LockPosts(db, objects.Select(group => group.Key), ct);
        else
            await ImportStore.LockComments(db, objects.Select(group => group.Key), ct);
        await ImportStore.Execute(db, sql, ct,
            ImportStore.Array(NpgsqlDbType.Bigint, objects.Select(group => group.Key)),
            Change(row => row.Verb == Verb.ImportReactions && Reaction(row) == 1),
            Change(row => row.Verb == Verb.ImportReactions && Reaction(row) == 2),
            Change(row => row.Verb == Verb.ImportViews));

        NpgsqlParameter Change(Func<LedgerRow, bool> counts) => ImportStore.Array(
            NpgsqlDbType.Integer, objects.Select(group => (voided ? -1 : 1) * group.Where(counts).Sum(row => row.Value ?? 0)));
    }

    private static int Reaction(LedgerRow row)
    {
        using var detail = JsonDocument.Parse(row.Detail ?? "{}");
        return detail.RootElement.TryGetProperty("kind", out var kind) ? kind.GetInt32() : 0;
    }
}
