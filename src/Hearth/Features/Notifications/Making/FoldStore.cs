using Hearth.Database;
using Npgsql;

namespace Hearth.Features.Notifications.Making;

/// <summary>A cause with the row that it folds into.</summary>
internal readonly record struct Placed(Cause Cause, long Fold, bool Muted)
{
    /// <summary>Whether something new is shown, not more of the same.</summary>
    public bool IsFirst => Fold == Cause.Row;
}

/// <summary>The statements that keep causes and what is shown of them.</summary>
internal static class FoldStore
{
    private const string LatestSql =
        """
        -- notifications.latest_folds
        select k.n, h.id, h.at
          from unnest($1::bigint[], $2::smallint[], $3::smallint[], $4::bigint[]) with ordinality as k (user_id, class, object_kind, object_id, n)
         cross join lateral (
               select x.id, x.at from notifications x
                where x.object_kind = k.object_kind and x.object_id = k.object_id and x.class = k.class and x.user_id = k.user_id and x.fold = x.id
                order by x.id desc limit 1) h
        """;

    private const string KnownSql =
        """
        -- notifications.known
        select k.n
          from unnest($1::bigint[], $2::smallint[], $3::smallint[], $4::bigint[], $5::bigint[], $6::bigint[]) with ordinality
               as k (user_id, class, object_kind, object_id, actor, fold, n)
         where exists (
               select from notifications x
                where x.object_kind = k.object_kind and x.object_id = k.object_id and x.class = k.class and x.user_id = k.user_id
                  and x.actor = k.actor and x.fold = k.fold and x.taken_by = 0 and x.hidden_by = 0)
            or k.actor is null and exists (
               select from notifications x
                where x.object_kind = k.object_kind and x.object_id = k.object_id and x.class = k.class and x.user_id = k.user_id
                  and x.actor is null and x.fold = k.fold and x.taken_by = 0 and x.hidden_by = 0)
        """;

    private const string AddSql =
        """
        -- notifications.add
        insert into notifications (user_id, id, fold, object_id, actor, post_id, at, last, last_actor, last_at, group_id, value, people,
                                   class, type, shown, object_kind, muted, listed)
        select user_id, id, fold, object_id, actor, post_id, at, id, case when id = fold then actor end, at, group_id, value,
               case when id = fold then 1 else 0 end, class, type, type, object_kind, muted, id = fold and not muted
          from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::timestamptz[], $8::int[], $9::int[],
                      $10::smallint[], $11::smallint[], $12::smallint[], $13::boolean[])
               as a (user_id, id, fold, object_id, actor, post_id, at, group_id, value, class, type, object_kind, muted)
        """;

    // Of several rows that take back, the first after the cause is the one that did.
    private const string TakeBackSql =
        """
        -- notifications.take_back
        with taken as (
          select n.user_id, n.id, min(t.row) as row
            from unnest($1::bigint[], $2::smallint[], $3::smallint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::smallint[])
                 as t (user_id, class, object_kind, object_id, actor, row, type)
            join notifications n on n.object_kind = t.object_kind and n.object_id = t.object_id and n.class = t.class and n.user_id = t.user_id
                                and n.type = t.type and (t.actor is null or n.actor = t.actor) and n.id < t.row and n.taken_by = 0
           group by n.user_id, n.id)
        update notifications n set taken_by = taken.row from taken where n.user_id = taken.user_id and n.id = taken.id
        returning n.user_id, n.fold
        """;

    private const string GiveBackSql =
        """
        -- notifications.give_back
        update notifications n set taken_by = 0
          from unnest($1::bigint[], $2::smallint[], $3::smallint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::smallint[])
               as t (user_id, class, object_kind, object_id, actor, row, type)
         where n.object_kind = t.object_kind and n.object_id = t.object_id and n.class = t.class and n.user_id = t.user_id
           and n.type = t.type and (t.actor is null or n.actor = t.actor) and n.taken_by = t.row
        returning n.user_id, n.fold
        """;

    // What comes to a fold is later than all it has. A fold that nothing stands in begins anew.
    private const string GrowSql =
        """
        -- notifications.grow
        update notifications h
           set people = h.people + g.people, listed = h.listed or g.listed, last = g.last, last_at = g.last_at, last_actor = g.last_actor,
               shown = case when h.people = 0 then g.shown else least(h.shown, g.shown) end
          from unnest($1::bigint[], $2::bigint[], $3::int[], $4::boolean[], $5::bigint[], $6::timestamptz[], $7::bigint[], $8::smallint[])
               as g (user_id, fold, people, listed, last, last_at, last_actor, shown)
         where h.user_id = g.user_id and h.id = g.fold
        """;

    private const string ShowSql =
        """
        -- notifications.show
        update notifications h
           set people = s.people, listed = s.listed, last = s.last, last_at = s.last_at, last_actor = s.last_actor, shown = s.shown
          from (select f.user_id, f.fold,
                       count(distinct coalesce(n.actor, 0)) filter (where n.stands) as people,
                       coalesce(bool_or(not n.muted) filter (where n.stands), false) as listed,
                       coalesce(max(n.id) filter (where n.stands), f.fold) as last,
                       coalesce((array_agg(n.at order by n.id desc) filter (where n.stands))[1], min(a.at)) as last_at,
                       (array_agg(n.actor order by n.id desc) filter (where n.stands))[1] as last_actor,
                       coalesce((array_agg(n.type order by n.type, n.id) filter (where n.stands))[1], min(a.type)) as shown
                  from unnest($1::bigint[], $2::bigint[]) as f (user_id, fold)
                  join notifications a on a.user_id = f.user_id and a.id = f.fold
                  cross join lateral (
                       select x.id, x.at, x.actor, x.type, x.muted, x.taken_by = 0 and x.hidden_by = 0 as stands
                         from notifications x
                        where x.object_kind = a.object_kind and x.object_id = a.object_id and x.class = a.class and x.user_id = a.user_id
                          and x.id >= a.id and x.fold = a.id) n
                 group by f.user_id, f.fold) s
         where h.user_id = s.user_id and h.id = s.fold
        """;

