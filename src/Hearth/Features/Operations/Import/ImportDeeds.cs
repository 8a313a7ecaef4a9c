using Npgsql;
using NpgsqlTypes;

namespace Hearth.Features.Operations.Import;

internal enum DeedKind
{
    JoinGroup,
    Enrol,
    View,
    ReactToPost,
    ReactToComment,
    Bookmark,
    Share,
    Follow,
}

internal readonly record struct DeedKey(DeedKind Kind, long Object, long User);

/// <summary>Something that a person can do to an object once: it may have been done before.</summary>
/// <param name="Value">A reaction's kind.</param>
internal sealed record ImportDeed(DeedKey Key, int Value, DateTime At);

/// <summary>The statements that write deeds: the state row, where it is new, and the counter of its object.</summary>
internal static class ImportDeeds
{
    private const string JoinSql =
        """
        -- import.join
        with added as (
          insert into group_members (group_id, user_id, at) select o::int, u, t from unnest($1::bigint[], $2::bigint[], $3::int[], $4::timestamptz[]) as d (o, u, v, t)
          on conflict do nothing returning group_id, user_id),
        counted as (
          update groups g set member_count = g.member_count + a.n from (select group_id, count(*)::int as n from added group by 1) a where g.id = a.group_id)
        select group_id::bigint, user_id from added
        """;

    private const string EnrolSql =
        """
        -- import.enrol
        with added as (
          insert into course_members (course_id, user_id, at) select o::int, u, t from unnest($1::bigint[], $2::bigint[], $3::int[], $4::timestamptz[]) as d (o, u, v, t)
          on conflict do nothing returning course_id, user_id),
        counted as (
          update courses c set member_count = c.member_count + a.n from (select course_id, count(*)::int as n from added group by 1) a where c.id = a.course_id)
        select course_id::bigint, user_id from added
        """;

    private const string ViewSql =
        """
        -- import.view
        with added as (
          insert into post_views (post_id, user_id, at) select o, u, t from unnest($1::bigint[], $2::bigint[], $3::int[], $4::timestamptz[]) as d (o, u, v, t)
          on conflict do nothing returning post_id, user_id, at),
        hours as (
          insert into post_view_hours as h (post_id, hour, views)
          select post_id, date_trunc('hour', at, 'UTC'), count(*)::int from added group by 1, 2 order by 1, 2
          on conflict (post_id, hour) do update set views = h.views + excluded.views),
        counted as (
          update posts p set views = p.views + a.n from (select post_id, count(*)::int as n from added group by 1) a where p.id = a.post_id)
        select post_id, user_id from added
        """;

    private const string FollowSql =
        """
        -- import.follow
        with added as (
          insert into follows (followed, follower, at) select o, u, t from unnest($1::bigint[], $2::bigint[], $3::int[], $4::timestamptz[]) as d (o, u, v, t)
          on conflict do nothing returning followed, follower),
        counted as (
          insert into follow_counts as c (user_id, followers, following)
          select id, sum(followers)::int, sum(following)::int
            from (select followed as id, 1 as followers, 0 as following from added union all select follower, 0, 1 from added) sides
           group by id order by id
          on conflict (user_id) do update set followers = c.followers + excluded.followers, following = c.following + excluded.following)
        select followed, follower from added
        """;

    public static async Task<IReadOnlySet<DeedKey>> Store(NpgsqlConnection db, IReadOnlyCollection<ImportDeed> deeds, CancellationToken ct)
    {
        var done = new HashSet<DeedKey>();
        foreach (var kind in deeds.GroupBy(deed => deed.Key.Kind).OrderBy(group => group.Key))
        {
            ImportDeed[] these = [.. kind];
            if (kind.Key is DeedKind.View or DeedKind.ReactToPost or DeedKind.Bookmark or DeedKind.Share)
                await ImportStore.LockPosts(db, these.Select(deed => deed.Key.Object), ct);
            else if (kind.Key == DeedKind.ReactToComment)
                await ImportStore.LockComments(db, these.Select(deed => deed.Key.Object), ct);
            await Store(db, kind.Key, these, done, ct);
        }

        return done;
    }

