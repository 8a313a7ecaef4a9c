using Hearth.Features.Engagement.Actions;
using Hearth.Ledger;
using Npgsql;

namespace Hearth.Features.Engagement.Reputation;

/// <summary>
/// Values what happened anew when rules are published, void or restored: every day from the rules' own day on, in a few statements.
/// What each person gains or loses by it is a change of its own, so that their past scores stay known.
/// </summary>
internal static class Rescore
{
    private const string PairsSql =
        $"""
        -- engagement.rescore.pairs
        with {Valuation.ReceivedSql}
        insert into engagement_pairs (earner, giver, day, points)
        select earner, giver, day, points from received where points > 0
        """;

    private const string PointsSql =
        $"""
        -- engagement.rescore.points
        with {Valuation.ReceivedSql}, {Valuation.ScoredSql}
        insert into rescored (user_id, day, points) select user_id, day, points from scored
        """;

    private const string ChangesSql =
        """
        -- engagement.rescore.changes
        insert into engagement_changes (id, at, action_id, action_at, actor, subject, object_id, verb, sign, own_points, received_points)
        select $1, $2, $1, coalesce(n.day, o.day)::timestamp at time zone 'UTC', coalesce(n.user_id, o.user_id), null, 0, 80, 0,
               coalesce(n.points, 0) - coalesce(o.points, 0), 0
          from rescored n
          full join (select * from engagement_points where day >= $3) o on o.user_id = n.user_id and o.day = n.day
         where coalesce(n.points, 0) <> coalesce(o.points, 0)
        """;

    private static readonly string PeopleSql =
        $"""
        -- engagement.rescore.people
        insert into engagement_users as u (user_id, id, at, score, {string.Join(", ", Person.Columns)})
        select actor, $1, $2, sum(own_points), {string.Join(", ", Person.Columns.Select(_ => "0"))}
          from engagement_changes where at = $2 and id = $1 group by actor
        on conflict (user_id) do update set id = excluded.id, at = excluded.at, score = u.score + excluded.score
        """;

    private static readonly string EmptySql =
        $"""
        -- engagement.rescore.empty
        delete from engagement_users where id = $1 and (score | {string.Join(" | ", Person.Columns)}) = 0
        """;

    // In order of days, as living writes them: days are found by where they lie.
    private const string ReplaceSql =
        """
        -- engagement.rescore.replace
        insert into engagement_points (user_id, day, points) select user_id, day, points from rescored where points <> 0 order by day
        """;

    /// <param name="db">In the projection's transaction.</param>
    /// <param name="cause">The row that changes the rules.</param>
    /// <param name="from">Since when what happened is valued anew.</param>
    /// <param name="rules">The rules that hold now.</param>
    /// <param name="ct">Stops it.</param>
    public static async Task Run(NpgsqlConnection db, LedgerRow cause, DateTime from, RuleTimeline rules, CancellationToken ct)
    {
        var day = DateOnly.FromDateTime(from);
        await using var batch = new NpgsqlBatch(db);
        batch.Command("delete from engagement_pairs where day >= $1").Value(day);
        Valuation.Bind(batch.Command(PairsSql), rules, day);
        await batch.ExecuteNonQueryAsync(ct);

        // A statement that makes a table takes no parameters.
        await using (var make = new NpgsqlCommand("create temporary table rescored (user_id bigint, day date, points int) on commit drop", db))
            await make.ExecuteNonQueryAsync(ct);
        await using var rest = new NpgsqlBatch(db);
        Valuation.Bind(rest.Command(PointsSql), rules, day);
        rest.Command(ChangesSql).Value(cause.Id).Value(cause.At).Value(day);
        rest.Command(PeopleSql).Value(cause.Id).Value(cause.At);
        rest.Command(EmptySql).Value(cause.Id);
        rest.Command("delete from engagement_points where day >= $1").Value(day);
        rest.Command(ReplaceSql);
        rest.Command("drop table rescored");
        await rest.ExecuteNonQueryAsync(ct);
    }
}
