using Hearth.Features.Engagement.Chronicle;
using Hearth.Features.Engagement.Reputation;
using Hearth.Features.Engagement.Rollups;
using Hearth.Ledger;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Engagement.Boards;

/// <summary>
/// Rankings as they stood at a time. On a day that is over the chronicle tells, for the windows that it has. Else: sums of the days before,
/// and the day itself action by action. That is dear, so an answer is kept for a while; only imports change the past.
/// </summary>
internal sealed class PastBoards(NpgsqlDataSource source, TimeProvider time) : ICacheHolder
{
    private const int MostAnswers = 32;

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
        if (ChronicleJob.Windows.Contains(days) && await Told(ranking, days, asOf, ct) is { } told)
            return told;
        // One at a time: whoever asks for many times at once waits for themselves, and the database is there for the others.
        await turn.WaitAsync(ct);
        try
        {
            return Known(ranking, days, asOf) ?? Keep(ranking, days, asOf, await Compute(ranking, days, asOf, ct));
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

    private IReadOnlyList<Place<int>> Keep(Ranking ranking, int? days, DateTime asOf, IReadOnlyList<Place<int>> places)
    {
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

    private async Task<IReadOnlyList<Place<int>>?> Told(Ranking ranking, int? days, DateTime asOf, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        return (await ChronicleStore.Find(db, ranking, days, asOf, ct))?.Top(asOf);
    }

    /// <summary>Without the chronicle, and without what is kept.</summary>
    public async Task<IReadOnlyList<Place<int>>> Compute(Ranking ranking, int? days, DateTime asOf, CancellationToken ct)
    {
        var day = DateOnly.FromDateTime(asOf);
        DateOnly? from = days is { } n ? Days.Last(n, day).From : null;
        await using var db = await source.OpenConnectionAsync(ct);
        var values = await PastSums.Read(db, ranking, from, day, asOf, ct);
        if (ranking != Ranking.Helpful)
            await AddDay(db, ranking, asOf, values, ct);
        return ChronicleDay.Ranked(values.Select(one => (one.Key, one.Value)));
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
                if (Tallies.IsEngagement(verb))
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
}
