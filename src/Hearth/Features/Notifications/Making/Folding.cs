using Hearth.Database;
using Npgsql;

namespace Hearth.Features.Notifications.Making;

/// <summary>Which causes are shown as one.</summary>
internal static class Folding
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private const string RowsSql =
        """
        -- notifications.fold_rows
        select k.n, n.id, n.at, n.fold, n.voided
          from unnest($1::bigint[], $2::smallint[], $3::smallint[], $4::bigint[]) with ordinality as k (user_id, class, object_kind, object_id, n)
          join notifications n on n.object_kind = k.object_kind and n.object_id = k.object_id and n.class = k.class and n.user_id = k.user_id
         order by k.n, n.id
        """;

    private const string MoveSql =
        """
        -- notifications.move
        update notifications n
           set fold = m.fold, people = 0, listed = false, last = n.id, last_at = n.at, last_actor = null, shown = n.type
          from unnest($1::bigint[], $2::bigint[], $3::bigint[]) as m (user_id, id, fold)
         where n.user_id = m.user_id and n.id = m.id
        """;

    /// <summary>
    /// Whether something that happened now belongs to what began then. What was written is one thing however late it is named
    /// again; a moderator's decision and a milestone are each one by itself; the rest within an hour of its first.
    /// </summary>
    public static bool Belongs(NotificationClass what, DateTime began, DateTime at) => what switch
    {
        NotificationClass.Said => true,
        NotificationClass.Moderated or NotificationClass.Downloaded => false,
        _ => at - began < Hour,
    };

    /// <summary>Gives causes their folds, in their order, going on from what is there.</summary>
    public static async Task<List<Placed>> Place(NpgsqlConnection db, IReadOnlyCollection<(Cause Cause, bool Muted)> causes, CancellationToken ct)
    {
        var latest = await FoldStore.Latest(db, [.. causes.Select(one => one.Cause.Key).Distinct()], ct);
        var placed = new List<Placed>(causes.Count);
        foreach (var (cause, muted) in causes)
        {
            var key = cause.Key;
            if (!latest.TryGetValue(key, out var fold) || !Belongs(key.Class, fold.At, cause.At))
                latest[key] = fold = (cause.Row, cause.At);
            placed.Add(new Placed(cause, fold.Fold, muted));
        }

        return placed;
    }

    /// <summary>
    /// Folds everything of these keys anew, as if what is void had never been, and says what is shown of it.
    /// </summary>
    /// <returns>All their folds.</returns>
    public static async Task<List<(long User, long Fold)>> Anew(NpgsqlConnection db, FoldKey[] keys, CancellationToken ct)
    {
        var moves = new List<(long User, long Id, long Fold)>();
        var folds = new HashSet<(long User, long Fold)>();
        await using (var command = Sql.Command(db, RowsSql, FoldStore.Keys(keys)))
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            var at = -1L;
            var (fold, began) = (0L, DateTime.MinValue);
            while (await reader.ReadAsync(ct))
            {
                if (reader.GetInt64(0) != at)
                    (at, fold) = (reader.GetInt64(0), 0);
                var key = keys[at - 1];
                var (id, when, stored, voided) = (reader.GetInt64(1), reader.GetDateTime(2), reader.GetInt64(3), reader.GetBoolean(4));
                if (!voided && (fold == 0 || !Belongs(key.Class, began, when)))
                    (fold, began) = (id, when);
                var into = voided ? 0 : fold;
                if (into != stored)
                    moves.Add((key.User, id, into));
                if (into != 0)
                    folds.Add((key.User, into));
            }
        }

        if (moves.Count > 0)
            await Sql.Execute(db, MoveSql, ct, Sql.Array(moves, m => m.User), Sql.Array(moves, m => m.Id), Sql.Array(moves, m => m.Fold));
        await FoldStore.Show(db, folds, ct);
        return [.. folds];
    }
}
