using Hearth.Features.Engagement.Actions;
using Npgsql;

namespace Hearth.Features.Engagement.Reputation;

/// <summary>
/// The third stage: points. What one person gives another on a day counts up to the day's cap; what is taken back takes its
/// points back, so that the score is always the sum over what counts.
/// </summary>
internal sealed class Points(People people, RuleTimeline rules, Memory memory)
{
    private readonly Dictionary<Pair, int> pairs = [];
    private readonly HashSet<Pair> changedPairs = [];
    private readonly Dictionary<(long User, DateOnly Day), int> days = [];
    private readonly List<ChangeRow> late = [];

    public async Task Load(NpgsqlConnection db, IEnumerable<Deed> candidates, CancellationToken ct)
    {
        foreach (var deed in candidates)
        {
            if (deed.Receiver is { } receiver && PointKinds.Received(deed.Verb) is not null)
                pairs[new Pair(receiver, deed.Actor, deed.Day)] = 0;
        }

        var known = pairs.Keys.Where(pair => memory.MayHold(pair)).ToList();
        foreach (var (pair, points) in known.Count == 0 ? [] : await PointsStore.Pairs(db, known, ct))
            pairs[pair] = points;
    }

    public void Apply(in Change change)
    {
        var own = Own(change);
        var received = Received(change);
        if (!change.Ordinary)
            late.Add(new ChangeRow(change, own, received));
    }

    public void WritePairs(NpgsqlBatch batch) =>
        PointsStore.SetPairs(batch, [.. changedPairs.OrderBy(pair => (pair.Earner, pair.Giver, pair.Day)).Select(pair => (pair, pairs[pair]))]);

    public void Write(NpgsqlBatch batch)
    {
        PointsStore.AddDays(batch, [.. days.Where(entry => entry.Value != 0).OrderBy(entry => entry.Key)]);
        PointsStore.AddChanges(batch, late);
    }

    private int Own(in Change change)
    {
        var deed = change.Deed;
        people[deed.Actor].Touch(change.CauseId, change.CauseAt);
        if (PointKinds.Own(deed.Verb) is not { } kind)
            return 0;
        return Give(deed.Actor, deed.Day, change.Sign * rules.At(deed.At).For(kind));
    }

    private int Received(in Change change)
    {
        var deed = change.Deed;
        if (deed.Receiver is not { } receiver)
            return 0;
        people[receiver].Touch(change.CauseId, change.CauseAt);
        if (PointKinds.Received(deed.Verb) is not { } kind)
            return 0;
        var pair = new Pair(receiver, deed.Actor, deed.Day);
        var before = pairs[pair];
        var after = before + (change.Sign * rules.At(deed.At).For(kind));
        var cap = rules.CapOn(deed.Day);
        pairs[pair] = after;
        changedPairs.Add(pair);
        return Give(receiver, deed.Day, Math.Min(after, cap) - Math.Min(before, cap));
    }

    private int Give(long user, DateOnly day, int points)
    {
        people[user].Score += points;
        days[(user, day)] = days.GetValueOrDefault((user, day)) + points;
        return points;
    }
}

/// <summary>What one person gives another on a day.</summary>
internal readonly record struct Pair(long Earner, long Giver, DateOnly Day);

/// <summary>A change other than the ordinary beginning, with the points that went by it.</summary>
internal readonly record struct ChangeRow(Change Change, int OwnPoints, int ReceivedPoints);
