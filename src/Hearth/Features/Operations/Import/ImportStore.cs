using Hearth.Ledger;
using Npgsql;
using NpgsqlTypes;

namespace Hearth.Features.Operations.Import;

/// <summary>A post as the import knows it, once it has an id.</summary>
internal readonly record struct KnownPost(long Id, long Author, int? Group, int? Course);

/// <param name="Root">The comment that answers the post itself: its own id where it is that one.</param>
internal readonly record struct KnownComment(long Id, long Author, long Post, long Root);

/// <summary>
/// The import's statements: whole chunks by arrays. Ids are drawn before the rows are written, so that rows of one chunk
/// may name each other.
/// </summary>
internal static class ImportStore
{
    private const string DrawSql =
        """
        -- import.draw_ids
        select nextval(pg_get_serial_sequence($1, 'id')) from generate_series(1, $2)
        """;

    private const string UsersSql =
        """
        -- import.users
        insert into users (id, username, username_key, email, email_key, email_verified, display_name, profile_photo, bio, password_hash,
                           roles, is_active, imported_from, created_at)
               overriding system value
        select * from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::boolean[], $7::text[], $8::text[], $9::text[], $10::text[],
                             $11::int[], $12::boolean[], $13::text[], $14::timestamptz[])
        """;

    private const string PostsSql =
        """
        -- import.posts
        insert into posts (id, author, title, content, media, media_type, group_id, course_id, views, views_base, like_count, like_base,
                           love_count, love_base, imported_from, created_at, updated_at)
               overriding system value
        select id, author, title, content, media, media_type, group_id, course_id, views, views, likes, likes, loves, loves, ref, created_at, updated_at
          from unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::int[], $8::int[], $9::int[], $10::int[], $11::int[],
                      $12::text[], $13::timestamptz[], $14::timestamptz[])
               as p (id, author, title, content, media, media_type, group_id, course_id, views, likes, loves, ref, created_at, updated_at)
        """;

    // Rows in the order of their keys: two writers of the same days cannot wait for each other.
    private const string DaysSql =
        """
        -- import.post_days
        insert into post_days as d (list, list_id, day, posts)
        select l.list, l.list_id, (p.created_at at time zone 'UTC')::date, count(*)::int
          from posts p
         cross join lateral (values (0::smallint, 0::bigint), (1::smallint, p.author), (2::smallint, p.group_id::bigint), (3::smallint, p.course_id::bigint))
               as l (list, list_id)
         where p.id = any($1) and l.list_id is not null
         group by 1, 2, 3 order by 1, 2, 3
        on conflict (list, list_id, day) do update set posts = d.posts + excluded.posts
        """;

    private const string LockPostsSql = "select from posts where id = any($1) order by id for no key update";

    private const string LockCommentsSql = "select from comments where id = any($1) order by id for no key update";

    private const string CommentsSql =
        """
        -- import.comments
        insert into comments (id, post_id, author, parent_id, root_id, text, media, media_type, like_count, like_base, love_count, love_base,
                              imported_from, created_at, updated_at)
               overriding system value
        select id, post_id, author, parent_id, root_id, text, media, media_type, likes, likes, loves, loves, ref, created_at, updated_at
          from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::text[], $7::text[], $8::text[], $9::int[], $10::int[],
                      $11::text[], $12::timestamptz[], $13::timestamptz[])
               as c (id, post_id, author, parent_id, root_id, text, media, media_type, likes, loves, ref, created_at, updated_at)
        """;

    private const string CountCommentsSql =
        """
        -- import.count_comments
        update posts p set comment_count = p.comment_count + c.n, thread_count = p.thread_count + c.top
          from (select post_id, count(*)::int as n, (count(*) filter (where parent_id is null))::int as top from comments where id = any($1) group by 1) c
         where p.id = c.post_id
        """;

    private const string CountRepliesSql =
        """
        -- import.count_replies
        update comments r set replies = r.replies + c.n
          from (select root_id, count(*)::int as n from comments where id = any($1) and root_id is not null group by 1) c
         where r.id = c.root_id
        """;

    private const string MentionsSql =
        """
        -- import.mentions
        insert into mentions (object_kind, object_id, post_id, author, user_id, context, created_at)
        select * from unnest($1::smallint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::text[], $7::timestamptz[])
        on conflict (object_kind, object_id, user_id) do nothing
        """;

