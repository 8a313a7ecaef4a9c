using Hearth.Features.Engagement.Actions;
using Hearth.Ledger;
using Npgsql;

namespace Hearth.Features.Engagement.Chronicle;

/// <summary>An action as the chronicle sees it.</summary>
internal readonly record struct PastAction(long Id, DateTime At, long Actor, long? Subject, Verb Verb, long ObjectId)
{
    /// <summary>Whose comment it likes, unless it is their own.</summary>
    public long? Helper => Verb == Verb.LikeComment && Subject is { } subject && subject != Actor ? subject : null;
}

/// <summary>A change of what counts, other than an ordinary beginning, with the points that went by it.</summary>
internal readonly record struct PastChange(PastAction Action, DateTime At, int Sign, int OwnPoints, int ReceivedPoints)
{
    /// <summary>From when on it is seen: not before the action itself, whatever its row says.</summary>
    public DateTime SeenAt => At > Action.At ? At : Action.At;
}

/// <summary>
/// What the tables hold of a day: its sums and actions as they are now, and every change that was made on it or about it. Changes by new
/// rules, of which there is one per person and day, are apart.
/// </summary>
internal sealed class DayRows
{
    private const string PointsSql =
        """
        -- engagement.chronicle.points
        select user_id, points from engagement_points where day = $1
        """;

    private const string EngagementsSql =
        """
        -- engagement.chronicle.engagements
        select scope_id, engagements from engagement_days where scope = 1 and day = $1 and engagements <> 0
        """;

    private const string ActionsSql =
        """
        -- engagement.chronicle.actions
        select id, at, actor, subject, verb, object_id from engagement_actions where at >= $1 and at < $2 and verb not in (10, 81)
        """;

    private const string ChangesSql =
        """
        -- engagement.chronicle.changes
        select action_id, action_at, actor, subject, verb, object_id, at, sign, own_points, received_points
          from engagement_changes where (at >= $1 and at < $2 or action_at >= $1 and action_at < $2) and verb <> 80
        """;

    private const string RescoredLaterSql =
        """
        -- engagement.chronicle.rescored_later
        select actor, sum(own_points)::int from engagement_changes where action_at >= $1 and action_at < $2 and at >= $3 and verb = 80 group by actor
        """;

    private const string MadeLaterSql =
        """
        -- engagement.chronicle.made_later
        select action_id, action_at, actor, subject, verb, object_id, at, sign, own_points, received_points
          from engagement_changes where action_at >= $1 and action_at < $2 and at >= $3 and verb <> 80
        """;

    private readonly DateTime known;
    private List<(DateTime At, PastAction Action, int Sign)>? steps;

    private DayRows(DateOnly day, DateTime? known = null)
    {
        Day = day;
        Start = day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
        End = Start.AddDays(1);
        this.known = known ?? End;
    }

    public DateOnly Day { get; }

    public DateTime Start { get; }

    /// <summary>Exclusive.</summary>
    public DateTime End { get; }

    public List<(long Person, int N)> Points { get; } = [];

    public List<(long Person, int N)> Engagements { get; } = [];

    /// <summary>What counts now.</summary>
    public List<PastAction> Actions { get; } = [];

    public List<PastChange> Changes { get; } = [];

    /// <summary>What rules that became known later than that gave and took for this day.</summary>
    public List<(long Person, int N)> RescoredLater { get; } = [];

    /// <summary>What the day's own actions gave whom, once that is computed: every window counts it.</summary>
    public IReadOnlyList<Gain>? OwnPoints { get; set; }

    /// <param name="db">With a transaction that sees all of it at one moment.</param>
    /// <param name="day">The day.</param>
    /// <param name="ct">Stops it.</param>
    public static async Task<DayRows> Read(NpgsqlConnection db, DateOnly day, CancellationToken ct)
    {
        var rows = new DayRows(day);
        await using var batch = new NpgsqlBatch(db);
        batch.Command(PointsSql).Value(day);
        batch.Command(EngagementsSql).Value(day);
        batch.Command(RescoredLaterSql).Value(rows.Start).Value(rows.End).Value(rows.End);
        batch.Command(ChangesSql).Value(rows.Start).Value(rows.End);
        batch.Command(ActionsSql).Value(rows.Start).Value(rows.End);
        await using var row = await batch.ExecuteReaderAsync(ct);
        await rows.Fill(row, ct);
        await row.NextResultAsync(ct);
        while (await row.ReadAsync(ct))
            rows.Actions.Add(Action(row));
        return rows;
    }

