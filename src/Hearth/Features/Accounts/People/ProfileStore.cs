using Dapper;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Accounts;

/// <summary>A profile as it is stored, and how its reader stands to it.</summary>
internal sealed record ProfileRow
{
    public long Key { get; init; }

    public Guid Id { get; init; }

    public required string Username { get; init; }

    public required string DisplayName { get; init; }

    public required string Bio { get; init; }

    public string? ProfilePhoto { get; init; }

    public int Roles { get; init; }

    public short ProfileVisibility { get; init; }

    public short ActivityVisibility { get; init; }

    public bool ShowEmail { get; init; }

    public bool IsActive { get; init; }

    public bool Follows { get; init; }

    public bool Blocked { get; init; }

    public int Followers { get; init; }

    public int Following { get; init; }

    public int Skills { get; init; }

    public int Posts { get; init; }

    public DateTime CreatedAt { get; init; }
}

/// <summary>The statements on profiles.</summary>
internal static class ProfileStore
{
    // Whoever is private by the older setting is seen by followers at most.
    private static readonly string FindSql =
        $"""
        -- profiles.find
        select u.id as Key, u.uuid as Id, u.username as Username, u.display_name as DisplayName, u.bio as Bio, u.profile_photo as ProfilePhoto, u.roles as Roles,
               greatest(u.profile_visibility, u.is_private::int)::smallint as ProfileVisibility, u.activity_visibility as ActivityVisibility, u.show_email as ShowEmail,
               u.is_active as IsActive, f.follows as Follows, u.created_at as CreatedAt,
               {Blocks.Part("@me", "u.id")} as Blocked,
               coalesce(c.followers, 0)::int as Followers, coalesce(c.following, 0)::int as Following,
               (select count(*)::int from skills s where s.author = u.id and (u.id = @me or s.visibility <> 3 and (@moderator or not s.is_hidden and (s.visibility = 1 or f.follows)))) as Skills,
               (select coalesce(sum(p.posts), 0)::int from post_days p where p.list = 1 and p.list_id = u.id) as Posts
          from users u
         cross join lateral (select exists (select from follows where follower = @me and followed = u.id) as follows) f
          left join follow_counts c on c.user_id = u.id
         where u.id = @id
        """;

    private const string VisibilitySql =
        """
        -- profiles.visibility
        update users set profile_visibility = coalesce(@Profile, profile_visibility), activity_visibility = coalesce(@Activity, activity_visibility),
               is_private = case when @Profile is null then is_private else @Profile > 0 end
         where id = @id
           and (profile_visibility, activity_visibility, is_private)
               is distinct from (coalesce(@Profile, profile_visibility), coalesce(@Activity, activity_visibility), case when @Profile is null then is_private else @Profile > 0 end)
        """;

    // Of those whose name begins with what is asked for, and of those who have it somewhere, some hundreds are ranked; mistakes are forgiven
    // where that finds less than a page, and more of them (PatienceSql) where that finds less than a page as well.
    private static readonly string SearchSql =
        $"""
        -- profiles.search
        with apart as materialized ({Blocks.From("@me")}),
        near as materialized (
          (select u.id, u.username_key, u.username_key || ' ' || lower(u.display_name) as names from users u
            where u.is_active and u.username_key like @start order by u.username_key limit 300)
          union
          (select u.id, u.username_key, u.username_key || ' ' || lower(u.display_name) as names from users u
            where u.is_active and (u.username_key || ' ' || lower(u.display_name)) like @within limit 300)),
        far as materialized (
          select u.id, u.username_key, u.username_key || ' ' || lower(u.display_name) as names from users u
           where (select count(*) from near) < 20 and u.is_active and @q <% (u.username_key || ' ' || lower(u.display_name)) limit 500),
        alike as materialized (
          select f.id, round((case when f.username_key like @start then 1 else 0 end + word_similarity(@q, f.names))::numeric, 4)::float8 as alike
            from (select * from near union select * from far) f),
        page as materialized (
          select s.id, s.alike, u.uuid, u.username, u.display_name, u.profile_photo
            from alike s join users u on u.id = s.id
           where case when @back then (s.alike, -s.id) > (@alike, -@key) else (s.alike, -s.id) < (@alike, -@key) end
             and (u.id = @me or not u.is_private and u.profile_visibility = 0
                  or u.profile_visibility < 2 and exists (select from follows where follower = @me and followed = u.id))
             and u.id not in (select id from apart)
           order by case when @back then s.alike end, case when @back then -s.id end, s.alike desc, s.id limit @take)
        select p.id as Key, p.alike as Alike, p.uuid as Id, p.username as Username, p.display_name as DisplayName, p.profile_photo as ProfilePhoto,
               coalesce(c.followers, 0)::int as Followers, exists (select from follows where follower = @me and followed = p.id) as Following,
               (select count(*) from alike) as Candidates
          from page p left join follow_counts c on c.user_id = p.id
         order by case when @back then p.alike end, case when @back then -p.id end, p.alike desc, p.id
        """;

    // How alike a name must be; for the statement that goes with it.
    private const string PatienceSql = "select set_config('pg_trgm.word_similarity_threshold', @patience, true);";

    private const int Enough = 20;

