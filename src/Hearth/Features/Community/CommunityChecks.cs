using Hearth.Ledger;

namespace Hearth.Features.Community;

/// <summary>What <c>hearth verify</c> compares: counters with the rows they count, rows with the ledger.</summary>
internal static class CommunityChecks
{
    /// <summary>A row that no later row voids.</summary>
    private const string Counts = "coalesce((select v.verb = 101 from ledger v where v.voids = l.id and v.id > l.id order by v.id desc limit 1), true)";

    public static IEnumerable<StateCheck> All =>
    [
        Counters(
            "posts.counters", "posts", "post",
            "views || ' views, ' || like_count || '/' || love_count || '/' || haha_count || '/' || sad_count || ' reactions, ' || bookmarks || ' bookmarks, ' || shares || ' shares'",
            """
            p.views_base + coalesce((select count(*) from post_views v where v.post_id = p.id), 0) || ' views, '
              || p.like_base + (select count(*) from post_reactions r where r.post_id = p.id and r.kind = 1) || '/'
              || p.love_base + (select count(*) from post_reactions r where r.post_id = p.id and r.kind = 2) || '/'
              || (select count(*) from post_reactions r where r.post_id = p.id and r.kind = 3) || '/'
              || (select count(*) from post_reactions r where r.post_id = p.id and r.kind = 4) || ' reactions, '
              || (select count(*) from post_bookmarks b where b.post_id = p.id) || ' bookmarks, '
              || (select count(*) from post_shares s where s.post_id = p.id) || ' shares'
            """),
        Counters(
            "posts.comments", "posts", "post",
            "comment_count || ' comments, ' || thread_count || ' threads'",
            """
            (select count(*) || ' comments, ' || count(*) filter (where c.parent_id is null) || ' threads'
               from comments c where c.post_id = p.id and not c.is_hidden)
            """),
        Counters(
            "comments.counters", "comments", "comment",
            "like_count || '/' || love_count || '/' || haha_count || '/' || sad_count || ' reactions, ' || replies || ' replies'",
            """
            p.like_base + (select count(*) from comment_reactions r where r.comment_id = p.id and r.kind = 1) || '/'
              || p.love_base + (select count(*) from comment_reactions r where r.comment_id = p.id and r.kind = 2) || '/'
              || (select count(*) from comment_reactions r where r.comment_id = p.id and r.kind = 3) || '/'
              || (select count(*) from comment_reactions r where r.comment_id = p.id and r.kind = 4) || ' reactions, '
              || (select count(*) from comments c where c.root_id = p.id and not c.is_hidden) || ' replies'
            """),
        Counters("groups.members", "groups", "group", "member_count || ' members'", "(select count(*) from group_members m where m.group_id = p.id) || ' members'"),
        Counters("courses.members", "courses", "course", "member_count || ' members'", "(select count(*) from course_members m where m.course_id = p.id) || ' members'"),
        Lists,
        Hours,
        Ledger("posts.reactions_ledger", "post_reactions", "post_id", "kind", "r.kind", "1, 2, 25", 2, "case when l.verb = 2 then null else l.value end", "-l.id"),
        Ledger("comments.reactions_ledger", "comment_reactions", "comment_id", "kind", "r.kind", "3, 4, 25", 3, "case when l.verb = 4 then null else l.value end", "-l.id"),
        Ledger("posts.views_ledger", "post_views", "post_id", "viewed", "1", "10", 2, "1", "l.id"),
        Ledger("posts.bookmarks_ledger", "post_bookmarks", "post_id", "bookmarked", "1", "12, 13", 2, "case when l.verb = 13 then null else 1 end", "-l.id"),
        Ledger("posts.shares_ledger", "post_shares", "post_id", "shared", "1", "11", 2, "1", "l.id"),
    ];

    private static StateCheck Lists => new(
        "posts.lists",
        "select count(*) from post_days",
        """
        -- community.check_lists
        with real as (
          select l.list, l.id, (p.created_at at time zone 'UTC')::date as day,
                 count(*) filter (where not p.is_hidden) as posts, count(*) filter (where p.is_hidden) as hidden
            from posts p cross join lateral (values (0, 0::bigint), (1, p.author), (2, p.group_id::bigint), (3, p.course_id::bigint), (4, p.campaign_id::bigint)) as l (list, id)
           where l.id is not null group by 1, 2, 3)
        select 'list ' || coalesce(r.list, d.list) || ' of ' || coalesce(r.id, d.list_id) || ' on ' || coalesce(r.day, d.day),
               coalesce(r.posts, 0) || ' posts, ' || coalesce(r.hidden, 0) || ' hidden', coalesce(d.posts, 0) || ' posts, ' || coalesce(d.hidden, 0) || ' hidden'
          from real r full join post_days d on d.list = r.list and d.list_id = r.id and d.day = r.day
         where (coalesce(r.posts, 0), coalesce(r.hidden, 0)) is distinct from (coalesce(d.posts, 0)::bigint, coalesce(d.hidden, 0)::bigint)
        """);

    // Hours older than what is kept are gone, and the newest views are in the last row of their hour.
    private static StateCheck Hours => new(
        "posts.view_hours",
        "select count(*) from post_view_hours where hour > now() - interval '8 days'",
        """
        -- community.check_hours
        with real as (
          select v.post_id, date_trunc('hour', v.at, 'UTC') as hour, count(*) as views
            from post_views v where v.at >= date_trunc('hour', now() - interval '8 days', 'UTC') group by 1, 2)
        select 'post ' || coalesce(r.post_id, h.post_id) || ' at ' || coalesce(r.hour, h.hour), coalesce(r.views, 0) || ' views', coalesce(h.views, 0) || ' views'
          from real r full join (select * from post_view_hours where hour >= date_trunc('hour', now() - interval '8 days', 'UTC')) h
            on h.post_id = r.post_id and h.hour = r.hour
          join posts p on p.id = coalesce(r.post_id, h.post_id)
         where coalesce(r.views, 0) <> coalesce(h.views, 0)
        """);

    /// <summary>A counter of each row of a table, and what it should be, both as text.</summary>
    private static StateCheck Counters(string name, string table, string word, string actual, string expected) => new(
        name,
        $"select count(*) from {table}",
        $"""
        -- community.check_{table}
        select '{word} ' || p.id, p.expected, p.actual
          from (select p.id, {expected} as expected, {actual} as actual from {table} p) p
         where p.expected is distinct from p.actual
        """);

    /// <summary>A table of one row per person and object, and the row of the ledger that decides about it.</summary>
    private static StateCheck Ledger(
        string name, string table, string key, string word, string actual, string verbs, short kind, string expected, string order) => new(
        name,
        $"select count(*) from {table}",
        $"""
        -- community.check_ledger
        with decided as (
          select distinct on (l.object_id, l.actor) l.object_id, l.actor, {expected} as value
            from ledger l
           where l.verb in ({verbs}) and l.object_kind = {kind} and l.actor is not null and {Counts}
           order by l.object_id, l.actor, {order}),
        should as (
          select d.* from decided d join {(kind == 2 ? "posts" : "comments")} o on o.id = d.object_id where d.value is not null)
        select coalesce(s.actor, r.user_id) || ' on ' || coalesce(s.object_id, r.{key}), '{word} ' || s.value, case when r.user_id is not null then '{word} ' || {actual} end
          from should s
          full join (select r.* from {table} r join {(kind == 2 ? "posts" : "comments")} o on o.id = r.{key}) r on r.{key} = s.object_id and r.user_id = s.actor
         where s.actor is null or r.user_id is null or s.value <> {actual}
        """);
}
