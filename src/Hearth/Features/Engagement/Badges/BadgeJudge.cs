using Hearth.Features.Engagement.Actions;
using Hearth.Ledger;
using Npgsql;

namespace Hearth.Features.Engagement.Badges;

/// <summary>
/// Judges badges from all that counts or was taken back, as a ledger without the void rows would have given them: for those whom a
/// void concerns, and for everyone when a custom badge is defined. A badge that an earlier row gave needs no judging.
/// </summary>
internal sealed class BadgeJudge(IReadOnlyList<BadgeRule> custom)
{
    private const int PeopleAtOnce = 500;

    private readonly Dictionary<(long User, int Badge), long> doubts = [];

    /// <summary>An action that a void ended or began: whoever it may have given a badge is judged.</summary>
    public void Doubt(Deed deed)
    {
        foreach (var rule in BadgeBook.BuiltIn.Concat(custom))
        {
            if (rule.Verbs.Contains(deed.Verb) && BadgeBook.EarnerOf(rule.Side, deed) is { } earner)
                Doubt(earner, rule.Badge, deed.Id);
        }

        if (deed.Verb == Verb.AwardBadge && deed.Subject is { } awarded)
            Doubt(awarded, (int)deed.Key.ObjectId, deed.Id);
    }

    /// <summary>Judges after the slice's actions are written.</summary>
    /// <returns>Whether anyone was judged.</returns>
    public async Task<bool> Run(NpgsqlConnection db, CancellationToken ct)
    {
        foreach (var users in doubts.Keys.Select(doubt => doubt.User).Distinct().Order().Chunk(PeopleAtOnce))
            await Judge(db, users, ct);
        return doubts.Count > 0;
    }

    /// <summary>Gives a newly defined badge for past deeds.</summary>
    public static async Task JudgeAll(NpgsqlConnection db, BadgeRule rule, CancellationToken ct)
    {
        var earned = new List<Holding>();
        var events = new List<LifeEvent>();
        await foreach (var life in LifeStore.Everyones(db, rule.Verbs[0], ct))
        {
            if (events.Count > 0 && events[0].Life.Earner != life.Earner)
                Settle();
            LifeEvent.Add(events, life);
        }

        Settle();
        await Replace(db, [], earned, ct);

        void Settle()
        {
            if (Reached(rule, events) is { } holding)
                earned.Add(holding);
            events.Clear();
        }
    }

    private void Doubt(long user, int badge, long from)
    {
        var key = (user, badge);
        doubts[key] = doubts.TryGetValue(key, out var earlier) ? Math.Min(earlier, from) : from;
    }

    private async Task Judge(NpgsqlConnection db, long[] users, CancellationToken ct)
    {
        var held = (await BadgeStore.Held(db, users, ct)).ToDictionary(holding => (holding.User, holding.Badge));
        var open = doubts
            .Where(doubt => Array.BinarySearch(users, doubt.Key.User) >= 0 && !(held.TryGetValue(doubt.Key, out var holding) && holding.Id < doubt.Value))
            .Select(doubt => doubt.Key)
            .ToList();
        if (open.Count == 0)
            return;
        var rules = BadgeBook.BuiltIn.Concat(custom).Where(rule => open.Exists(one => one.Badge == rule.Badge)).ToDictionary(rule => rule.Badge);
        var lives = (await LifeStore.Of(db, [.. open.Select(one => one.User).Distinct()], rules.Values, ct)).ToLookup(life => life.Earner);
        var earned = new List<Holding>();
        foreach (var (user, badge) in open)
        {
            if (Earliest(user, badge, rules.GetValueOrDefault(badge), lives[user]) is { } holding)
                earned.Add(holding);
        }

        await Replace(db, open, earned, ct);
    }

    /// <returns>By what a badge was first earned or awarded; null for not at all.</returns>
    public static Holding? Earliest(long user, int badge, BadgeRule? rule, IEnumerable<Life> lives)
    {
        var events = new List<LifeEvent>();
        Holding? awarded = null;
        foreach (var life in lives)
        {
            if (life.Deed.Verb == Verb.AwardBadge)
            {
                if (life.Deed.Key.ObjectId == badge && !(awarded?.Id < life.Deed.Id))
                    awarded = new Holding(user, badge, life.Deed.Id, life.Deed.At);
            }
            else if (rule is not null && life.Side == rule.Side && rule.Verbs.Contains(life.Deed.Verb))
            {
                LifeEvent.Add(events, life);
            }
        }

        var reached = rule is null ? null : Reached(rule, events);
        return reached is null || awarded?.Id < reached.Value.Id ? awarded : reached;
    }

    private static Holding? Reached(BadgeRule rule, List<LifeEvent> events)
    {
        events.Sort((a, b) => a.Id.CompareTo(b.Id));
        var meter = BadgeMeter.Of(rule);
        foreach (var one in events)
        {
            var deed = one.Life.Deed;
            if (meter.Step(deed, one.Sign) && one.Sign > 0)
                return rule.Held(one.Life.Earner, deed);
        }

        return null;
    }

    private static async Task Replace(NpgsqlConnection db, List<(long User, int Badge)> judged, List<Holding> earned, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(db);
        BadgeStore.Remove(batch, judged);
        BadgeStore.Add(batch, earned);
        if (batch.BatchCommands.Count > 0)
            await batch.ExecuteNonQueryAsync(ct);
    }

    private readonly record struct LifeEvent(long Id, int Sign, Life Life)
    {
        public static void Add(List<LifeEvent> events, Life life)
        {
            events.Add(new LifeEvent(life.Deed.Id, 1, life));
            if (life.Ended is { } ended)
                events.Add(new LifeEvent(ended, -1, life));
        }
    }
}
