using Npgsql;

namespace Hearth.Features.Notifications.Making;

/// <summary>What a batch brings to one fold: people whom it did not tell of, and the latest of what came.</summary>
internal sealed class Growth(Placed first)
{
    public long User => first.Cause.User;

    public long Fold => first.Fold;

    public int People { get; private set; }

    public bool IsListed { get; private set; }

    public Cause Last { get; private set; } = first.Cause;

    /// <summary>Of several types the one with the smallest number is shown.</summary>
    public NotificationType Shown { get; private set; } = first.Cause.Type;

    /// <summary>
    /// Adds what was placed into folds that are there to what is shown of them; a first row is written as it is shown. To be called before the
    /// rows are added: who is known is asked of the rows before them.
    /// </summary>
    /// <returns>The growths, to be written after the rows are added.</returns>
    public static async Task<IReadOnlyCollection<Growth>> Of(NpgsqlConnection db, IReadOnlyList<Placed> placed, CancellationToken ct)
    {
        var known = await FoldStore.Known(db, [.. placed.Where(row => !row.IsFirst)], ct);
        var people = new HashSet<(long User, long Fold, long Actor)>();
        var growths = new Dictionary<(long User, long Fold), Growth>();
        foreach (var row in placed)
        {
            var isNew = people.Add((row.Cause.User, row.Fold, row.Cause.Actor ?? 0)) && !known.Contains(row);
            if (row.IsFirst)
                continue;
            if (!growths.TryGetValue((row.Cause.User, row.Fold), out var growth))
                growths[(row.Cause.User, row.Fold)] = growth = new Growth(row);
            growth.Add(row, isNew);
        }

        return growths.Values;
    }

    private void Add(Placed row, bool isNew)
    {
        People += isNew ? 1 : 0;
        IsListed |= !row.Muted;
        Last = row.Cause;
        Shown = (NotificationType)Math.Min((short)Shown, (short)row.Cause.Type);
    }
}
