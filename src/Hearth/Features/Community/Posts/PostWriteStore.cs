using Hearth.Database;
using Hearth.Ledger;
using Npgsql;
using NpgsqlTypes;

namespace Hearth.Features.Community;

/// <summary>A post's row as a write finds it, locked.</summary>
internal sealed record PostRow(
    long Id, long Author, string? Title, string Content, string? Media, string? MediaType, int? Group, int? Course, int? Campaign,
    bool IsHidden, DateTime CreatedAt)
{
    public MentionPlace Place => new(ObjectKind.Post, Id, Id, Author, Group, Course, Campaign);

    public string Text => Title is null ? Content : $"{Title}\n{Content}";

    public Entry Entry(Verb verb, long actor) => new(verb, ObjectKind.Post, Id)
    {
        Actor = actor,
        Subject = Author,
        Group = Group,
        Course = Course,
        Campaign = Campaign,
    };
}

/// <summary>The statements that write posts and keep the lengths of their lists.</summary>
internal static class PostWriteStore
{
    private const string AddSql =
        """
        -- posts.add
        with place as (
          select ($5::int is null or exists (select from groups where id = $5)) as has_group,
                 ($6::int is null or exists (select from courses where id = $6)) as has_course,
                 ($7::int is null or exists (select from promos where id = $7)) as has_campaign),
        added as (
          insert into posts (author, title, content, media, media_type, group_id, course_id, campaign_id)
          select $1, $2, $3, $4, $8, $5, $6, $7 from place where has_group and has_course and has_campaign
          returning id, created_at),
        listed as (
          insert into post_days as d (list, list_id, day, posts)
          select l.list, l.id, (a.created_at at time zone 'UTC')::date, 1
            from added a cross join (values (0::smallint, 0::bigint), (1::smallint, $1), (2::smallint, $5::bigint), (3::smallint, $6::bigint),
                                            (4::smallint, $7::bigint)) as l (list, id)
           where l.id is not null order by l.list
          on conflict (list, list_id, day) do update set posts = d.posts + 1)
        select a.id, a.created_at, u.uuid, u.display_name, u.profile_photo, p.has_group, p.has_course, p.has_campaign
          from place p join users u on u.id = $1 left join added a on true
        """;

    private const string LockSql =
        """
        -- posts.lock
        select id, author, title, content, media, media_type, group_id, course_id, campaign_id, is_hidden, created_at
          from posts where id = $1 for no key update
        """;

    private const string EditSql =
        """
        -- posts.edit
        update posts set title = $2, content = $3, media = $4, media_type = $5, updated_at = now() where id = $1
        """;

    private const string RelistSql =
        """
        -- posts.relist
        insert into post_days as d (list, list_id, day, posts, hidden)
        select l.list, l.id, ($5::timestamptz at time zone 'UTC')::date, $3, $4
          from unnest($1::smallint[], $2::bigint[]) as l (list, id) order by l.list
        on conflict (list, list_id, day) do update set posts = d.posts + excluded.posts, hidden = d.hidden + excluded.hidden
        """;

    // Who reacted, saw and bookmarked may be very many: the sweep removes that, and nobody finds it meanwhile.
    private const string DeleteSql =
        """
        -- posts.delete
        with gone as (delete from comments where post_id = $1 returning id, media),
        purge as (insert into post_purges (post_id) values ($1) on conflict do nothing),
        names as (delete from mentions where post_id = $1),
        reactions as (delete from comment_reactions r using gone g where r.comment_id = g.id),
        post as (delete from posts where id = $1)
        select media from gone where media is not null
        """;

    public static NpgsqlCommand Add(NpgsqlConnection db, long author, PostWriting post, KeptMedia? media) => new(AddSql, db)
    {
        Parameters =
        {
            new NpgsqlParameter<long> { TypedValue = author },
            Text(post.Title),
            Text(post.Content),
            Text(media?.Path),
            Number(post.Group),
            Number(post.Course),
            Number(post.Campaign),
            Text(media?.Type),
        },
    };

    public static async Task<PostRow?> Lock(NpgsqlConnection db, long id, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(LockSql, db) { Parameters = { new NpgsqlParameter<long> { TypedValue = id } } };
        await using var row = await command.ExecuteReaderAsync(ct);
        return await row.ReadAsync(ct)
            ? new PostRow(
                row.GetInt64(0), row.GetInt64(1), row.TextOrNull(2), row.GetString(3), row.TextOrNull(4), row.TextOrNull(5),
                row.IntOrNull(6), row.IntOrNull(7), row.IntOrNull(8), row.GetBoolean(9), row.GetDateTime(10))
            : null;
    }

    public static async Task Edit(NpgsqlConnection db, PostRow post)
    {
        await using var command = new NpgsqlCommand(EditSql, db)
        {
            Parameters =
            {
                new NpgsqlParameter<long> { TypedValue = post.Id }, Text(post.Title), Text(post.Content), Text(post.Media), Text(post.MediaType),
            },
        };
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Changes the lengths of every list that the post is in.</summary>
    public static async Task Relist(NpgsqlConnection db, PostRow post, int visible, int hidden)
    {
        var lists = ListKey.Of(post.Author, post.Group, post.Course, post.Campaign);
        await using var command = new NpgsqlCommand(RelistSql, db)
        {
            Parameters =
            {
                new NpgsqlParameter<short[]> { TypedValue = [.. lists.Select(list => list.List)] },
                new NpgsqlParameter<long[]> { TypedValue = [.. lists.Select(list => list.Id)] },
                new NpgsqlParameter<int> { TypedValue = visible },
                new NpgsqlParameter<int> { TypedValue = hidden },
                new NpgsqlParameter<DateTime> { TypedValue = post.CreatedAt, NpgsqlDbType = NpgsqlDbType.TimestampTz },
            },
        };
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Deletes a locked post with its comments, and appends that.</summary>
    /// <returns>Their files, to go when the deletion is committed.</returns>
    public static async Task<List<string>> Remove(Write write, PostRow post, long actor)
    {
        var files = await Delete(write.Db, post.Id);
        if (post.Media is not null)
            files.Add(post.Media);
        await Relist(write.Db, post, post.IsHidden ? 0 : -1, post.IsHidden ? -1 : 0);
        write.Append(post.Entry(Verb.DeletePost, actor));
        return files;
    }

    private static async Task<List<string>> Delete(NpgsqlConnection db, long id)
    {
        await using var command = new NpgsqlCommand(DeleteSql, db) { Parameters = { new NpgsqlParameter<long> { TypedValue = id } } };
        await using var rows = await command.ExecuteReaderAsync();
        var files = new List<string>();
        while (await rows.ReadAsync())
            files.Add(rows.GetString(0));
        return files;
    }

    public static NpgsqlParameter Text(string? value) => new NpgsqlParameter<string?> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Text };

    public static NpgsqlParameter Number(int? value) => new NpgsqlParameter<int?> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Integer };
}