    /// <returns>Of the day its sums alone, as they are known at a time after it.</returns>
    public static async Task<DayRows> Sums(NpgsqlConnection db, DateOnly day, DateTime known, CancellationToken ct)
    {
        var rows = new DayRows(day, known);
        await using var batch = new NpgsqlBatch(db);
        batch.Command(PointsSql).Value(day);
        batch.Command(EngagementsSql).Value(day);
        foreach (var sql in (string[])[RescoredLaterSql, MadeLaterSql])
            batch.Command(sql).Value(rows.Start).Value(rows.End).Value(known);
        await using var row = await batch.ExecuteReaderAsync(ct);
        await rows.Fill(row, ct);
        return rows;
    }

    /// <summary>Whether the action is of this day.</summary>
    public bool Holds(in PastAction action) => action.At >= Start && action.At < End;

    /// <summary>Changes of this day about days before it.</summary>
    public IEnumerable<PastChange> AboutEarlier => Changes.Where(change => change.Action.At < Start && change.At >= Start && change.At < End);

    /// <summary>Changes about this day that were made later than the rows are known at.</summary>
    public IEnumerable<PastChange> MadeLater => Changes.Where(change => Holds(change.Action) && change.At >= known);

    /// <returns>What began and ended to count of the day's own actions during the day, in order of time.</returns>
    public IReadOnlyList<(DateTime At, PastAction Action, int Sign)> Steps() => steps ??= [.. new Presence().Follow(Marks().OrderBy(mark => mark.At))];

    /// <returns>Each beginning of an action of the day and each change of one during the day, in no order.</returns>
    public IEnumerable<(DateTime At, PastAction Action, int Sign)> Marks()
    {
        var own = Changes.Where(change => Holds(change.Action) && change.Sign != 0).ToList();
        // What counts now is an ordinary beginning and the changes since: what is left without them was one.
        var begun = Actions.ToDictionary(action => action.Id, action => (Action: action, N: 1));
        foreach (var change in own)
        {
            var n = begun.TryGetValue(change.Action.Id, out var known) ? known.N : 0;
            begun[change.Action.Id] = (change.Action, n - change.Sign);
        }

        return begun.Values.Where(one => one.N != 0).Select(one => (one.Action.At, one.Action, one.N))
            .Concat(own.Where(change => change.SeenAt < End).Select(change => (change.SeenAt, change.Action, change.Sign)));
    }

    private async Task Fill(NpgsqlDataReader row, CancellationToken ct)
    {
        foreach (var sums in (List<(long, int)>[])[Points, Engagements, RescoredLater])
        {
            while (await row.ReadAsync(ct))
                sums.Add((row.GetInt64(0), row.GetInt32(1)));
            await row.NextResultAsync(ct);
        }

        while (await row.ReadAsync(ct))
            Changes.Add(new PastChange(Action(row), row.GetDateTime(6), row.GetInt16(7), row.GetInt32(8), row.GetInt32(9)));
    }

    private static PastAction Action(NpgsqlDataReader row) =>
        new(row.GetInt64(0), row.GetDateTime(1), row.GetInt64(2), row.IsDBNull(3) ? null : row.GetInt64(3), (Verb)row.GetInt16(4), row.GetInt64(5));
}

/// <summary>Which actions count. Where the times of what began and ended them contradict the ledger's order, one may be marked twice, and counts once.</summary>
internal sealed class Presence
{
    private readonly Dictionary<long, int> marks = [];

    /// <summary>What is marked already.</summary>
    public void Begin(long action, int n) => marks[action] = n;

    /// <returns>Of the marks, in order of time, those by which an action begins (1) or ends (-1) to count.</returns>
    public IEnumerable<(DateTime At, PastAction Action, int Sign)> Follow(IEnumerable<(DateTime At, PastAction Action, int Sign)> steps)
    {
        foreach (var (at, action, sign) in steps)
        {
            var before = marks.GetValueOrDefault(action.Id);
            var after = marks[action.Id] = before + sign;
            if (before > 0 != after > 0)
                yield return (at, action, after > 0 ? 1 : -1);
        }
    }
}