    /// <summary>The latest fold of each key: its first row and when that was.</summary>
    public static async Task<Dictionary<FoldKey, (long Fold, DateTime At)>> Latest(NpgsqlConnection db, FoldKey[] keys, CancellationToken ct)
    {
        var latest = new Dictionary<FoldKey, (long, DateTime)>(keys.Length);
        await using var command = Sql.Command(db, LatestSql, Keys(keys));
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            latest[keys[reader.GetInt64(0) - 1]] = (reader.GetInt64(1), reader.GetDateTime(2));
        return latest;
    }

    /// <returns>Those of these rows whose person their fold tells of already, by something else that stands.</returns>
    public static async Task<HashSet<Placed>> Known(NpgsqlConnection db, IReadOnlyList<Placed> rows, CancellationToken ct)
    {
        var known = new HashSet<Placed>();
        if (rows.Count == 0)
            return known;
        await using var command = Sql.Command(
            db,
            KnownSql,
            [.. Keys([.. rows.Select(row => row.Cause.Key)]), Sql.Array(rows, row => row.Cause.Actor), Sql.Array(rows, row => row.Fold)]);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            known.Add(rows[(int)reader.GetInt64(0) - 1]);
        return known;
    }

    /// <summary>Adds to what is shown of folds what came to them.</summary>
    public static Task Grow(NpgsqlConnection db, IReadOnlyCollection<Growth> growths, CancellationToken ct) => growths.Count == 0
        ? Task.CompletedTask
        : Sql.Execute(
            db,
            GrowSql,
            ct,
            Sql.Array(growths, g => g.User),
            Sql.Array(growths, g => g.Fold),
            Sql.Array(growths, g => g.People),
            Sql.Array(growths, g => g.IsListed),
            Sql.Array(growths, g => g.Last.Row),
            Sql.Times(growths, g => g.Last.At),
            Sql.Array(growths, g => g.Last.Actor),
            Sql.Array(growths, g => (short)g.Shown));

    public static Task Add(NpgsqlConnection db, IReadOnlyCollection<Placed> placed, CancellationToken ct) => Sql.Execute(
        db,
        AddSql,
        ct,
        Sql.Array(placed, p => p.Cause.User),
        Sql.Array(placed, p => p.Cause.Row),
        Sql.Array(placed, p => p.Fold),
        Sql.Array(placed, p => p.Cause.ObjectId),
        Sql.Array(placed, p => p.Cause.Actor),
        Sql.Array(placed, p => p.Cause.Post),
        Sql.Times(placed, p => p.Cause.At),
        Sql.Array(placed, p => p.Cause.Group),
        Sql.Array(placed, p => p.Cause.Value),
        Sql.Array(placed, p => (short)p.Cause.Type.Class()),
        Sql.Array(placed, p => (short)p.Cause.Type),
        Sql.Array(placed, p => (short)p.Cause.Kind),
        Sql.Array(placed, p => p.Muted));

    /// <returns>The folds that lost something.</returns>
    public static Task<List<(long User, long Fold)>> TakeBack(NpgsqlConnection db, IReadOnlyCollection<TakeBack> rows, CancellationToken ct) =>
        Folds(db, TakeBackSql, ct, Of(rows));

    /// <summary>What these rows took back stands again.</summary>
    /// <inheritdoc cref="TakeBack"/>
    public static Task<List<(long User, long Fold)>> GiveBack(NpgsqlConnection db, IReadOnlyCollection<TakeBack> rows, CancellationToken ct) =>
        Folds(db, GiveBackSql, ct, Of(rows));

    /// <summary>Says anew what is shown of these folds.</summary>
    public static Task Show(NpgsqlConnection db, IReadOnlyCollection<(long User, long Fold)> folds, CancellationToken ct) =>
        folds.Count == 0 ? Task.CompletedTask : Sql.Execute(db, ShowSql, ct, Sql.Array(folds, f => f.User), Sql.Array(folds, f => f.Fold));

    public static async Task<List<(long User, long Fold)>> Folds(NpgsqlConnection db, string sql, CancellationToken ct, params NpgsqlParameter[] parameters)
    {
        var folds = new List<(long, long)>();
        await using var command = Sql.Command(db, sql, parameters);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            if (reader.GetInt64(1) != 0)
                folds.Add((reader.GetInt64(0), reader.GetInt64(1)));
        }

        return folds;
    }

    public static NpgsqlParameter[] Keys(IReadOnlyCollection<FoldKey> keys) =>
    [
        Sql.Array(keys, key => key.User), Sql.Array(keys, key => (short)key.Class), Sql.Array(keys, key => (short)key.Kind), Sql.Array(keys, key => key.ObjectId),
    ];

    private static NpgsqlParameter[] Of(IReadOnlyCollection<TakeBack> rows) =>
    [
        .. Keys([.. rows.Select(row => row.Key)]), Sql.Array(rows, row => row.Actor), Sql.Array(rows, row => row.Row), Sql.Array(rows, row => (short)row.Type),
    ];
}
