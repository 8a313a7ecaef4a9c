using Hearth.Database;
using Npgsql;

namespace Hearth.Features.Notifications.Reading;

/// <summary>The statements by which a reader marks what they have seen. <see cref="Lock"/> comes first.</summary>
internal static class MarkStore
{
    private const string ReadSql =
        $"""
        -- notifications.mark_read
        with named as (select distinct fold from notifications where user_id = $1 and id = any ($2) and fold > 0)
        insert into notification_marks (user_id, object_kind, object_id, class, id, read_to)
        select n.user_id, n.object_kind, n.object_id, n.class, n.id, n.last
          from notifications n join named on named.fold = n.id
         where n.user_id = $1 and {NotificationReads.Unread} and {NotificationReads.Listed}
        on conflict (user_id, object_kind, object_id, class, id) do update set read_to = excluded.read_to
        returning id
        """;

    // One statement, one snapshot: what comes in between is neither counted nor read.
    private const string StandingSql =
        $"""
        -- notifications.standing
        select coalesce((select max(last) from notifications where user_id = $1 and people > 0 and listed), 0),
               (select count(*) from notifications n where n.user_id = $1 and {NotificationReads.Unread} and {NotificationReads.Listed})
        """;

    private const string ReadUpToSql =
        """
        -- notifications.read_up_to
        insert into notification_readers as r (user_id, read_to) values ($1, $2)
        on conflict (user_id) do update set read_to = greatest(r.read_to, excluded.read_to)
        """;

    private const string ForgetSql =
        """
        -- notifications.forget_marks
        delete from notification_marks where user_id = $1 and deleted_to = 0 and read_to <= $2
        """;

    private const string DeleteSql =
        $"""
        -- notifications.mark_deleted
        insert into notification_marks (user_id, object_kind, object_id, class, id, deleted_to)
        select n.user_id, n.object_kind, n.object_id, n.class, n.id, n.last
          from notifications n
         where n.user_id = $1 and n.id = (select fold from notifications where user_id = $1 and id = $2 and fold > 0) and {NotificationReads.Listed}
        on conflict (user_id, object_kind, object_id, class, id) do update set deleted_to = excluded.deleted_to
        """;

    /// <summary>A reader's tabs take turns, so that each counts what it changed.</summary>
    public static Task Lock(NpgsqlConnection db, long user, CancellationToken ct) =>
        Sql.Execute(db, "select pg_advisory_xact_lock(61, hashint8($1))", ct, Sql.Value(user));

    /// <returns>Those that were unread.</returns>
    public static async Task<List<long>> Read(NpgsqlConnection db, long user, long[] ids, CancellationToken ct)
    {
        var marked = new List<long>();
        await using var command = Sql.Command(db, ReadSql, Sql.Value(user), Sql.Array(ids));
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            marked.Add(reader.GetInt64(0));
        return marked;
    }

    /// <returns>The latest row that is listed, and how many notifications are unread.</returns>
    public static async Task<(long Last, long Unread)> Standing(NpgsqlConnection db, long user, CancellationToken ct)
    {
        await using var command = Sql.Command(db, StandingSql, Sql.Value(user));
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return (reader.GetInt64(0), reader.GetInt64(1));
    }

    /// <summary>Everything up to a row is read; single marks below it say nothing more.</summary>
    public static async Task ReadUpTo(NpgsqlConnection db, long user, long last, CancellationToken ct)
    {
        await Sql.Execute(db, ReadUpToSql, ct, Sql.Value(user), Sql.Value(last));
        await Sql.Execute(db, ForgetSql, ct, Sql.Value(user), Sql.Value(last));
    }

    /// <returns>Whether it was listed.</returns>
    public static async Task<bool> Delete(NpgsqlConnection db, long user, long id, CancellationToken ct) =>
        await Sql.Execute(db, DeleteSql, ct, Sql.Value(user), Sql.Value(id)) == 1;
}
