using Hearth.Features.Engagement.Actions;
using Hearth.Ledger;
using Npgsql;

namespace Hearth.Features.Engagement.Rollups;

/// <summary>
/// A deleted post, or a comment, leaves the figures of its course and campaign with all that was done on it; what people did and
/// earned there stays theirs. Clicks and conversions are the campaign's own and stay. A deletion stands between slices.
/// </summary>
internal static class Removals
{
    private const string RememberSql =
        """
        -- engagement.removed.add
        insert into engagement_removed (object_kind, object_id) values ($1, $2) on conflict do nothing
        """;

    private const string RemovedSql =
        """
        -- engagement.removed.of
        select r.object_kind, r.object_id
          from unnest($1::smallint[], $2::bigint[]) as k (kind, id) join engagement_removed r on r.object_kind = k.kind and r.object_id = k.id
        """;

    private static readonly string Verbs = string.Join(", ", Tallies.Engaging);

    private static readonly string Counts = string.Join(", ", Tallies.Columns.Select((column, i) => $"count(*) filter (where {OfTally((Tally)i)}) as {column}"));

    private static readonly string Less = string.Join(", ", Tallies.Columns.Append("engagements").Select(column => $"{column} = t.{column} - n.{column}"));

    private static readonly string TakeSql =
        $"""
        -- engagement.removed.take
        with gone as materialized (
          select ctid, actor, verb, (at at time zone 'UTC')::date as day, course_id, campaign_id
            from engagement_actions where within = $1 and ($2::bigint is null or (object_kind = 3 and object_id = $2))),
        left_alone as (
          update engagement_actions a set within = null, course_id = null, campaign_id = null from gone g where a.ctid = g.ctid),
        placed as (
          select 4::smallint as scope, course_id::bigint as scope_id, actor, verb, day from gone where course_id is not null
          union all
          select 5, campaign_id, actor, verb, day from gone where campaign_id is not null),
        daily as (
          update engagement_days t set {Less}
            from (select scope, scope_id, day, {Counts}, count(*) filter (where verb in ({Verbs})) as engagements from placed group by 1, 2, 3) n
           where t.scope = n.scope and t.scope_id = n.scope_id and t.day = n.day),
        seen as (
          select v.ctid, v.scope, v.scope_id, v.posts from placed p
            join engagement_viewers v on v.scope = p.scope and v.scope_id = p.scope_id and v.user_id = p.actor
           where p.verb = 10),
        seen_less as (update engagement_viewers v set posts = v.posts - 1 from seen s where v.ctid = s.ctid and s.posts > 1),
        unseen as (delete from engagement_viewers v using seen s where v.ctid = s.ctid and s.posts = 1),
        active as (
          select course_id, day, actor, count(*)::int as n from gone where course_id is not null and verb in ({Verbs}) group by 1, 2, 3),
        idle as (
          delete from engagement_participants p using active a
           where p.course_id = a.course_id and p.day = a.day and p.user_id = a.actor and p.actions = a.n),
        less_active as (
          update engagement_participants p set actions = p.actions - a.n from active a
           where p.course_id = a.course_id and p.day = a.day and p.user_id = a.actor and p.actions > a.n)
        update engagement_totals t set {Less}, reach = t.reach - n.reach
          from (select p.scope, p.scope_id, {Counts}, count(*) filter (where verb in ({Verbs})) as engagements,
                       (select count(*) from seen s where s.scope = p.scope and s.scope_id = p.scope_id and s.posts = 1) as reach
                  from placed p group by 1, 2) n
         where t.scope = n.scope and t.scope_id = n.scope_id
        """;

    /// <returns>Whether the row removes something from a course's or campaign's figures.</returns>
    public static bool Is(LedgerRow row) =>
        row.Verb is Verb.DeletePost or Verb.DeleteComment && (row.Course is not null || row.Campaign is not null);

    public static async Task Follow(NpgsqlConnection db, LedgerRow row, CancellationToken ct)
    {
        var comment = row.Verb == Verb.DeleteComment ? row.ObjectId : (long?)null;
        if ((comment is null ? row.ObjectId : Deed.PostIn(row.Detail)) is not { } post)
            return;
        await using var batch = new NpgsqlBatch(db);
        batch.Command(RememberSql).Value((short)row.Kind).Value(row.ObjectId);
        batch.Command(TakeSql).Value(post).Value(comment);
        RollupStore.Tidy(batch, Scope.Course, row.Course);
        RollupStore.Tidy(batch, Scope.Campaign, row.Campaign);
        await batch.ExecuteNonQueryAsync(ct);
    }

    /// <returns>The rows without the course and campaign that what they are about has left.</returns>
    public static async Task<List<LedgerRow>> Without(NpgsqlConnection db, List<LedgerRow> rows, CancellationToken ct)
    {
        var placed = rows.FindAll(row => row.Course is not null || row.Campaign is not null);
        if (placed.Count == 0)
            return rows;
        var things = placed.SelectMany(Things).Distinct().ToList();
        await using var batch = new NpgsqlBatch(db);
        batch.Command(RemovedSql).Column(things, thing => (short)thing.Kind).Column(things, thing => thing.Id);
        var removed = new HashSet<(ObjectKind, long)>();
        await using (var reader = await batch.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
                removed.Add(((ObjectKind)reader.GetInt16(0), reader.GetInt64(1)));
        }

        return rows.ConvertAll(row => Things(row).Any(removed.Contains) ? row with { Course = null, Campaign = null } : row);
    }

    /// <summary>What a row is about, and the post that this hangs under.</summary>
    private static IEnumerable<(ObjectKind Kind, long Id)> Things(LedgerRow row)
    {
        yield return (row.Kind, row.ObjectId);
        if (row.Kind == ObjectKind.Comment && Deed.PostIn(row.Detail) is { } post)
            yield return (ObjectKind.Post, post);
    }

    private static string OfTally(Tally tally) =>
        $"verb = {(short)Enum.GetValues<Verb>().Single(verb => Tallies.Of(verb) == tally)}";
}
