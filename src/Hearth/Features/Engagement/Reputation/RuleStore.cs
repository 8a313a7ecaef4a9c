using Hearth.Features.Engagement.Actions;
using Npgsql;

namespace Hearth.Features.Engagement.Reputation;

/// <summary>A version as it was published.</summary>
internal sealed record PublishedRules(RuleSet Rules, long By, DateTime At, DateTime? RevertedAt);

/// <summary>The statements on published rules.</summary>
internal static class RuleStore
{
    private const string ListSql =
        """
        -- reputation_rules.list
        select version, effective_from, points, daily_cap, levels, published_by, published_at, reverted_at from reputation_rules order by version
        """;

    private const string InsertSql =
        """
        -- reputation_rules.insert
        insert into reputation_rules (points, daily_cap, levels, effective_from, published_by) values ($1, $2, $3, $4, $5) returning version, published_at
        """;

    private const string RevertSql =
        """
        -- reputation_rules.revert
        update reputation_rules set reverted_by = $2, reverted_at = clock_timestamp() where version = $1 and reverted_at is null
        """;

    private const string RowSql =
        """
        -- reputation_rules.row
        select id from ledger where object_kind = 7 and object_id = $1 and verb = 80 order by id desc limit 1
        """;

    private static readonly string PreviewSql =
        $"""
        -- reputation_rules.preview
        with {Valuation.ReceivedSql}, {Valuation.ScoredSql},
        changed as (
          select coalesce(n.user_id, o.user_id) as user_id, (sum(coalesce(n.points, 0)) - sum(coalesce(o.points, 0)))::int as change
            from scored n
            full join (select * from engagement_points where day >= $10) o on o.user_id = n.user_id and o.day = n.day
           group by 1 having sum(coalesce(n.points, 0)) <> sum(coalesce(o.points, 0)))
        select c.user_id, u.username, coalesce(e.score, 0), c.change,
               (count(*) filter (where c.change > 0) over ())::int, (count(*) filter (where c.change < 0) over ())::int
          from changed c join users u on u.id = c.user_id left join engagement_users e on e.user_id = c.user_id
         order by abs(c.change) desc, c.user_id limit 100
        """;

    public static async Task<List<PublishedRules>> List(NpgsqlConnection db, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(ListSql, db);
        var published = new List<PublishedRules>();
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            // "Always" comes back without its kind, and times of two kinds go into no statement together.
            var from = DateTime.SpecifyKind(row.GetDateTime(1), DateTimeKind.Utc);
            var rules = new RuleSet(row.GetInt32(0), from, row.GetFieldValue<int[]>(2), row.GetInt32(3), row.GetFieldValue<int[]>(4));
            published.Add(new PublishedRules(rules, row.GetInt64(5), row.GetDateTime(6), row.IsDBNull(7) ? null : row.GetDateTime(7)));
        }

        return published;
    }

    /// <returns>The rules as they were known at a time.</returns>
    public static async Task<RuleTimeline> AsOf(NpgsqlConnection db, DateTime at, CancellationToken ct) =>
        new(Known(await List(db, ct), at));

    /// <returns>Those that were published by then, and not reverted.</returns>
    public static IEnumerable<RuleSet> Known(List<PublishedRules> published, DateTime at) =>
        published.Where(one => one.At <= at && !(one.RevertedAt <= at)).Select(one => one.Rules);

    public static async Task<(int Version, DateTime At)> Insert(NpgsqlConnection db, RuleSet rules, long by, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(db);
        batch.Command(InsertSql)
            .Value<int[]>([.. rules.Points]).Value(rules.DailyCap).Value<int[]>([.. rules.Levels]).Value(rules.From).Value(by);
        await using var row = await batch.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        return (row.GetInt32(0), row.GetDateTime(1));
    }

    /// <returns>Whether it was in force until now.</returns>
    public static async Task<bool> Revert(NpgsqlConnection db, int version, long by, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(db);
        batch.Command(RevertSql).Value(version).Value(by);
        return await batch.ExecuteNonQueryAsync(ct) > 0;
    }

    /// <returns>The ledger row that published a version.</returns>
    public static async Task<long?> Row(NpgsqlConnection db, int version, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(db);
        batch.Command(RowSql).Value((long)version);
        return (long?)await batch.ExecuteScalarAsync(ct);
    }

    /// <summary>What scores would become by other rules, for what happened since their day.</summary>
    public static async Task<RulePreview> Preview(NpgsqlConnection db, RuleTimeline rules, DateTime from, CancellationToken ct)
    {
        var day = DateOnly.FromDateTime(from);
        await using var batch = new NpgsqlBatch(db);
        Valuation.Bind(batch.Command(PreviewSql), rules, day).Value(day);
        var changes = new List<ScoreChange>();
        var (gain, lose) = (0, 0);
        await using var row = await batch.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            var (score, change) = (row.GetInt32(2), row.GetInt32(3));
            changes.Add(new ScoreChange(row.GetInt64(0), row.GetString(1), score, score + change, change));
            (gain, lose) = (row.GetInt32(4), row.GetInt32(5));
        }

        return new RulePreview(gain, lose, changes);
    }
}
