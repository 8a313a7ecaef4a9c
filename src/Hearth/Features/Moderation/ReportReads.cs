using Dapper;
using Hearth.Ledger;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Moderation;

/// <summary>The statements that read reports for people and moderators.</summary>
internal static class ReportReads
{
    private const string MineSql =
        """
        -- reports.mine
        select id as Key, uuid as Id, object_kind as Kind, content_id as ContentId, reason as Reason, details as Details, status as Status, action as Action,
               created_at as CreatedAt, decided_at as DecidedAt
          from reports where reporter = @me and case when @back then id > @key else id < @key end
         order by case when @back then id end, id desc limit @take
        """;

    private const string DecisionsSql =
        """
        -- reports.decisions
        select id as Key, uuid as Id, object_kind as Kind, content_id as ContentId, reason as Reason, action as Action, note as Note, appeal is null and status = 'resolved' as CanAppeal,
               decided_at as DecidedAt
          from (select distinct on (decided_at, object_kind, object_id) * from (
                  select * from reports where owner = @me and action is not null and action <> 'dismiss'
                  union all
                  select p.* from ring_members m join reports p on p.object_kind = 21 and p.object_id = m.ring_id
                   where m.user_id = @me and p.action is not null and p.action <> 'dismiss') mine
                 order by decided_at, object_kind, object_id, id) r
         where case when @back then id > @key else id < @key end
         order by case when @back then id end, id desc limit @take
        """;

    private const string OneDecisionSql =
        """
        -- reports.decision
        select id as Key, uuid as Id, object_kind as Kind, content_id as ContentId, reason as Reason, action as Action, note as Note, appeal is null and status = 'resolved' as CanAppeal,
               decided_at as DecidedAt
          from reports where uuid = @id and action is not null
        """;

    // The objects that wait are few: they are grouped each time.
    private static readonly string QueueSql =
        $"""
        -- reports.queue
        with waiting as (
          select object_kind, object_id, min(id) as first, max(priority)::int as priority, count(*)::int as n, bool_or(status = 'appealed') as appealed,
                 bool_or(claimed_at > now() - interval '30 minutes') as claimed
            from reports where status <> 'resolved' group by 1, 2)
        select {ItemColumns}
          from waiting w join reports r on r.id = w.first left join users c on c.id = r.claimed_by and w.claimed
         where (@status is null or case @status when 'appealed' then w.appealed when 'claimed' then w.claimed else not w.appealed and not coalesce(w.claimed, false) end)
           and case when @back then (w.priority, -w.first) > (@priority, -@key) else (w.priority, -w.first) < (@priority, -@key) end
         order by case when @back then w.priority end, case when @back then -w.first end, w.priority desc, w.first limit @take
        """;

    private static readonly string DecidedSql =
        $"""
        -- reports.decided
        select {ItemColumns}
          from reports r cross join lateral (select r.priority::int as priority, 1 as n, r.id as first, false as claimed) w left join users c on c.id = r.claimed_by
         where r.status = 'resolved' and case when @back then r.id > @key else r.id < @key end
         order by case when @back then r.id end, r.id desc limit @take
        """;

    private static readonly string OneSql =
        $"""
        -- reports.one
        select {ItemColumns}
          from reports r
         cross join lateral (select r.priority::int as priority, r.id as first, coalesce(r.claimed_at > now() - interval '30 minutes', false) as claimed,
                                    (select count(*)::int from reports o where o.object_kind = r.object_kind and o.object_id = r.object_id and o.status = r.status) as n) w
          left join users c on c.id = r.claimed_by and w.claimed
         where r.uuid = @id
        """;

    private const string ItemColumns =
        """
        r.id as Key, w.priority as Priority, r.uuid as Id, r.object_kind as Kind, r.content_id as ContentId, r.reason as Reason, r.details as Details, w.n as Reports,
        coalesce(r.source, 'people') as Source, case when r.status = 'open' and w.claimed then 'claimed' else r.status end as Status,
        c.uuid as ClaimerId, c.username as Claimer, r.action as Action, r.note as Note, r.appeal as Appeal, r.created_at as CreatedAt,
        (select jsonb_object_agg(reason, n)::text from (select o.reason, count(*) as n from reports o
          where o.object_kind = r.object_kind and o.object_id = r.object_id and (o.status <> 'resolved') = (r.status <> 'resolved') group by 1) s) as Reasons
        """;

