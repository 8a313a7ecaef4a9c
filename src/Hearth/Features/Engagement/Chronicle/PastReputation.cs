using Hearth.Features.Engagement.Actions;
using Hearth.Features.Engagement.Boards;
using Hearth.Features.Engagement.Reputation;
using Npgsql;

namespace Hearth.Features.Engagement.Chronicle;

/// <summary>Points, by the rules that were known at each time.</summary>
internal sealed class PastReputation(int? days) : PastRanking(Ranking.Reputation, days)
{
    // By rules that became known on the day.
    private const string RescoresSql =
        """
        -- engagement.chronicle.rescores
        select at, actor, sum(own_points)::int from engagement_changes
         where at >= $1 and at < $2 and action_at >= $3 and action_at < $1 and verb = 80
         group by at, actor
        """;

    private List<Gain> rescores = [];

    protected override async Task<List<Gain>> Gains(NpgsqlConnection db, DayRows rows, CancellationToken ct)
    {
        rescores = await Rescores(db, rows, ct);
        var gains = new List<Gain>(rescores);
        foreach (var change in Late(rows))
            gains.AddRange(Points(change).Select(one => new Gain(one.Person, change.At, one.N)));
        gains.AddRange(rows.OwnPoints ??= [.. OfTheDay(rows, await RuleStore.List(db, ct))]);
        return [.. gains.Where(gain => gain.N != 0).OrderBy(gain => gain.At)];
    }

    protected override IEnumerable<(long Person, int N)> Came(DayRows rows, List<Gain> gains) =>
        Worth(rows).Concat(Late(rows).SelectMany(Points)).Concat(rescores.Select(one => (one.Person, one.N)));

    protected override Task<IEnumerable<(long Person, int N)>> Left(NpgsqlConnection db, DayRows day, DateTime known, CancellationToken ct) =>
        Task.FromResult(Worth(day));

    /// <summary>What the day was worth as it was known when its rows were.</summary>
    private static IEnumerable<(long Person, int N)> Worth(DayRows rows) =>
        rows.Points.Concat(rows.MadeLater.SelectMany(Points).Select(one => (one.Person, -one.N))).Concat(rows.RescoredLater.Select(one => (one.Person, -one.N)));

    private async Task<List<Gain>> Rescores(NpgsqlConnection db, DayRows rows, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(db);
        batch.Command(RescoresSql).Value(rows.Start).Value(rows.End).Value(Midnight(First(rows.Day)));
        var gains = new List<Gain>();
        await using var row = await batch.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
            gains.Add(new Gain(row.GetInt64(1), row.GetDateTime(0), row.GetInt32(2)));
        return gains;
    }

    private static IEnumerable<(long Person, int N)> Points(PastChange change)
    {
        yield return (change.Action.Actor, change.OwnPoints);
        if (change.Action.Subject is { } subject)
            yield return (subject, change.ReceivedPoints);
    }

    /// <summary>What the day's own actions were worth at each time, by the rules as they were known then.</summary>
    private static IEnumerable<Gain> OfTheDay(DayRows rows, List<PublishedRules> published)
    {
        var moments = new Queue<DateTime>(published.SelectMany(one => new[] { one.At, one.RevertedAt ?? DateTime.MaxValue })
            .Where(time => time >= rows.Start && time < rows.End).Distinct().Order());
        var points = new DayPoints(rows.Day, KnownAt(published, rows.Start.AddTicks(-1)));
        foreach (var (at, action, sign) in rows.Steps())
        {
            while (moments.TryPeek(out var moment) && moment <= at)
            {
                foreach (var (person, n) in points.Value(KnownAt(published, moments.Dequeue())))
                    yield return new Gain(person, moment, n);
            }

            foreach (var (person, n) in points.Count(action, sign))
                yield return new Gain(person, at, n);
        }

        foreach (var moment in moments)
        {
            foreach (var (person, n) in points.Value(KnownAt(published, moment)))
                yield return new Gain(person, moment, n);
        }
    }

    private static RuleTimeline KnownAt(List<PublishedRules> published, DateTime time) => new(RuleStore.Known(published, time));
}

/// <summary>What the actions of one day are worth to whom: their own, and what each gives another up to the day's cap.</summary>
internal sealed class DayPoints(DateOnly day, RuleTimeline rules)
{
    private readonly Dictionary<long, PastAction> counting = [];
    private readonly Dictionary<(long Earner, long Giver), int> pairs = [];

    private RuleTimeline rules = rules;

    /// <summary>An action begins (1) or ends (-1) to count.</summary>
    /// <returns>What it gives or takes.</returns>
    public IEnumerable<(long Person, int N)> Count(PastAction action, int sign)
    {
        if (sign > 0)
            counting[action.Id] = action;
        else
            counting.Remove(action.Id);
        if (PointKinds.Own(action.Verb) is { } own)
            yield return (action.Actor, sign * rules.At(action.At).For(own));
        if (action.Subject is not { } earner || earner == action.Actor || PointKinds.Received(action.Verb) is not { } kind)
            yield break;
        var cap = rules.CapOn(day);
        var before = pairs.GetValueOrDefault((earner, action.Actor));
        var after = before + (sign * rules.At(action.At).For(kind));
        pairs[(earner, action.Actor)] = after;
        yield return (earner, Math.Min(after, cap) - Math.Min(before, cap));
    }

    /// <summary>From now on other rules are known, for the whole day.</summary>
    /// <returns>What they give and take.</returns>
    public IEnumerable<(long Person, int N)> Value(RuleTimeline known)
    {
        var actions = counting.Values.ToList();
        var taken = actions.SelectMany(action => Count(action, -1)).ToList();
        rules = known;
        return taken.Concat(actions.SelectMany(action => Count(action, 1))).GroupBy(one => one.Person).Select(one => (one.Key, one.Sum(two => two.N)));
    }
}
