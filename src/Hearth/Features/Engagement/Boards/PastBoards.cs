using Hearth.Features.Engagement.Reputation;
using Hearth.Features.Engagement.Rollups;
using Hearth.Ledger;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Engagement.Boards;

/// <summary>
/// Rankings as they stood at a time: sums of the days before it as they are now, less what changed about them since, and the day itself
/// action by action. Of all time, the sums are of the days before or the totals less the days after, whichever are fewer. Dear, so an
/// answer is kept for a while; only imports change the past.
/// </summary>
internal sealed class PastBoards(NpgsqlDataSource source, TimeProvider time) : ICacheHolder
{
    private const int Kept = 200;
    private const int MostAnswers = 32;

    private const string LaterSql =
        """
        -- engagement.past_board.later
        select $1 - min(day) > max(day) - $1 from engagement_days where scope = 6 and scope_id = 0
        """;

    private const string PointsBefore = "select p.user_id as id, p.points as n from engagement_points p where p.day >= $1 and p.day < $2";

    private const string PointsLessAfter =
        """
        select u.user_id as id, u.score as n from engagement_users u where u.score <> 0
        union all
        select p.user_id, -p.points from engagement_points p where p.day >= $2
        """;

    private const string EngagementsBefore = "select d.scope_id as id, d.engagements as n from engagement_days d where d.scope = 1 and d.day >= $1 and d.day < $2";

    private const string EngagementsLessAfter =
        """
        select u.user_id as id, u.likes + u.comment_likes + u.comments + u.replies + u.mentions + u.joins + u.shares + u.bookmarks as n from engagement_users u
        union all
        select d.scope_id, -d.engagements from engagement_days d where d.scope = 1 and d.day >= $2
        """;

    private static string ReputationSql(string sums) =>
        $"""
        -- engagement.past_board.reputation
        select id, sum(n)::int
          from ({sums}
                union all
                select c.actor, -c.own_points from engagement_changes c
                 where c.at > $3 and c.action_at >= $1::timestamp at time zone 'UTC' and c.action_at < $2::timestamp at time zone 'UTC'
                union all
                select c.subject, -c.received_points from engagement_changes c
                 where c.subject is not null and c.at > $3
                   and c.action_at >= $1::timestamp at time zone 'UTC' and c.action_at < $2::timestamp at time zone 'UTC') n
         group by id having sum(n) <> 0
        """;

    private static string EngagementsSql(string sums) =>
        $"""
        -- engagement.past_board.engagements
        select id, sum(n)::int
          from ({sums}
                union all
                select c.actor, -c.sign from engagement_changes c
                 where c.at > $3 and c.verb = any($4)
                   and c.action_at >= $1::timestamp at time zone 'UTC' and c.action_at < $2::timestamp at time zone 'UTC') n
         group by id having sum(n) <> 0
        """;

    private const string HelpfulSql =
        """
        -- engagement.past_board.helpful
        with since as materialized (
          select c.action_id, c.subject, c.object_id, sum(c.sign) as n from engagement_changes c
           where c.verb = 3 and c.subject <> c.actor and c.at > $3
             and c.action_at >= $1::timestamp at time zone 'UTC' and c.action_at <= $3
           group by c.action_id, c.subject, c.object_id)
        select subject, count(*)::int
          from (select a.subject, a.object_id from engagement_actions a
                 where a.verb = 3 and a.subject <> a.actor and a.at >= $1::timestamp at time zone 'UTC' and a.at <= $3
                   and a.id not in (select action_id from since where n > 0)
                union
                select subject, object_id from since where n < 0) liked
         where $2::date is not null
         group by subject
        """;

    // One row per action of the day that counted at the time.
    private const string DaySql =
        """
        -- engagement.past_board.day
        select min(actor), min(subject), min(verb), min(at)
          from (select a.id, a.actor, a.subject, a.verb, a.at, 1 as n from engagement_actions a where a.at >= $1 and a.at <= $2
                union all
                select c.action_id, c.actor, c.subject, c.verb, c.action_at, -c.sign from engagement_changes c
                 where c.at > $2 and c.action_at >= $1 and c.action_at <= $2 and c.sign <> 0) lives
         group by id having sum(n) > 0
        """;

    private static readonly short[] Engaging =
        [.. Enum.GetValues<Verb>().Where(verb => Tallies.Of(verb) is { } tally && Tallies.IsEngagement(tally)).Select(verb => (short)verb)];

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LifetimeOfOld = CacheLifetimes.Profiles;

    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly Lock gate = new();
    private readonly HitCount looks = new();
    private readonly Dictionary<(Ranking, int?, DateTime), (long At, IReadOnlyList<Place<int>> Places)> answers = [];

    public IReadOnlyList<NodeCache> Caches => [new("past_boards", LifetimeOfOld, Figures, Clear)];

    public async Task<IReadOnlyList<Place<int>>> Top(Ranking ranking, int? days, DateTime asOf, CancellationToken ct)
    {
        var known = Known(ranking, days, asOf);
        looks.Count(known is not null);
        if (known is not null)
            return known;
        // One at a time: whoever asks for many times at once waits for themselves, and the database is there for the others.
        await turn.WaitAsync(ct);
        try
        {
            return Known(ranking, days, asOf) ?? await ReadAndKeep(ranking, days, asOf, ct);
        }
        finally
        {
            turn.Release();
        }
    }

