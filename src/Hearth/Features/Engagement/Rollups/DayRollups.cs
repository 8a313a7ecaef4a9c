using Hearth.Features.Engagement.Actions;
using Hearth.Ledger;
using Npgsql;

namespace Hearth.Features.Engagement.Rollups;

/// <summary>The second stage: what counts, by day and over all days, for each scope. Gathers a slice's differences, written as one upsert per table.</summary>
internal sealed class DayRollups
{
    private readonly Dictionary<(Scope Scope, long Id, DateOnly Day), int[]> days = [];
    private readonly Dictionary<(Scope Scope, long Id), int[]> totals = [];
    private readonly Dictionary<(int Course, DateOnly Day, long User), int> participants = [];
    private readonly Viewers viewers = new();

    public Task Load(NpgsqlConnection db, IEnumerable<Deed> candidates, CancellationToken ct) => viewers.Load(db, candidates, ct);

    public void Apply(in Change change)
    {
        var deed = change.Deed;
        if (Tallies.Of(deed.Verb) is not { } tally)
            return;
        foreach (var (scope, id) in Tallies.ScopesOf(deed))
        {
            Count(scope, id, deed.Day, tally, change.Sign);
            if (tally == Tally.Views && viewers.Apply(scope, id, deed.Actor, change.Sign) is var reached and not 0)
                Total(scope, id)[RollupStore.Reach] += reached;
        }

        if (deed.Course is { } course && Tallies.IsEngagement(tally))
            Add(participants, (course, deed.Day, deed.Actor), change.Sign);
    }

    /// <summary>Clicks on a campaign's link and conversions: each row counts by itself, whoever it was.</summary>
    public void Apply(LedgerRow row, int sign)
    {
        var n = row.Verb == Verb.Convert ? sign * (row.Value ?? 1) : sign;
        Count(Scope.Campaign, row.ObjectId, DateOnly.FromDateTime(row.At), Tallies.Of(row.Verb)!.Value, n);
    }

    public void Write(NpgsqlBatch batch)
    {
        RollupStore.AddDays(batch, [.. days.Where(entry => !IsZero(entry.Value)).OrderBy(entry => entry.Key)]);
        RollupStore.AddTotals(batch, [.. totals.Where(entry => !IsZero(entry.Value))]);
        RollupStore.AddParticipants(batch, [.. participants.Where(entry => entry.Value != 0)]);
        viewers.Write(batch);
    }

    /// <summary>How often a person did something on a day of this slice, as a difference to what is stored.</summary>
    public int Difference(long user, DateOnly day, Tally tally) =>
        days.TryGetValue((Scope.Person, user, day), out var counts) ? counts[(int)tally] : 0;

    private void Count(Scope scope, long id, DateOnly day, Tally tally, int n)
    {
        if (!days.TryGetValue((scope, id, day), out var counts))
            days[(scope, id, day)] = counts = new int[RollupStore.Width];
        Add(counts, tally, n);
        if (scope is not (Scope.Person or Scope.Post))
            Add(Total(scope, id), tally, n);
    }

    private int[] Total(Scope scope, long id)
    {
        if (!totals.TryGetValue((scope, id), out var counts))
            totals[(scope, id)] = counts = new int[RollupStore.Width + 1];
        return counts;
    }

    private static void Add(int[] counts, Tally tally, int n)
    {
        counts[(int)tally] += n;
        if (Tallies.IsEngagement(tally))
            counts[RollupStore.Engagements] += n;
    }

    private static void Add<TKey>(Dictionary<TKey, int> counts, TKey key, int n)
        where TKey : notnull => counts[key] = counts.GetValueOrDefault(key) + n;

    private static bool IsZero(int[] counts) => Array.TrueForAll(counts, count => count == 0);
}
