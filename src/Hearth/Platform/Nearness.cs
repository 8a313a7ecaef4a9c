using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Hearth.Database;
using Npgsql;

namespace Hearth.Platform;

/// <summary>An object that goes with others.</summary>
/// <param name="Weight">How much, for comparing.</param>
/// <param name="Because">The one of the others that adds most.</param>
internal readonly record struct NearObject(long Item, double Weight, long Because);

/// <summary>
/// Adds up what training found to go together (docs/recommendations.md) with what somebody took to. A row for each of the latter is read; the
/// sum is made here, because the database takes tens of milliseconds for it.
/// </summary>
internal static class Nearness
{
    private const string ReadSql =
        """
        -- recommendations.neighbours
        select item, neighbours, weights from recommendation_neighbours where kind = $1 and item = any($2)
        """;

    /// <param name="kind">The ledger's number of the kind of object.</param>
    /// <param name="seeds">What somebody took to, each with how much it weighs; less than nothing tells against.</param>
    /// <param name="most">How many at most.</param>
    /// <returns>What all of them speak for, the nearest first.</returns>
    public static async Task<List<NearObject>> Of(NpgsqlConnection db, short kind, IReadOnlyDictionary<long, double> seeds, int most, CancellationToken ct)
    {
        if (seeds.Count == 0)
            return [];
        using var sums = new NearSums();
        await using var command = Sql.Command(db, ReadSql, Sql.Value(kind), Sql.Array(seeds.Keys, item => item));
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
            sums.Add(row.GetInt64(0), seeds[row.GetInt64(0)], row.GetFieldValue<long[]>(1), row.GetFieldValue<float[]>(2));
        return sums.Nearest(most);
    }
}

/// <summary>What several objects speak for, added up.</summary>
internal sealed class NearSums : IDisposable
{
    // Each takes a third of a megabyte, which is used again: so large an object is collected with all that lives long.
    private static readonly ConcurrentBag<Dictionary<long, Sum>> Spare = [];

    private readonly Dictionary<long, Sum> sums = Spare.TryTake(out var spare) ? spare : new(8_192);

    /// <param name="seed">What somebody took to.</param>
    /// <param name="weight">How much it weighs.</param>
    /// <param name="neighbours">What goes with it.</param>
    /// <param name="weights">How much each of them does.</param>
    public void Add(long seed, double weight, long[] neighbours, float[] weights)
    {
        for (var i = 0; i < neighbours.Length; i++)
        {
            ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(sums, neighbours[i], out var known);
            sum.Weight += weight * weights[i];
            if (known && (weights[i] < sum.Most || (weights[i] == sum.Most && seed > sum.Because)))
                continue;
            (sum.Most, sum.Because) = (weights[i], seed);
        }
    }

    /// <returns>What all of them speak for, the nearest first.</returns>
    public List<NearObject> Nearest(int most)
    {
        var least = new PriorityQueue<NearObject, (double, long)>();
        foreach (var (item, sum) in sums)
        {
            if (sum.Weight <= 0)
                continue;
            var one = new NearObject(item, sum.Weight, sum.Because);
            if (least.Count < most)
                least.Enqueue(one, (one.Weight, one.Item));
            else
                least.EnqueueDequeue(one, (one.Weight, one.Item));
        }

        var near = new NearObject[least.Count];
        for (var place = near.Length; place > 0; place--)
            near[place - 1] = least.Dequeue();
        return [.. near];
    }

    public void Dispose()
    {
        sums.Clear();
        Spare.Add(sums);
    }

    private struct Sum
    {
        public double Weight;
        public float Most;
        public long Because;
    }
}
