using Hearth.Ledger;
using Npgsql;

namespace Hearth.Features.Notifications.Making;

/// <summary>
/// What is gone or hidden is no news: a removed object takes everything about it along, a hidden one what told of its text, until it is shown again.
/// </summary>
internal static class Removing
{
    private const string PostSql =
        """
        -- notifications.remove_post
        update notifications set taken_by = $2
         where taken_by = 0 and ((object_kind = 2 and object_id = $1) or (object_kind = 3 and post_id = $1))
        returning user_id, fold
        """;

    private const string CommentSql =
        """
        -- notifications.remove_comment
        update notifications set taken_by = $2 where taken_by = 0 and object_kind = 3 and object_id = $1
        returning user_id, fold
        """;

    private const string HideSql =
        """
        -- notifications.hide
        update notifications set hidden_by = $3 where object_kind = $1 and object_id = $2 and class = 2 and hidden_by = 0
        returning user_id, fold
        """;

    private const string UnhideSql =
        """
        -- notifications.unhide
        update notifications set hidden_by = 0 where object_kind = $1 and object_id = $2 and class = 2 and hidden_by <> 0
        returning user_id, fold
        """;

    public static bool Concerns(LedgerRow row) => row.Verb is Verb.DeletePost or Verb.DeleteComment || Hides(row) is not null;

    public static async Task Apply(NpgsqlConnection db, LedgerRow row, Changes changes, CancellationToken ct)
    {
        var folds = row.Verb switch
        {
            Verb.DeletePost => await FoldStore.Folds(db, PostSql, ct, Sql.Value(row.ObjectId), Sql.Value(row.Id)),
            Verb.DeleteComment => await FoldStore.Folds(db, CommentSql, ct, Sql.Value(row.ObjectId), Sql.Value(row.Id)),
            _ => await Hide(db, row, Hides(row) ?? false, row.Id, ct),
        };
        await Show(db, folds, changes, ct);
    }

    /// <summary>A row that hides or shows counts no more, or again: so the other is done.</summary>
    public static async Task Void(NpgsqlConnection db, LedgerRow row, bool voided, Changes changes, CancellationToken ct)
    {
        if (Hides(row) is { } hides)
            await Show(db, await Hide(db, row, hides != voided, row.Id, ct), changes, ct);
    }

    private static bool? Hides(LedgerRow row) => row.Verb switch
    {
        Verb.HidePost or Verb.HideComment => true,
        Verb.UnhidePost or Verb.UnhideComment => false,
        _ => null,
    };

    private static Task<List<(long User, long Fold)>> Hide(NpgsqlConnection db, LedgerRow row, bool hide, long by, CancellationToken ct) => hide
        ? FoldStore.Folds(db, HideSql, ct, Sql.Value((short)row.Kind), Sql.Value(row.ObjectId), Sql.Value(by))
        : FoldStore.Folds(db, UnhideSql, ct, Sql.Value((short)row.Kind), Sql.Value(row.ObjectId));

    private static async Task Show(NpgsqlConnection db, List<(long User, long Fold)> folds, Changes changes, CancellationToken ct)
    {
        var distinct = folds.Distinct().ToList();
        changes.Touched.UnionWith(distinct);
        await FoldStore.Show(db, distinct, ct);
    }
}
