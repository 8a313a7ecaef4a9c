using Dapper;
using Hearth.Ledger;
using Npgsql;

namespace Hearth.Features.Moderation;

/// <summary>A row of <c>reports</c>, as far as decisions need it.</summary>
internal sealed record ReportRow(
    long Id, Guid Uuid, short Kind, long ObjectId, string ContentId, long Owner, long? Reporter, string? Source, string Reason, short Severity, short Priority, string Status,
    long? ClaimedBy, DateTime? ClaimedAt, string? Action, long? DecidedBy, bool Hid)
{
    public ObjectKind On => (ObjectKind)Kind;
}

/// <summary>
/// The statements on reports. What people and moderators do about one object takes turns: <see cref="Lock"/> comes first, then the object's
/// own row, then its reports by id. Rules, which hold the object's row already, take the last step only.
/// </summary>
internal static class ReportStore
{
    private const string Columns =
        """
        id as Id, uuid as Uuid, object_kind as Kind, object_id as ObjectId, content_id as ContentId, owner as Owner, reporter as Reporter, source as Source,
        reason as Reason, severity as Severity, priority as Priority, status as Status, claimed_by as ClaimedBy, claimed_at as ClaimedAt, action as Action,
        decided_by as DecidedBy, hid as Hid
        """;

    private const string AddSql =
        """
        -- reports.add
        insert into reports (object_kind, object_id, content_id, owner, reporter, source, reason, details, severity, priority, hid)
        values (@kind, @objectId, @contentId, @owner, @reporter, @source, @reason, @details, @severity, 1, @hid)
        on conflict do nothing
        """;

    private const string WeightSql =
        """
        -- reports.weight
        select max(r.severity)::int as Severity, sum(case when r.reporter is null then 1 else (coalesce(p.upheld, 0) + 2.0) / (coalesce(p.upheld + p.dismissed, 0) + 4.0) end)::float8 as Weight
          from reports r left join reporters p on p.user_id = r.reporter
         where r.object_kind = @kind and r.object_id = @objectId and r.status <> 'resolved'
        """;

    private const string RankSql =
        """
        -- reports.rank
        with waiting as (
          select id from reports where object_kind = @kind and object_id = @objectId and status <> 'resolved' order by id for update)
        update reports r set priority = @priority from waiting w where r.id = w.id and r.priority <> @priority
        """;

    private const string DecideSql =
        """
        -- reports.decide
        with waiting as (
          select id from reports where object_kind = @kind and object_id = @objectId and status <> 'resolved' order by id for update),
        decided as (
          update reports r set status = 'resolved', action = @action, note = @note, decided_by = @by, decided_at = now(), claimed_by = null, claimed_at = null,
                 hid = @hid
            from waiting w where r.id = w.id
          returning r.id, r.reporter, r.appeal),
        heard as (
          insert into reporters as p (user_id, upheld, dismissed)
          select reporter, (@action <> 'dismiss')::int, (@action = 'dismiss')::int from decided where reporter is not null and appeal is null
           group by reporter order by reporter
          on conflict (user_id) do update set upheld = p.upheld + excluded.upheld, dismissed = p.dismissed + excluded.dismissed),
        noted as (
          insert into moderation_actions (report_id, actor, action, note) select id, @by, @action, @note from decided)
        select count(*)::int from decided
        """;

    /// <summary>Takes the object's turn until the transaction ends.</summary>
    public static Task Lock(NpgsqlConnection db, ObjectKind kind, long objectId) =>
        db.ExecuteAsync("-- reports.lock\nselect pg_advisory_xact_lock(90, hashint8(@objectId * 32 + @kind))", new { kind = (long)kind, objectId });

    public static async Task<ReportRow?> Find(NpgsqlConnection db, Guid id) =>
        await db.QuerySingleOrDefaultAsync<ReportRow>($"-- reports.find\nselect {Columns} from reports where uuid = @id", new { id });

    /// <returns>Whether it is new: each person, and each rule, has one open report about an object.</returns>
    public static async Task<bool> Add(
        NpgsqlConnection db, ObjectKind kind, ModeratedObject about, long? reporter, string? source, string reason, string? details, int severity, bool hid) =>
        await db.ExecuteAsync(AddSql, new
        {
            kind = (short)kind,
            objectId = about.Id,
            contentId = about.PublicId,
            owner = about.Owner,
            reporter,
            source,
            reason,
            details,
            severity = (short)severity,
            hid,
        }) == 1;

    /// <summary>The open report of a person about an object.</summary>
    public static Task<ReportRow> OpenBy(NpgsqlConnection db, ObjectKind kind, long objectId, long reporter) =>
        db.QueryFirstAsync<ReportRow>(
            $"-- reports.open_by\nselect {Columns} from reports where object_kind = @kind and object_id = @objectId and reporter = @reporter and status = 'open'",
            new { kind = (short)kind, objectId, reporter });

    /// <summary>Ranks all open reports of an object by what is known of them now.</summary>
    public static async Task<int> Rank(NpgsqlConnection db, ObjectKind kind, long objectId)
    {
        var (severity, weight) = await db.QuerySingleAsync<(int Severity, double Weight)>(WeightSql, new { kind = (short)kind, objectId });
        var priority = Priority.Of(severity, weight);
        await db.ExecuteAsync(RankSql, new { kind = (short)kind, objectId, priority = (short)priority });
        return priority;
    }

    /// <returns>How many reports it decided.</returns>
    public static Task<int> Decide(NpgsqlConnection db, ReportRow report, string action, string? note, long by, bool hid) =>
        db.QuerySingleAsync<int>(DecideSql, new { kind = report.Kind, objectId = report.ObjectId, action, note, by, hid });

    public static Task Note(NpgsqlConnection db, long report, long actor, string action, string? note) =>
        db.ExecuteAsync(
            "-- reports.note\ninsert into moderation_actions (report_id, actor, action, note) values (@report, @actor, @action, @note)",
            new { report, actor, action, note });

    public static Task Claim(NpgsqlConnection db, ReportRow report, long? by) =>
        db.ExecuteAsync(
            """
            -- reports.claim
            update reports set claimed_by = @by, claimed_at = case when @by is null then null else now() end
             where object_kind = @kind and object_id = @objectId and status <> 'resolved'
            """,
            new { kind = report.Kind, objectId = report.ObjectId, by });

    public static Task Appeal(NpgsqlConnection db, ReportRow report, string text) =>
        db.ExecuteAsync(
            "-- reports.appeal\nupdate reports set status = 'appealed', appeal = @text, appealed_at = now() where id = @id",
            new { id = report.Id, text });
}
