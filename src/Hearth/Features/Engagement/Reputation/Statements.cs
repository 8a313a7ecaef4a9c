using System.Globalization;
using System.Runtime.CompilerServices;
using Hearth.Features.Engagement.Actions;
using Hearth.Features.Engagement.Rollups;
using Hearth.Ledger;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Engagement.Reputation;

/// <summary>Where a person's score comes from, action by action: each with the ledger's row, the counterpart and the version of the rules.</summary>
internal sealed class Statements(NpgsqlDataSource source, TimeProvider time)
{
    /// <summary>The length of a page.</summary>
    public const int Most = 1_000;

    /// <summary>How many days are looked through for a page, one stretch before the other until it is full; then all that is left.</summary>
    private static readonly int[] Stretches = [7, 28, 112, 448];

    // Of a pair's day each action gives what is left below the cap; the order is the ledger's.
    private const string Sql =
        """
        -- engagement.statement
        with values_at as (
          select * from unnest($1::smallint[], $2::boolean[], $3::timestamptz[], $4::timestamptz[], $5::int[], $9::int[])
              as v (verb, own, since, until, points, version)),
        caps as (
          select * from unnest($6::date[], $7::date[], $8::int[]) as c (since, until, cap)),
        received as (
          select a.id, a.at, a.verb, a.actor as giver, v.points, v.version, c.cap,
                 sum(v.points) over (partition by a.actor, (a.at at time zone 'UTC')::date order by a.id) as running
            from engagement_actions a
            join values_at v on v.verb = a.verb and not v.own and a.at >= v.since and a.at < v.until
            join caps c on (a.at at time zone 'UTC')::date >= c.since and (a.at at time zone 'UTC')::date < c.until
           where a.subject = $10 and a.verb <> 10 and a.actor <> a.subject and a.at >= $15 and a.at < $16),
        stated as (
          select id, at, verb, giver, least(running, cap) - least(running - points, cap) as points, version, running > cap as capped
            from received
          union all
          select a.id, a.at, a.verb, null, v.points, v.version, false
            from engagement_actions a
            join values_at v on v.verb = a.verb and v.own and a.at >= v.since and a.at < v.until
           where a.actor = $10 and a.at >= $15 and a.at < $16)
        select s.id, s.at, s.verb, s.giver, u.username, s.points::int, s.version, s.capped
          from stated s left join users u on u.id = s.giver
         where ($11::timestamptz is null or (s.at, s.id, s.giver is null) < ($11, $12, $13)) and (s.points > 0 or s.capped)
         order by s.at desc, s.id desc, s.giver is null desc
         limit $14
        """;

    private const string ScoreSql =
        """
        -- engagement.score
        select score from engagement_users where user_id = $1
        """;

    public async Task<int> Score(long user, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        await using var command = new NpgsqlCommand(ScoreSql, db) { Parameters = { new NpgsqlParameter<long> { TypedValue = user } } };
        return (int?)await command.ExecuteScalarAsync(ct) ?? 0;
    }

    /// <returns>The points behind a place, the latest first.</returns>
    public async IAsyncEnumerable<StatementPoint> Read(long user, Cursor? after, int limit, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        var rules = await RuleFold.Read(db, ct);
        var midnight = (after?.Time(0) ?? time.GetUtcNow().UtcDateTime).Date;
        var until = after is null ? DateTime.MaxValue : midnight.AddDays(1);
        var left = limit;
        foreach (var from in Stretches.Select(days => midnight.AddDays(-days)).Append(DateTime.MinValue))
        {
            await foreach (var point in Stretch(db, rules, user, after, (from, until), left, ct))
            {
                yield return point;
                left--;
            }

            if (left == 0)
                yield break;
            until = from;
        }
    }

    /// <summary>Points of whole days: what a pair's cap leaves of an action depends on those before it on its day.</summary>
    private static async IAsyncEnumerable<StatementPoint> Stretch(
        NpgsqlConnection db, RuleTimeline rules, long user, Cursor? after, (DateTime From, DateTime Until) days, int limit,
        [EnumeratorCancellation] CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(db);
        var versions = rules.Spans.SelectMany(span => PointKinds.ByVerb.Select(_ => span.Rules.Version)).ToArray();
        var command = Valuation.BindRules(batch.Command(Sql), rules).Value(versions).Value(user);
        command.Parameters.Add(new NpgsqlParameter<DateTime?> { TypedValue = after?.Time(0), DataTypeName = "timestamptz" });
        command.Value(after?.Long(1) ?? 0).Value(after is not null && after.Long(2) == 1).Value(limit);
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = days.From, DataTypeName = "timestamptz" });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = days.Until, DataTypeName = "timestamptz" });
        await using var row = await batch.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            yield return new StatementPoint(
                row.GetInt64(0),
                row.GetDateTime(1),
                ActionTypes.NameOf((Verb)row.GetInt16(2)),
                row.IsDBNull(3) ? null : new Counterpart(row.GetInt64(3), row.IsDBNull(4) ? "" : row.GetString(4)),
                row.GetInt32(5),
                row.GetInt32(6),
                row.GetBoolean(7));
        }
    }

    public static string[] Key(StatementPoint point) =>
    [
        point.At.Ticks.ToString(CultureInfo.InvariantCulture),
        point.LedgerId.ToString(CultureInfo.InvariantCulture),
        point.Counterpart is null ? "1" : "0",
    ];
}