    /// <summary>Which of them are there, for a dry run.</summary>
    public static async Task<IReadOnlyList<DeedKey>> Existing(NpgsqlConnection db, IEnumerable<ImportDeed> deeds, CancellationToken ct)
    {
        var there = new HashSet<DeedKey>();
        foreach (var kind in deeds.GroupBy(deed => deed.Key.Kind))
        {
            var (table, key) = Table(kind.Key);
            var person = kind.Key == DeedKind.Follow ? "follower" : "user_id";
            var sql =
                $"""
                -- import.existing_{table}
                select {key}::bigint, {person} from {table} where ({key}, {person}) in (select o, u from unnest($1::bigint[], $2::bigint[]) as d (o, u))
                """;
            await using var command = new NpgsqlCommand(sql, db)
            {
                Parameters =
                {
                    ImportStore.Array(NpgsqlDbType.Bigint, kind.Select(deed => deed.Key.Object)),
                    ImportStore.Array(NpgsqlDbType.Bigint, kind.Select(deed => deed.Key.User)),
                },
            };
            await Read(command, kind.Key, there, ct);
        }

        return [.. there];
    }

    private static (string Table, string Key) Table(DeedKind kind) => kind switch
    {
        DeedKind.JoinGroup => ("group_members", "group_id"),
        DeedKind.Enrol => ("course_members", "course_id"),
        DeedKind.View => ("post_views", "post_id"),
        DeedKind.ReactToPost => ("post_reactions", "post_id"),
        DeedKind.Bookmark => ("post_bookmarks", "post_id"),
        DeedKind.Share => ("post_shares", "post_id"),
        DeedKind.Follow => ("follows", "followed"),
        _ => ("comment_reactions", "comment_id"),
    };

    private static async Task Read(NpgsqlCommand command, DeedKind kind, HashSet<DeedKey> into, CancellationToken ct)
    {
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            into.Add(new DeedKey(kind, reader.GetInt64(0), reader.GetInt64(1)));
    }

    private static string Sql(DeedKind kind) => kind switch
    {
        DeedKind.JoinGroup => JoinSql,
        DeedKind.Enrol => EnrolSql,
        DeedKind.View => ViewSql,
        DeedKind.ReactToPost => ReactSql("posts", kind),
        DeedKind.Bookmark => MarkSql("bookmarks", kind),
        DeedKind.Share => MarkSql("shares", kind),
        DeedKind.Follow => FollowSql,
        _ => ReactSql("comments", kind),
    };

    private static string MarkSql(string counter, DeedKind kind)
    {
        var (table, _) = Table(kind);
        return $"""
            -- import.{counter}
            with added as (
              insert into {table} (post_id, user_id, at) select o, u, t from unnest($1::bigint[], $2::bigint[], $3::int[], $4::timestamptz[]) as d (o, u, v, t)
              on conflict do nothing returning post_id, user_id),
            counted as (
              update posts p set {counter} = p.{counter} + a.n from (select post_id, count(*)::int as n from added group by 1) a where p.id = a.post_id)
            select post_id, user_id from added
            """;
    }

    private static string ReactSql(string objects, DeedKind kind)
    {
        var (table, key) = Table(kind);
        return $"""
        -- import.react_{objects}
        with added as (
          insert into {table} ({key}, user_id, kind) select o, u, v::smallint from unnest($1::bigint[], $2::bigint[], $3::int[], $4::timestamptz[]) as d (o, u, v, t)
          on conflict do nothing returning {key}, user_id, kind),
        counted as (
          update {objects} o set like_count = o.like_count + a.likes, love_count = o.love_count + a.loves, haha_count = o.haha_count + a.hahas, sad_count = o.sad_count + a.sads
            from (select {key} as id, count(*) filter (where kind = 1)::int as likes, count(*) filter (where kind = 2)::int as loves,
                         count(*) filter (where kind = 3)::int as hahas, count(*) filter (where kind = 4)::int as sads from added group by 1) a
           where o.id = a.id)
        select {key}, user_id from added
        """;
    }

    private static async Task Store(NpgsqlConnection db, DeedKind kind, ImportDeed[] deeds, HashSet<DeedKey> done, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Sql(kind), db)
        {
            Parameters =
            {
                ImportStore.Array(NpgsqlDbType.Bigint, deeds.Select(deed => deed.Key.Object)),
                ImportStore.Array(NpgsqlDbType.Bigint, deeds.Select(deed => deed.Key.User)),
                ImportStore.Array(NpgsqlDbType.Integer, deeds.Select(deed => deed.Value)),
                ImportStore.Array(NpgsqlDbType.TimestampTz, deeds.Select(deed => deed.At)),
            },
        };
        await Read(command, kind, done, ct);
    }
}
