using System.Runtime.InteropServices;
using Hearth.Features.Engagement.Boards;
using Npgsql;

namespace Hearth.Features.Engagement.Chronicle;

/// <summary>
/// What everyone had of a ranking at a midnight, on the way back from one to the one before. As of a midnight is what a ledger that ended
/// there would answer, so that nothing that is written since changes it, unless it is dated before.
/// </summary>
/// <param name="ranking">Which.</param>
/// <param name="days">How many days it counts, the day itself among them; null: all time.</param>
internal abstract class PastRanking(Ranking ranking, int? days)
{
    private Dictionary<long, int> values = [];

    public Ranking Ranking => ranking;

    public int? Days => days;

    /// <summary>Whether nobody had anything.</summary>
    public bool IsEmpty => values.Count == 0;

    /// <summary>Reads what everyone had when this day began.</summary>
    public async Task Read(NpgsqlConnection db, DateOnly day, CancellationToken ct) =>
        values = await PastSums.Read(db, ranking, days is null ? null : First(day), day, Midnight(day).AddMicroseconds(-1), ct);

    /// <summary>Goes back from the day's end to its beginning.</summary>
    /// <param name="db">With a transaction that sees all of it at one moment.</param>
    /// <param name="rows">The day.</param>
    /// <param name="left">The sums of the day that left the window at the day's end; null for all time.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<ChronicleDay> Back(NpgsqlConnection db, DayRows rows, DayRows? left, CancellationToken ct)
    {
        var gains = await Gains(db, rows, ct);
        foreach (var (person, n) in Came(rows, gains))
            Add(person, -n);
        if (left is not null)
        {
            foreach (var (person, n) in await Left(db, left, rows.End, ct))
                Add(person, n);
        }

        return ChronicleDay.Of(rows.Day, values, gains);
    }

    /// <summary>The first day that counts on a day.</summary>
    protected DateOnly First(DateOnly day) => days is { } n ? Boards.Days.Last(n, day).From : DateOnly.MinValue;

    /// <returns>Changes of the day about days before it that count.</returns>
    protected IEnumerable<PastChange> Late(DayRows rows)
    {
        var first = Midnight(First(rows.Day));
        return rows.AboutEarlier.Where(change => change.Action.At >= first);
    }

    /// <returns>What changed during the day, in order of time.</returns>
    protected abstract Task<List<Gain>> Gains(NpgsqlConnection db, DayRows rows, CancellationToken ct);

    /// <returns>What the day made of everyone's values.</returns>
    protected abstract IEnumerable<(long Person, int N)> Came(DayRows rows, List<Gain> gains);

    /// <returns>What everyone lost by the day that left the window, as it was known at a time.</returns>
    protected abstract Task<IEnumerable<(long Person, int N)>> Left(NpgsqlConnection db, DayRows day, DateTime known, CancellationToken ct);

    protected static DateTime Midnight(DateOnly day) => day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);

    private void Add(long person, int n)
    {
        ref var value = ref CollectionsMarshal.GetValueRefOrAddDefault(values, person, out _);
        value += n;
        if (value == 0)
            values.Remove(person);
    }
}