    private IReadOnlyList<Place<int>>? Known(Ranking ranking, int? days, DateTime asOf)
    {
        var lifetime = time.GetUtcNow().UtcDateTime - asOf > TimeSpan.FromDays(1) ? LifetimeOfOld : Lifetime;
        lock (gate)
            return answers.TryGetValue((ranking, days, asOf), out var known) && time.GetElapsedTime(known.At) < lifetime ? known.Places : null;
    }

    private async Task<IReadOnlyList<Place<int>>> ReadAndKeep(Ranking ranking, int? days, DateTime asOf, CancellationToken ct)
    {
        var places = await Read(ranking, days, asOf, ct);
        lock (gate)
        {
            if (answers.Count >= MostAnswers)
                answers.Remove(answers.MinBy(entry => entry.Value.At).Key);
            answers[(ranking, days, asOf)] = (time.GetTimestamp(), places);
        }

        return places;
    }

    private CacheFigures Figures()
    {
        lock (gate)
            return new CacheFigures(answers.Count, answers.Values.Sum(answer => 64L + (16 * answer.Places.Count)), looks.Hits, looks.Misses);
    }

    private void Clear()
    {
        lock (gate)
            answers.Clear();
    }

    private async Task<IReadOnlyList<Place<int>>> Read(Ranking ranking, int? days, DateTime asOf, CancellationToken ct)
    {
        var day = DateOnly.FromDateTime(asOf);
        var from = days is { } n ? Days.Last(n, day).From : DateOnly.MinValue;
        await using var db = await source.OpenConnectionAsync(ct);
        var values = new Dictionary<long, int>();
        var isLate = days is null && await IsLate(db, day, ct);
        await Sum(db, Sql(ranking, isLate), ranking, from, day, asOf, values, ct);
        if (ranking != Ranking.Helpful)
            await AddDay(db, ranking, asOf, values, ct);
        return
        [
            .. values.Where(one => one.Value > 0).OrderByDescending(one => one.Value).ThenBy(one => one.Key).Take(Kept)
                .Select(one => new Place<int>(one.Key, one.Value)),
        ];
    }

    /// <returns>Whether there are fewer days after this one than before it.</returns>
    private static async Task<bool> IsLate(NpgsqlConnection db, DateOnly day, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(LaterSql, db)
        {
            Parameters = { new NpgsqlParameter<DateOnly> { TypedValue = day } },
        };
        return await command.ExecuteScalarAsync(ct) is true;
    }

    private static async Task Sum(
        NpgsqlConnection db, string sql, Ranking ranking, DateOnly from, DateOnly day, DateTime asOf, Dictionary<long, int> values, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, db)
        {
            Parameters =
            {
                new NpgsqlParameter<DateOnly> { TypedValue = from },
                new NpgsqlParameter<DateOnly> { TypedValue = day },
                new NpgsqlParameter<DateTime> { TypedValue = asOf },
            },
        };
        if (ranking == Ranking.Engagements)
            command.Parameters.Add(new NpgsqlParameter<short[]> { TypedValue = Engaging });
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
            values[row.GetInt64(0)] = values.GetValueOrDefault(row.GetInt64(0)) + row.GetInt32(1);
    }

    private static async Task AddDay(NpgsqlConnection db, Ranking ranking, DateTime asOf, Dictionary<long, int> values, CancellationToken ct)
    {
        var rules = await RuleStore.AsOf(db, asOf, ct);
        var pairs = new Dictionary<(long Earner, long Giver), int>();
        await using var command = new NpgsqlCommand(DaySql, db)
        {
            Parameters = { new NpgsqlParameter<DateTime> { TypedValue = asOf.Date }, new NpgsqlParameter<DateTime> { TypedValue = asOf } },
        };
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            var (actor, subject, verb, at) = (row.GetInt64(0), row.IsDBNull(1) ? (long?)null : row.GetInt64(1), (Verb)row.GetInt16(2), row.GetDateTime(3));
            if (ranking == Ranking.Engagements)
            {
                if (Tallies.Of(verb) is { } tally && Tallies.IsEngagement(tally))
                    values[actor] = values.GetValueOrDefault(actor) + 1;
                continue;
            }

            if (PointKinds.Own(verb) is { } own)
                values[actor] = values.GetValueOrDefault(actor) + rules.At(at).For(own);
            if (subject is { } earner && earner != actor && PointKinds.Received(verb) is { } kind)
                pairs[(earner, actor)] = pairs.GetValueOrDefault((earner, actor)) + rules.At(at).For(kind);
        }

        var cap = rules.CapOn(DateOnly.FromDateTime(asOf));
        foreach (var (pair, points) in pairs)
            values[pair.Earner] = values.GetValueOrDefault(pair.Earner) + Math.Min(points, cap);
    }

    private static string Sql(Ranking ranking, bool isLate) => ranking switch
    {
        Ranking.Engagements => EngagementsSql(isLate ? EngagementsLessAfter : EngagementsBefore),
        Ranking.Helpful => HelpfulSql,
        _ => ReputationSql(isLate ? PointsLessAfter : PointsBefore),
    };
}
