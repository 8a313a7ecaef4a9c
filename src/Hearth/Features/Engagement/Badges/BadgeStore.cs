using Hearth.Features.Engagement.Actions;
using Hearth.Ledger;
using Npgsql;

namespace Hearth.Features.Engagement.Badges;

/// <summary>The statements on badges: who holds them, and what they are judged by.</summary>
internal static class BadgeStore
{
    private const string HeldSql =
        """
        -- engagement.badges.held
        select b.user_id, b.badge, b.id, b.awarded_at
          from unnest($1::bigint[]) as k (user_id) join engagement_badges b on b.user_id = k.user_id
        """;

    private const string AddSql =
        """
        -- engagement.badges.add
        insert into engagement_badges (user_id, badge, id, awarded_at)
        select * from unnest($1::bigint[], $2::int[], $3::bigint[], $4::timestamptz[])
        on conflict do nothing
        """;

    private const string RemoveSql =
        """
        -- engagement.badges.remove
        delete from engagement_badges b using unnest($1::bigint[], $2::int[]) as k (user_id, badge)
         where b.user_id = k.user_id and b.badge = k.badge
        """;

    private const string ViewsSql =
        """
        -- engagement.badges.views
        select actor, at from engagement_actions
         where subject = $1 and verb = 10 and at >= $2 and at < $3 and id < $4 and actor <> $1
        """;

    private const string RulesSql =
        """
        -- engagement.badge_rules
        select badge, verb, count, days, id, at from engagement_badge_rules order by badge
        """;

    public static async Task<List<Holding>> Held(NpgsqlConnection db, long[] users, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(db);
        batch.Command(HeldSql).Value(users);
        var held = new List<Holding>();
        await using var reader = await batch.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            held.Add(new Holding(reader.GetInt64(0), reader.GetInt32(1), reader.GetInt64(2), reader.GetDateTime(3)));
        return held;
    }

    public static void Add(NpgsqlBatch batch, List<Holding> rows)
    {
        if (rows.Count == 0)
            return;
        batch.Command(AddSql)
            .Column(rows, row => row.User).Column(rows, row => row.Badge).Column(rows, row => row.Id).Column(rows, row => row.At);
    }

    public static void Remove(NpgsqlBatch batch, List<(long User, int Badge)> rows)
    {
        if (rows.Count > 0)
            batch.Command(RemoveSql).Column(rows, row => row.User).Column(rows, row => row.Badge);
    }

    /// <returns>Who saw posts of an author on which days (both inclusive), by rows before an id.</returns>
    public static async Task<List<(long Viewer, DateOnly Day)>> Views(
        NpgsqlConnection db, long author, DateOnly from, DateOnly to, long before, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(db);
        batch.Command(ViewsSql).Value(author).Value(Start(from)).Value(Start(to.AddDays(1))).Value(before);
        var views = new List<(long, DateOnly)>();
        await using var reader = await batch.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            views.Add((reader.GetInt64(0), DateOnly.FromDateTime(reader.GetDateTime(1))));
        return views;
    }

    /// <returns>How often each of these people did what the column counts, by day (both inclusive).</returns>
    public static async Task<List<(long User, DateOnly Day, int Count)>> DayCounts(
        NpgsqlConnection db, string column, long[] users, DateOnly from, DateOnly to, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(db);
        batch.Command(
            $"""
             -- engagement.badges.day_counts
             select d.scope_id, d.day, d.{column}
               from unnest($1::bigint[]) as k (user_id)
               join engagement_days d on d.scope = 1 and d.scope_id = k.user_id and d.day between $2 and $3
             """).Value(users).Value(from).Value(to);
        var counts = new List<(long, DateOnly, int)>();
        await using var reader = await batch.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            counts.Add((reader.GetInt64(0), reader.GetFieldValue<DateOnly>(1), reader.GetInt32(2)));
        return counts;
    }

    /// <returns>The custom badges' rules.</returns>
    public static async Task<List<BadgeRule>> Rules(NpgsqlConnection db, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(RulesSql, db);
        var rules = new List<BadgeRule>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var days = reader.IsDBNull(3) ? (int?)null : reader.GetInt32(3);
            rules.Add(new BadgeRule(reader.GetInt32(0), Side.Given, [(Verb)reader.GetInt16(1)], reader.GetInt32(2), days) { Id = reader.GetInt64(4), At = reader.GetDateTime(5) });
        }

        return rules;
    }

    private static DateTime Start(DateOnly day) => day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
}
