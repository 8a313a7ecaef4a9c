using Hearth.Features.Engagement.Actions;
using Hearth.Ledger;
using Npgsql;

namespace Hearth.Features.Engagement.Badges;

/// <summary>
/// Which badges somebody had at a time. Where nothing of theirs was void or restored since, those of now that were given by then; else they
/// are judged from what counted or had been taken back at the time.
/// </summary>
internal static class PastBadges
{
    // Of the voids and restores since, which concern the person by what they void; there are few of either.
    private const string TouchedSql =
        """
        -- engagement.past_badges.touched
        select distinct v.voids from ledger v join ledger l on l.id = v.voids
         where v.voids is not null and v.at > $2 and (l.actor = $1 or l.subject = $1 or l.verb = 6 and (l.detail ->> 'post_author')::bigint = $1)
        """;

    private const string MarksSql =
        """
        -- engagement.past_badges.marks
        select voids from (
          select distinct on (v.voids) v.voids, v.verb from ledger v where v.voids = any($1) and v.at <= $2 order by v.voids, v.id desc) last
         where verb = 100
        """;

    private const string LaterSql =
        """
        -- engagement.past_badges.later
        select id from ledger where id = any($1) and at > $2
        """;

    public static async Task<List<Holding>> Of(NpgsqlConnection db, long user, DateTime at, CancellationToken ct)
    {
        var touched = await Ids(db, TouchedSql, user, at, ct);
        var held = touched.Count == 0 ? await BadgeStore.Held(db, [user], ct) : await Judged(db, user, at, [.. touched], ct);
        return held.FindAll(holding => holding.At <= at);
    }

    private static async Task<List<Holding>> Judged(NpgsqlConnection db, long user, DateTime at, long[] touched, CancellationToken ct)
    {
        var rules = BadgeBook.BuiltIn.Concat((await BadgeStore.Rules(db, ct)).Where(rule => rule.At <= at)).ToList();
        var lives = await Lives(db, user, at, rules, touched, ct);
        var awarded = lives.Where(life => life.Deed.Verb == Verb.AwardBadge).Select(life => (int)life.Deed.Key.ObjectId);
        var held = new List<Holding>();
        foreach (var badge in rules.Select(rule => rule.Badge).Union(awarded))
        {
            if (BadgeJudge.Earliest(user, badge, rules.Find(rule => rule.Badge == badge), lives) is { } holding)
                held.Add(holding);
        }

        return held;
    }

    private static async Task<List<Life>> Lives(
        NpgsqlConnection db, long user, DateTime at, List<BadgeRule> rules, long[] touched, CancellationToken ct)
    {
        var (histories, known) = await Histories(db, at, touched, ct);
        var lives = (await LifeStore.Of(db, [user], rules, ct)).FindAll(life => life.Deed.At <= at && !known.Contains(life.Deed.Id));
        var later = await Ids(db, LaterSql, lives.Select(life => life.Ended).OfType<long>().ToArray(), at, ct);
        lives = lives.ConvertAll(life => life.Ended is { } ended && later.Contains(ended) ? life with { Ended = null } : life);
        foreach (var history in histories)
        {
            var (present, takenBack) = history.Settle();
            if (present is not null)
                Add(present, null);
            foreach (var one in takenBack)
                Add(one.Deed, one.Ended);
        }

        return lives;

        void Add(Deed deed, long? ended)
        {
            if (deed.Verb == Verb.AwardBadge && deed.Subject == user)
                lives.Add(new Life(user, Side.Received, deed, ended));
            else
                lives.AddRange(Enum.GetValues<Side>().Where(side => BadgeBook.EarnerOf(side, deed) == user).Select(side => new Life(user, side, deed, ended)));
        }
    }

    /// <returns>What became of the actions that these rows are about, up to the time; and all rows about them, of later times, too.</returns>
    private static async Task<(IReadOnlyCollection<ActionHistory> Histories, HashSet<long> Rows)> Histories(
        NpgsqlConnection db, DateTime at, long[] touched, CancellationToken ct)
    {
        var histories = new Dictionary<DeedKey, ActionHistory>();
        foreach (var row in await LedgerStore.Named(db, touched, ct))
        {
            if (Deeds.TryKey(row, out var key, out _))
                histories.TryAdd(key, new ActionHistory(key));
        }

        if (histories.Count == 0)
            return ([], []);
        var rows = await ActionStore.History(db, [.. histories.Keys], long.MaxValue, ct);
        var gone = await Ids(db, MarksSql, rows.Select(row => row.Id).ToArray(), at, ct);
        var known = new HashSet<long>();
        foreach (var row in rows)
        {
            if (!Deeds.TryKey(row, out var key, out var begins) || !histories.TryGetValue(key, out var history))
                continue;
            known.Add(row.Id);
            if (row.At <= at)
                history.Add(row, begins, gone.Contains(row.Id));
        }

        return (histories.Values, known);
    }

    private static async Task<HashSet<long>> Ids<T>(NpgsqlConnection db, string sql, T of, DateTime at, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, db)
        {
            Parameters = { new NpgsqlParameter<T> { TypedValue = of }, new NpgsqlParameter<DateTime> { TypedValue = at } },
        };
        var ids = new HashSet<long>();
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
            ids.Add(row.GetInt64(0));
        return ids;
    }
}