    public static async Task<Queue<long>> DrawIds(NpgsqlConnection db, string table, int count, CancellationToken ct)
    {
        var ids = new Queue<long>(count);
        await using var command = new NpgsqlCommand(DrawSql, db)
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = table }, new NpgsqlParameter<int> { TypedValue = count } },
        };
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            ids.Enqueue(reader.GetInt64(0));
        return ids;
    }

    public static Task Users(NpgsqlConnection db, List<(long Id, ImportedUser User)> users, CancellationToken ct) =>
        Execute(db, UsersSql, ct,
            Array(NpgsqlDbType.Bigint, users.Select(u => u.Id)),
            Text(users.Select(u => u.User.Username)),
            Text(users.Select(u => ImportNames.Key(u.User.Username))),
            Text(users.Select(u => u.User.Email)),
            Text(users.Select(u => u.User.Email is { } email ? ImportNames.Key(email) : null)),
            Array(NpgsqlDbType.Boolean, users.Select(u => u.User.EmailVerified)),
            Text(users.Select(u => u.User.DisplayName)),
            Text(users.Select(u => u.User.Photo)),
            Text(users.Select(u => u.User.Bio)),
            Text(users.Select(u => u.User.PasswordHash)),
            Array(NpgsqlDbType.Integer, users.Select(u => (int)u.User.Roles)),
            Array(NpgsqlDbType.Boolean, users.Select(u => u.User.IsActive)),
            Text(users.Select(u => u.User.Ref)),
            Array(NpgsqlDbType.TimestampTz, users.Select(u => u.User.At)));

    public static async Task Posts(NpgsqlConnection db, List<(KnownPost Known, ImportedPost Post)> posts, CancellationToken ct)
    {
        await Execute(db, PostsSql, ct,
            Array(NpgsqlDbType.Bigint, posts.Select(p => p.Known.Id)),
            Array(NpgsqlDbType.Bigint, posts.Select(p => p.Known.Author)),
            Text(posts.Select(p => p.Post.Title)),
            Text(posts.Select(p => p.Post.Text)),
            Text(posts.Select(p => p.Post.Media)),
            Text(posts.Select(p => p.Post.MediaType)),
            Array(NpgsqlDbType.Integer, posts.Select(p => p.Known.Group)),
            Array(NpgsqlDbType.Integer, posts.Select(p => p.Known.Course)),
            Array(NpgsqlDbType.Integer, posts.Select(p => p.Post.Views)),
            Total(posts.Select(p => p.Post), 1),
            Total(posts.Select(p => p.Post), 2),
            Text(posts.Select(p => p.Post.Ref)),
            Array(NpgsqlDbType.TimestampTz, posts.Select(p => p.Post.At)),
            Array(NpgsqlDbType.TimestampTz, posts.Select(p => p.Post.EditedAt ?? p.Post.At)));
        await Execute(db, DaysSql, ct, Array(NpgsqlDbType.Bigint, posts.Select(p => p.Known.Id)));
    }

    public static async Task Comments(NpgsqlConnection db, List<(KnownComment Known, long? Parent, ImportedComment Comment)> comments, CancellationToken ct)
    {
        await LockPosts(db, comments.Select(c => c.Known.Post), ct);
        await LockComments(db, comments.Where(c => c.Parent is not null).Select(c => c.Known.Root), ct);
        await Execute(db, CommentsSql, ct,
            Array(NpgsqlDbType.Bigint, comments.Select(c => c.Known.Id)),
            Array(NpgsqlDbType.Bigint, comments.Select(c => c.Known.Post)),
            Array(NpgsqlDbType.Bigint, comments.Select(c => c.Known.Author)),
            Array(NpgsqlDbType.Bigint, comments.Select(c => c.Parent)),
            Array(NpgsqlDbType.Bigint, comments.Select(c => c.Parent is null ? (long?)null : c.Known.Root)),
            Text(comments.Select(c => c.Comment.Text)),
            Text(comments.Select(c => c.Comment.Media)),
            Text(comments.Select(c => c.Comment.MediaType)),
            Total(comments.Select(c => c.Comment), 1),
            Total(comments.Select(c => c.Comment), 2),
            Text(comments.Select(c => c.Comment.Ref)),
            Array(NpgsqlDbType.TimestampTz, comments.Select(c => c.Comment.At)),
            Array(NpgsqlDbType.TimestampTz, comments.Select(c => c.Comment.EditedAt ?? c.Comment.At)));
        var ids = Array(NpgsqlDbType.Bigint, comments.Select(c => c.Known.Id));
        await Execute(db, CountCommentsSql, ct, ids.Clone());
        await Execute(db, CountRepliesSql, ct, ids);
    }

    /// <summary>Who is named in the chunk's texts.</summary>
    public static Task Mentions(NpgsqlConnection db, List<ImportedMention> mentions, CancellationToken ct) =>
        Execute(db, MentionsSql, ct,
            Array(NpgsqlDbType.Smallint, mentions.Select(m => (short)m.Kind)),
            Array(NpgsqlDbType.Bigint, mentions.Select(m => m.Object)),
            Array(NpgsqlDbType.Bigint, mentions.Select(m => m.Post)),
            Array(NpgsqlDbType.Bigint, mentions.Select(m => m.Author)),
            Array(NpgsqlDbType.Bigint, mentions.Select(m => m.User)),
            Text(mentions.Select(m => m.Context)),
            Array(NpgsqlDbType.TimestampTz, mentions.Select(m => m.At)));

    public static Task LockPosts(NpgsqlConnection db, IEnumerable<long> ids, CancellationToken ct) =>
        Execute(db, LockPostsSql, ct, Array(NpgsqlDbType.Bigint, ids.Distinct()));

    public static Task LockComments(NpgsqlConnection db, IEnumerable<long> ids, CancellationToken ct) =>
        Execute(db, LockCommentsSql, ct, Array(NpgsqlDbType.Bigint, ids.Distinct()));

    public static async Task Execute(NpgsqlConnection db, string sql, CancellationToken ct, params NpgsqlParameter[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, db);
        command.Parameters.AddRange(parameters);
        await command.ExecuteNonQueryAsync(ct);
    }

    public static NpgsqlParameter Array<T>(NpgsqlDbType type, IEnumerable<T> values) =>
        new NpgsqlParameter<T[]> { TypedValue = [.. values], NpgsqlDbType = NpgsqlDbType.Array | type };

    public static NpgsqlParameter Text(IEnumerable<string?> values) => Array(NpgsqlDbType.Text, values);

    private static NpgsqlParameter Total(IEnumerable<ImportedText> texts, int kind) =>
        Array(NpgsqlDbType.Integer, texts.Select(text => text.Reactions.Where(total => total.Kind == kind).Sum(total => total.Count)));
}

/// <summary>A name in an imported text that belongs to somebody here.</summary>
internal sealed record ImportedMention(ObjectKind Kind, long Object, long Post, long Author, long User, string Context, DateTime At);
