using Hearth.Ledger;

namespace Hearth.Features.Skills;

/// <summary>What <c>hearth verify</c> compares: counters with the rows they count, rows with the ledger.</summary>
internal static class SkillChecks
{
    /// <summary>A row that no later row voids.</summary>
    private const string Counts = "coalesce((select v.verb = 101 from ledger v where v.voids = l.id and v.id > l.id order by v.id desc limit 1), true)";

    public static IEnumerable<StateCheck> All =>
    [
        Counters(
            "skills.counters", "skills", "skill",
            "views || ' views, ' || likes || ' likes, ' || downloads || ' downloads, ' || rating_sum || ' stars of ' || rating_count || ', ' || comment_count || ' comments'",
            """
            (select count(*) from skill_views m where m.skill_id = p.id) || ' views, ' || (select count(*) from skill_likes m where m.skill_id = p.id) || ' likes, '
              || (select count(*) from skill_downloads m where m.skill_id = p.id) || ' downloads, '
              || (select coalesce(sum(m.rating), 0) || ' stars of ' || count(*) filter (where m.rating > 0) from skill_ratings m where m.skill_id = p.id) || ', '
              || (select count(*) from skill_comments c where c.skill_id = p.id and not c.is_hidden) || ' comments'
            """),
        Counters(
            "skill_comments.counters", "skill_comments", "comment", "replies || ' replies'",
            "(select count(*) from skill_comments c where c.root_id = p.id and not c.is_hidden) || ' replies'"),
        Counters(
            "skill_tasks.counters", "skill_tasks", "task", "votes || ' votes'",
            "(select coalesce(sum(v.value), 0) from skill_task_votes v where v.task_id = p.id) || ' votes'"),
        Categories,
        Heat,
        Ledger("skills.likes_ledger", "skill_likes", "skill_id", "1", "113, 114", 13, "case when l.verb = 113 then 1 end", "-l.id"),
        Ledger("skills.downloads_ledger", "skill_downloads", "skill_id", "1", "115", 13, "1", "l.id"),
        Ledger("skills.views_ledger", "skill_views", "skill_id", "1", "120", 13, "1", "l.id"),
        Ledger("skills.ratings_ledger", "skill_ratings", "skill_id", "nullif(r.rating, 0)", "116", 13, "l.value", "-l.id"),
        Ledger("skill_tasks.votes_ledger", "skill_task_votes", "task_id", "r.value", "122", 15, "nullif(l.value, 0)", "-l.id"),
    ];

    private static StateCheck Categories => new(
        "skills.categories",
        "select count(*) from skill_categories",
        """
        -- skills.check_categories
        with real as (
          select category_key, count(*) filter (where visibility = 1 and not is_hidden) as shown, count(*) filter (where visibility <> 3) as moderated
            from skills group by 1)
        select 'category ' || coalesce(r.category_key, c.category_key), concat_ws(' ', r.shown, r.moderated), concat_ws(' ', c.shown, c.moderated)
          from real r full join skill_categories c using (category_key)
         where (coalesce(r.shown, 0), coalesce(r.moderated, 0)) is distinct from (coalesce(c.shown, 0), coalesce(c.moderated, 0))
        union all
        select 'heat of skill ' || s.id, s.category_key || ': ' || ts_filter(s.words, '{a,b}'), h.category_key || ': ' || h.heads
          from skills s join skill_heat h on h.skill_id = s.id
         where (s.category_key, ts_filter(s.words, '{a,b}')) is distinct from (h.category_key, h.heads)
        """);

    // Sums of floating numbers depend on their order in the last digits.
    private static StateCheck Heat => new(
        "skills.heat",
        "select count(*) from skill_heat",
        """
        -- skills.check_heat
        with real as (
          select s.id,
                 coalesce((select sum(skill_heat_at(m.at)) from skill_views m where m.skill_id = s.id), 0) as views,
                 coalesce((select sum(skill_heat_at(m.at)) from skill_likes m where m.skill_id = s.id), 0) as likes,
                 coalesce((select sum(skill_heat_at(m.at)) from skill_downloads m where m.skill_id = s.id), 0) as downloads,
                 coalesce((select sum(skill_heat_at(c.created_at)) from skill_comments c where c.skill_id = s.id and not c.is_hidden), 0) as comments,
                 coalesce((select sum((m.rating - 3) / 2.0 * skill_heat_at(m.at)) from skill_ratings m where m.skill_id = s.id and m.rating > 0), 0) as ratings
            from skills s)
        select 'skill ' || coalesce(r.id, h.skill_id),
               concat_ws(' ', r.views, r.likes, r.downloads, r.comments, r.ratings), concat_ws(' ', h.views, h.likes, h.downloads, h.comments, h.ratings)
          from real r full join skill_heat h on h.skill_id = r.id
         where h.skill_id is null or r.id is null
            or abs(r.views - h.views) + abs(r.likes - h.likes) + abs(r.downloads - h.downloads) + abs(r.comments - h.comments) + abs(r.ratings - h.ratings)
               > 1e-6 * skill_heat_at(now())
        """);

    /// <summary>Counters of each row of a table, and what they should be, both as text.</summary>
    private static StateCheck Counters(string name, string table, string word, string actual, string expected) => new(
        name,
        $"select count(*) from {table}",
        $"""
        -- skills.check_{table}
        select '{word} ' || p.id, p.expected, p.actual
          from (select p.id, {expected} as expected, {actual} as actual from {table} p) p
         where p.expected is distinct from p.actual
        """);

    /// <summary>A table of one row per person and object, and the row of the ledger that decides about it.</summary>
    private static StateCheck Ledger(string name, string table, string key, string actual, string verbs, short kind, string expected, string order) => new(
        name,
        $"select count(*) from {table}",
        $"""
        -- skills.check_ledger
        with decided as (
          select distinct on (l.object_id, l.actor) l.object_id, l.actor, {expected} as value
            from ledger l
           where l.verb in ({verbs}) and l.object_kind = {kind} and l.actor is not null and {Counts}
           order by l.object_id, l.actor, {order}),
        should as (select d.* from decided d join {(kind == 13 ? "skills" : "skill_tasks")} o on o.id = d.object_id where d.value is not null),
        present as (
          select r.{key} as object_id, r.user_id as actor, {actual} as value
            from {table} r join {(kind == 13 ? "skills" : "skill_tasks")} o on o.id = r.{key} where {actual} is not null)
        select coalesce(s.actor, p.actor) || ' on ' || coalesce(s.object_id, p.object_id), s.value::text, p.value::text
          from should s full join present p using (object_id, actor)
         where s.value is distinct from p.value
        """);
}
