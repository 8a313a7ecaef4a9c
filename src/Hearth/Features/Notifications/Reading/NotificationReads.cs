using Hearth.Database;
using Hearth.Ledger;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Notifications.Reading;

/// <summary>
/// The statements that read notifications. Every list, every count and every live event takes what is listed, read or removed
/// from the same lines, so that they cannot disagree.
/// </summary>
internal static class NotificationReads
{
    /// <summary>It stands, and its reader has not removed it.</summary>
    public const string Stands =
        """
        n.people > 0 and not exists (
          select from notification_marks d where d.user_id = n.user_id and d.object_kind = n.object_kind and d.object_id = n.object_id
             and d.class = n.class and d.id <= n.id and d.deleted_to >= n.last)
        """;

    /// <summary>It is in its reader's list: it stands, and its type was not muted.</summary>
    public const string Listed = $"n.listed and {Stands}";

    public const string Unread =
        """
        n.last > coalesce((select r.read_to from notification_readers r where r.user_id = n.user_id), 0) and not exists (
          select from notification_marks m where m.user_id = n.user_id and m.object_kind = n.object_kind and m.object_id = n.object_id
             and m.class = n.class and m.id <= n.id and m.read_to >= n.last)
        """;

    /// <summary>Its reader may see the skill that it is about, or that what it is about hangs on.</summary>
    private const string Seen =
        """
        (k.author = n.user_id or not k.is_hidden and (k.visibility = 1 or k.visibility = 2
           and exists (select from follows w where w.follower = n.user_id and w.followed = k.author)))
        """;

    // What differs by kind is looked up, not joined: a plan of twelve joins took longer to make than a hundred such lists to read.
    private const string Columns =
        $"""
        select n.user_id, n.id, n.shown, n.people, n.last, n.last_at, n.object_kind, n.object_id, n.post_id,
               (select g.name from groups g where g.id = n.group_id),
               case n.object_kind
                 when 1 then (select o.username from users o where o.id = n.object_id)
                 when 2 then (select coalesce(p.title, left(p.content, 80)) from posts p where p.id = n.object_id and (not p.is_hidden or p.author = n.user_id))
                 when 3 then (select left(c.text, 80) from comments c where c.id = n.object_id and (not c.is_hidden or c.author = n.user_id))
                 when 8 then (select b.title from badges b where b.id = n.object_id)
                 when 13 then case when {Seen} then k.title end
                 when 14 then case when {Seen} then
                   (select left(d.text, 80) from skill_comments d where d.id = n.object_id and (not d.is_hidden or d.author = n.user_id)) end
                 when 15 then case when {Seen} then (select t.title from skill_tasks t where t.id = n.object_id and (not t.is_hidden or t.author = n.user_id)) end
               end,
               case n.object_kind
                 when 1 then (select o.uuid from users o where o.id = n.object_id)
                 when 14 then (select d.uuid from skill_comments d where d.id = n.object_id)
                 when 15 then (select t.uuid from skill_tasks t where t.id = n.object_id)
                 else k.uuid
               end,
               a.id, a.uuid, a.username, a.display_name, a.profile_photo,
               not ({Unread}), n.listed, {Stands}, coalesce(s.email_sent, false), coalesce(s.email_delivered, false), n.value, k.uuid
          from notifications n
          left join notification_sends s on s.user_id = n.user_id and s.id = n.id
          left join users a on a.id = n.last_actor
          left join skills k on k.id = case n.object_kind when 13 then n.object_id when 14 then n.post_id when 15 then n.post_id end
        """;

    private const string NamedSql =
        $"""
        -- notifications.named
        {Columns}
          join unnest($1::bigint[], $2::bigint[]) as f (user_id, id) on f.user_id = n.user_id and f.id = n.id
        """;

    private const string UnreadCountsSql =
        $"""
        -- notifications.unread_counts
        select u.id, (select count(*) from notifications n where n.user_id = u.id and {Unread} and {Listed})
          from unnest($1::bigint[]) as u (id)
        """;

    private const string BetweenSql =
        $"""
        -- notifications.between
        {Columns}
         where n.user_id = $1 and n.last_at > $2 and n.last_at <= $3 and (1 << n.shown) & $4 = 0 and {Unread} and {Stands}
         order by n.last desc
        """;

    private const string FoldSql =
        """
        -- notifications.fold
        select fold from notifications where user_id = $1 and id = $2 and fold > 0
        """;

