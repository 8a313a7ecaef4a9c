using Hearth.Ledger;
using Hearth.Platform;

namespace Hearth.Features.Follows;

/// <summary>What <c>hearth verify</c> compares: counts with rows, rows with the ledger.</summary>
internal static class FollowChecks
{
    /// <summary>A row that no later row voids.</summary>
    private const string Counts = "coalesce((select v.verb = 101 from ledger v where v.voids = l.id and v.id > l.id order by v.id desc limit 1), true)";

    public static IEnumerable<StateCheck> All =>
    [
        new StateCheck(
            "follows.counts",
            "select count(*) from follow_counts",
            """
            -- follows.check_counts
            with real as (
              select id, sum(followers) as followers, sum(following) as following
                from (select followed as id, 1 as followers, 0 as following from follows
                      union all
                      select follower, 0, 1 from follows) sides
               group by id)
            select 'user ' || coalesce(r.id, c.user_id), coalesce(r.followers, 0) || ' followers, ' || coalesce(r.following, 0) || ' followed',
                   coalesce(c.followers, 0) || ' followers, ' || coalesce(c.following, 0) || ' followed'
              from real r full join follow_counts c on c.user_id = r.id
             where (coalesce(r.followers, 0), coalesce(r.following, 0)) is distinct from (coalesce(c.followers, 0), coalesce(c.following, 0))
            """),
        new StateCheck(
            "follows.ledger",
            "select count(*) from follows",
            $"""
            -- follows.check_ledger
            with last as (
              select distinct on (l.actor, l.object_id) l.actor as follower, l.object_id as followed, l.verb = 60 as follows
                from ledger l where l.verb in (60, 61) and {Counts}
               order by l.actor, l.object_id, l.id desc),
            should as (
              select follower, followed from last p
               where follows and not {Blocks.Part("p.follower", "p.followed")})
            select coalesce(s.follower, f.follower) || ' to ' || coalesce(s.followed, f.followed),
                   case when s.follower is null then 'not following' else 'following' end,
                   case when f.follower is null then 'not following' else 'following' end
              from should s full join follows f on f.follower = s.follower and f.followed = s.followed
             where s.follower is null or f.follower is null
            """),
        new StateCheck(
            "blocks.ledger",
            "select count(*) from blocks",
            """
            -- blocks.check_ledger
            with last as (
              select distinct on (actor, object_id) actor as blocker, object_id as blocked, verb = 62 as blocks
                from ledger where verb in (62, 63) order by actor, object_id, id desc)
            select coalesce(l.blocker, b.blocker) || ' to ' || coalesce(l.blocked, b.blocked),
                   case when l.blocker is null then 'not blocked' else 'blocked' end,
                   case when b.blocker is null then 'not blocked' else 'blocked' end
              from (select * from last where blocks) l full join blocks b on b.blocker = l.blocker and b.blocked = l.blocked
             where l.blocker is null or b.blocker is null
            """),
    ];
}
