using Hearth.Database;
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

    private const string SkillSql =
        """
        -- notifications.remove_skill
        update notifications set taken_by = $2
         where taken_by = 0 and ((object_kind = 13 and object_id = $1) or (object_kind in (14, 15) and post_id = $1))
        returning user_id, fold
        """;

    private const string ObjectSql =
        """
        -- notifications.remove_object
        update notifications set taken_by = $2 where taken_by = 0 and object_kind = $3 and object_id = $1
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

    public static bool Concerns(LedgerRow row) => row.Verb is Verb.DeletePost or Verb.DeleteSkill || IsRemoved(row) || Hides(row) is not null;

    public static async Task Apply(NpgsqlConnection db, LedgerRow row, Changes changes, CancellationToken ct)
    {
        var folds = row.Verb switch
        {
            Verb.DeletePost => await FoldStore.Folds(db, PostSql, ct, Sql.Value(row.ObjectId), Sql.Value(row.Id)),
            Verb.DeleteSkill => await FoldStore.Folds(db, SkillSql, ct, Sql.Value(row.ObjectId), Sql.Value(row.Id)),
            _ when IsRemoved(row) => await FoldStore.Folds(db, ObjectSql, ct, Sql.Value(row.ObjectId), Sql.Value(row.Id), Sql.Value((short)row.Kind)),
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

    /// <summary>A thing that nothing else hangs on is gone.</summary>
    private static bool IsRemoved(LedgerRow row) => row.Verb is Verb.DeleteComment or Verb.DeleteSkillComment or Verb.DeleteTask;

    private static bool? Hides(LedgerRow row) => row.Verb switch
    {
        Verb.HidePost or Verb.HideComment or Verb.HideSkill => true,
        Verb.UnhidePost or Verb.UnhideComment or Verb.UnhideSkill => false,
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