    public sealed record Mine(long Key, Guid Id, short Kind, string ContentId, string Reason, string? Details, string Status, string? Action, DateTime CreatedAt, DateTime? DecidedAt);

    public sealed record Decision(long Key, Guid Id, short Kind, string ContentId, string Reason, string Action, string? Note, bool CanAppeal, DateTime DecidedAt);

    public sealed record Item(
        long Key, int Priority, Guid Id, short Kind, string ContentId, string Reason, string? Details, int Reports, string Source, string Status, Guid? ClaimerId, string? Claimer,
        string? Action, string? Note, string? Appeal, DateTime CreatedAt, string? Reasons)
    {
        public ObjectKind On => (ObjectKind)Kind;
    }

    public sealed record Done(Guid? ById, string? By, string Action, string? Note, DateTime At);

    public static async Task<List<Mine>> OfReporter(NpgsqlConnection db, long me, KeysetQuery page) =>
        [.. await db.QueryAsync<Mine>(MineSql, new { me, back = page.Backwards, key = page.Cursor?.Long(0) ?? long.MaxValue, take = page.Take })];

    public static async Task<List<Decision>> OfOwner(NpgsqlConnection db, long me, KeysetQuery page) =>
        [.. await db.QueryAsync<Decision>(DecisionsSql, new { me, back = page.Backwards, key = page.Cursor?.Long(0) ?? long.MaxValue, take = page.Take })];

    public static async Task<List<Item>> Queue(NpgsqlConnection db, string? status, KeysetQuery page) =>
    [
        .. await db.QueryAsync<Item>(status == "resolved" ? DecidedSql : QueueSql, new
        {
            status,
            back = page.Backwards,
            priority = (int)(page.Cursor?.Long(0) ?? int.MaxValue),
            key = page.Cursor?.Long(1) ?? (status == "resolved" ? long.MaxValue : 0),
            take = page.Take,
        }),
    ];

    public static async Task<Item?> One(NpgsqlConnection db, Guid id) => await db.QuerySingleOrDefaultAsync<Item>(OneSql, new { id });

    public static async Task<List<Done>> Actions(NpgsqlConnection db, long report) =>
    [
        .. await db.QueryAsync<Done>(
            """
            -- reports.actions
            select u.uuid as ById, u.username as By, a.action as Action, a.note as Note, a.at as At
              from moderation_actions a left join users u on u.id = a.actor where a.report_id = @report order by a.id
            """,
            new { report }),
    ];

    public static Task<bool> WasAppealed(NpgsqlConnection db, long report) =>
        db.QuerySingleAsync<bool>("-- reports.was_appealed\nselect appeal is not null from reports where id = @report", new { report });

    /// <returns>A decision as the one whom it is about sees it; null where there is none.</returns>
    public static async Task<MyDecisionView?> Decided(NpgsqlConnection db, Guid id) =>
        await db.QuerySingleOrDefaultAsync<Decision>(OneDecisionSql, new { id }) is { } row
            ? new MyDecisionView(row.Id, Vocabulary.Type((ObjectKind)row.Kind), row.ContentId, row.Reason, row.Action, row.Note, row.CanAppeal, row.DecidedAt)
            : null;

    public static Task<bool> IsSuspended(NpgsqlConnection db, long user) => db.QuerySingleAsync<bool>(
        "-- reports.is_suspended\nselect exists (select from users where id = @user and not is_active) and not exists (select from erasures where user_id = @user)", new { user });

    public static async Task<Dictionary<long, PersonView>> People(NpgsqlConnection db, IEnumerable<long> ids) =>
        (await db.QueryAsync<(long Key, Guid Id, string Username)>("-- reports.people\nselect id, uuid, username from users where id = any(@ids)", new { ids = ids.Distinct().ToArray() }))
            .ToDictionary(row => row.Key, row => new PersonView(row.Id, row.Username));
}
