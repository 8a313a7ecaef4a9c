using Hearth.Features.Engagement.Actions;
using Hearth.Ledger;
using Npgsql;

namespace Hearth.Features.Engagement.Boards;

/// <summary>What people are ranked by.</summary>
internal enum Ranking
{
    Engagements,
    Reputation,
    Helpful,
}

/// <summary>A number by person, in some days or over all time.</summary>
internal sealed class PeopleBoard(Ranking ranking, Days? days) : Board<int>
{
    private const string EngagementsSql =
        """
        -- engagement.boards.engagements
        select d.scope_id, sum(d.engagements)::int from engagement_days d
         where $1::bigint[] is null and d.scope = 1 and d.day >= $2 and d.day <= $3 group by 1 having sum(d.engagements) > 0
        union all
        select d.scope_id, sum(d.engagements)::int
          from unnest($1::bigint[]) as k (id)
          join engagement_days d on d.scope = 1 and d.scope_id = k.id and d.day >= $2 and d.day <= $3
         group by 1 having sum(d.engagements) > 0
        """;

    private const string ReputationSql =
        """
        -- engagement.boards.reputation
        select p.user_id, sum(p.points)::int from engagement_points p
         where $1::bigint[] is null and p.day >= $2 and p.day <= $3 group by 1 having sum(p.points) > 0
        union all
        select p.user_id, sum(p.points)::int
          from unnest($1::bigint[]) as k (id)
          join engagement_points p on p.user_id = k.id and p.day >= $2 and p.day <= $3
         group by 1 having sum(p.points) > 0
        """;

    private const string HelpfulSql =
        """
        -- engagement.boards.helpful
        select a.subject, count(distinct a.object_id)::int from engagement_actions a
         where $1::bigint[] is null and a.verb = 3 and a.subject <> a.actor
           and a.at >= $2::timestamp at time zone 'UTC' and a.at < ($3 + 1)::timestamp at time zone 'UTC'
         group by 1
        union all
        select a.subject, count(distinct a.object_id)::int
          from unnest($1::bigint[]) as k (id)
          join engagement_actions a on a.subject = k.id and a.verb <> 10 and a.verb = 3 and a.subject <> a.actor
           and a.at >= $2::timestamp at time zone 'UTC' and a.at < ($3 + 1)::timestamp at time zone 'UTC'
         group by 1
        """;

    private const string AllTimeSql =
        """
        -- engagement.boards.all_time
        select u.user_id, {0} from engagement_users u where $1::bigint[] is null and {0} > 0
        union all
        select u.user_id, {0} from unnest($1::bigint[]) as k (id) join engagement_users u on u.user_id = k.id where {0} > 0
        """;

    protected override double Rank(int value) => value;

    protected override IEnumerable<long> Concerned(LedgerRow row)
    {
        if (!Deeds.TryKey(row, out var key, out _))
            yield break;
        if (ranking != Ranking.Helpful)
            yield return key.Actor;
        if (ranking != Ranking.Engagements && row.Subject is { } subject)
            yield return subject;
    }

    protected override bool Resets(LedgerRow row) => ranking == Ranking.Reputation && row.Verb == Verb.PublishRules;

    protected override async Task<Dictionary<long, int>> Values(NpgsqlConnection db, long[]? ids, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Sql(), db)
        {
            Parameters = { new NpgsqlParameter<long[]?> { TypedValue = ids, DataTypeName = "bigint[]" } },
        };
        if (days is { } span)
        {
            command.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = span.From });
            command.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = span.To });
        }

        var values = new Dictionary<long, int>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            values.Add(reader.GetInt64(0), reader.GetInt32(1));
        return values;
    }

    private string Sql() => (ranking, days) switch
    {
        (Ranking.Engagements, null) => AllTime("(likes + comment_likes + comments + replies + mentions + joins + shares + bookmarks)"),
        (Ranking.Reputation, null) => AllTime("score"),
        (Ranking.Helpful, null) => AllTime("helpful"),
        (Ranking.Engagements, _) => EngagementsSql,
        (Ranking.Reputation, _) => ReputationSql,
        _ => HelpfulSql,
    };

    private static string AllTime(string column) => AllTimeSql.Replace("{0}", column, StringComparison.Ordinal);
}