    // Of those whom the caller follows the last 200, and of whom these follow the last 200 each; of groups and courses the last 20, 100 members each.
    private static readonly string SuggestSql =
        $"""
        -- profiles.suggest
        with mine as materialized (select followed from follows where follower = @me order by at desc limit 200),
        second as (
          select t.followed as id, count(*)::int as mutual
            from mine m cross join lateral (select followed from follows f where f.follower = m.followed order by f.at desc limit 200) t group by 1),
        circles as materialized (
          (select 1 as kind, group_id as id from group_members where user_id = @me limit 20) union all (select 2, course_id from course_members where user_id = @me limit 20)),
        beside as (
          select t.user_id as id, count(*)::int as shared
            from circles c cross join lateral (
              (select user_id from group_members g where c.kind = 1 and g.group_id = c.id limit 100) union all
              (select user_id from course_members g where c.kind = 2 and g.course_id = c.id limit 100)) t group by 1),
        popular as (select user_id as id from follow_counts order by followers desc limit 100),
        all_of_them as (select id from second union select id from beside union select id from popular)
        select u.uuid as Id, u.username as Username, u.display_name as DisplayName, u.profile_photo as ProfilePhoto, coalesce(s.mutual, 0) as Mutual, coalesce(b.shared, 0) as Shared,
               coalesce(n.followers, 0)::int as Followers
          from all_of_them a join users u on u.id = a.id and u.is_active and not u.is_private and u.profile_visibility = 0
          left join second s on s.id = a.id left join beside b on b.id = a.id left join follow_counts n on n.user_id = a.id
         where a.id <> @me and not exists (select from follows where follower = @me and followed = a.id)
           and not {Blocks.Part("@me", "a.id")}
         order by 2 * coalesce(s.mutual, 0) + coalesce(b.shared, 0) desc, Followers desc, u.id limit @limit
        """;

    private const string ReceivedSql =
        """
        -- profiles.received
        select coalesce(e.views_received, 0), coalesce(e.likes_received, 0),
               (select coalesce(sum(comment_count), 0)::int from posts where author = @me and not is_hidden),
               coalesce(s.likes, 0)::int, coalesce(s.downloads, 0)::int, coalesce(s.views, 0)::int
          from (select sum(likes) as likes, sum(downloads) as downloads, sum(views) as views from skills where author = @me) s
          left join engagement_users e on e.user_id = @me
        """;

    public static Task<ProfileRow?> Find(NpgsqlConnection db, long id, long me, bool moderator) =>
        db.QuerySingleOrDefaultAsync<ProfileRow>(FindSql, new { id, me, moderator });

    /// <returns>Whether that is otherwise than it was.</returns>
    public static async Task<bool> SetVisibility(NpgsqlConnection db, long id, Visibility visibility) =>
        await db.ExecuteAsync(VisibilitySql, new { id, visibility.Profile, visibility.Activity }) == 1;

    public static async Task<List<PersonItem>> Search(NpgsqlConnection db, string q, long me, KeysetQuery page)
    {
        var found = await Search(db, q, me, page, "0.8");
        return found is [{ Candidates: >= Enough }, ..] ? found : await Search(db, q, me, page, "0.6");
    }

    private static async Task<List<PersonItem>> Search(NpgsqlConnection db, string q, long me, KeysetQuery page, string patience)
    {
        var text = q.ToLowerInvariant();
        var escaped = text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal);
        var sql = $"{PatienceSql}\n{SearchSql}";
        await using var results = await db.QueryMultipleAsync(sql, new
        {
            q = text,
            start = escaped + "%",
            within = "%" + escaped + "%",
            me,
            back = page.Backwards,
            alike = page.Cursor?.Number(0) ?? double.MaxValue,
            key = page.Cursor?.Long(1) ?? 0,
            take = page.Take,
            patience,
        });
        await results.ReadAsync<string>();
        return [.. await results.ReadAsync<PersonItem>()];
    }

    public static async Task<List<SuggestedRow>> Suggest(NpgsqlConnection db, long me, int limit) => [.. await db.QueryAsync<SuggestedRow>(SuggestSql, new { me, limit })];

    public static async Task<Dictionary<long, (Guid Id, string Username, string DisplayName, string? Photo)>> People(NpgsqlConnection db, long[] ids) =>
        (await db.QueryAsync<(long Key, Guid Id, string Username, string DisplayName, string? Photo)>(
            "-- profiles.people\nselect id, uuid, username, display_name, profile_photo from users where id = any(@ids)", new { ids }))
        .ToDictionary(row => row.Key, row => (row.Id, row.Username, row.DisplayName, row.Photo));

    public static async Task<ReceivedStats> Received(NpgsqlConnection db, long me)
    {
        var (views, reactions, comments, likes, downloads, seen) = await db.QuerySingleAsync<(int, int, int, int, int, int)>(ReceivedSql, new { me });
        return new ReceivedStats(views, reactions, comments, likes, downloads, seen);
    }
}

/// <summary>A person to suggest, as read.</summary>
internal sealed record SuggestedRow
{
    public Guid Id { get; init; }

    public required string Username { get; init; }

    public required string DisplayName { get; init; }

    public string? ProfilePhoto { get; init; }

    public int Mutual { get; init; }

    public int Shared { get; init; }

    public int Followers { get; init; }
}