    /// <summary>What is listed for a person, the latest first.</summary>
    public static Task<List<Shown>> List(NpgsqlConnection db, long user, bool? read, NotificationType? type, KeysetQuery page, CancellationToken ct)
    {
        var (compare, order) = page.Backwards ? (">", "asc") : ("<", "desc");
        var sql =
            $"""
            -- notifications.list
            {Columns}
             where n.user_id = $1 and {Listed}
               {(page.Cursor is null ? "" : $"and n.last {compare} $3")}
               {(read is { } wanted ? $"and {(wanted ? "not" : "")} ({Unread})" : "")}
               {(type is { } one ? $"and n.shown = {(short)one}" : "")}
             order by n.last {order}
             limit $2
            """;
        var parameters = new List<NpgsqlParameter> { Sql.Value(user), Sql.Value(page.Take) };
        if (page.Cursor is { } cursor)
            parameters.Add(Sql.Value(cursor.Long(0)));
        return Read(Sql.Command(db, sql, [.. parameters]), ct);
    }

    /// <summary>
    /// What a digest tells of: what was added to between two times, stands, is unread, and is not of a type that comes without mail;
    /// the latest first. What is muted in lists is among it.
    /// </summary>
    public static Task<List<Shown>> Between(NpgsqlConnection db, long user, DateTime from, DateTime until, int without, CancellationToken ct) =>
        Read(Sql.Command(db, BetweenSql, Sql.Value(user), Sql.Time(from), Sql.Time(until), Sql.Value(without)), ct);

    /// <summary>These notifications, listed or not, in no order.</summary>
    public static Task<List<Shown>> Named(NpgsqlConnection db, IReadOnlyCollection<(long User, long Id)> ids, CancellationToken ct) =>
        Read(Sql.Command(db, NamedSql, Sql.Array(ids, one => one.User), Sql.Array(ids, one => one.Id)), ct);

    /// <returns>The notification that shows this one: itself, or the one it folded into.</returns>
    public static async Task<Shown?> One(NpgsqlConnection db, long user, long id, CancellationToken ct)
    {
        await using var command = Sql.Command(db, FoldSql, Sql.Value(user), Sql.Value(id));
        return await command.ExecuteScalarAsync(ct) is long fold ? (await Named(db, [(user, fold)], ct)).FirstOrDefault() : null;
    }

    public static async Task<long> UnreadCount(NpgsqlConnection db, long user, CancellationToken ct) => (await UnreadCounts(db, [user], ct))[user];

    public static async Task<Dictionary<long, long>> UnreadCounts(NpgsqlConnection db, long[] users, CancellationToken ct)
    {
        var counts = new Dictionary<long, long>();
        await using var command = Sql.Command(db, UnreadCountsSql, Sql.Array(users));
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            counts[reader.GetInt64(0)] = reader.GetInt64(1);
        return counts;
    }

    private static async Task<List<Shown>> Read(NpgsqlCommand command, CancellationToken ct)
    {
        await using (command)
        {
            var shown = new List<Shown>();
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
                shown.Add(One(reader));
            return shown;
        }
    }

    private static Shown One(NpgsqlDataReader row) =>
        new(row.GetInt64(0), row.GetInt64(1), (NotificationType)row.GetInt16(2), row.GetInt32(3), row.GetInt64(4), row.GetDateTime(5),
            (ObjectKind)row.GetInt16(6), row.GetInt64(7))
        {
            Post = row.IsDBNull(8) || row.GetInt16(6) > (short)ObjectKind.Comment ? null : row.GetInt64(8),
            Value = row.IsDBNull(22) ? null : row.GetInt32(22),
            Skill = row.IsDBNull(23) ? null : row.GetGuid(23),
            GroupName = row.IsDBNull(9) ? null : row.GetString(9),
            Title = row.IsDBNull(10) ? null : row.GetString(10),
            ObjectUuid = row.IsDBNull(11) ? null : row.GetGuid(11),
            By = row.IsDBNull(12)
                ? null
                : new Doer(row.GetInt64(12), row.GetGuid(13), row.GetString(14), row.GetString(15), row.IsDBNull(16) ? null : row.GetString(16)),
            Read = row.GetBoolean(17),
            Stands = row.GetBoolean(19),
            Gone = !row.GetBoolean(18) || !row.GetBoolean(19),
            EmailSent = row.GetBoolean(20),
            EmailDelivered = row.GetBoolean(21),
        };
}
